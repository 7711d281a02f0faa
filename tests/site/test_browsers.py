"""From the first page to a passed check and a saved notebook in every browser, with no request elsewhere."""

from contextlib import contextmanager

import pytest

from tests.conftest import give_up
from tests.site import lesson_in_browser as lesson
from tests.site.other_browsers import firefox, running_firefox, running_webkit, webkit
from tests.site.whole_lesson import error_name

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FIRST = "00_start_here/00_start_here.ipynb"
OPEN_FIRST = "document.querySelector(\"a[href*='00_start_here.ipynb'][href*='run/notebooks']\").href"
PRESS_RIGHT = """(() => {
    const grid = document.querySelector(".course-widget .course-slides");
    grid.focus();
    grid.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
})()"""
ON_PURPOSE = {"NameError", "NotPassed", "NotStarted"}  # in lesson 00 as it is released
NAMES = ("chromium", "firefox", "firefox without stack switching", "webkit")


@contextmanager
def page_in(name, new_chromium):
    """A page in the browser of that name."""
    if name == "chromium":
        context = new_chromium()
        yield lesson.Chromium(context.new_page())
        context.close()
    elif name == "webkit":
        if not webkit():
            give_up("there is no WebKitGTK with its driver on this machine")
        with running_webkit() as page:
            yield page
    else:
        if not firefox():
            give_up("there is no Firefox on this machine")
        switching = "without" not in name
        with running_firefox({"javascript.options.wasm_js_promise_integration": switching}) as page:
            yield page


@pytest.fixture(scope="module", params=NAMES)
def opened(request, site, new_chromium):
    """Lesson 00, opened from the first page and run whole, in one browser; and its cells then."""
    with page_in(request.param, new_chromium) as browser:
        browser.open(f"{site}index.html")
        address = browser.evaluate(OPEN_FIRST)
        assert address.startswith(site)
        browser.open(address)
        lesson.wait_for_notebook(browser)
        lesson.run_all(browser)
        yield browser, lesson.cells(browser)


@pytest.fixture(scope="module")
def first_lesson(opened):
    """A browser with lesson 00 run whole, in which other tests may have worked since."""
    return opened[0]


def test_the_first_lesson(opened, site, request):
    first_lesson, cells = opened
    errors = {output["ename"] for cell in cells for output in cell["outputs"] if "ename" in output}
    # Run All has gone on after those that fail on purpose.
    assert all(cell["execution_count"] for cell in cells)
    assert {error_name(name) for name in errors} == ON_PURPOSE
    assert any("image/png" in str(output) for cell in cells for output in cell["outputs"])

    index = lesson.write(first_lesson, "count_white", lesson.SOLUTION)
    lesson.run_from(first_lesson, index)
    assert "count_white: passed" in lesson.said(first_lesson, 'check("count_white", count_white)')
    lesson.save(first_lesson)
    assert "passed" in lesson.python(first_lesson, "print(open('../progress.jsonl').read())")

    assert lesson.outside(first_lesson.asked, site) == []
    assert lesson.outside(page_asked(first_lesson), site) == []


def test_a_guess_is_kept_and_shown_beside_what_came_out(first_lesson):
    lesson.python(first_lesson, "from helpers.learning import predictions; predictions._shown.clear()")
    asking = first_lesson.evaluate(
        f"{lesson.PANEL}.content.widgets.findIndex((one) => one.model.id === 'predict_sums')"
    )
    lesson.run_from(first_lesson, asking, 1)
    card = f"{lesson.PANEL}.content.widgets[{asking}].node.querySelector('.course-choice-card')"
    lesson.until(first_lesson, f"!!{card}?.querySelector('.course-choice')", "no card")
    for place in ("choices", "choices-row"):
        first_lesson.evaluate(f"{card}.querySelectorAll('.course-{place} > button')[1].click()")
    lesson.until(first_lesson, f"{card}.textContent.includes('Kept: (1, 1), fairly sure')", "not kept")
    lesson.run_from(first_lesson, asking + 1, 1)
    said = lesson.said(first_lesson, 'came_out("sums"')
    assert "You said (1, 1), fairly sure; what came out is (1, -2)." in said
    assert '"came_out": "(1, -2)"' in lesson.python(first_lesson, "print(open('../progress.jsonl').read())")


def test_python_starts_once_and_before_the_notebook_is_there(first_lesson):
    loaded = [url.partition("?")[0] for url in first_lesson.asked]
    if not loaded:
        pytest.skip("this browser's driver does not tell what is asked for")
    (python,) = (place for place, url in enumerate(loaded) if url.endswith("pyodide.asm.wasm"))
    kernel = next(place for place, url in enumerate(loaded) if url.endswith(FIRST))
    assert python < kernel


def page_asked(browser):
    """The addresses that the page itself remembers to have asked for."""
    return browser.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")


def test_a_widget_moves(first_lesson):
    code = "from helpers import data, show; slide = show.widgets.SlideFeature(data.X, data.features); slide"
    first_lesson.evaluate(
        f"""(async () => {{
            const notebook = {lesson.PANEL}.content;
            notebook.activeCellIndex = notebook.widgets.length - 1;
            await window.jupyterapp.commands.execute("notebook:insert-cell-below");
            notebook.activeCell.model.sharedModel.setSource({code!r});
            await window.jupyterapp.commands.execute("notebook:change-cell-to-code");
            await window.jupyterapp.commands.execute("notebook:run-cell");
        }})()"""
    )
    lesson.until(first_lesson, "!!document.querySelector('.course-widget .course-grid')", "no widget")
    before = lesson.python(first_lesson, "print(slide.position)")
    first_lesson.evaluate(PRESS_RIGHT)
    moved = f"(await {lesson.printed_by('print(slide.position)')}) !== {before!r}"
    lesson.until(first_lesson, moved, "the widget did not move")


def test_scikit_learn_comes_when_a_cell_imports_it(first_lesson):
    code = "from sklearn.svm import SVC; print(SVC().fit([[0], [1]], [0, 1]).predict([[1]]))"
    assert lesson.python(first_lesson, code) == "[1]\n"


def test_a_bar_of_progress_warns_of_nothing(first_lesson):
    said = lesson.python(first_lesson, "from tqdm.auto import tqdm; print(list(tqdm([1])))")
    assert "[1]" in said
    assert "Warning" not in said
