"""One run over a course: what was handed in goes to the graders, and one process writes down their marks."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from helpers.teaching.grading.batch import Graded, Outcomes, Task
from helpers.teaching.grading.folder import CourseFolder, Refused, Submission
from helpers.teaching.grading.gradebook import Book, Entry
from helpers.teaching.grading.handed_in import HandedIn, handed_in
from helpers.teaching.grading.marking import Settings, unread
from helpers.teaching.grading.model import Plan
from helpers.teaching.grading.plan import NoPlan, plan_of
from helpers.teaching.grading.records import recall, remember
from helpers.teaching.grading.results import LessonResults, Result

AT_ONCE = 50  # submissions in one transaction of the gradebook


@dataclass(frozen=True)
class Todo:
    """What is to be graded, and how; all students unless some are named."""

    lessons: tuple[str, ...]
    settings: Settings
    students: tuple[str, ...] = ()
    force: bool = False


class Run:
    """One run of the grader over a course."""

    def __init__(self, folder: CourseFolder, book: Book, todo: Todo):
        self.folder, self.book, self.todo = folder, book, todo
        self.plans = {lesson: released_plan(folder, lesson) for lesson in todo.lessons}
        self._results: dict[str, list[Result]] = {lesson: [] for lesson in todo.lessons}
        self._unwritten: dict[str, list[Result]] = {lesson: [] for lesson in todo.lessons}
        self._watch: Callable[[], None] = lambda: None

    def begin(self) -> list[Submission]:
        """Take up what was graded before, and return what is still to be graded."""
        left = []
        for lesson, plan in self.plans.items():
            self.book.know(plan)
            for submission in self.folder.submissions(lesson, self.todo.students):
                result = None if self.todo.force else _recalled(submission, plan)
                left += [] if result else [submission]
                self._results[lesson] += [result] if result else []
            self._write_down(plan, self.book.missing(plan, _entries(self._results[lesson])))
        return left

    def finish(self, left: list[Submission], grade: Callable[[Iterator[Task]], Outcomes], watch) -> None:
        """Have submissions graded and write down what comes back; `watch` is called after each."""
        self._watch = watch
        try:
            for task, graded in grade(self._tasks(left)) if left else ():
                self._keep(task.submission, task.work, graded)
        finally:
            for lesson in self.plans:
                self._flush(lesson)

    def results(self) -> list[LessonResults]:
        """All results so far."""
        return [
            LessonResults(
                plan, tuple(sorted(self._results[lesson], key=lambda result: result.submission.student))
            )
            for lesson, plan in self.plans.items()
        ]

    def _tasks(self, submissions: list[Submission]) -> Iterator[Task]:
        """Submissions as tasks, each read when its turn comes; no mark depends on the seed."""
        seed = secrets.randbits(63)
        for submission in submissions:
            plan = self.plans[submission.lesson]
            work = handed_in(submission, plan)
            if work.trouble:
                self._keep(submission, work, Graded(unread(plan, "", work.trouble)))
            else:
                yield Task(submission, plan, work, seed, self.todo.settings)

    def _keep(self, submission: Submission, work: HandedIn, graded: Graded) -> None:
        """Remember an outcome on disk; the gradebook gets it with the next batch."""
        plan = self.plans[submission.lesson]
        record = remember(submission, plan, work, graded.marks, graded.again)
        result = Result(submission, record, work.timestamp, fresh=True)
        self._results[submission.lesson].append(result)
        self._unwritten[submission.lesson].append(result)
        if len(self._unwritten[submission.lesson]) >= AT_ONCE:
            self._flush(submission.lesson)
        self._watch()

    def _flush(self, lesson: str) -> None:
        """Write down what the gradebook has not got yet."""
        self._write_down(self.plans[lesson], _entries(self._unwritten[lesson]))
        self._unwritten[lesson] = []

    def _write_down(self, plan: Plan, entries: list[Entry]) -> None:
        """Enter marks into the gradebook, batch by batch."""
        for start in range(0, len(entries), AT_ONCE):
            self.book.apply(plan, entries[start : start + AT_ONCE])


def released_plan(folder: CourseFolder, lesson: str) -> Plan:
    """The plan of a lesson as it was released in this course."""
    try:
        return plan_of(lesson, folder.released(lesson).read_text(encoding="utf-8"))
    except (NoPlan, OSError, UnicodeDecodeError) as error:
        raise Refused(str(error)) from error


def _recalled(submission: Submission, plan: Plan) -> Result | None:
    """The result of a submission that was graded before."""
    work = handed_in(submission, plan)
    record = recall(submission, plan, work)
    return record and Result(submission, record, work.timestamp, fresh=False)


def _entries(results: list[Result]) -> list[Entry]:
    """Results as the gradebook takes them."""
    return [Entry(result.submission.student, result.timestamp, result.record) for result in results]
