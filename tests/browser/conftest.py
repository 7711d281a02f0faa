"""One JupyterLab for all browser tests, and a notebook for each of two widgets."""

from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from helpers.teaching.lab.browser import open_notebook, run_all, running_lab
from tests.browser.pages import notebook_of

HERE = Path(__file__).parent
PATIENCE = 60_000  # milliseconds until what has to happen counts as missing, on a very busy machine
DRAW_PAD = """\
import time
from helpers import data, reference
from helpers.show import widgets

trouble, pause = None, 0

def share(image, template):
    print("what learners print")
    time.sleep(pause)
    if trouble:
        raise trouble
    return reference.agreement(image, template)

pad = widgets.DrawPad({"X": data.X, "O": data.O}, share)
pad
"""
SLIDE_FEATURE = """\
import numpy as np
from helpers import data
from helpers.show import widgets

edge = np.array([[-1.5, 0, 1.5]])
slide = widgets.SlideFeature(data.X, {**data.features, "edge": edge, "large": data.X[:5, :5]})
slide
"""

expect.set_options(timeout=PATIENCE)


def _notebook(title, code):
    return notebook_of(nbformat.v4.new_markdown_cell(f"# {title}"), code)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """What is shown in a browser is slow."""
    for item in items:
        if item.path.parent == HERE and "browser" in item.fixturenames:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def lab(browser, tmp_path_factory):
    """JupyterLab as the course starts it, on a folder with a notebook for each widget."""
    folder = tmp_path_factory.mktemp("notebooks")
    for name, code in (("draw_pad", DRAW_PAD), ("slide_feature", SLIDE_FEATURE)):
        nbformat.write(_notebook(name, code), folder / f"{name}.ipynb")
    with running_lab(folder) as running:
        yield running


@pytest.fixture(scope="module")
def open_code(lab, open_page):
    """Opens a new notebook of a title and one code cell, and runs it."""

    def write_and_open(name, code):
        nbformat.write(_notebook(name, code), lab.folder / f"{name}.ipynb")
        return open_page(name)

    return write_and_open


@pytest.fixture(scope="module")
def open_page(browser, lab):
    """Opens a notebook and runs it; at the end nothing may have gone wrong on any page."""
    complaints, pages = [], []

    def open_and_run(name):
        page = browser.new_page(viewport={"width": 1000, "height": 1000})
        page.on(
            "console",
            lambda said: complaints.append(f"{said.text} {said.location}") if said.type == "error" else None,
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        pages.append(page)
        open_notebook(page, lab, f"{name}.ipynb")
        run_all(page)
        page.locator(".course-widget").wait_for()
        page.set_default_timeout(PATIENCE)
        return page

    yield open_and_run
    for page in pages:
        page.close()
    # JupyterLab asks a new kernel for its debugger, and complains where the page goes away before the answer.
    assert [text for text in complaints if "restore the debugger state" not in text] == []
