"""The pictures of docs/report.md and docs/reading.md, from the made-up class.

python benchmarks/made_up_class.py FOLDER
python benchmarks/report_pictures.py FOLDER
"""

import asyncio
import os
import sys
import threading
from pathlib import Path

from playwright.sync_api import Page

from helpers.teaching.grading.ledger.nbgrader_course import NbgraderCourse
from helpers.teaching.lab.browser import running_browser
from helpers.teaching.overview.command import write_report
from helpers.teaching.reading.marks import MarkBook
from helpers.teaching.reading.server import Reading, serve

DOCS = Path(__file__).resolve().parents[1] / "docs"
WIDTH = 1000


def main(folder: str) -> None:
    """Take all three."""
    course = NbgraderCourse(Path(folder).resolve())
    report = course.folder.root / "report.html"
    write_report(course, [], report, None, names=True)
    with running_browser() as browser:
        page = browser.new_page(viewport={"width": WIDTH, "height": 800})
        page.goto(report.as_uri())
        keep(page, "#lessons", "report_lessons.png", 1260)
        keep(page, "#lesson-16_sound_and_text", "report_lesson.png", 1150)
        page.goto(address_of(course, "19_yours"))
        page.get_by_role("button", name="what_the_number_tells").click()
        page.locator("article").first.focus()
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=DOCS / "reading.png")
    os._exit(0)  # the server's thread goes on for ever


def keep(page: Page, place: str, name: str, height: int) -> None:
    """A picture of the page from a place on, at most so high."""
    box = page.locator(place).bounding_box()
    assert box
    clip = {"x": 0, "y": box["y"], "width": WIDTH, "height": min(height, box["height"])}
    page.screenshot(path=DOCS / name, full_page=True, clip=clip)


def address_of(course: NbgraderCourse, lesson: str) -> str:
    """Serve a lesson's answers from a thread of its own."""
    addresses: list[str] = []
    ready = threading.Event()

    async def begin() -> None:
        addresses.append(serve(Reading(course, lesson, MarkBook(course)))[1])
        ready.set()
        await asyncio.Event().wait()

    threading.Thread(target=asyncio.run, args=(begin(),), daemon=True).start()
    ready.wait()
    return addresses[0]


if __name__ == "__main__":
    main(*sys.argv[1:])
