"""The readable part as Sphinx makes it: links, pictures, weight, access, no request to another host."""

import html
import os
import re
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Page, Response

from helpers import exercises
from helpers.teaching.building.release import squeeze
from tests.site.access import violations
from tests.site.hidden import COURSE, hidden_lines

pytestmark = [pytest.mark.slow, pytest.mark.browser]

LIGHT = 300_000  # bytes of a page with all that it loads, but without figures
LESSONS = [f"lessons/{name}.html" for name in COURSE.lessons()]
TEACHING = [f"teaching/{path.stem}.html" for path in (COURSE.root / "docs").glob("*.md")]
OTHERS = ["index.html", "glossary.html", "marks.html", "install.html", "search.html"]
PAGES = [*OTHERS, *LESSONS, *sorted(TEACHING), "teaching/index.html", "teaching/syllabus.html"]
LINK = re.compile(r"""\s(?:href|src)=(?:"([^"]*)"|'([^']*)')""")
IMAGE = re.compile(r"<img\b[^>]*>")
THEMES_OWN = {  # what axe finds and the theme causes: (rule, part of the element) -> its source
    ("landmark-unique", "sidebar-drawer"): "Furo, page.html: two <aside> that have no names",
}


@dataclass
class Opened:
    """A page, what it got, and its errors."""

    page: Page
    answers: list[Response] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@contextmanager
def opening(browser, address, **settings):
    """A page in a window of its own."""
    with browser.new_context(**settings) as context:
        page = context.new_page()
        opened = Opened(page)
        page.on("response", lambda answer: opened.answers.append(answer))  # Playwright wants a function
        page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        page.on("console", lambda said: opened.complaints.append(said.text) if said.type == "error" else None)
        page.goto(address)
        page.wait_for_load_state("networkidle")
        yield opened


@pytest.fixture
def open_page(browser, site):
    """Opens a page in a window of its own."""
    with ExitStack() as windows:
        yield lambda name, **settings: windows.enter_context(opening(browser, site + name, **settings)).page


def read(site_folder, name):
    return (site_folder / name).read_text(encoding="utf-8")


def readable(site_folder):
    """All files of the readable part."""
    paths = (path for path in site_folder.rglob("*") if path.is_file())
    return [path for path in paths if path.relative_to(site_folder).parts[0] != "run"]


def links(text):
    return [html.unescape(one or other) for one, other in LINK.findall(text)]


def test_there_is_a_page_for_everything(site_folder):
    made = {path.relative_to(site_folder).as_posix() for path in readable(site_folder)}
    assert {name for name in made if name.endswith(".html")} == {*PAGES, "work.html"}


@pytest.mark.parametrize("name", PAGES)
def test_links_within_the_site_lead_somewhere(site_folder, name):
    dead = []
    for link in links(read(site_folder, name)):
        parts = urlsplit(link)
        if parts.scheme or not (parts.path or parts.fragment):
            continue
        assert not parts.path.startswith("/"), link
        goal = Path(os.path.normpath(Path(name).parent / unquote(parts.path))) if parts.path else Path(name)
        if not is_there(site_folder / goal, unquote(parts.fragment)):
            dead.append(link)
    assert dead == []


