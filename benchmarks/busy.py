"""Whether a busy machine costs anybody a point: `course grade` next to processes that never rest.

    python benchmarks/busy.py [SUBMISSIONS] [BUSY]

SUBMISSIONS honest notebooks (400) over all lessons are graded next to BUSY busy processes (60), which takes
about ten minutes on 2 cores. The answers are all that are known to be right. Some of them take almost as long
as they may: in lesson 15 a right answer works for 0.7 s per call. Nobody may lose a point. Lesson 18 is left
out where PyTorch is not installed.
"""

import contextlib
import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from grading import ENVIRONMENT, ROOT
from rich.console import Console
from rich.table import Table

from helpers import exercises
from tests.classroom.students import solution_cells
from tests.grading.bank import bank, handed_in, names, own_names

BUSY = "import os\nparent = os.getppid()\nwhile os.getppid() == parent: pass"  # none outlives this program
SLOW = {"00_start_here": ("count_white", 0.25), "15_knobs": ("design_network", 0.7)}  # seconds per call
WORKERS = "8"  # more than there are cores here, or it would take an hour
ONE_IN = 4  # those who hand in a slow answer, where there is one
SLOWED = """

def slowed(function):
    import time

    def working(*arguments):
        end = time.process_time() + {seconds}
        while time.process_time() < end:
            pass
        return function(*arguments)

    return working

{name} = slowed({name})
"""


def main(submissions: str = "400", busy: str = "60") -> None:
    """Grade, and print how many lost a point; fail if anybody did."""
    with tempfile.TemporaryDirectory() as scratch:
        course = make_course(Path(scratch) / "course", int(submissions))
        with busy_processes(int(busy)):
            start = time.monotonic()
            graded = grade(course)
            seconds = time.monotonic() - start
    rows = {lesson: counts(found["submissions"]) for lesson, found in graded.items()}
    rows["together"] = tuple(map(sum, zip(*rows.values(), strict=True)))
    table = Table(title=f"Next to {busy} busy processes, in {seconds:.0f} s")
    for heading in ("", "submissions", "slow answers", "lost a point", "with an exercise stopped"):
        table.add_column(heading, justify="right" if heading else "left")
    for lesson, row in rows.items():
        table.add_row(lesson, *map(str, row))
    Console(width=110).print(table)
    if any(rows["together"][2:]):
        sys.exit("A point was lost.")


def make_course(folder: Path, submissions: int) -> Path:
    """A course folder in which every lesson has been handed in by its share of students."""
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    lessons = [
        name for name in exercises.LESSONS if name != "18_pytorch" or importlib.util.find_spec("torch")
    ]
    for number in range(submissions):
        lesson, student = lessons[number % len(lessons)], number // len(lessons)
        path = folder / "submitted" / student_name(lesson, student) / lesson / f"{lesson}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(handed_in(lesson, answers(lesson, student)))
    return folder


def student_name(lesson: str, student: int) -> str:
    """The name of a student, which says whose answers are slow."""
    return f"slow{student:02}" if lesson in SLOW and student % ONE_IN == 0 else f"student{student:02}"


def answers(lesson: str, student: int) -> dict[str, str]:
    """By exercise: one of the answers that are known to be right."""
    written = {}
    for name in names(lesson):
        alternatives = bank(lesson, name)[: len(exercises.find(name).alternatives)]
        right = [solution_cells(lesson)[name].source, *alternatives]
        written[name] = right[student % len(right)]
    written = own_names(lesson, written)
    if student_name(lesson, student).startswith("slow"):
        name, seconds = SLOW[lesson]
        written[name] += SLOWED.format(name=name, seconds=seconds)
    return written


@contextlib.contextmanager
def busy_processes(count: int) -> Iterator[None]:
    """As many processes as asked for, each of which uses all the time that it gets."""
    running = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(count)]
    try:
        yield
    finally:
        for process in running:
            process.kill()
        for process in running:
            process.wait()


def grade(course: Path) -> dict:
    """What `course grade` found, by lesson."""
    command = [sys.executable, "-m", "helpers.teaching", "grade", "--all", "--json", "--workers", WORKERS]
    done = subprocess.run(command, cwd=course, env=ENVIRONMENT, capture_output=True, text=True)
    if not done.stdout:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr[-3000:]}")
    return json.loads(done.stdout)


def counts(submissions: list[dict]) -> tuple[int, int, int, int]:
    """How many submissions there are, with slow answers, with a lost point, with a stopped exercise."""
    slow = sum(one["student"].startswith("slow") for one in submissions)
    lost = sum(any(mark["points"] < mark["max_points"] for mark in one["marks"]) for one in submissions)
    stopped = sum(any(mark["verdict"] == "stopped" for mark in one["marks"]) for one in submissions)
    return len(submissions), slow, lost, stopped


if __name__ == "__main__":
    main(*sys.argv[1:])
