"""JupyterLab as the course starts it contacts nobody but itself, and greets nobody with a question."""

import re
import shutil
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
import pytest
from playwright.sync_api import expect

from helpers.teaching.lab.browser import open_notebook, run_all
from helpers.teaching.lab.screenshots import page_by_page
from tests.browser.pages import notebook_of

ROOT = Path(__file__).parents[2]
IMAGE = re.compile(r'<img alt="([^"]*)" width="\d+" src="data:image/png;base64,')

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def visit(browser, lab):
    """A page that has started JupyterLab and run a notebook, and every address that it asked for."""
    page = browser.new_page(viewport={"width": 1000, "height": 600})
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    page.goto(f"{lab.address}/lab?token={lab.token}")
    page.locator(".jp-LauncherCard, .jp-Notebook").first.wait_for()
    open_notebook(page, lab, "draw_pad.ipynb")
    run_all(page)
    page.locator(".course-widget").wait_for()
    yield page, asked
    page.close()


def test_no_other_host_is_asked(visit, lab):
    _, asked = visit
    outside = [url for url in asked if urlsplit(url).scheme not in ("data", "blob")]
    assert len(outside) > 20
    assert {urlsplit(url).netloc for url in outside} == {urlsplit(lab.address).netloc}


def test_no_question_is_asked_at_the_start(visit):
    page, _ = visit
    expect(page.locator(".jp-Dialog")).to_have_count(0)
    expect(page.locator(".Toastify__toast")).to_have_count(0)


def test_screenshots_show_the_notebook_page_by_page(visit, tmp_path):
    page, _ = visit
    paths = page_by_page(page, tmp_path, "lesson")
    assert [path.name for path in paths] == [
        f"lesson-{number:02d}.png" for number in range(1, len(paths) + 1)
    ]
    assert len(paths) >= 2
    assert all(path.read_bytes()[1:4] == b"PNG" for path in paths)


@pytest.fixture
def page(browser):
    """A separate page."""
    page = browser.new_page(viewport={"width": 1000, "height": 900})
    yield page
    page.close()


def figures(page, index):
    """The figures in the outputs of one cell, once it has been scrolled to."""
    page.evaluate("index => window.jupyterapp.shell.currentWidget.content.scrollToItem(index)", index)
    return page.locator(f'.jp-Cell[data-windowed-list-index="{index}"] .jp-OutputArea-output img')


def is_seen(image):
    """Whether a figure has been loaded."""
    return image.evaluate("image => image.decode().then(() => image.naturalWidth > 100, () => false)")


@pytest.mark.parametrize("lesson", ["01_pictures", "08_stacking"])
def test_every_figure_has_its_alternative_text(lesson, page, lab):
    """As the notebook comes, which JupyterLab does not trust; some of its figures are those of widgets."""
    path = ROOT / "solutions" / lesson / f"{lesson}.ipynb"
    shutil.copy(path, lab.folder)
    open_notebook(page, lab, path.name)
    seen = 0
    for index, cell in enumerate(nbformat.read(path, as_version=4).cells):
        outputs = [output.data for output in cell.get("outputs", []) if "data" in output]
        texts = [unescape(text) for data in outputs for text in IMAGE.findall(data.get("text/html", ""))]
        if not texts:
            continue
        images = figures(page, index)
        expect(images).to_have_count(len(texts))
        assert [image.get_attribute("alt") for image in images.all()] == texts
        assert all(len(text.split()) > 3 for text in texts)
        assert all(is_seen(image) for image in images.all())
        seen += len(texts)
    assert seen >= 6


def test_a_figure_that_was_just_drawn_has_its_alternative_text(page, lab):
    code = "from helpers import data, show\nshow.pictures([data.X], ['an X'])"
    nbformat.write(notebook_of(code), lab.folder / "figure.ipynb")
    open_notebook(page, lab, "figure.ipynb")
    run_all(page)
    images = figures(page, 0)
    expect(images).to_have_count(1)
    assert images.get_attribute("alt") == "One panel: an X (9 x 9), 13 white and 68 black pixels."
    assert is_seen(images)


def test_the_first_lesson_leads_to_the_glossary(page, lab):
    for name in ("00_start_here", "GLOSSARY.md"):
        (shutil.copytree if name == "00_start_here" else shutil.copy)(
            ROOT / "notebooks" / name, lab.folder / name
        )
    open_notebook(page, lab, "00_start_here/00_start_here.ipynb")
    link = page.locator(".jp-RenderedMarkdown a", has_text="glossary")
    cells = nbformat.read(lab.folder / "00_start_here/00_start_here.ipynb", as_version=4).cells
    figures(page, next(index for index, cell in enumerate(cells) if "GLOSSARY.md" in cell.source))
    link.click()
    expect(page.locator(".jp-MarkdownViewer", has_text="receptive field")).to_be_visible()
