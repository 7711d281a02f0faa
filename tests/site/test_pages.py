"""The readable part as Sphinx makes it: links, pictures, weight, access, no request to another host."""

import fcntl
import functools
import html
import http.server
import os
import re
import subprocess
import threading
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from helpers import exercises
from helpers.teaching.building.release import squeeze
from helpers.teaching.lab.browser import chromium, running_browser
from helpers.teaching.site.fetch import npm_package
from helpers.teaching.site.versions import AXE
from tests.site.hidden import COURSE, hidden_lines

pytestmark = [pytest.mark.slow, pytest.mark.browser]

LIGHT = 300_000  # bytes of a page with all that it loads, but without figures
BUILD = """\
import sys
from pathlib import Path
from helpers.teaching.course import PACKAGE, Course
from helpers.teaching.site.pages import build_pages
build_pages(Course(PACKAGE.parent), Path(sys.argv[1], "site"), Path(sys.argv[1], "scratch"))
"""
LESSONS = [f"lessons/{name}.html" for name in COURSE.lessons()]
TEACHING = [f"teaching/{path.stem}.html" for path in (COURSE.root / "docs").glob("*.md")]
OTHERS = ["index.html", "glossary.html", "marks.html", "install.html", "search.html"]
PAGES = [*OTHERS, *LESSONS, *sorted(TEACHING), "teaching/index.html", "teaching/syllabus.html"]
MADE_ELSEWHERE = ("run/", "work.html")  # the runnable part
LINK = re.compile(r"""\s(?:href|src)=(?:"([^"]*)"|'([^']*)')""")
IMAGE = re.compile(r"<img\b[^>]*>")
THEMES_OWN = {  # what axe finds and the theme causes: (rule, part of the element's address) -> its source
    ("landmark-unique", ".sidebar-drawer"): "Furo, page.html: two <aside> that have no names",
}


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder with all pages, made once for all processes that test."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    folder = shared / "readable"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            subprocess.run([python_of_the_site(), "-c", BUILD, folder], cwd=COURSE.root, check=True)
            (folder / "done").touch()
    return folder / "site"


def python_of_the_site():
    """The Python of the environment that `make site` makes."""
    if not (COURSE.root / ".venv-site" / "ready").exists():
        subprocess.run(["make", "--silent", ".venv-site/ready"], cwd=COURSE.root, check=True)
    return COURSE.root / ".venv-site" / "bin" / "python"


