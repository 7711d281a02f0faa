"""Every command of the README and of the pages for instructors does what they promise, in a fresh clone.

A block that is new on a page is run as well. What cannot be run here is listed with the reason.
"""

import re
import shlex
from contextlib import ExitStack

import pytest
import typer
from nbgrader.apps.dbapp import DbApp
from nbgrader.apps.nbgraderapp import NbGraderApp

from helpers.teaching.cli import app
from tests.documents import effects
from tests.documents.clone import ROOT
from tests.documents.pages import blocks, spans, text_of
from tests.documents.visit import TROUBLE, Visit
from tests.farewells import without_farewells

PAGES = (
    "README.md",
    *(f"docs/{name}.md" for name in ("grading", "dates", "lms", "reading", "report", "variants", "cluster")),
    "docs/from_empty_server.md",
)
ONLY_SENTENCES = (
    "CONTRIBUTING.md",
    "docs/jupyterhub.md",
    *(f"docs/{name}.md" for name in ("term", "announcement", "accommodations", "honesty", "own_lesson")),
)
ROSTER = "course roster roster.csv"
BY_NBGRADER = "nbgrader generate_assignment 02_filtering --force"
BY_COURSE = "course grade 02_filtering --csv points.csv"

NOT_RUN = {
    "README.md": {
        "python3 -m venv .venv": "downloads a hundred packages",
        "py -m venv .venv": "is for Windows",
        "conda env create -f environment.yml": "needs conda",
        "make test": "runs this very test",
    },
    "docs/grading.md": {},
    "docs/dates.md": {},
    "docs/lms.md": {},
    "docs/reading.md": {},
    "docs/report.md": {},
    "docs/variants.md": {},
    "docs/cluster.md": {
        "#!/bin/bash": "needs Slurm",
        "from dask_jobqueue import SLURMCluster": "needs Slurm",
    },
    "docs/from_empty_server.md": {
        "apt-get install git make python3-venv bubblewrap": "changes this machine",
        "git clone https://github.com/OWNER/REPOSITORY course && cd course && make .venv/ready": (
            "downloads a hundred packages"
        ),
    },
}
READY = {  # what runs until somebody stops it, and the sign that it is running
    "make lab": effects.lab_shows_the_lessons,
    "course read 02_filtering": effects.page_is_served,
    "dask scheduler --host 10.0.0.5 --port 8786": effects.scheduler_answers,
    "OMP_NUM_THREADS=1 dask worker tcp://10.0.0.5:8786 --nworkers 8 --nthreads 1 --memory-limit 0": (
        effects.worker_has_joined
    ),
}
EFFECTS = {
    "README.md": {ROSTER: effects.everything_is_done, BY_COURSE: effects.points_are_written},
    "docs/grading.md": {
        ROSTER: effects.roster_is_in,
        'nbgrader db assignment add 02_filtering --duedate="2026-03-01 18:00 UTC"': effects.due_date_is_in,
        BY_NBGRADER: effects.class_is_graded,
        BY_COURSE: effects.points_are_written,
        "from nbgrader.api import Gradebook": effects.extension_is_granted,
        "nbgrader generate_feedback 02_filtering --force": effects.marks_are_out,
    },
    "docs/dates.md": {
        "course dates": effects.dates_are_in,
        "course handout 02": effects.due_date_is_stated,
    },
    "docs/lms.md": {
        "course roster grades.csv": effects.canvas_has_marks,
        "course roster worksheet.csv": effects.moodle_has_marks,
    },
    "docs/reading.md": {"course grade 02_filtering": effects.class_is_graded},
    "docs/report.md": {
        "course grade --all": effects.report_is_written,
        "course report 02 --no-names --output for_class.html --csv report": effects.tables_are_written,
    },
    "docs/variants.md": {ROSTER: effects.everybody_has_a_copy},
    "docs/cluster.md": {
        "course grade --all --scheduler tcp://10.0.0.5:8786 --csv points.csv": effects.points_are_written
    },
    "docs/from_empty_server.md": {
        "course handout 02": effects.due_date_is_stated,
        "nbgrader generate_feedback 02_filtering --force": effects.canvas_has_marks,
    },
}
BEFORE = dict.fromkeys(("docs/lms.md", "docs/from_empty_server.md"), effects.download_from_platforms)
BEFORE["docs/variants.md"] = effects.name_the_term
VISITS = [(page, None) for page in PAGES if page != "docs/grading.md"]
VISITS += [("docs/grading.md", other) for other in (BY_NBGRADER, BY_COURSE)]  # one grader or the other


@pytest.mark.slow
@pytest.mark.parametrize(("page", "without"), VISITS)
def test_the_commands_of_a_page_do_what_it_promises(page, without, tmp_path):
    with ExitStack() as stack:
        visit = Visit(tmp_path, stack)
        BEFORE.get(page, lambda visit: None)(visit)
        for block in blocks(page):
            if block.name in NOT_RUN[page] or block.name == without:
                continue
            if block.name in READY:
                visit.start(block, READY[block.name])
                continue
            visit.run(block)
            EFFECTS[page].get(block.name, lambda visit: None)(visit)


def test_the_traceback_of_a_kernel_that_ends_is_ignored_and_others_are_not():
    farewell = (
        "ERROR:tornado.general:Uncaught exception in ZMQStream callback\n"
        "Traceback (most recent call last):\n"
        '  File "iostream.py", line 343, in schedule\n'
        '    self._event_pipe.send(b"")\n'
        "zmq.error.ZMQError: Socket operation on non-socket\n"
    )
    said = f"[AutogradeApp | INFO] Autograding\n{farewell}[AutogradeApp | INFO] Writing\n"
    assert not TROUBLE.search(without_farewells(said))
    for trouble in ("[AutogradeApp | ERROR] One failed\n", "Traceback (most recent call last):\nKeyError\n"):
        assert TROUBLE.search(without_farewells(farewell + trouble + farewell))


@pytest.mark.parametrize("page", PAGES)
def test_what_is_said_about_blocks_is_about_existing_blocks(page):
    names = [block.name for block in blocks(page)]
    assert len(names) == len(set(names))
    assert {*NOT_RUN[page], *EFFECTS[page]} <= set(names)
    assert set(READY) <= {block.name for one in PAGES for block in blocks(one)}


def test_the_environment_is_activated_as_the_pages_say():
    for page in ("README.md", "docs/grading.md"):
        assert "`source .venv/bin/activate`" in " ".join(text_of(page).split())


@pytest.mark.parametrize("page", [*PAGES, *ONLY_SENTENCES])
def test_the_commands_within_sentences_exist(page):
    for span in spans(page):
        program, *arguments = shlex.split(span)
        EXISTS[program](arguments)


def course_has(arguments):
    """Read the arguments as the command would, without running it."""
    name, *rest = arguments
    typer.main.get_command(app).commands[name].make_context(name, rest)


def nbgrader_has(arguments):
    """Look the command up; `nbgrader db` has its own commands, and so do those."""
    commands = NbGraderApp.subcommands
    if arguments[0] == "db":
        commands, arguments = DbApp.subcommands[arguments[1]][0].subcommands, arguments[2:]
    assert arguments[0] in commands


def make_has(arguments):
    """Look the target up."""
    assert re.search(rf"^{arguments[0]}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


EXISTS = {"course": course_has, "nbgrader": nbgrader_has, "make": make_has}
