"""Where lessons run and work is kept, nothing of ours is out of anybody's reach."""

import pytest

from tests.site import lesson_in_browser as lesson
from tests.site.access import violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# What axe finds and JupyterLite causes: (rule, part of the element) -> its source. docs/site.md lists them.
JUPYTERS_OWN = {
    ("aria-input-field-name", 'class="cm-content"'): "CodeMirror: the editor of a cell has no name",
    (
        "aria-required-children",
        "jp-WindowedPanel-viewport",
    ): "JupyterLab: a feed, whose children should be articles",
    ("link-name", 'id="jp-NotebookLogo"'): "Jupyter Notebook: the logo has no name",
    ("tabindex", 'class="skip-link"'): "JupyterLab: the first link comes first by a number",
}
LESSONS = ("00_start_here", "02_filtering")  # with panels of checks, tables, figures, a widget


@pytest.fixture(scope="module")
def context(new_chromium):
    """A browser in which a learner works."""
    running = new_chromium()
    yield running
    running.close()


@pytest.fixture(scope="module", params=LESSONS)
def notebook(request, context, site):
    """A lesson as released, run whole and saved."""
    browser = lesson.Chromium(context.new_page())
    lesson.open_lesson(browser, site, request.param)
    lesson.run_all(browser)
    lesson.save(browser)
    return browser


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_a_notebook_that_runs(notebook, theme):
    change = f"window.jupyterapp.commands.execute('apputils:change-theme', {{ theme: '{theme}' }})"
    notebook.evaluate(change)
    lesson.until(notebook, f"document.body.dataset.jpThemeName === '{theme}'", "another theme")
    assert violations(notebook.page, JUPYTERS_OWN) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_for_all_work(notebook, context, site, scheme):
    page = context.new_page()
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{site}work.html")
    page.locator("tbody tr").first.wait_for()
    assert violations(page, {}) == []
    page.get_by_role("button", name="Download all work").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "upload"
    page.close()
