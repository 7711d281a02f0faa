"""Several of nbgrader's commands in one process: ``python -m tests.classroom.commands "autograde 01" ...``.

Each runs as from a terminal; only nbgrader's imports, which take longer than most commands, are shared.
"""

import shlex
import sys

from nbgrader.apps import NbGraderApp
from traitlets.config import Application

if __name__ == "__main__":
    for command in sys.argv[1:]:
        NbGraderApp.launch_instance(shlex.split(command))
        type(Application.instance()).clear_instance()
