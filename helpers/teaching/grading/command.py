"""What `course grade` does with what it was asked."""

import dataclasses
import difflib
import errno
import functools
import io
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import Task as ProgressTask
from rich.text import Text

from helpers.teaching.course import find_course, replace_files
from helpers.teaching.grading.ledger.nbgrader_course import NbgraderCourse, find_nbgrader_course
from helpers.teaching.grading.marking import Settings, mark
from helpers.teaching.grading.marks import Marks
from helpers.teaching.grading.messages import Refused, shown, told
from helpers.teaching.grading.one_file import texts
from helpers.teaching.grading.sandbox.launch import NoSandbox
from helpers.teaching.grading.workers.pool import in_processes, warm_up
from helpers.teaching.grading.workers.task import STILL_STARVED, Outcomes, Task
from helpers.teaching.grading.workers.temporary_files import scratch

if TYPE_CHECKING:
    from helpers.teaching.grading.ledger.gradebook import Book
    from helpers.teaching.grading.ledger.report import LessonResults


_MOST_SAID = 20  # dates that have changed


@dataclass(frozen=True)
class Options:
    """How a course is graded."""

    lessons: tuple[str, ...] = ()
    students: tuple[str, ...] = ()
    force: bool = False
    wait: bool = True
    workers: int = 0
    scheduler: str = ""
    json: bool = False
    csv: Path | None = None
    settings: Settings = field(default_factory=Settings)


def grade_course(
    course: NbgraderCourse, options: Options, console: Console, mark: Callable[..., Marks] = mark
) -> bool:
    """Grade a course's submissions and report; returns whether every one of them was graded."""
    from helpers.teaching.grading.course_run import CourseRun, Todo
    from helpers.teaching.grading.ledger.gradebook import Book
    from helpers.teaching.grading.ledger.gradebook_access import is_in_a_server

    lessons = _chosen(course, options.lessons)
    if options.csv:
        _require_place_for(options.csv)
    todo = Todo(tuple(lessons), options.settings, options.students, options.force, options.json)
    grade, say = _grader(options, mark), functools.partial(_say, console)
    own = lessons if is_in_a_server(course.layout) else ()
    with course.alone(options.wait, say, own), Book(course, say) as book:
        for sentence in (*_few(book.follow_dates()), *book.ignored_policy()):
            say(f"Dates: {sentence}")
        run = CourseRun(course, book, todo)
        left = run.begin()
        with _progress(console, len(left)) as advance:
            run.finish(left, grade, advance)
        return _tell(book, run.results(), _absent(course, lessons, options), options, console)


def _few(sentences: list[str]) -> list[str]:
    """The first sentences, and how many more there are."""
    more = len(sentences) - _MOST_SAID
    return [*sentences[:_MOST_SAID], f"and {more} more."] if more > 0 else sentences


def _absent(course: NbgraderCourse, lessons: list[str], options: Options) -> list[str]:
    """A sentence for each student asked for who handed in nothing, or not all of the lessons asked for."""
    if not options.students:
        return []
    known = sorted({one.student for lesson in lessons for one in course.submissions(lesson)})
    sentences = []
    for student in options.students:
        missing = [lesson for lesson in lessons if not course.submissions(lesson, (student,))]
        if missing and (options.lessons or missing == lessons):
            near = " or ".join(map(shown, difflib.get_close_matches(student, known)))
            question = f" Did you mean {near}?" if near and missing == lessons else ""
            sentences.append(f"Nobody called {shown(student)} handed in {', '.join(missing)}.{question}")
    return sentences


def _tell(
    book: "Book", lessons: "list[LessonResults]", absent: list[str], options: Options, console: Console
) -> bool:
    """Say how it went, in every form that was asked for; whether every submission was graded."""
    from helpers.teaching.grading.ledger import report

    wanted = lessons if options.csv or options.json else []
    table = [row for lesson in wanted for row in report.rows(book, lesson)]
    complaints = report.complaints(book, lessons, absent)
    complaints += [book.schedule.trouble] if book.schedule.trouble else []
    if options.csv:
        complaints += _written(options.csv, report.as_csv(table))
    if options.json:
        sys.stdout.write(as_json(report.as_object(lessons, table)))
    for part in report.tables(lessons):
        console.print(part)
    levels = sorted({level for lesson in lessons for level in lesson.levels()})
    _say(console, f"Sandbox: {', '.join(levels) or 'not needed'}.")
    for sentence in _starved(lessons):
        _say(console, sentence)
    for complaint in complaints:
        _say(console, complaint, style="red")
    return not complaints


def _starved(lessons: "list[LessonResults]") -> list[str]:
    """A sentence for each submission that was graded just now on a machine too busy for it."""
    return [
        f"{result.submission.student}, {lesson.plan.lesson}: {STILL_STARVED}"
        for lesson in lessons
        for result in lesson.results
        if result.fresh and STILL_STARVED in result.record.marks.notes
    ]


