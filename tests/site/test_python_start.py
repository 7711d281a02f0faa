"""Python's start in the browser: its packages come in one file, and what takes long is imported later."""

import os
import shutil

import pytest

from tests.site import lesson_in_browser as lesson
from tests.site.conftest import serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAME = "00_start_here"
IS_THERE = "import sys; print('matplotlib.pyplot' in sys.modules)"
USE = """
import IPython, piplite, helpers, numpy, matplotlib.pyplot
print(IPython.embed.__name__, helpers.show.pictures.__name__)
try:
    await piplite.install("no-such-package")
except Exception as error:
    print(type(error).__name__)
from tqdm import tqdm
print(tqdm.__name__)
"""


@pytest.fixture
def open_lesson(new_chromium):
    """Opens the lesson of a site in a Chromium of its own; its page."""
    contexts = []

    def open_it(site):
        contexts.append(new_chromium())
        browser = lesson.Chromium(contexts[-1].new_page())
        lesson.open_lesson(browser, site, NAME)
        return browser

    yield open_it
    for context in contexts:
        context.close()


def files_asked(browser, end):
    return sorted({url.rpartition("/")[2] for url in browser.asked if url.endswith(end)})


def test_packages_come_in_one_file_and_the_rest_when_it_is_used(open_lesson, site):
    browser = open_lesson(site)
    assert lesson.python(browser, "from helpers import show\n" + IS_THERE) == "False\n"
    lesson.until(browser, f"{lesson.printed_by(IS_THERE)}.then((said) => said === 'True\\n')")
    assert len(files_asked(browser, ".bin")) == 1
    assert files_asked(browser, ".whl") == []
    said = lesson.python(browser, USE)
    assert said.split() == ["embed", "pictures", "PiplitePyPIDisabled", "tqdm"]
    assert [name.partition("-")[0] for name in files_asked(browser, ".whl")] == ["tqdm"]


def test_if_that_file_is_broken_packages_come_one_by_one(open_lesson, site_folder, tmp_path):
    shutil.copytree(site_folder / "run", tmp_path / "run", copy_function=os.link)
    (bundle,) = tmp_path.glob("run/static/pyodide/packages-*.bin")
    bundle.unlink()
    bundle.write_bytes(b"not what it was")
    with serving(tmp_path) as address:
        browser = open_lesson(address)
        assert lesson.python(browser, USE).split()[:2] == ["embed", "pictures"]
    assert len(files_asked(browser, ".whl")) > 20
