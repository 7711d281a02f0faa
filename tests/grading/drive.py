"""The grader with a fake marker as a separate command, to be killed: ``python -m tests.grading.drive``."""

import sys
from pathlib import Path

from rich.console import Console

from helpers.teaching.grading import plan
from helpers.teaching.grading.command import Options, grade_course
from helpers.teaching.grading.ledger.nbgrader_course import find_nbgrader_course
from tests.grading import fakes

if __name__ == "__main__":
    plan._version = lambda: "the same, whatever is being edited meanwhile"
    options = Options(("02",), workers=2, scheduler="".join(sys.argv[1:]))
    fine = grade_course(find_nbgrader_course(Path.cwd()), options, Console(), fakes.mark)
    sys.exit(not fine)
