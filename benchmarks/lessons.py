"""Lessons run whole in Chromium: ``python -m benchmarks.lessons 13_training ...`` after ``make site``.

All of them if none is named. Everything is solved, as by a learner who got it right. For each lesson: its
seconds, its three slowest cells, and every cell whose outputs are not of the same kinds as in the solution.
"""

import sys
import tempfile

from playwright.sync_api import sync_playwright

from helpers.teaching.lab.browser import chromium_settings
from helpers.teaching.site.build import SITE
from tests.site.conftest import serving
from tests.site.hidden import COURSE
from tests.site.lesson_in_browser import Chromium
from tests.site.whole_lesson import run_whole


def main(names):
    """Print what came of each lesson."""
    with serving(SITE) as site, sync_playwright() as playwright:
        for name in names or COURSE.released_lessons():
            with tempfile.TemporaryDirectory() as profile:
                context = playwright.chromium.launch_persistent_context(profile, **chromium_settings())
                whole = run_whole(Chromium(context.new_page()), site, name)
                context.close()
            slowest = ", ".join(f"{cell} {seconds:.1f}" for cell, seconds in whole.slowest)
            print(f"{name}: {sum(whole.seconds.values()):.1f} s ({slowest})", flush=True)
            for cell, got, wanted in whole.wrong:
                print(f"    {cell}: {got[-300:]!r} instead of {wanted}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
