"""What `course grade` does with what it was asked."""

import dataclasses
import functools
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from helpers.teaching.course import find_course, replace_files
from helpers.teaching.grading.batch import Outcomes, Task, in_processes, warm_up
from helpers.teaching.grading.folder import CourseFolder, Refused, as_json, find_folder
from helpers.teaching.grading.marking import Settings, mark
from helpers.teaching.grading.model import Marks
from helpers.teaching.grading.sandbox import NoSandbox


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
    folder: CourseFolder, options: Options, console: Console, mark: Callable[..., Marks] = mark
) -> bool:
    """Grade a course's submissions and report; whether every one of them was graded."""
    from helpers.teaching.grading.gradebook import Book
    from helpers.teaching.grading.run import Run, Todo

    lessons = folder.select(list(options.lessons)) if options.lessons else _with_submissions(folder)
    todo = Todo(tuple(lessons), options.settings, options.students, options.force)
    grade = _grader(options, mark)
    with folder.alone(options.wait, console.print):
        book = Book(folder, console.print)
        try:
            run = Run(folder, book, todo)
            left = run.begin()
            with _progress(console, len(left)) as advance:
                run.finish(left, grade, advance)
            return report(book, run.results(), options, console)
        finally:
            book.close()


def report(book, lessons, options: Options, console: Console) -> bool:
    """Say how it went, in every form that was asked for; whether every submission was graded."""
    from helpers.teaching.grading import results

    table = [row for lesson in lessons for row in results.rows(book, lesson)]
    if options.csv:
        replace_files({options.csv: results.as_csv(table)})
    if options.json:
        sys.stdout.write(as_json(results.as_object(lessons, table)))
    for part in results.tables(lessons):
        console.print(part)
    levels = sorted({level for lesson in lessons for level in lesson.levels()})
    console.print(f"Sandbox: {', '.join(levels) or 'not needed'}.")
    complaints = results.complaints(book, lessons)
    for complaint in complaints:
        console.print(complaint, style="red")
    return not complaints


def grade_file(path: Path, options: Options, output: Path | None, console: Console) -> bool:
    """Grade one notebook and say how it did; whether it could be graded."""
    from helpers.teaching.grading import single

    _, marks = single.grade_file(find_course(Path.cwd()), path, options.settings)
    if output:
        replace_files({output: marks.notebook})
    if options.json:
        said = dataclasses.asdict(marks)
        del said["notebook"]
        sys.stdout.write(as_json(said))
    else:
        for line in single.told(marks):
            console.print(line)
    return not marks.trouble


def run_command(arguments: list[str], options: Options, output: Path | None) -> bool:
    """Do what the command line says; whether every submission was graded."""
    console = Console(stderr=options.json, soft_wrap=True, highlight=False, markup=False)
    files = [Path(argument) for argument in arguments if argument.endswith(".ipynb")]
    try:
        if not files:
            if not options.scheduler:
                warm_up()
            asked = dataclasses.replace(options, lessons=tuple(arguments))
            return grade_course(find_folder(Path.cwd()), asked, console)
        if len(files) > 1 or len(arguments) > 1:
            raise Refused("Either one notebook is graded, or lessons of a course; not both, and not several.")
        return grade_file(files[0], options, output, console)
    except (Refused, NoSandbox) as refusal:
        console.print(str(refusal), style="red")
        return False


def _with_submissions(folder: CourseFolder) -> list[str]:
    """The lessons of which anything was handed in."""
    return [lesson for lesson in folder.lessons() if folder.submissions(lesson)]


def _grader(options: Options, mark: Callable[..., Marks]) -> Callable[[Iterator[Task]], Outcomes]:
    """What turns tasks into marks: processes on this machine, or a cluster."""
    if options.scheduler:
        from helpers.teaching.grading.cluster import on_cluster

        return functools.partial(on_cluster, mark=mark, address=options.scheduler)
    workers = options.workers or len(os.sched_getaffinity(0))
    return functools.partial(in_processes, mark=mark, workers=workers)


class _Rate(ProgressColumn):
    """How many submissions are graded in a second."""

    def render(self, task) -> Text:
        return Text(f"{task.finished_speed or task.speed or 0:.1f}/s")


@contextmanager
def _progress(console: Console, total: int) -> Iterator[Callable[[], None]]:
    """A bar with rate and time left while submissions are graded; yields what moves it on."""
    columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal or not total) as progress:
        bar = progress.add_task("grading", total=total)
        yield lambda: progress.advance(bar)
