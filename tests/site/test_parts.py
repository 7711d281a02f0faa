"""What the site is made of: wrong downloads, mends that do not fit, and the setting for a CDN."""

import base64
import gzip
import hashlib
import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest

from helpers.teaching.site import bundle, fetch, mends, pyodide, versions
from helpers.teaching.site.fetch import ROOT


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """An empty cache for downloads."""
    monkeypatch.setattr(fetch, "CACHE", tmp_path)
    return tmp_path


def test_a_missing_program_is_named():
    with pytest.raises(fetch.NotAvailable, match=r"needs this from npm, but there is no no-such-program"):
        fetch.run(["no-such-program"], "this from npm")


def test_a_package_that_cannot_be_had_is_named():
    command = ["sh", "-c", "echo 'ERROR: No matching distribution found for nothing==1' >&2; exit 1"]
    with pytest.raises(fetch.NotAvailable, match=r"this from PyPI, .*No matching distribution .* nothing==1"):
        fetch.run(command, "this from PyPI")


def test_another_archive_than_the_pinned_one_is_refused(cache, monkeypatch):
    monkeypatch.setattr(
        fetch, "run", lambda _, __, folder: (folder / "pyodide-314.0.4.tgz").write_bytes(b"another")
    )
    with pytest.raises(
        fetch.NotAvailable, match=r"hash of pyodide 314.0.4 from npm is sha512-.* is expected"
    ):
        fetch.npm_package(versions.PYODIDE)
    assert not (cache / "pyodide-314.0.4").exists()


@pytest.fixture
def small_package():
    """An archive as npm packs it, with one file, and what states its hash."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        archive.addfile(tarfile.TarInfo("package/index.js"))
    digest = base64.b64encode(hashlib.sha512(packed.getvalue()).digest()).decode()
    return packed.getvalue(), versions.NpmPackage("small", "1.0", f"sha512-{digest}")


def test_a_package_is_kept_in_the_cache(cache, monkeypatch, small_package):
    content, package = small_package
    monkeypatch.setattr(fetch, "run", lambda _, __, folder: (folder / "small-1.0.tgz").write_bytes(content))
    assert fetch.npm_package(package) == cache / "small-1.0"
    assert [path.name for path in cache.rglob("*")] == ["small-1.0", "index.js"]


def test_a_package_that_another_process_has_fetched_meanwhile_stays(cache, monkeypatch, small_package):
    content, package = small_package

    def fetch_while_another_does(_, __, folder):
        (folder / "small-1.0.tgz").write_bytes(content)
        (cache / "small-1.0").mkdir()
        (cache / "small-1.0" / "index.js").write_text("of the other")

    monkeypatch.setattr(fetch, "run", fetch_while_another_does)
    assert (fetch.npm_package(package) / "index.js").read_text() == "of the other"
    assert [path.name for path in cache.iterdir()] == ["small-1.0"]


def test_a_package_that_cannot_be_kept_is_an_error(cache, monkeypatch, small_package):
    content, package = small_package

    def fetch_where_a_file_stands(_, __, folder):
        (folder / "small-1.0.tgz").write_bytes(content)
        (cache / "small-1.0").write_text("in the way")

    monkeypatch.setattr(fetch, "run", fetch_where_a_file_stands)
    with pytest.raises(OSError, match=r"small-1\.0"):
        fetch.npm_package(package)


def test_a_carried_wheel_that_is_not_pyodides_is_refused(cache):
    (cache / "wheels").mkdir()
    (cache / "wheels" / "numpy.whl").write_bytes(b"another")
    with pytest.raises(fetch.NotAvailable, match=r"hash of numpy.whl in open-webui"):
        fetch.carried_wheels({"numpy.whl": "0" * 64})


def test_all_that_is_needed_is_found_by_either_spelling():
    packages = {"a-b": {"depends": ["C_D", "pytz"]}, "c-d": {"depends": ["a_b"]}, "e": {"depends": []}}
    assert pyodide.needed(packages, ["A.B"]) == ["a-b", "c-d"]


def test_the_wheel_of_the_course_is_the_learners_part(tmp_path):
    wheel = pyodide._wheel_of_the_course(tmp_path)
    names = zipfile.ZipFile(wheel).namelist()
    assert "helpers/checking/check.py" in names
    assert not [name for name in names if "teaching" in name or "__pycache__" in name]
    first = wheel.read_bytes()
    assert pyodide._wheel_of_the_course(tmp_path).read_bytes() == first


def test_a_bundle_holds_what_is_needed_and_its_name_tells_what_is_in_it(tmp_path):
    pyodide.write_lock(tmp_path, {"packages": {}})
    files = {name: tmp_path / name for name in ("a/b/one.py", "two.py", "a-1.data/share/three")}
    for name, depends in (("a", ("c",)), ("c", ()), ("unused", ())):
        for place, path in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{name} has {place}")
        wheel = pyodide.write_wheel(tmp_path, name, "1", {Path(f"{name}{p}"): f for p, f in files.items()})
        pyodide.enter(tmp_path, wheel, (name,), depends)
    path = bundle.write_bundle(tmp_path, ["a"])
    content = gzip.decompress(path.read_bytes())
    start = 4 + int.from_bytes(content[:4], "little")
    index, found = json.loads(content[4:start]), {}
    for place, size in index["files"]:
        found[place] = content[start : start + size]
        start += size
    assert start == len(content)
    assert index["packages"] == ["a", "c"]
    assert found["aa/b/one.py"] == b"a has a/b/one.py"
    assert {"aa/b", "ca/b"} <= {*index["folders"]} == {place.rpartition("/")[0] for place in found} - {""}
    assert not [place for place in found if "three" in place or place.startswith("unused")]
    assert bundle.write_bundle(tmp_path, ["a"]) == path
    assert bundle.write_bundle(tmp_path, ["c"]) != path


def test_several_mends_of_one_wheel(tmp_path):
    (tmp_path / "one.py").write_text("an old line\n")
    (tmp_path / "two.py").write_text("a long line\n")
    files = {Path(name): tmp_path / name for name in ("one.py", "two.py")}
    wheel = pyodide.write_wheel(tmp_path, "x", "1", files)
    (tmp_path / "mended").mkdir()
    mended = mends.mend_wheel(wheel, tmp_path / "mended", {"old": "new"}, {"long": "short"})
    with zipfile.ZipFile(mended) as content:
        assert [content.read(name) for name in ("one.py", "two.py")] == [b"an new line\n", b"a short line\n"]
    assert mended.name == wheel.name


@pytest.mark.parametrize("texts", [["nothing"], ["old and old"], ["old", "old"]])
def test_a_mend_fits_in_one_place_or_is_refused(texts, tmp_path):
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.js").write_text(text)
    with pytest.raises(fetch.NotAvailable, match="cannot be mended: 'old' is not there"):
        mends.mend_scripts(tmp_path, {"old": "new"})
    assert [path.read_text() for path in sorted(tmp_path.iterdir())] == texts


def test_a_mend_changes_one_script(tmp_path):
    (tmp_path / "one.js").write_text("an old script")
    (tmp_path / "two.js").write_text("another")
    mends.mend_scripts(tmp_path, {"old": "new"})
    assert [path.read_text() for path in sorted(tmp_path.iterdir())] == ["an new script", "another"]


def test_versions_are_pinned_in_one_place():
    assert versions.PYODIDE.version == "314.0.4"
    text = (ROOT / "requirements-site.lock").read_text()
    assert "jupyterlite-core==" in text.replace("_", "-")
    assert "file://" not in text
