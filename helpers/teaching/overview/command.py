"""What `course report` does: one page, tables if they are wanted, and a sentence about each."""

from datetime import datetime
from pathlib import Path

from helpers.checking.words import counted
from helpers.teaching.course import replace_files
from helpers.teaching.grading.ledger.nbgrader_course import NbgraderCourse
from helpers.teaching.grading.messages import Refused, told
from helpers.teaching.overview.gathering import gather
from helpers.teaching.overview.page import page
from helpers.teaching.overview.standing import Standing
from helpers.teaching.overview.tables import tables


def write_report(
    course: NbgraderCourse, wanted: list[str], output: Path, tables_in: Path | None, names: bool
) -> list[str]:
    """Write the page, and the tables into a folder if one is given; sentences about what was written.

    Raises
    ------
    Refused
        If there is nothing to show, or a file cannot be written; then none is.
    """
    lessons = course.lessons(wanted)
    work = gather(course, lessons)
    handed_in = sum(map(len, work.hand_ins.values()))
    if not handed_in:
        raise Refused(f"Nothing was handed in for {', '.join(lessons) or 'this course'}.")
    standing = Standing(work)
    texts = {output: page(standing, course.layout.course_id, datetime.now(), names)}
    if tables_in:
        texts |= {
            tables_in / name: text
            for name, text in tables(standing).items()
            if names or name != "students.csv"
        }
    try:
        replace_files(texts)
    except (OSError, ValueError) as error:
        raise Refused(f"The report cannot be written: {told(error)}.") from error
    return _said(standing, output, tables_in)


def _said(standing: Standing, output: Path, tables_in: Path | None) -> list[str]:
    work = standing.work
    waiting = sum(one.ungraded for one in standing.lessons)
    submissions = counted(sum(map(len, work.hand_ins.values())), "submission")
    said = [f"{output}: {counted(len(work.students), 'student')}, {submissions}."]
    said += [f"{tables_in}: the same as CSV files."] if tables_in else []
    if waiting:
        has = "has" if waiting == 1 else "have"
        said.append(
            f"{counted(waiting, 'submission')} {has} not been graded yet. Run `course grade --all` first to "
            "see them here."
        )
    return said
