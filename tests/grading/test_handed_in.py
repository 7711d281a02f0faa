"""What was handed in is found under any name, and nothing else on the machine is read."""

import contextlib
import gzip
import io
import json
import os
import stat
import tarfile
import tempfile
import zipfile
from pathlib import Path

import nbformat
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpers.teaching.grading.handed_in import choosing, timestamp
from helpers.teaching.grading.handed_in.inbox import MOST_ENTRIES
from helpers.teaching.grading.handed_in.student_work import MOST_FILES, handed_in
from helpers.teaching.grading.ledger.nbgrader_course import Submission
from helpers.teaching.grading.repair.mending import own_work, repair
from helpers.teaching.grading.repair.reading import Unreadable, read
from tests.grading.lessons import of, plan, released, solutions, solved

LESSON = "02_filtering"
NAME = f"{LESSON}.ipynb"
PLAN = plan(LESSON)
WHOLE = nbformat.writes(solved(LESSON)).encode()
BLANK = released(LESSON).encode()


def half():
    """A notebook in which one exercise is solved."""
    book = nbformat.reads(BLANK.decode(), as_version=4)
    of(book, "match").source = solutions(LESSON)["match"]
    return nbformat.writes(book).encode()


HALF = half()


@pytest.fixture
def inbox(tmp_path):
    """The folder of one student."""
    folder = tmp_path / "submitted" / "ada" / LESSON
    folder.mkdir(parents=True)
    return folder


def put(inbox, **files):
    return put_all(inbox, files)


def put_all(inbox, files):
    """Write files, by their paths, and return what was handed in."""
    for name, content in files.items():
        path = os.path.join(os.fsencode(inbox), name if isinstance(name, bytes) else os.fsencode(name))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content)
    return taken(inbox)


def taken(inbox):
    return handed_in(Submission("ada", LESSON, inbox, inbox.parent / "graded"), PLAN)


def work_in(work):
    """How many exercises and questions are done in what was handed in."""
    return own_work(repair(read(work.content), PLAN), PLAN)


