"""JupyterLab as the course starts it asks nobody but itself, and greets nobody with a question."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from helpers.teaching.browser import open_notebook, run_all
from helpers.teaching.screenshots import page_by_page

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
