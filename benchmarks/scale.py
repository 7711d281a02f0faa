"""A whole term on this machine: thousands of gradings in one series, with kills in between.

    python benchmarks/scale.py FOLDER [--students 1200] [--rounds 8] [--kills 24] [--workers 2] [--believed]

All lessons are handed in by the students, in as many cohorts as there are rounds. After each cohort,
`course grade --all` is run, killed at random moments with `kill -9`, and started again until it is done.
Nothing may be lost, and nothing graded again: marks are compared with what the notebooks must get, and
every record with itself after the next kill. Costs are processor time of all processes, so other work on
the machine matters little. With `--believed` no learner's code runs and the tests' fake marker believes
what notebooks say, so that the writing process sets the pace, and so many gradings are quick. A series that
was stopped goes on where it was.
"""

import hashlib
import json
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil
import typer
from grading import ENVIRONMENT, ROOT
from known_marks import Work, work
from rich.console import Console
from rich.table import Table
from sqlalchemy import create_engine, text

from helpers import exercises

PAUSE = 1.0  # seconds between two looks at the processes
GUESS = {True: 0.01, False: 0.1}  # core-seconds for a submission, believed or not, to place the first kills

POINTS = """
select submitted_assignment.student_id, assignment.name, base_cell.name, grade.auto_score
from grade
join submitted_notebook on submitted_notebook.id = grade.notebook_id
join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
join assignment on assignment.id = submitted_assignment.assignment_id
join base_cell on base_cell.id = grade.cell_id
"""


@dataclass
class Attempt:
    """One run of the command, to its end or to its kill: what it used, and what it found and left."""

    round: int
    killed: bool
    before: int
    after: int
    seconds: float = 0.0
    main_processor: float = 0.0
    processor: float = 0.0
    main_megabytes: float = 0.0
    megabytes: float = 0.0


