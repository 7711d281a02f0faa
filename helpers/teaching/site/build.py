"""The whole site: its readable part, its runnable part, and the page with the learner's work."""

import os
import sys
from pathlib import Path

from helpers.teaching.course import find_course
from helpers.teaching.site.fetch import ROOT, NotAvailable
from helpers.teaching.site.lite import build_lite, build_work_page
from helpers.teaching.site.pages import build_pages

SITE = ROOT / "build" / "site"


def build_site(output: Path = SITE) -> None:
    """Make the site in a folder; if the variable COURSE_PYODIDE is "cdn", Pyodide is not in it."""
    course = find_course(ROOT)
    build_pages(course, output, ROOT / "build" / "readable")
    build_work_page(output)
    build_lite(course, output / "run", from_cdn=os.environ.get("COURSE_PYODIDE") == "cdn")
    (output / ".nojekyll").touch()  # GitHub Pages would leave out folders whose names begin with _


def main() -> None:
    """Build the site, or say in a sentence why it cannot be built."""
    try:
        build_site()
    except NotAvailable as problem:
        sys.exit(str(problem))
    print(f"The site is in {SITE.relative_to(ROOT)}. Show it with: make site-serve")


if __name__ == "__main__":
    main()
