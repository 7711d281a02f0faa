"""The widgets' scripts and styles: three files each, joined from parts, packed, and asking nobody outside."""

import re
import zipfile
from pathlib import Path

import pytest

from helpers import data, show
from helpers.show import widgets
from helpers.show.widgets.joining import EXPORT, IMPORT, forget, joined, with_imports

FOLDER = Path(show.__file__).parent
FILES = sorted(path for path in FOLDER.rglob("*") if path.suffix in (".js", ".css"))
WIDGETS = [getattr(widgets, name) for name in widgets.__all__]


@pytest.fixture(autouse=True)
def forgotten():
    forget()
    yield
    forget()


@pytest.fixture
def write(tmp_path):
    def write(**texts):
        for name, text in texts.items():
            stem, ending = name.split("_")
            (tmp_path / f"{stem}.{ending}").write_text(text, encoding="utf-8")

    return write


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: widget.__name__)
def test_a_widget_is_a_module_a_script_and_a_style(widget):
    name = re.sub("(?<=[a-z])(?=[A-Z])", "_", widget.__name__).lower()
    files = [FOLDER / "widgets" / f"{name}.{ending}" for ending in ("py", "js", "css")]
    assert all(file.exists() for file in files)
    script, style = widget._esm, widget._css
    own = files[1].read_text(encoding="utf-8")
    assert own[own.rindex("\nfunction render(") :] in script
    assert files[2].read_text(encoding="utf-8") in style
    assert (FOLDER / "parts" / "widget.css").read_text(encoding="utf-8") in style
    assert f".course-widget.course-{name.replace('_', '-')} {{" in style


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: widget.__name__)
def test_the_joined_script_imports_nothing_and_exports_one_thing(widget):
    assert not re.search(r"\bimport\b", re.sub("//.*", "", widget._esm))
    assert re.findall(r"^ *export .*", widget._esm, re.MULTILINE) == ["export default { render };"]


def test_every_import_names_what_the_other_file_exports():
    scripts = [file for file in FILES if file.suffix == ".js"]
    imports = [(file, *found) for file in scripts for found in IMPORT.findall(file.read_text("utf-8"))]
    assert len(imports) > 50
    for file, names, other in imports:
        exported = EXPORT.findall((file.parent / other).read_text("utf-8"))
        assert {name.strip() for name in names.split(",") if name.strip()} <= set(exported), (file, other)


def test_every_part_is_used_by_a_widget():
    used = {file for widget in WIDGETS for file in with_imports(widget._script, [])}
    assert used == {file for file in FILES if file.suffix == ".js"}


def test_an_imported_file_comes_once_before_those_that_import_it(write, tmp_path):
    write(
        a_js='import { b } from "./b.js";\nimport { c } from "./c.js";\nexport default { b, c };\n',
        b_js='import { c } from "./c.js";\nconst own = 1;\nexport const b = c + own;\n',
        c_js="const own = 2;\nexport function c() {\n  return own;\n}\n",
        b_css=".b {}\n",
        a_css=".a {}\n",
    )
    script, style = joined(tmp_path / "a.js")
    assert [script.index(f"const {name}_js = ") for name in "cb"] == sorted(
        script.index(f"const {name}_js = ") for name in "cb"
    )
    assert script.count("function c()") == 1
    assert "return { c };" in script
    assert "const { c } = c_js;" in script
    assert script.endswith("const { b } = b_js;\nconst { c } = c_js;\nexport default { b, c };\n")
    assert style.index(".b {}") < style.index(".a {}")


def test_a_saved_file_reaches_the_widgets_on_the_page(write, tmp_path, monkeypatch):
    from helpers.show.widgets import reloading

    monkeypatch.setattr(reloading, "_shown", {pad := widgets.SlideFeature(data.X, data.features)})
    write(new_js="export default {};\n", new_css=".new {}\n")
    monkeypatch.setattr(widgets.SlideFeature, "_script", tmp_path / "new.js")
    reloading.reload()
    assert (pad._esm, pad._css) == ("export default {};\n", ".new {}\n")
    write(new_js="export default { render() {} };\n")
    reloading.reload()
    assert pad._esm == "export default { render() {} };\n"


def test_the_files_are_part_of_the_package_and_ask_nobody_outside(tmp_path):
    from flit_core.wheel import make_wheel_in

    wheel = make_wheel_in(FOLDER.parents[1] / "pyproject.toml", tmp_path).file
    packed = zipfile.ZipFile(wheel).namelist()
    assert {file.name for file in FILES} >= {"draw_pad.js", "grid.js", "slide_feature.js", "widget.css"}
    for file in FILES:
        assert f"helpers/show/{file.relative_to(FOLDER)}" in packed
        text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not any(word in text for word in ("http", "import(", "@import", "fetch(", "url(//"))


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: widget.__name__)
def test_the_style_of_every_shared_class_is_there(widget):
    used = set(re.findall("course-[a-z-]+", widget._esm))
    shared = {
        name
        for file in FILES
        if file.parent.name == "parts" and file.suffix == ".css"
        for name in re.findall(r"\.(course-[a-z-]+)", file.read_text("utf-8"))
    }
    assert used & shared <= set(re.findall(r"\.(course-[a-z-]+)", widget._css))
