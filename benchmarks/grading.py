"""How fast a class is graded: `nbgrader autograde` against `course grade`, on the same work in one run.

    python benchmarks/grading.py [LESSON] [SUBMISSIONS] [TURNS]

Each grader is run as its command, in its own course folder, from start to end. The ratio is that of
submissions per second. Memory is the largest sum over all processes of `course grade`, shared pages counted
once for each process that maps them, so it is at most that.
"""

import csv
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.grading.bank import classmates, handed_in  # noqa: E402

BIN = Path(sys.executable).parent
ENVIRONMENT = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}


def make_course(folder: Path, lesson: str, submissions: int) -> Path:
    """A course folder in which a class has handed in one lesson."""
    shutil.copytree(ROOT / "solutions" / lesson, folder / "solutions" / lesson)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    for student, cells in classmates(lesson, submissions).items():
        path = folder / "submitted" / student / lesson / f"{lesson}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(handed_in(lesson, cells))
    run([sys.executable, "-m", "nbgrader", "generate_assignment", lesson], folder)
    return folder


def run(command: list[str], folder: Path) -> tuple[float, float]:
    """Seconds that a command took, and the most megabytes that it and its children held."""
    start, most = time.perf_counter(), 0.0
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, cwd=folder, env=ENVIRONMENT, stdout=said, stderr=subprocess.STDOUT
        )
        while process.poll() is None:
            most = max(most, megabytes(process.pid))
            time.sleep(0.2)
        seconds = time.perf_counter() - start
        if process.returncode:
            said.seek(0)
            sys.exit(f"{' '.join(command)} failed:\n{said.read().decode()[-3000:]}")
    return seconds, most


def megabytes(number: int) -> float:
    """Resident memory of a process and all below it."""
    total = 0
    try:
        tree = [psutil.Process(number), *psutil.Process(number).children(recursive=True)]
    except psutil.Error:
        return 0.0
    for process in tree:
        try:
            total += process.memory_info().rss
        except psutil.Error:
            continue
    return total / 2**20


def scores(folder: Path, lesson: str) -> dict[str, str]:
    """Each student's points, as nbgrader exports them."""
    target = folder / "scores.csv"
    run([sys.executable, "-m", "nbgrader", "export", f"--to={target}"], folder)
    with open(target, newline="", encoding="utf-8") as file:
        return {
            row["student_id"]: row["raw_score"] for row in csv.DictReader(file) if row["assignment"] == lesson
        }


def main(lesson: str = "02_filtering", submissions: str = "100", turns: str = "3") -> None:
    """Measure, and print a table."""
    count, console = int(submissions), Console(width=110)
    with tempfile.TemporaryDirectory() as scratch:
        stock = make_course(Path(scratch) / "stock", lesson, count)
        own = make_course(Path(scratch) / "own", lesson, count)
        first, _ = run([sys.executable, "-m", "nbgrader", "autograde", lesson], stock)
        command = [sys.executable, "-m", "helpers.teaching", "grade", lesson]
        measured = [run([*command, *(["--force"] if turn else [])], own) for turn in range(int(turns))]
        again, _ = run(command, own)
        same = scores(stock, lesson) == scores(own, lesson)
    ratios = [first / seconds for seconds, _ in measured]
    table = Table(title=f"{count} submissions of {lesson}, {os.cpu_count()} cores ({platform.machine()})")
    for heading in ("", "seconds", "a submission", "times nbgrader's rate", "MB at most"):
        table.add_column(heading, justify="left" if not heading else "right")
    table.add_row("nbgrader autograde", f"{first:.1f}", f"{first / count * 1000:.0f} ms", "1", "")
    for turn, ((seconds, most), ratio) in enumerate(zip(measured, ratios, strict=True), start=1):
        row = f"{seconds:.1f}", f"{seconds / count * 1000:.0f} ms", f"{ratio:.1f}", f"{most:.0f}"
        table.add_row(f"course grade, run {turn}", *row)
    table.add_row("course grade, all unchanged", f"{again:.1f}", "", "", "")
    console.print(table)
    console.print(
        f"Median ratio {statistics.median(ratios):.1f}, from {min(ratios):.1f} to {max(ratios):.1f}. "
        f"Same scores: {'yes' if same else 'NO'}."
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
