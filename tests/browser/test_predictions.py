"""Predictions in JupyterLab: asked, guessed with keys alone, and shown next to what came out."""

import os

import nbformat
import pytest
from playwright.sync_api import expect

from helpers.teaching.building.saved_outputs import WIDGET_VIEW
from helpers.teaching.lab.browser import open_notebook, python, save
from tests.browser.pages import SQUEEZED, as_new, look, notebook_of

pytestmark = pytest.mark.browser

CELLS = [
    "from helpers import came_out, predict, progress",
    'predict("lab_shape", "What shape will `whole` have?", [(4, 4), (3, 3), (7, 7)])',
    'came_out("lab_shape", (3, 3), surprise="Count the windows.")',
    "progress.show()",
]


@pytest.fixture(scope="module")
def opened(browser, lab):
    nbformat.write(notebook_of(*CELLS), lab.folder / "predictions.ipynb")
    page = browser.new_page(viewport={"width": 1100, "height": 900})
    open_notebook(page, lab, "predictions.ipynb")
    yield page
    page.close()


@pytest.fixture
def page(opened):
    """The page with nothing run and nothing guessed, and the first cell chosen."""
    opened.set_viewport_size({"width": 1100, "height": 900})
    as_new(opened, "from helpers.learning import predictions; predictions._shown.clear()")
    opened.locator(".jp-CodeCell .cm-content").first.click()
    return opened


def run(page):
    """What one does with a cell: run it, and the next one is chosen."""
    page.keyboard.press("Shift+Enter")
    python(page, "")


def seen(page, name):
    """Keep pictures of the page, if somebody wants to look at them."""
    assert page.evaluate(SQUEEZED) == []
    if os.environ.get("LOOK"):
        for width in (800, 1100):
            page.set_viewport_size({"width": width, "height": 900})
            look(page, f"{name}_{width}")


def test_a_guess_is_made_with_keys_alone_and_shown_beside_what_came_out(page):
    run(page)
    run(page)
    first = page.get_by_role("radio").first
    expect(first).to_be_visible()
    for _ in range(12):  # back from the cell that is chosen now
        page.keyboard.press("Shift+Tab")
        if page.locator(".course-choice:focus").count():
            break
    expect(page.locator(".course-choice:focus")).to_have_count(1)
    seen(page, "predict_asked")
    page.keyboard.press("1")
    page.keyboard.press("3")
    expect(page.locator(".course-said-so")).to_contain_text("Kept: (4, 4), sure.")
    seen(page, "predict_kept")
    page.keyboard.press(
        "Shift+Enter"
    )  # the focus is in the cell that asks, so it asks again, and knows the guess
    expect(page.locator(".course-said-so")).to_have_text("So far: (4, 4), sure.")
    run(page)
    expect(
        page.get_by_text("but what came out is (3, 3): a surprise worth a second look. Count")
    ).to_be_visible()
    run(page)
    expect(page.get_by_text("Of 1 that you were sure of, 0 were right.")).to_be_visible()
    seen(page, "predict_came_out")


def test_what_has_come_out_cannot_be_guessed_again(page):
    run(page)
    run(page)
    for name in ("(4, 4)", "sure"):
        page.get_by_role("radio", name=name, exact=True).click()
    expect(page.locator(".course-said-so")).to_contain_text("Kept: (4, 4), sure.")
    page.locator(".jp-CodeCell .cm-content").nth(2).click()
    run(page)
    page.locator(".jp-CodeCell .cm-content").nth(1).click()
    run(page)
    expect(page.locator(".course-said-so")).to_have_text("You said (4, 4), sure; what came out was (3, 3).")
    expect(page.get_by_role("radio").first).to_be_checked()
    page.get_by_role("radio").nth(1).click(force=True)
    expect(page.get_by_role("radio").first).to_be_checked()
    page.evaluate(
        "() => window.jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})"
    )
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", "false")
    seen(page, "predict_dark")


def test_a_saved_notebook_shows_the_question_without_python(page, lab):
    run(page)
    run(page)
    expect(page.get_by_role("radio").first).to_be_visible()
    save(page)
    notebook = nbformat.read(lab.folder / "predictions.ipynb", as_version=4)
    (output,) = notebook.cells[1].outputs
    assert WIDGET_VIEW not in output.data
    assert "What shape will <code>whole</code> have?" in output.data["text/html"]
