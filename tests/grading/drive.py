"""The grader with a fake marker as a separate command, to be killed.

    python -m tests.grading.drive [LESSON ...] [ADDRESS OF A SCHEDULER]

It grades lesson 02 if none is named. `AT_ONCE` in the environment says how many submissions go into one
transaction.
"""

import os
import sys
from pathlib import Path

from rich.console import Console

from helpers.teaching.grading import course_run, plan
from helpers.teaching.grading.command import Options, grade_course
from helpers.teaching.grading.ledger.nbgrader_course import find_nbgrader_course
from tests.grading import fakes


def version():
    """What takes the place of the package's digest: the same, whatever is being edited meanwhile."""
    return "the same"


if __name__ == "__main__":
    plan._version = version
    course_run.AT_ONCE = int(os.environ.get("AT_ONCE", course_run.AT_ONCE))
    schedulers = [argument for argument in sys.argv[1:] if "://" in argument]
    lessons = [argument for argument in sys.argv[1:] if argument not in schedulers] or ["02"]
    options = Options(tuple(lessons), workers=2, scheduler="".join(schedulers))
    fine = grade_course(find_nbgrader_course(Path.cwd()), options, Console(), fakes.mark)
    sys.exit(not fine)
