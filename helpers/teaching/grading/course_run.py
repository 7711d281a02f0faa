"""One run over a course: what was handed in goes to the graders, and one process writes down their marks."""

import errno
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from helpers.teaching.course import Course
from helpers.teaching.grading.handed_in.student_work import HandedIn, handed_in
from helpers.teaching.grading.ledger.gradebook import Book, Entry
from helpers.teaching.grading.ledger.gradebook_access import NotEntered
from helpers.teaching.grading.ledger.nbgrader_course import NbgraderCourse, Submission
from helpers.teaching.grading.ledger.records import Record, recall, remember
from helpers.teaching.grading.ledger.report import LessonResults, Result
from helpers.teaching.grading.marking import Settings, unread
from helpers.teaching.grading.messages import Refused, shown, told
from helpers.teaching.grading.plan import NoPlan, Plan, plan_of
from helpers.teaching.grading.variants.plans import own_plan, require_variants
from helpers.teaching.grading.workers.task import Graded, Outcomes, Task, grader_failed

AT_ONCE = 50  # submissions in one transaction of the gradebook
_OF_THE_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO)
_MOST_UNKEPT = 20  # outcomes in a row that cannot be written to disk before we stop grading in vain


@dataclass(frozen=True)
class Todo:
    """What is to be graded, and how; all students unless some are named.

    With `texts` set, the results hold what was said about every answer; otherwise only what tables need.
    """

    lessons: tuple[str, ...]
    settings: Settings
    students: tuple[str, ...] = ()
    force: bool = False
    texts: bool = True


