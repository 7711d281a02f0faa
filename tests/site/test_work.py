"""Work is kept: after a restart of the browser, by download and upload, and for the grader."""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from helpers import exercises
from helpers.teaching.lab.browser import open_notebook, python, running_lab
from tests.grading.classes import ROOT, make_course
from tests.site import lesson_in_browser as lesson

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAME = "00_start_here"
PATH = f"{NAME}/{NAME}.ipynb"
RUN = f"run/notebooks/index.html?path={PATH}"
ENDLESS = "while True: pass"


@pytest.fixture(scope="module")
def profile(tmp_path_factory):
    """What the learner's browser keeps on its disk."""
    return tmp_path_factory.mktemp("learner")


@pytest.fixture(scope="module")
def worked(site, new_chromium, profile):
    """A learner has tried an endless loop, then solved lesson 00, and closed the browser without saving."""
    context = new_chromium(profile)
    browser = lesson.Chromium(context.new_page())
    browser.open(site + RUN)
    lesson.wait_for_notebook(browser)
    lesson.run_all(browser)
    index = lesson.write(browser, "count_white", ENDLESS)
    lesson.run_from(browser, index)
    said = [lesson.said(browser, 'check("count_white", count_white)')]
    lesson.write(browser, "count_white", lesson.SOLUTION)
    lesson.run_from(browser, index)
    said.append(lesson.said(browser, 'check("count_white", count_white)'))
    lesson.until(browser, f"!{lesson.PANEL}.context.model.dirty", "not saved by itself")
    context.close()
    return said


@pytest.fixture
def restarted(worked, profile, tmp_path):
    """A copy of what the learner's browser kept, for a test of its own: some of them change it."""
    return shutil.copytree(profile, tmp_path / "profile", symlinks=True)


@pytest.fixture
def work_page(restarted, site, new_chromium):
    """The page "Your work", after a restart of the learner's browser."""
    context = new_chromium(restarted)
    page = context.new_page()
    page.goto(f"{site}work.html")
    page.locator("tbody tr").first.wait_for()
    yield page
    context.close()


@pytest.fixture(scope="module")
def downloads(tmp_path_factory):
    """Where downloaded files are put."""
    return tmp_path_factory.mktemp("downloads")


def download(page, button, folder):
    """Press a button; the file that comes."""
    with page.expect_download() as coming:
        page.get_by_role("button", name=button).click()
    file = folder / coming.value.suggested_filename
    coming.value.save_as(file)
    return file


def test_an_endless_loop_is_stopped_and_takes_nothing_with_it(worked):
    endless, solved = worked
    assert "did not finish and was stopped" in endless
    assert "count_white: passed" in solved


def test_all_is_there_after_a_restart(restarted, site, new_chromium):
    context = new_chromium(restarted)
    browser = lesson.Chromium(context.new_page())
    browser.open(site + RUN)
    lesson.wait_for_notebook(browser)
    assert any(lesson.SOLUTION in "".join(cell["source"]) for cell in lesson.cells(browser))
    code = "from helpers.learning.progress_file import state; print(state()['count_white'])"
    assert lesson.python(browser, code).strip() == "passed"
    links = browser.page.get_by_role("navigation", name="The course").get_by_role("link")
    assert "Your work: download and upload" in links.all_inner_texts()
    context.close()


def test_the_downloaded_notebook_gets_the_same_marks_from_both_graders(work_page, downloads, tmp_path):
    file = download(work_page, f"Download: {PATH}", downloads)
    assert file.name == f"{NAME}.ipynb"
    assert nbformat.read(file, as_version=4).metadata.kernelspec.name == "python3"

    course = make_course(tmp_path / "course", [NAME])
    inbox = course / "submitted" / "ann" / NAME
    inbox.mkdir(parents=True)
    (inbox / file.name).write_bytes(file.read_bytes())
    shutil.copytree(ROOT / "solutions" / NAME, course / "solutions" / NAME)
    run([sys.executable, "-m", "nbgrader", "generate_assignment", NAME, "--force"], course)
    run([sys.executable, "-m", "nbgrader", "autograde", NAME], course)
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        stock = book.find_submission(NAME, "ann").score
    ours = json.loads(run([sys.executable, "-m", "helpers.teaching", "grade", str(file), "--json"], tmp_path))
    assert stock == sum(mark["points"] for mark in ours["marks"]) == 1


