"""Nothing of a learner's runs on the pages on which graders and classmates read a marked notebook."""

import base64
from pathlib import Path

import nbformat
import nbgrader.server_extensions.formgrader as formgrader
import pytest
from matplotlib.figure import Figure
from nbconvert.exporters import HTMLExporter

from helpers.show.parts.picture import Picture
from helpers.teaching.building.notebook import narrowed
from helpers.teaching.grading import cell_outputs, feedback
from helpers.teaching.grading.harmless_pages import clean_cells
from helpers.teaching.grading.marks import Mark
from tests.grading.harmful_texts import DRAWN_AS_WORDS, HARMFUL, HARMLESS

pytestmark = pytest.mark.browser

SPY = """
window.happened = [];
window.ran = what => window.happened.push(String(what));
window.alert = window.confirm = window.prompt = window.print = window.ran;
"""
TRY = """
for (const element of document.querySelectorAll('.text_cell_render *, .output *, .inner_cell > *')) {
    for (const kind of ['mouseover', 'mouseenter', 'focus', 'toggle', 'error', 'load', 'begin', 'submit'])
        element.dispatchEvent(new Event(kind));
    for (const attribute of element.attributes)
        if (attribute.name.startsWith('on')) window.ran(element.outerHTML);
    const address = element.href || element.action || element.formAction || '';
    if (/^(javascript|vbscript|data):/i.test(String(address.baseVal || address)))
        window.ran(element.outerHTML);
}
"""
FORBIDDEN = "script style iframe object embed form button svg math link meta base textarea template"


def marked(texts, kind="markdown"):
    """A notebook as the grader writes it: texts, panels that show what learners said, and a last cell."""
    new = {"markdown": nbformat.v4.new_markdown_cell, "raw": nbformat.v4.new_raw_cell}[kind]
    notebook = nbformat.v4.new_notebook()
    for number, text in enumerate(texts):
        cell = new(f"{text}\n\nword{number}")
        if number % 2 and kind == "markdown":
            cell.metadata = {
                "nbgrader": {"grade_id": f"q{number}", "solution": True, "grade": True, "points": 1}
            }
        cell.attachments = {"p.png": {"image/png": base64.b64encode(b"x").decode()}}
        if kind == "raw":
            del cell["attachments"]
            cell.metadata = {"raw_mimetype": "text/html", "format": "text/html"}
        notebook.cells.append(cell)
    notebook.cells += [panel(text) for text in HARMFUL]
    notebook.cells.append(nbformat.v4.new_markdown_cell("<b>the last cell</b>"))
    clean_cells(notebook)
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata:  # as nbgrader fills it in from the gradebook
            cell.metadata.nbgrader |= {"score": 0.0, "comment": None}
    return notebook


def panel(text):
    """A code cell with its outputs, all of which say a text."""
    mark = Mark("test", "match", 0.0, 1.0, "wrong", text, hint=text, case=f"Case 1, `{text}`")
    outputs = cell_outputs.plain([{"text": text}], ("NameError", text), text)
    outputs += feedback.outputs(mark, {text: [text]}) + feedback.outputs(mark, text)
    return nbformat.v4.new_code_cell(f"'''{text}'''", outputs=outputs)


@pytest.fixture(params=["feedback", "formgrade"])
def page_of(request, browser, tmp_path):
    """Opens a notebook's page, as the named template of nbgrader's draws it."""
    pages = []

    def open_page(notebook):
        here = Path(formgrader.__file__).parent
        exporter = HTMLExporter(
            template_name=request.param,
            extra_template_basedirs=[str(here / "templates")],
            extra_template_paths=[str(here / "static/node_modules/bootstrap/dist/css")],
        )
        resources = {
            "base_url": "",
            "index": 0,
            "total": 1,
            "student": "ada",
            "last_name": "",
            "first_name": "",
        }
        grades = {
            "score": 0,
            "max_score": 1,
            "late_penalty": 0,
            "index": [],
            "notebook": "n",
            "student": "ada",
        }
        text, _ = exporter.from_notebook_node(notebook, {**resources, "nbgrader": grades, "metadata": {}})
        (tmp_path / "page.html").write_text(text, encoding="utf-8", errors="replace")
        page = browser.new_page()
        page.add_init_script(SPY)
        page.on("dialog", lambda dialog: dialog.dismiss())
        # Neither MathJax nor anything else comes from the network here.
        page.route(lambda address: not address.startswith("file:"), lambda route: route.abort())
        page.goto((tmp_path / "page.html").as_uri())
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        page.close()


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_nothing_runs_and_everything_can_be_read(page_of, kind):
    texts = [text.replace("\x00", "") for text in (*HARMFUL, *DRAWN_AS_WORDS, *HARMLESS)]
    page = page_of(marked(texts, kind))
    page.evaluate(TRY)
    page.wait_for_timeout(200)
    assert page.evaluate("window.happened") == []
    forbidden = ", ".join(f".text_cell_render {name}" for name in FORBIDDEN.split())
    assert page.locator(forbidden).count() == 0
    assert page.get_by_text("the last cell", exact=True).is_visible()
    shown = page.locator("body").inner_text()
    if kind == "markdown":
        assert [number for number in range(len(texts)) if f"word{number}" not in shown] == []
    assert shown.count("ran(1)") > 5 * len(HARMFUL)  # in panels, outputs and code it can be read


def test_without_the_cleaning_the_same_page_would_run_it(page_of):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text) for text in HARMFUL[:20]])
    page = page_of(notebook)
    page.evaluate(TRY)
    assert page.evaluate("window.happened") != []


INSIDE = """(image) => {
    const around = image.closest(".output_area, .text_cell_render").getBoundingClientRect();
    return image.naturalWidth > 1000 && image.getBoundingClientRect().right <= around.right + 1;
}"""


def test_wide_pictures_stay_within_the_page(page_of):
    data, about = Picture(Figure(figsize=(14, 1)), alt="A wide figure.")._repr_mimebundle_()
    shown = nbformat.v4.new_output("display_data", data, metadata=about)
    cover = nbformat.v4.new_markdown_cell("![A wide cover](attachment:cover.png)")
    png = base64.b64encode(Picture(Figure(figsize=(14, 1)), alt="A wide cover.").png).decode()
    cover.attachments = {"cover.png": {"image/png": narrowed(png)}}
    notebook = nbformat.v4.new_notebook(cells=[cover, nbformat.v4.new_code_cell("wide", outputs=[shown])])
    clean_cells(notebook)
    page = page_of(notebook)
    assert [page.get_by_alt_text(alt).evaluate(INSIDE) for alt in ("A wide cover", "A wide figure.")] == [
        True,
        True,
    ]