def grade_file(path: Path, options: Options, output: Path | None, console: Console) -> bool:
    """Grade one notebook and say how it did; whether it could be graded."""
    from helpers.teaching.grading import one_file

    if output:
        _require_place_for(output)
    plan, marks = one_file.grade_file(find_course(Path.cwd()), path, options.settings)
    complaints = _written(output, marks.notebook) if output else []
    if options.json:
        said = dataclasses.asdict(marks)
        del said["notebook"]
        sys.stdout.write(as_json(said))
    else:
        for line in one_file.lines_of(marks, plan):
            console.print(line)
    for complaint in complaints:
        _say(console, complaint, style="red")
    return not marks.trouble and not complaints


def run_command(arguments: list[str], options: Options, output: Path | None) -> bool:
    """Do what the command line says; whether every submission was graded."""
    _write_what_can_be_encoded()
    console = Console(stderr=options.json, soft_wrap=True, highlight=False, markup=False)
    try:
        _require_linux(options)
        with scratch():
            return _run(arguments, options, output, console)
    except (Refused, NoSandbox) as refusal:
        _say(console, str(refusal), style="red")
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        _say(console, f"Grading stopped. {place}{told(error)}. What is graded is kept.", style="red")
    return False


def _run(arguments: list[str], options: Options, output: Path | None, console: Console) -> bool:
    """Grade one notebook, or else the lessons of a course."""
    files = [Path(argument) for argument in arguments if Path(argument).suffix.lower() == ".ipynb"]
    if not files:
        if not options.scheduler:
            warm_up()
        asked = dataclasses.replace(options, lessons=tuple(arguments))
        return grade_course(find_nbgrader_course(Path.cwd()), asked, console)
    if len(files) > 1 or len(arguments) > 1:
        raise Refused("Either one notebook is graded, or lessons of a course; not both, and not several.")
    return grade_file(files[0], options, output, console)


def _require_linux(options: Options) -> None:
    """Refuse where there cannot be a sandbox; the workers of a cluster look after themselves."""
    if not (sys.platform.startswith("linux") or options.scheduler):
        raise Refused(
            "`course grade` needs Linux, which fences learners' code in. On this system, grade with "
            "`nbgrader autograde`, which runs learners' code with your permissions, or run `course grade` "
            "in a virtual machine with Linux (on Windows: WSL 2)."
        )


def _require_place_for(path: Path) -> None:
    """Refuse before hours of work if a file cannot be written in the end."""
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if path.parent.exists() and not path.parent.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path.parent):
            pass
    except (OSError, ValueError) as error:
        raise Refused(f"{path} cannot be written: {told(error)}.") from error


def as_json(value: object) -> str:
    """A value as JSON for machines, in ASCII: it can be written whatever encoding the terminal has."""
    return json.dumps(value, indent=1) + "\n"


def _written(path: Path, text: str) -> list[str]:
    """Write a file; a sentence if that could not be done."""
    try:
        replace_files({path: text})
    except (OSError, ValueError) as error:
        return [f"{path} cannot be written: {told(error)}."]
    return []


def _write_what_can_be_encoded() -> None:
    """Show letters that the terminal's encoding does not have as escapes, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _say(console: Console, sentence: str, style: str = "") -> None:
    """Print lines of text that cannot act on the terminal."""
    for line in texts(sentence, style):
        console.print(line)


def _chosen(course: NbgraderCourse, wanted: tuple[str, ...]) -> list[str]:
    """The lessons to grade: those that were asked for, else those for which anything was handed in."""
    return course.lessons(wanted) if wanted else _with_submissions(course)


def _with_submissions(course: NbgraderCourse) -> list[str]:
    """The lessons for which anything was handed in.

    A folder that cannot be opened may hold work on any of them; it counts only where there is nothing else.
    """
    found = {lesson: course.submissions(lesson) for lesson in course.folder.released_lessons()}
    sure = [lesson for lesson, all_of_it in found.items() if any(not one.trouble for one in all_of_it)]
    return sure or [lesson for lesson, all_of_it in found.items() if all_of_it]


def _grader(options: Options, mark: Callable[..., Marks]) -> Callable[[Iterator[Task]], Outcomes]:
    """What turns tasks into marks: processes on this machine, or a cluster."""
    if options.scheduler:
        from helpers.teaching.grading.workers.cluster import on_cluster

        return functools.partial(on_cluster, mark=mark, address=options.scheduler)
    return functools.partial(in_processes, mark=mark, workers=options.workers or _cores())


def _cores() -> int:
    """How many processes can run at the same time."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Rate(ProgressColumn):
    """How many submissions are graded in a second."""

    def render(self, task: ProgressTask) -> Text:
        return Text(f"{task.finished_speed or task.speed or 0:.1f}/s")


@contextmanager
def _progress(console: Console, total: int) -> Iterator[Callable[[], None]]:
    """A bar with rate and time left while submissions are graded; yields what moves it on."""
    columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal or not total) as progress:
        bar = progress.add_task("grading", total=total)
        yield lambda: progress.advance(bar)