def run(command, folder):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_all_work_moves_to_another_browser(work_page, downloads, site, new_chromium):
    archive = download(work_page, "Download all work", downloads)
    with zipfile.ZipFile(archive) as content:
        assert {PATH, "progress.jsonl"} <= set(content.namelist())
        progress = content.read("progress.jsonl").decode()
    events = map(json.loads, progress.splitlines())
    assert [event["state"] for event in events if "state" in event][-1] == "passed"

    context = new_chromium()
    page = context.new_page()
    page.goto(f"{site}work.html")
    page.get_by_text("Nothing is kept in this browser yet.").wait_for()
    for _ in range(2):  # twice the same changes nothing
        page.get_by_label("Upload work").set_input_files(archive)
        page.get_by_text(f"{archive.name} is here.").wait_for()
    assert page.locator("tbody th").all_inner_texts().count(PATH) == 1
    assert page.locator("tbody tr").count() == work_page.locator("tbody tr").count()
    assert download(page, "Download: progress.jsonl", downloads).read_text() == progress
    context.close()


def test_all_work_goes_on_in_jupyterlab(work_page, downloads, browser, tmp_path):
    with zipfile.ZipFile(download(work_page, "Download all work", downloads)) as content:
        content.extractall(tmp_path)
    progress = tmp_path / "progress.jsonl"
    before = progress.read_text(encoding="utf-8")
    with running_lab(tmp_path) as lab:
        page = browser.new_page()
        open_notebook(page, lab, PATH)
        python(page, "import os; del os.environ['COURSE_PROGRESS']")  # which keeps tests from learners' own
        python(page, "import numpy as np\nfrom helpers import check, progress")
        assert "00_start_here: count_white (passed)" in python(page, "", "progress.show()")
        python(page, exercises.find("agreement").model_text + '\ncheck("agreement", agreement)')
        assert "agreement (passed)" in python(page, "", "progress.show()")
        page.close()
    after = progress.read_text(encoding="utf-8")
    assert after.startswith(before)
    assert len(after) > len(before)


def test_an_upload_never_replaces_work(work_page, tmp_path, downloads):
    other = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("mine, from another place")])
    file = tmp_path / f"{NAME} (1).ipynb"
    nbformat.write(other, file)
    before = download(work_page, f"Download: {PATH}", downloads).read_text()
    work_page.get_by_label("Upload work").set_input_files(file)
    work_page.get_by_text("is here.").wait_for()
    assert "from another place" in download(work_page, f"Download: {PATH}", downloads).read_text()
    kept = work_page.locator("tbody th", has_text="(before").inner_text()
    assert download(work_page, f"Download: {kept}", downloads).read_text() == before


def test_a_broken_file_gets_a_sentence(work_page, tmp_path):
    Path(tmp_path, "broken.ipynb").write_text("{")
    work_page.get_by_label("Upload work").set_input_files(tmp_path / "broken.ipynb")
    work_page.get_by_text("broken.ipynb could not be read").wait_for()


def test_a_new_version_is_offered_and_both_are_kept(work_page, site):
    work_page.route("**/versions.json", lambda route: route.fulfill(json={NAME: "another"}))
    work_page.reload()
    work_page.get_by_role("button", name=f"Open the new version as well: {PATH}").click()
    work_page.wait_for_url(f"**/notebooks/index.html?path={NAME}*_new.ipynb")
    work_page.goto(f"{site}work.html")
    names = work_page.locator("tbody th")
    names.first.wait_for()
    assert {PATH, f"{NAME}/{NAME}_new.ipynb"} <= set(names.all_inner_texts())


LACKS = {
    "delete WebAssembly.Tag": "WebAssembly",
    "Object.defineProperty(window, 'indexedDB', { value: undefined })": "keep anything",
    "delete Navigator.prototype.serviceWorker": "service worker",
    "IDBFactory.prototype.open = () => { const r = {}; setTimeout(() => r.onerror()); return r }": "keep",
}


@pytest.mark.parametrize("lack", LACKS)
def test_a_browser_that_cannot_says_so_and_names_the_ways_that_remain(lack, site, new_chromium):
    context = new_chromium()
    page = context.new_page()
    page.add_init_script(lack)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site + RUN, wait_until="commit")
    page.get_by_role("heading", name="This lesson cannot run in this browser").wait_for()
    assert LACKS[lack] in page.locator("#why").inner_text()
    page.get_by_role("link", name="read the lessons").click()
    page.wait_for_url(f"{site}index.html")
    assert not any("pyodide" in url for url in asked)
    context.close()
