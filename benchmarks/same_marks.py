"""Whether `nbgrader autograde` and `course grade` give the same points to a made-up class of each lesson.

    python benchmarks/same_marks.py [LESSON ...]

Without arguments all lessons, which takes about half an hour on 2 cores. The cells that only show and measure
things are left out, as no mark depends on them. Ends with exit status 1 where a score differs.
"""

import json
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from grading import make_course, run, scores
from rich.console import Console

from helpers import exercises
from tests.grading.bank import CLASS, built_on


def leave_out_what_only_shows(folder: Path) -> None:
    """Take all cells but the graded ones, and those that answers build on, out of what was handed in."""
    for path in folder.glob("submitted/*/*/*.ipynb"):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        notebook["cells"] = [cell for cell in notebook["cells"] if is_needed(cell)]
        path.write_text(json.dumps(notebook), encoding="utf-8")


def is_needed(cell: dict) -> bool:
    """Whether a mark may depend on a cell."""
    code = cell["cell_type"] == "code"
    return "nbgrader" in cell["metadata"] or (code and built_on("".join(cell["source"])))


def compare(lesson: str) -> tuple[str, dict[str, tuple[str | None, str | None]]]:
    """The lesson with those students whose scores differ: nbgrader's score and the course's."""
    with tempfile.TemporaryDirectory() as scratch:
        folders = [make_course(Path(scratch) / name, lesson, CLASS) for name in ("stock", "own")]
        for folder in folders:
            leave_out_what_only_shows(folder)
        run([sys.executable, "-m", "nbgrader", "autograde", lesson], folders[0])
        run([sys.executable, "-m", "helpers.teaching", "grade", lesson], folders[1])
        stock, own = (scores(folder, lesson) for folder in folders)
    students = sorted({*stock, *own})
    pairs = {student: (stock.get(student), own.get(student)) for student in students}
    return lesson, {student: pair for student, pair in pairs.items() if pair[0] != pair[1] or None in pair}


def main(*lessons: str) -> None:
    """Compare, two lessons at a time, and say what differs."""
    console, different = Console(width=110), False
    with ThreadPoolExecutor(2) as pool:
        for lesson, differences in pool.map(compare, lessons or exercises.LESSONS):
            console.print(f"{lesson}: of {CLASS} scores {len(differences)} differ {differences or ''}")
            different = different or bool(differences)
    sys.exit(different)


if __name__ == "__main__":
    main(*sys.argv[1:])