@pytest.fixture
def public():
    """A folder that every user may enter, unlike those that pytest makes."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@contextlib.contextmanager
def as_ordinary_user():
    """Be a user for whom permissions count, even where the tests are run by root."""
    user = os.geteuid()
    os.seteuid(65534 if user == 0 else user)
    try:
        yield
    finally:
        os.seteuid(user)


def zipped(files, method=zipfile.ZIP_DEFLATED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def tarred(files):
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return made.getvalue()


class TestNames:
    def test_where_nothing_is_odd_nothing_is_said_or_weighed(self, inbox, monkeypatch):
        monkeypatch.setattr(choosing, "read", None)
        monkeypatch.setattr(choosing, "_heaviest", None)
        work = put_all(inbox, {NAME: WHOLE, "timestamp.txt": b"2026-03-01 17:42:10 UTC", ".DS_Store": b"x"})
        assert (work.content, work.timestamp) == (WHOLE, "2026-03-01 17:42:10 UTC")
        assert (work.remarks, work.trouble, work.files) == ((), "", {})

    @pytest.mark.parametrize(
        "name",
        [
            "02_FILTERING.IPYNB",
            f"{NAME}.txt",
            f"{NAME}.json",
            f"{NAME}.download",
            f"{NAME} (1)",
            "02_filtering.json",
            "02_filtering.txt",
            "02_filtering",
            "homework",
            "02_filtering (1).ipynb",
            "02_filtering-Copy1.ipynb",
            "02_filtering (Ada's conflicted copy 2026-03-01).ipynb",
            "02_filtering.sync-conflict-20260301.ipynb",
            "deep/er/mine.ipynb",
            "deep/02_filtering.ipynb.txt",
            b"L\xf6sung.ipynb",
            "L\u00f6sung.ipynb",
            "a\nb.ipynb",
            "[x] {y} %s.ipynb",
            "-x.ipynb",
        ],
    )
    def test_a_notebook_is_found_under_any_name(self, inbox, name):
        work = put_all(inbox, {name: WHOLE})
        assert work.content == WHOLE
        assert len(work.remarks) == 1
        assert work.remarks[0].startswith("The notebook was handed in as ")
        assert work.remarks[0].isprintable()
        assert work.files == {}

    def test_bytes_that_are_not_utf8_are_shown_as_letters(self, inbox):
        work = put_all(inbox, {b"L\xf6sung.ipynb": WHOLE, b"ma\xdfe.csv": b"1"})
        assert work.remarks == ("The notebook was handed in as L\u00f6sung.ipynb.",)
        assert work.files == {"ma\u00dfe.csv": b"1"}

    def test_a_folder_without_a_notebook_says_what_there_is(self, inbox):
        assert taken(inbox).trouble == "No notebook was handed in."
        work = put_all(inbox, {"02_filtering.py": b"# %%\nx = 1", "02_filtering.html": b"<html>"})
        assert work.trouble == (
            "No notebook was handed in, but 02_filtering.html, 02_filtering.py. "
            "Hand in the .ipynb file that Jupyter saves."
        )

    def test_data_in_json_are_not_a_notebook(self, inbox):
        work = put_all(inbox, {NAME: WHOLE, "data.json": b'{"x": [1]}', "notes.txt": b"mine"})
        assert work.remarks == ()
        assert work.files == {"data.json": b'{"x": [1]}', "notes.txt": b"mine"}


class TestSeveral:
    @pytest.mark.parametrize(
        ("files", "graded"),
        [
            ({NAME: b"", "02_filtering-Copy1.ipynb": WHOLE}, "02_filtering-Copy1.ipynb"),
            ({NAME: BLANK, "02_filtering-Copy1.ipynb": WHOLE}, "02_filtering-Copy1.ipynb"),
            ({NAME: HALF, "02_filtering (1).ipynb": WHOLE}, "02_filtering (1).ipynb"),
            ({NAME: WHOLE, "02_filtering-Copy1.ipynb": BLANK}, NAME),
            ({NAME: WHOLE, "02_filtering-Copy1.ipynb": WHOLE}, NAME),
            ({NAME: WHOLE, "02_filtering-Copy1.ipynb": HALF}, NAME),
            ({NAME: WHOLE[:9000], "copy.ipynb": WHOLE}, "copy.ipynb"),
            ({NAME: WHOLE[:-3000], "copy.ipynb": BLANK}, NAME),
            ({NAME: b"not saved", "copy.ipynb": BLANK}, "copy.ipynb"),
            ({NAME: BLANK, "sub/mine.ipynb": WHOLE}, "sub/mine.ipynb"),
            ({NAME: BLANK, f"{NAME}.txt": WHOLE}, f"{NAME}.txt"),
            ({"01_pictures.ipynb": released("01_pictures").encode(), "mine.ipynb": WHOLE}, "mine.ipynb"),
            ({"a-Copy1.ipynb": WHOLE, "a-Copy2.ipynb": WHOLE}, "a-Copy2.ipynb"),
        ],
    )
    def test_the_worked_one_counts(self, inbox, files, graded):
        work = put_all(inbox, files)
        assert work.content == files[graded]
        assert f"There were 2 notebooks; {graded} was graded." in work.remarks

    def test_a_checkpoint_counts_only_if_nothing_else_holds_work(self, inbox):
        checkpoint = f".ipynb_checkpoints/{LESSON}-checkpoint.ipynb"
        assert put_all(inbox, {NAME: HALF, checkpoint: WHOLE}).content == HALF
        assert taken(inbox).remarks == ()
        work = put_all(inbox, {NAME: BLANK})
        assert work.content == WHOLE
        assert any("found among hidden files" in remark for remark in work.remarks)
        assert put_all(inbox, {checkpoint: BLANK}).content == BLANK

    def test_why_another_one_was_not_graded_is_said(self, inbox):
        work = put_all(inbox, {NAME: WHOLE[:9000], "copy.ipynb": WHOLE})
        assert any(
            "02_filtering.ipynb could not be read. The file breaks off" in said for said in work.remarks
        )

    def test_weighing_many_large_notebooks_is_bounded(self, inbox, monkeypatch):
        weighed = []
        monkeypatch.setattr(choosing, "read", lambda content: weighed.append(len(content)) or read(content))
        pieces = b'{"cells": [' + b"[]," * 200_000 + b"[]]}"
        work = put_all(inbox, {f"{n}.ipynb": pieces for n in range(30)} | {NAME: WHOLE})
        assert work.content == WHOLE
        assert len(weighed) <= 3


class TestPacked:
    @pytest.mark.parametrize("name", ["homework.zip", NAME, "HOMEWORK.ZIP"])
    @pytest.mark.parametrize("inside", [NAME, f"homework/{NAME}", f"a/b/{NAME}", f"homework\\{NAME}"])
    def test_a_notebook_in_a_zip_file(self, inbox, name, inside):
        content = zipped(
            {inside: WHOLE, inside.replace(NAME, "my_tools.py"): b"x = 1", "__MACOSX/._a.ipynb": b"x"}
        )
        work = put_all(inbox, {name: content, "data.csv": b"1"})
        assert work.content == WHOLE
        assert f"The notebook was found in {name}." in work.remarks
        assert work.files == {"my_tools.py": b"x = 1", "data.csv": b"1"}

    def test_a_notebook_in_a_tar_file(self, inbox):
        work = put_all(inbox, {"homework.tar.gz": tarred({f"./mine/{NAME}": WHOLE, "../out.py": b"x"})})
        assert work.content == WHOLE
        assert work.files == {}

    def test_a_notebook_that_is_compressed(self, inbox):
        work = put_all(inbox, {f"{NAME}.gz": gzip.compress(WHOLE)})
        assert work_in(work) == 6

    def test_paths_that_lead_out_are_not_unpacked(self, inbox):
        evil = {f"../{NAME}": WHOLE, f"/{NAME}": WHOLE, f"C:\\{NAME}": WHOLE, f"a/../../{NAME}": WHOLE}
        assert put_all(inbox, {"a.zip": zipped(evil)}).content is None

    def test_links_in_a_zip_file_are_not_followed(self, inbox):
        link = zipfile.ZipInfo("secret.py")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        made = io.BytesIO(zipped({NAME: WHOLE}))
        with zipfile.ZipFile(made, "a") as archive:
            archive.writestr(link, "/etc/passwd")
        assert put_all(inbox, {"a.zip": made.getvalue()}).files == {}

    def test_bombs_are_not_unpacked(self, inbox):
        bomb = zipped({NAME: bytes(300_000_000)})
        work = put_all(inbox, {"a.zip": bomb})
        assert work.content is None
        assert "at most 200 MB are read" in work.trouble

    @pytest.mark.parametrize("content", [b"PK\x03\x04 and nothing else", zipped({NAME: WHOLE})[:-60]])
    def test_a_damaged_zip_file_is_named(self, inbox, content):
        work = put_all(inbox, {"homework.zip": content})
        assert work.trouble.startswith("No notebook was handed in, but homework.zip.")
        assert "homework.zip was not looked into. A packed file cannot be unpacked" in work.remarks[0]

    @given(st.binary(max_size=300))
    @example(b"PK\x03\x04PK\x01\x02PK\x05\x06" + bytes(40))
    def test_no_bytes_end_otherwise_than_refused(self, content):
        for start in (b"PK\x03\x04", b"\x1f\x8b", b""):
            try:
                packed = choosing.Packed(start + content)
            except Unreadable:
                continue
            assert all(isinstance(packed.head(path), bytes) for path in packed.paths)


class TestFences:
    def test_nothing_outside_is_read(self, inbox, tmp_path):
        (tmp_path / "secret").write_bytes(WHOLE)
        (tmp_path / "secrets").mkdir()
        (tmp_path / "secrets" / NAME).write_bytes(WHOLE)
        for name in (NAME, "timestamp.txt", "data.py"):
            (inbox / name).symlink_to(tmp_path / "secret")
        (inbox / "folder").symlink_to(tmp_path / "secrets")
        work = taken(inbox)
        assert (work.content, work.files, work.timestamp) == (None, {}, "")
        assert timestamp.UNKNOWN in work.remarks
        assert f"{NAME} is a link, a pipe or a device, and was not read." in work.remarks

    def test_pipes_are_not_waited_for(self, inbox):
        for name in ("timestamp.txt", "data.csv", "other.ipynb"):
            os.mkfifo(inbox / name)
        work = put_all(inbox, {NAME: WHOLE})
        assert (work.content, work.files, work.timestamp) == (WHOLE, {}, "")
        assert sum("is a link, a pipe or a device" in remark for remark in work.remarks) == 3

    def test_a_file_that_becomes_a_pipe_is_not_waited_for(self, inbox):
        (inbox / NAME).write_bytes(WHOLE)
        with choosing.Inbox(inbox) as open_one:
            (inbox / NAME).unlink()
            os.mkfifo(inbox / NAME)
            with pytest.raises(Unreadable, match="is not a file"):
                open_one.read(NAME)

    def test_a_folder_that_becomes_a_link_is_not_followed(self, inbox, tmp_path):
        (tmp_path / "secrets").mkdir()
        (tmp_path / "secrets" / NAME).write_bytes(WHOLE)
        (inbox / "sub").mkdir()
        (inbox / "sub" / NAME).write_bytes(BLANK)
        with choosing.Inbox(inbox) as open_one:
            (inbox / "sub").rename(inbox / "old")
            (inbox / "sub").symlink_to(tmp_path / "secrets")
            with pytest.raises(Unreadable, match="cannot be read"):
                open_one.read(f"sub/{NAME}")

    @pytest.mark.parametrize("link", ["student", "lesson"])
    def test_a_folder_that_is_a_classmates_is_refused(self, inbox, link):
        put_all(inbox, {NAME: WHOLE})
        root = inbox.parents[1]
        other = root / "mal" / LESSON
        if link == "student":
            other.parent.symlink_to(inbox.parent)
        else:
            other.parent.mkdir()
            other.symlink_to(inbox)
        assert taken(other).trouble.startswith("The folder is a link")
        assert taken(other).content is None

    def test_a_folder_that_is_gone(self, inbox):
        inbox.rmdir()
        assert taken(inbox).trouble.startswith(
            "The folder cannot be opened: No such file or directory. Make sure"
        )

    @pytest.mark.parametrize("locked", ["notebook", "lesson", "student"])
    def test_what_may_not_be_read_is_said(self, public, locked):
        inbox = public / "ada" / LESSON
        inbox.mkdir(parents=True)
        put_all(inbox, {NAME: WHOLE})
        path = {"notebook": inbox / NAME, "lesson": inbox, "student": inbox.parent}[locked]
        path.chmod(0)
        try:
            with as_ordinary_user():
                work = taken(inbox)
        finally:
            path.chmod(0o755)
        assert work.content is None
        assert "Permission denied. Make sure that it is there and that the grader may read it" in work.trouble
        assert taken(inbox).content == WHOLE
        assert taken(inbox).digest != work.digest

    def test_a_large_file_is_not_read(self, inbox):
        with open(inbox / NAME, "wb") as file:
            file.truncate(10**12)
        work = taken(inbox)
        assert "1,000,000.0 MB in size" in work.trouble

    def test_many_files_and_deep_folders_are_passed_over(self, inbox):
        deep = inbox
        for _ in range(60):
            deep /= "d"
        deep.mkdir(parents=True)
        work = put_all(inbox, {NAME: WHOLE} | {f"z/{n}": b"" for n in range(MOST_ENTRIES + 10)})
        assert work.content == WHOLE
        assert any("more than 5,000 files" in remark for remark in work.remarks)
        assert len(work.files) == MOST_FILES


class TestBeside:
    def test_files_go_along_as_seen_from_the_notebook(self, inbox):
        beside = {"sub/tools.py": b"1", "sub/data/a.csv": b"2", "tools.py": b"3", "other/b.txt": b"4"}
        left_out = {
            ".hidden": b"",
            "sub/.git/x": b"",
            "__pycache__/a.pyc": b"",
            "submission_secret.txt": b"s",
        }
        work = put_all(inbox, {f"sub/{NAME}": WHOLE} | beside | left_out)
        assert work.files == {"tools.py": b"1", "data/a.csv": b"2", "other/b.txt": b"4"}
        assert work.remarks == ()

    def test_too_many_bytes_are_left_out_and_said(self, inbox):
        work = put_all(
            inbox, {NAME: WHOLE, "a.bin": bytes(15_000_000), "b.bin": bytes(15_000_000), "c.py": b"x"}
        )
        assert sorted(work.files) == ["a.bin", "c.py"]
        assert work.remarks == (
            "Files next to the notebook were left out (at most 200 files and 20 MB are taken): b.bin.",
        )

    def test_the_digest_changes_with_the_notebook_and_the_files_and_not_with_the_time(self, inbox):
        digests = [
            put_all(inbox, files).digest
            for files in (
                {NAME: WHOLE},
                {"tools.py": b"1"},
                {"tools.py": b"2"},
                {"tool.py": b"s2"},
                {NAME: HALF},
            )
        ]
        assert len(set(digests)) == 5
        assert put_all(inbox, {"timestamp.txt": b"2026-03-01 17:42:10 UTC"}).digest == digests[-1]

    def test_large_outputs_do_not_travel(self, inbox):
        book = solved(LESSON)
        book.cells[3].outputs = [nbformat.v4.new_output("stream", name="stdout", text="0.1 " * 15_000_000)]
        work = put_all(inbox, {NAME: nbformat.writes(book).encode()})
        assert len(work.content) < 1_000_000
        assert json.loads(work.content)["cells"][3]["outputs"] == []
        assert work.remarks[0].endswith("its outputs count for no mark and were left out.")


class TestTimestamps:
    @pytest.mark.parametrize(
        ("content", "time"),
        [
            ("2026-03-01 17:42:10 UTC", "2026-03-01 17:42:10 UTC"),
            ("2026-03-01 17:42:10.250000 UTC\n", "2026-03-01 17:42:10.250000 UTC"),
            ("\ufeff2026-03-01 17:42:10 UTC\r\n", "2026-03-01 17:42:10 UTC"),
            ("2026-03-01T17:42:10Z", "2026-03-01 17:42:10 UTC"),
            ("2026-03-01 17:42:10+01:00", "2026-03-01 16:42:10 UTC"),
            ("2026-03-01 17:42:10 +0100", "2026-03-01 16:42:10 UTC"),
            ("2026-03-01 17:42:10", "2026-03-01 17:42:10 UTC"),
            ("2026-03-01 17:42 GMT", "2026-03-01 17:42:00 UTC"),
            ("Sunday, March 1, 2026 5:42:10 PM", "2026-03-01 17:42:10 UTC"),
            ("Sun Mar  1 17:42:10 UTC 2026", "2026-03-01 17:42:10 UTC"),
            ("25/03/2026 17:42", "2026-03-25 17:42:00 UTC"),
            ("", ""),
        ],
    )
    def test_spellings(self, inbox, content, time):
        for encoding in ("utf-8", "utf-16"):
            work = put_all(inbox, {NAME: WHOLE, "timestamp.txt": content.encode(encoding)})
            assert (work.timestamp, work.remarks) == (time, ())

    @pytest.mark.parametrize(
        "content",
        [
            b"yesterday evening",
            b"NaN",
            b"10000-01-01 00:00:00 UTC",
            b"9999-12-31 23:59:59 -23:59",
            b"0001-01-01 00:00:00 +14:00",
            b"1970-01-01 00:00:00 UTC",
            b"2026-02-30 10:00:00 UTC",
            b"03/04/2026 10:00",
            b"17:42",
            b"March 2026",
            b"5",
            b"9" * 90,
            b"2026-03-01 17:42:10 UTC " * 1000,
            b"\xff\xfe\x00",
            bytes(range(256)),
        ],
    )
    def test_what_cannot_be_understood_is_said(self, inbox, content):
        work = put_all(inbox, {NAME: WHOLE, "timestamp.txt": content})
        assert (work.content, work.timestamp, work.remarks) == (WHOLE, "", (timestamp.UNKNOWN,))

    def test_an_unknown_time_zone_is_said(self, inbox):
        work = put_all(inbox, {NAME: WHOLE, "timestamp.txt": b"2026-03-01 17:42:10 XYZT"})
        assert work.timestamp == "2026-03-01 17:42:10 UTC"
        assert work.remarks == ("The time zone in timestamp.txt is not known; the time was read as UTC.",)

    @given(st.text() | st.datetimes().map(str) | st.text("0123456789-:/. TZ+UTC", max_size=40))
    def test_no_text_ends_otherwise_than_read_or_not(self, text):
        moment, said = timestamp.understood(text)
        assert moment is None or timestamp.understood(timestamp.written(moment)) == (moment, [])
        assert all(sentence.endswith(".") for sentence in said)