class CourseRun:
    """One run of the grader over a course.

    Whatever goes wrong with one submission, on the way in or out, costs only that submission, and is
    reported.
    """

    def __init__(self, course: NbgraderCourse, book: Book, todo: Todo):
        self.course, self.book, self.todo = course, book, todo
        self.plans = {lesson: released_plan(course.folder, lesson) for lesson in todo.lessons}
        for plan in self.plans.values():
            require_variants(plan, course.term)
        self._results: dict[str, dict[str, Result]] = {lesson: {} for lesson in todo.lessons}
        self._unwritten: dict[str, list[Result]] = {lesson: [] for lesson in todo.lessons}
        self._unkept_in_a_row = 0
        self._watch: Callable[[], None] = lambda: None

    def begin(self) -> list[Submission]:
        """Pick up what was graded before, and return what is still to be graded."""
        left: list[Submission] = []
        for lesson, plan in self.plans.items():
            self.book.know(plan)
            submissions = self.course.submissions(lesson, self.todo.students)
            recalled = self._recalled_of(submissions, left)
            self._each(plan, recalled, partial(self._enter_missing, plan))
        return left

    def _recalled_of(self, submissions: list[Submission], left: list[Submission]) -> Iterator[Result]:
        """The results of what was graded before; all else is added to what is left."""
        for submission in submissions:
            result = None if self.todo.force else self._recalled(submission)
            if result is None:
                left.append(submission)
            else:
                self._note(result)
                yield result

    def _recalled(self, submission: Submission) -> Result | None:
        """The result of a submission that was graded before; None also if that cannot be found out."""
        try:
            if not submission.record.exists():  # it need not be read before its turn
                return None
            plan = self._plan_for(submission)
            work = _read(submission, plan)
            record = recall(submission, plan, work)
        except Exception:  # its turn to be read, and to be reported, comes again
            return None
        return Result(submission, record, work.timestamp, fresh=False) if record else None

    def finish(
        self, left: list[Submission], grade: Callable[[Iterator[Task]], Outcomes], watch: Callable[[], None]
    ) -> None:
        """Have submissions graded and write down what comes back; `watch` is called after each."""
        self._watch = watch
        try:
            for task, graded in grade(self._tasks(left)) if left else ():
                self._keep(task.submission, task.plan, task.work, graded)
        finally:
            for lesson in self.plans:
                self._flush(lesson)

    def results(self) -> list[LessonResults]:
        """All results so far."""
        return [
            LessonResults(plan, tuple(found for _, found in sorted(self._results[lesson].items())))
            for lesson, plan in self.plans.items()
        ]

    def _tasks(self, submissions: list[Submission]) -> Iterator[Task]:
        """Submissions as tasks, each read when its turn comes; no mark depends on the seed."""
        seed = secrets.randbits(63)
        for submission in submissions:
            plan = self._plan_for(submission)
            try:
                work = _read(submission, plan)
            except Exception as error:
                trouble = submission.trouble or f"What was handed in cannot be read: {told(error)}."
                self._leave(submission, grader_failed(plan, trouble))
                continue
            if work.trouble:
                self._keep(submission, plan, work, Graded(unread(plan, "", work.trouble)))
            else:
                yield Task(submission, plan, work, seed, self.todo.settings)

    def _plan_for(self, submission: Submission) -> Plan:
        """What is asked of the student who handed something in."""
        return own_plan(self.plans[submission.lesson], self.course.term, submission.student)

    def _keep(self, submission: Submission, plan: Plan, work: HandedIn, graded: Graded) -> None:
        """Remember an outcome on disk; the gradebook gets it with the next batch."""
        try:
            record = remember(submission, plan, work, graded.marks, graded.again)
        except Exception as error:
            self._require_disk(error)
            trouble = f"The outcome cannot be written to {submission.outbox}: {told(error)}."
            self._leave(submission, grader_failed(plan, trouble))
            return
        self._unkept_in_a_row = 0
        result = Result(submission, record, work.timestamp, fresh=True)
        self._note(result)
        self._unwritten[submission.lesson].append(result)
        if len(self._unwritten[submission.lesson]) >= AT_ONCE:
            self._flush(submission.lesson)
        self._watch()

    def _leave(self, submission: Submission, graded: Graded) -> None:
        """Report what went wrong with a submission, and change nothing else; next time it is tried again."""
        plan, marks = self.plans[submission.lesson], replace(graded.marks, notebook="")
        record = Record(submitted="", plan=plan.digest, marks=marks, answered={}, again=True)
        self._note(Result(submission, record, "", fresh=True))
        self._watch()

    def _note(self, result: Result) -> None:
        kept = result if self.todo.texts else result.brief()
        self._results[result.submission.lesson][result.submission.student] = kept

    def _require_disk(self, error: Exception) -> None:
        """End the run when nothing can be written to the disk any more."""
        if not isinstance(error, OSError) or error.errno not in _OF_THE_DISK:
            return
        self._unkept_in_a_row += 1
        if self._unkept_in_a_row >= _MOST_UNKEPT:
            raise Refused(
                f"Graded notebooks cannot be written: {told(error)}. Make room, or "
                "make the disk writable, and run this again: what is graded is kept."
            ) from error

    def _flush(self, lesson: str) -> None:
        """Write down what the gradebook does not have yet."""
        results, self._unwritten[lesson] = self._unwritten[lesson], []
        plan = self.plans[lesson]
        self._each(plan, results, lambda part: self.book.apply(plan, _entries(part)))

    def _enter_missing(self, plan: Plan, results: list[Result]) -> None:
        """Write down what was graded before but is not in the gradebook."""
        if missing := self.book.missing(plan, _entries(results)):
            self.book.apply(plan, missing)

    def _each(self, plan: Plan, results: Iterable[Result], enter: Callable[[list[Result]], None]) -> None:
        """Enter results batch by batch; if a batch is refused, one by one, so that only the bad one is."""
        remaining = iter(results)
        while batch := list(islice(remaining, AT_ONCE)):
            try:
                enter(batch)
            except Refused:
                raise
            except Exception:
                for result in batch:
                    self._enter_one(result, enter)

    def _enter_one(self, result: Result, enter: Callable[[list[Result]], None]) -> None:
        """Enter one result; if it is refused, say so in the result."""
        try:
            enter([result])
        except Refused:
            raise
        except Exception as error:
            said = shown(error) if isinstance(error, NotEntered) else f"{told(error)}."
            trouble = f"It was graded, but its marks are not in the gradebook. {said}"
            marks = replace(result.record.marks, trouble=trouble)
            self._note(replace(result, record=replace(result.record, marks=marks)))


def released_plan(course: Course, lesson: str) -> Plan:
    """The plan of a lesson as it was released in this course."""
    try:
        return plan_of(lesson, course.released(lesson).read_text(encoding="utf-8"))
    except OSError as error:
        raise Refused(f"The released notebook of {lesson} cannot be read: {told(error)}.") from error
    except (NoPlan, UnicodeDecodeError) as error:
        raise Refused(str(error)) from error


def _read(submission: Submission, plan: Plan) -> HandedIn:
    """What was handed in; an error, of whatever kind, if that cannot be read."""
    if submission.trouble:
        raise ValueError(submission.trouble)
    return handed_in(submission, plan)


def _entries(results: list[Result]) -> list[Entry]:
    """Results as the gradebook takes them."""
    return [Entry(result.submission.student, result.timestamp, result.record) for result in results]
