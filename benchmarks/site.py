"""How large the site is and how fast a lesson starts: ``python -m benchmarks.site`` after ``make site``.

Sizes are of what a browser asks for, as it is and as a host with gzip sends it. Times are from the click to
the end of the lesson's first cell, and of its last: medians of several learners, each with a browser of their
own that they close after the first visit.
"""

import gzip
import statistics
import tempfile
import time
from urllib.parse import unquote, urlsplit

from playwright.sync_api import sync_playwright

from helpers.teaching.lab.browser import chromium_settings
from helpers.teaching.site.build import SITE
from tests.site import lesson_in_browser as lesson
from tests.site.conftest import serving
from tests.site.other_browsers import running_firefox

LESSONS = ("00_start_here", "02_filtering")
LEARNERS = 3
lesson.PAUSE = 0.05
PACKED = {".bin", ".whl", ".zip", ".png", ".woff2"}  # gzip gains nothing
FIRST_RAN = f"(({lesson.CODE_CELLS})[0] ?? {{}}).execution_count !== null"


def sizes(addresses):
    """Megabytes of the site's files among the addresses, as they are and with gzip."""
    places = {SITE / unquote(urlsplit(url).path).lstrip("/") for url in addresses if url.startswith("http")}
    contents = {place: place.read_bytes() for place in places if place.is_file()}
    sent = [data if place.suffix in PACKED else gzip.compress(data, 6) for place, data in contents.items()]
    return sum(map(len, contents.values())) / 1e6, sum(map(len, sent)) / 1e6


def visit(browser, site, name):
    """Seconds from the click to the end of the first cell, and of all cells."""
    start = time.monotonic()
    lesson.open_lesson(browser, site, name)
    browser.evaluate("void window.jupyterapp.commands.execute('notebook:run-all-cells')")
    lesson.until(browser, FIRST_RAN)
    first = time.monotonic() - start
    lesson.wait_until_idle(browser)
    return first, time.monotonic() - start


def in_chromium(site, name):
    """A learner's times in Chromium at both visits, and the addresses asked for at the first."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as profile:
        times, asked = [], []
        for _ in range(2):
            context = playwright.chromium.launch_persistent_context(profile, **chromium_settings())
            browser = lesson.Chromium(context.new_page())
            times.append(visit(browser, site, name))
            context.close()
            asked.append(browser.asked)
    return times, asked[0]


def in_firefox(site, name):
    """A learner's times in Firefox at both visits."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        times = []
        for _ in range(2):
            with running_firefox(profile=profile) as browser:
                times.append(visit(browser, site, name))
    return times, browser.asked


def main():
    """Print what was measured."""
    with serving(SITE) as site:
        for name in LESSONS:
            for browser, measure in (("Chromium", in_chromium), ("Firefox", in_firefox)):
                times, asked = zip(*(measure(site, name) for _ in range(LEARNERS)), strict=True)
                for number, visited in enumerate(("first visit", "second visit")):
                    ends = zip(*(learner[number] for learner in times), strict=True)
                    first, whole = map(statistics.median, ends)
                    print(f"{name}, {browser}, {visited}: first cell {first:.1f} s, all cells {whole:.1f} s")
                if browser == "Chromium":
                    plain, packed = sizes(asked[0])
                    print(f"{name}: {plain:.1f} MB, {packed:.1f} MB with gzip")
    pages = [len(gzip.compress(page.read_bytes(), 6)) for page in SITE.glob("lessons/*.html")]
    print(f"the largest lesson's page: {max(pages) / 1e3:.0f} kB with gzip")


if __name__ == "__main__":
    main()