class Series:
    """The series in its folder; each attempt is a line of `attempts.jsonl`."""

    def __init__(self, folder: Path, students: int, rounds: int, workers: int, believed: bool):
        self.folder, self.rounds, self.workers, self.believed = folder, rounds, workers, believed
        self.lessons = exercises.LESSONS
        self.names = [f"student_{number:05}" for number in range(students)]
        self.log = folder / "attempts.jsonl"
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "nbgrader_config.py", folder)
        for lesson in self.lessons:
            shutil.copytree(ROOT / "notebooks" / lesson, folder / "notebooks" / lesson, dirs_exist_ok=True)

    def attempts(self) -> list[Attempt]:
        """All attempts so far."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return [Attempt(**json.loads(line)) for line in lines]

    def cohort(self, number: int) -> list[tuple[int, str]]:
        """The students who hand in before a round."""
        first, last = (step * len(self.names) // self.rounds for step in (number, number + 1))
        return list(enumerate(self.names))[first:last]

    def work(self, lesson: str, index: int) -> Work:
        """What a student hands in for a lesson."""
        return work(lesson, self.names[index], index, self.believed)

    def command(self) -> list[str]:
        """What grades everything that was handed in."""
        if self.believed:
            return [sys.executable, "-m", "tests.grading.drive", *self.lessons]
        return [sys.executable, "-m", "helpers.teaching", "grade", "--all", f"--workers={self.workers}"]

    def hand_in(self, number: int) -> None:
        """Put the work of a cohort where it belongs."""
        for index, name in self.cohort(number):
            for lesson in self.lessons:
                path = self.folder / "submitted" / name / lesson / f"{lesson}.ipynb"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(self.work(lesson, index).content)

    def records(self) -> dict[Path, int]:
        """Each record with the moment at which it was written."""
        return {path: path.stat().st_mtime_ns for path in self.folder.glob("autograded/*/*/grading.json")}

    def run(self, number: int, kill_at: float | None) -> Attempt:
        """Run the command, and kill it when it has used so many core-seconds; note what it did."""
        before = self.records()
        with open(self.folder / "said.txt", "wb") as said:
            process = subprocess.Popen(
                self.command(), cwd=self.folder, env=ENVIRONMENT, stdout=said, stderr=said
            )
        attempt = Attempt(number, False, len(before), 0)
        start = time.monotonic()
        for _ in watched(process, attempt):
            if kill_at is not None and attempt.processor >= kill_at:
                process.send_signal(signal.SIGKILL)
                attempt.killed = True
                break
        code = process.wait()
        attempt.seconds = time.monotonic() - start
        after = self.records()
        attempt.after = len(after)
        again = [path for path, moment in before.items() if after.get(path) != moment]
        if again or (code and not attempt.killed):
            sys.exit(f"Exit code {code}; lost or graded again: {again[:5]}; see {self.folder / 'said.txt'}.")
        with open(self.log, "a") as file:
            file.write(json.dumps(asdict(attempt)) + "\n")
        return attempt

    def differing(self, rounds: int) -> list[str]:
        """What is in the gradebook, and should not be, or the other way round."""
        due = {
            (name, lesson, cell): points
            for number in range(rounds)
            for index, name in self.cohort(number)
            for lesson in self.lessons
            for cell, points in self.work(lesson, index).points.items()
        }
        with create_engine(f"sqlite:///{self.folder / 'gradebook.db'}").connect() as connection:
            rows = [tuple(row) for row in connection.execute(text(POINTS))]
        got = {row[:3]: row[3] for row in rows}
        twice = [f"{len(rows) - len(got)} rows twice"] if len(rows) != len(got) else []
        return twice + [
            f"{key}: {got.get(key, 'missing')}, not {due.get(key, 'missing')}"
            for key in sorted(got.keys() | due.keys())
            if got.get(key, "missing") != due.get(key, "missing")
        ]


def watched(process: subprocess.Popen, attempt: Attempt) -> Iterator[None]:
    """Look at a command and all below it again and again until it ends; each look goes into the attempt."""
    main = psutil.Process(process.pid)
    while process.poll() is None:
        used = held = 0.0
        try:
            for one in [main, *main.children(recursive=True)]:
                times, resident = one.cpu_times(), one.memory_info().rss / 2**20
                ended = times.children_user + times.children_system
                used, held = used + times.user + times.system + ended, held + resident
                if one == main:
                    attempt.main_processor = times.user + times.system
                    attempt.main_megabytes = max(attempt.main_megabytes, resident)
        except psutil.Error:
            time.sleep(PAUSE / 100)  # one of them has ended meanwhile
            continue
        attempt.processor, attempt.megabytes = max(attempt.processor, used), max(attempt.megabytes, held)
        yield
        time.sleep(PAUSE)


def grade_round(series: Series, number: int, kills: int, console: Console) -> None:
    """Let a cohort hand in, and grade it, with kills in between."""
    series.hand_in(number)
    count = len(series.cohort(number)) * len(series.lessons)
    done = [attempt for attempt in series.attempts() if attempt.round < number]
    graded = sum(attempt.after - attempt.before for attempt in done)
    each = sum(attempt.processor for attempt in done) / graded if graded else GUESS[series.believed]
    for left in range(kills, -1, -1):
        kill_at = random.uniform(0, 2 * each * count / (kills + 1)) if left else None
        attempt = series.run(number, kill_at)
        console.print(f"round {number + 1}: {'killed' if attempt.killed else 'done'}, {attempt.after} graded")
        if not attempt.killed:
            break


def table(series: Series) -> Table:
    """What each round has cost."""
    made = Table(title=f"{len(series.names):,} students, {len(series.lessons)} lessons")
    headings = (
        "round",
        "gradings",
        "kills",
        "core-ms each",
        "main process, ms each",
        "MB of it",
        "MB of all",
    )
    for heading in headings:
        made.add_column(heading, justify="right")
    for number in range(series.rounds):
        of_it = [attempt for attempt in series.attempts() if attempt.round == number]
        graded = sum(attempt.after - attempt.before for attempt in of_it)
        if graded:
            made.add_row(
                str(number + 1),
                str(graded),
                str(sum(attempt.killed for attempt in of_it)),
                f"{sum(attempt.processor for attempt in of_it) / graded * 1000:.0f}",
                f"{sum(attempt.main_processor for attempt in of_it) / graded * 1000:.1f}",
                f"{max(attempt.main_megabytes for attempt in of_it):.0f}",
                f"{max(attempt.megabytes for attempt in of_it):.0f}",
            )
    return made


def contents(series: Series) -> str:
    """How many notebooks are different, and how many sets of answers."""
    works = [series.work(lesson, index) for lesson in series.lessons for index in range(len(series.names))]
    notebooks = {hashlib.sha256(one.content).digest() for one in works}
    answers = {(tuple(one.points), one.answers) for one in works}
    return (
        f"{len(works):,} notebooks, {len(notebooks):,} of them different; {len(answers):,} sets of answers."
    )


def main(
    folder: Path,
    students: int = 1200,
    rounds: int = 8,
    kills: int = 24,
    workers: int = 2,
    believed: bool = False,
) -> None:
    """Run the series, and print what it has cost and whether all marks are right."""
    console = Console(width=110, highlight=False)
    series = Series(folder, students, rounds, workers, believed)
    done = {attempt.round for attempt in series.attempts() if not attempt.killed}
    for number in range(rounds):
        if number not in done:
            grade_round(series, number, kills // rounds, console)
    console.print(table(series), contents(series))
    differing = series.differing(rounds)
    console.print(f"Marks that differ: {len(differing)}. {differing[:5] or ''}")
    sys.exit(bool(differing))


if __name__ == "__main__":
    typer.run(main)