def is_there(path, fragment):
    """Whether there is such a file, with a place of this name in it."""
    place = re.compile(rf"""\sid=["']{re.escape(fragment)}["']""")
    return path.is_file() and (not fragment or place.search(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_leads_to_its_notebook(site_folder, name):
    (run,) = {link for link in links(read(site_folder, name)) if "run/" in link}
    lesson = Path(name).stem
    assert parse_qs(urlsplit(run).query)["path"] == [f"{lesson}/{lesson}.ipynb"]
    assert (site_folder / "run" / "files" / lesson / f"{lesson}.ipynb").is_file()


@pytest.mark.parametrize("name", PAGES)
def test_every_image_says_what_it_shows_and_how_large_it_is(site_folder, name):
    for image in IMAGE.findall(read(site_folder, name)):
        (alt,) = re.findall(r'alt="([^"]+)"', image)
        assert len(alt.split()) > 2
        assert not alt.endswith(".png")


def test_no_file_holds_a_solution(site_folder):
    """Not the pages, not the index of the search, not what might have been copied along."""
    secret = hidden_lines()
    paths = readable(site_folder)
    for path in paths:
        if path.suffix in (".html", ".js", ".txt", ".json", ".xml"):
            source = path.read_text(encoding="utf-8")
            visible = re.sub(r"<[^>]+>", "", source)
            shown = squeeze(html.unescape(source) + html.unescape(visible))
            assert [line for line in secret if line in shown] == [], path
    assert not {".ipynb", ".md", ".py"} & {path.suffix for path in paths}


def test_the_index_of_the_search_knows_only_words_of_pages(site_folder):
    """Names that are in solutions only cannot be searched for."""
    words = re.compile(r"[a-z_]{4,}")
    shown = {word for name in PAGES for word in words.findall(read(site_folder, name).lower())}
    exercised = (exercise.model_text.lower() for exercise in exercises.everything().values())
    only_there = {word for text in exercised for word in words.findall(text)} - shown
    assert len(only_there) > 5
    index = set(re.findall(r'"?([a-z_]+)"?:', read(site_folder, "searchindex.js")))
    assert only_there & index == set()


@pytest.fixture(scope="class", params=PAGES)
def page_name(request):
    """A page's name."""
    return request.param


@pytest.fixture(scope="class")
def opened(browser, site, page_name):
    """The page, as it was opened."""
    with opening(browser, site + page_name) as opened:
        yield opened


class TestEachPage:
    """Of a page that is opened once."""

    def test_it_is_light_and_asks_no_other_host(self, opened, site, page_name):
        assert [answer.url for answer in opened.answers if not answer.url.startswith(site)] == []
        assert opened.complaints == []
        loaded = (answer for answer in opened.answers if answer.request.resource_type != "image")
        sizes = {answer.url: len(answer.body()) for answer in loaded}
        if page_name != "search.html":  # which also loads the index
            assert sum(sizes.values()) < LIGHT, sizes

    def test_it_fits_a_phone(self, opened):
        usual = opened.page.viewport_size
        opened.page.set_viewport_size({"width": 390, "height": 844})
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
        opened.page.set_viewport_size(usual)

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_nothing_of_ours_is_inaccessible(self, opened, scheme):
        opened.page.emulate_media(color_scheme=scheme)
        opened.page.evaluate(
            "document.querySelectorAll('details').forEach((details) => { details.open = true; })"
        )
        assert violations(opened.page, THEMES_OWN) == []


@pytest.mark.parametrize("name", [LESSONS[2], LESSONS[11]])
def test_a_lesson_can_be_read_without_scripts(open_page, name):
    page = open_page(name, java_script_enabled=False, viewport={"width": 390, "height": 844})
    assert page.locator("h1").is_visible()
    assert page.locator("math").first.bounding_box()["width"] > 4
    assert page.get_by_role("link", name="Run this lesson").is_visible()
    assert not page.get_by_role("button", name="Run it on this page").is_visible()
    page.get_by_role("link", name=re.compile("^Next")).click()
    assert page.url.endswith(PAGES[PAGES.index(name) + 1])


def test_a_root_has_its_sign(open_page):
    """It is not written in the formula, and the font must have it."""
    page = open_page("lessons/15_knobs.html")
    root = page.locator("msqrt").last
    assert root.bounding_box()["width"] > root.locator("> *").last.bounding_box()["width"] + 5


def test_every_page_says_its_language(site_folder):
    assert all('<html class="no-js" lang="en"' in read(site_folder, name) for name in PAGES)


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


def test_a_term_leads_to_the_glossary(open_page, site_folder):
    assert all('class="term reference internal"' in read(site_folder, name) for name in LESSONS)
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