@pytest.fixture(scope="module")
def address(site):
    """Where the site is served, below a path as on a host that has more than one site."""
    handler = functools.partial(Quiet, directory=site.parent)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/site/"
        server.shutdown()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A server that logs nothing."""

    def log_message(self, *_):
        """Nothing."""


@pytest.fixture(scope="module")
def browser():
    if not chromium():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("there is no Chromium on this machine")
    with running_browser() as running:
        yield running


@pytest.fixture
def answers():
    """What the opened pages got."""
    return []


@pytest.fixture
def complaints():
    """The errors of the opened pages."""
    return []


@pytest.fixture
def open_page(browser, address, answers, complaints):
    """Opens a page in a window of its own."""
    contexts = []

    def open_it(name, **settings):
        contexts.append(browser.new_context(**settings))
        page = contexts[-1].new_page()
        page.on("response", lambda answer: answers.append(answer))  # Playwright wants a function
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.goto(address + name)
        page.wait_for_load_state("networkidle")
        return page

    yield open_it
    for context in contexts:
        context.close()


def read(site, name):
    return (site / name).read_text(encoding="utf-8")


def links(text):
    return [html.unescape(one or other) for one, other in LINK.findall(text)]


def test_there_is_a_page_for_everything(site):
    made = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    assert made == set(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_links_within_the_site_lead_somewhere(site, name):
    dead = []
    for link in links(read(site, name)):
        parts = urlsplit(link)
        if parts.scheme or not (parts.path or parts.fragment):
            continue
        assert not parts.path.startswith("/"), link
        goal = Path(os.path.normpath(Path(name).parent / unquote(parts.path))) if parts.path else Path(name)
        if goal.as_posix().startswith(MADE_ELSEWHERE):
            continue
        if not (site / goal).is_file() or (parts.fragment and not is_there(read(site, goal), parts.fragment)):
            dead.append(link)
    assert dead == []


def is_there(text, fragment):
    return re.search(rf"""\sid=["']{re.escape(unquote(fragment))}["']""", text) is not None


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_leads_to_its_notebook(site, name):
    (run,) = {link for link in links(read(site, name)) if "run/" in link}
    lesson = Path(name).stem
    assert parse_qs(urlsplit(run).query)["path"] == [f"{lesson}/{lesson}.ipynb"]
    assert COURSE.released(lesson).is_file()


@pytest.mark.parametrize("name", PAGES)
def test_every_image_says_what_it_shows_and_how_large_it_is(site, name):
    for image in IMAGE.findall(read(site, name)):
        (alt,) = re.findall(r'alt="([^"]+)"', image)
        assert len(alt.split()) > 2
        assert not alt.endswith(".png")


def test_no_file_holds_a_solution(site):
    """Not the pages, not the index of the search, not what might have been copied along."""
    secret = hidden_lines()
    for path in site.rglob("*"):
        if path.is_file() and path.suffix in (".html", ".js", ".txt", ".json", ".ipynb", ".md", ".xml"):
            source = path.read_text(encoding="utf-8")
            visible = re.sub(r"<[^>]+>", "", source)
            shown = squeeze(html.unescape(source) + html.unescape(visible))
            assert [line for line in secret if line in shown] == [], path
    assert not list(site.rglob("*.ipynb"))
    assert not any(path.is_file() for path in (site / "_sources").rglob("*"))


def test_the_index_of_the_search_knows_only_words_of_pages(site):
    """Names that are in solutions only cannot be searched for."""
    words = re.compile(r"[a-z_]{4,}")
    shown = {word for name in PAGES for word in words.findall(read(site, name).lower())}
    exercised = (exercise.model_text.lower() for exercise in exercises.everything().values())
    only_there = {word for text in exercised for word in words.findall(text)} - shown
    assert len(only_there) > 5
    index = set(re.findall(r'"?([a-z_]+)"?:', read(site, "searchindex.js")))
    assert only_there & index == set()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_light_and_asks_no_other_host(open_page, answers, complaints, address, name):
    open_page(name)
    assert [answer.url for answer in answers if not answer.url.startswith(address)] == []
    assert complaints == []
    sizes = {answer.url: len(answer.body()) for answer in answers if answer.request.resource_type != "image"}
    if name != "search.html":  # which also loads the index
        assert sum(sizes.values()) < LIGHT, sizes


@pytest.mark.parametrize("name", [LESSONS[2], LESSONS[11]])
def test_a_lesson_can_be_read_without_scripts(open_page, name):
    page = open_page(name, java_script_enabled=False, viewport={"width": 390, "height": 844})
    assert page.locator("h1").is_visible()
    assert page.locator("math").first.bounding_box()["width"] > 4
    assert page.get_by_role("link", name="Run this lesson").is_visible()
    assert not page.get_by_role("button", name="Run it on this page").is_visible()
    page.get_by_role("link", name=re.compile("^Next")).click()
    assert page.url.endswith(PAGES[PAGES.index(name) + 1])


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_phone(open_page, name):
    page = open_page(name, viewport={"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_of_ours_is_inaccessible(open_page, name, scheme):
    page = open_page(name, color_scheme=scheme)
    page.add_script_tag(path=npm_package(AXE) / "axe.min.js")
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
    found = page.evaluate("axe.run({ resultTypes: ['violations'] })")
    ours = [
        f"{rule['id']}: {node['html'][:200]} {node.get('failureSummary', '')}"
        for rule in found["violations"]
        for node in rule["nodes"]
        if not is_the_themes(rule["id"], node["target"][0])
    ]
    assert ours == []


def is_the_themes(rule, target):
    return any(rule == known and part in str(target) for known, part in THEMES_OWN)


def test_every_page_says_its_language(site):
    assert all('<html class="no-js" lang="en"' in read(site, name) for name in PAGES)


def test_a_lesson_runs_in_place_by_keyboard(open_page):
    page = open_page(LESSONS[2])
    page.route("**/run/**", lambda route: route.fulfill(body="<title>runs</title>", content_type="text/html"))
    button = page.get_by_role("button", name="Run it on this page")
    button.focus()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    frame = page.locator("iframe.run-here")
    assert frame.get_attribute("title") == "Lesson 02, to run"
    assert frame.get_attribute("src") == "../run/notebooks/index.html?path=02_filtering/02_filtering.ipynb"
    assert not button.is_visible()


def test_the_search_finds_a_lesson(open_page):
    page = open_page("search.html?q=backpropagation")
    page.locator("#search-results li a").first.wait_for()
    found = page.locator("#search-results li a").evaluate_all("all => all.map((a) => a.getAttribute('href'))")
    assert any("12_backpropagation" in link for link in found)


def test_a_term_leads_to_the_glossary(open_page, site):
    assert all('class="term reference internal"' in read(site, name) for name in LESSONS)
    page = open_page(LESSONS[2])
    page.locator("a.term", has_text="feature map").first.click()
    assert page.url.endswith("glossary.html#term-feature-map")


def test_print_leaves_out_what_paper_cannot_do(open_page):
    page = open_page(LESSONS[2])
    page.emulate_media(media="print")
    assert not page.locator(".run-bar").is_visible()
    assert not page.locator(".sidebar-drawer").is_visible()
    assert page.locator("h1").is_visible()
    assert len(page.pdf()) > 100_000
