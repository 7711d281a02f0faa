"""A lesson on JupyterHub goes from release to feedback, and nobody sees what is not theirs."""

import pwd
import re
import subprocess
import time
import tomllib
from pathlib import Path

import psutil
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.documents.pages import blocks, text_of
from tests.hub.machine import ROOT
from tests.hub.page import CLONE, NOT_RUN, PAGE, in_the_lesson

LESSON = "02_filtering"
COURSE = "/srv/convnet/course"
EXCHANGE = "/srv/convnet/exchange/convnet-course"
RELEASED = f"{EXCHANGE}/outbound/{LESSON}/{LESSON}.ipynb"
NOT_LISTED = (f"{EXCHANGE}/inbound/", f"{EXCHANGE}/feedback/")  # there is a test for their names
SETTINGS = "/etc/convnet/"
FORMGRADER = "@jupyter/nbgrader:formgrader"


@pytest.mark.slow
class TestOneLesson:
    def test_only_people_of_the_class_with_their_own_passwords_log_in(self, facts):
        assert facts["logged in"] == {"ada, wrong": False, "zed, in no group": False}

    def test_a_released_lesson_is_listed_for_students(self, facts):
        assert facts["listed"] == [[LESSON, "released"]]

    def test_validating_tells_right_from_wrong_and_why(self, facts):
        assert facts["validated"]["ada"] == {"success": True, "value": {}}
        failed = facts["validated"]["bob"]["value"]["failed"]
        assert failed[0]["source"] == 'check("match", match)'
        assert "added up but not divided" in failed[0]["error"]

    def test_the_grader_grades_what_was_collected_in_its_sandbox(self, facts):
        assert facts["collected"]
        assert "Sandbox: bubblewrap" in facts["grading"] or "Sandbox: namespaces" in facts["grading"]
        assert facts["marks"] == {"ada": 10.0, "bob": 0.0}  # the eleventh point is for an answer in words

    def test_formgrader_has_the_marks(self, facts):
        seen = {one["student"]: (one["last_name"], one["score"]) for one in facts["in Formgrader"]}
        assert seen == {"ada": ("Lovelace", 10.0), "bob": ("Byte", 0.0)}

    def test_feedback_comes_back_to_its_own_student(self, facts):
        assert "(Score: 10.0 / 11.0)" in facts["feedback"]["ada"]
        assert "(Score: 0.0 / 11.0)" in facts["feedback"]["bob"]


@pytest.mark.slow
class TestWhatIsClosed:
    def test_nothing_that_a_student_tries_succeeds(self, facts):
        assert facts["tries"]
        assert [what for what, code in facts["tries"].items() if code == 0] == []

    def test_links_and_work_in_another_name_are_not_collected(self, facts):
        assert facts["collected files"] == [f"{LESSON}.ipynb", "submission_secret.txt", "timestamp.txt"]
        assert "somebody else put it there" in facts["grading"]
        assert facts["marks"]["ada"] == 10.0

    def test_a_student_reads_their_home_and_what_was_released(self, facts):
        own = ("/home/ada/", SETTINGS, *NOT_LISTED)
        assert [path for path in facts["can read"]["ada"] if not path.startswith(own)] == [RELEASED]
        assert "/home/ada/GLOSSARY.md" in facts["can read"]["ada"]  # lessons link to it

    def test_nobody_can_guess_the_names_of_what_is_in_the_exchange(self, facts):
        assert facts["tries"]["list what came in"] != 0
        assert facts["tries"]["list the feedback"] != 0
        handed_in = re.compile(rf"(ada|bob)\+{LESSON}\+.*\+[\w-]{{12}}")
        assert [bool(handed_in.fullmatch(name)) for name in facts["handed in"]] == [True, True]
        pages = [Path(path).name for path in facts["can read"]["ada"] if path.startswith(NOT_LISTED[1])]
        assert [len(name) for name in pages] == [len(".html") + 32] * 2

    def test_a_student_writes_to_their_home_only(self, facts):
        own = ("/home/ada/", *NOT_LISTED)
        assert [path for path in facts["can write"]["ada"] if not path.startswith(own)] == []

    def test_the_grader_reads_what_it_must(self, facts):
        needed = ("notebooks", "submitted", "autograded", "gradebook", "nbgrader_config.py")
        allowed = (SETTINGS, *(f"{COURSE}/{name}" for name in needed))
        read = facts["can read"]["grader"]
        assert [path for path in read if not path.startswith(allowed)] == []
        assert f"{COURSE}/submitted/ada/{LESSON}/{LESSON}.ipynb" in read

    def test_the_grader_writes_marks_only(self, facts):
        allowed = (f"{COURSE}/autograded/", f"{COURSE}/gradebook/")
        written = facts["can write"]["grader"]
        assert f"{COURSE}/gradebook/gradebook.db" in written
        assert [path for path in written if not path.startswith(allowed)] == []

    def test_formgrader_is_there_for_instructors_only(self, facts):
        answers = facts["answers"]
        pages = ("formgrader", f"formgrader/api/submissions/{LESSON}")
        assert [answers[f"ines: {page}"] for page in pages] == [200, 200]
        assert [answers[f"ada: {page}"] for page in pages] == [404, 404]
        assert answers["ines: frames"] == "frame-ancestors 'self'"  # JupyterLab shows it in a frame
        assert answers["ada: frames"] == "frame-ancestors 'none'"
        assert FORMGRADER in answers["ada: disabled"]
        assert FORMGRADER not in answers["ines: disabled"]

    def test_a_student_cannot_use_another_server(self, facts):
        others = {what: code for what, code in facts["answers"].items() if what.endswith("of ines")}
        assert set(others.values()) == {403}


@pytest.mark.slow
def test_accounts_are_made_for_those_who_can_have_one(private_machine):
    command = "/srv/convnet/env/bin/python deploy/accounts.py students /mnt/list.csv /mnt/passwords.csv"
    script = f"""set -e
        groupadd students
        printf 'id,email\\nada,ada@example.org\\nAda B,\\n1234,\\nmary.ann,\\nroot,\\n' > /mnt/list.csv
        {command}
        {command}
        stat --format '%A %n' /home/ada /home/mary.ann /mnt/passwords.csv
        cut -d , -f 1 /mnt/passwords.csv
        id -nG root"""
    done = private_machine.run(["bash", "-c", script])
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert said[0].startswith("'Ada B' cannot be the name of an account.")
    assert said[1].startswith("'1234' cannot be the name of an account.")
    assert said[2] == "root has an account already, which is not in the group students; it was left as it is."
    assert said[3] == "2 new accounts in the group students. Passwords are in /mnt/passwords.csv."
    assert said[7].startswith("0 new accounts in")
    assert said[8:11] == [
        "drwx------ /home/ada",
        "drwx------ /home/mary.ann",
        "-rw------- /mnt/passwords.csv",
    ]
    assert said[11:] == ["ada", "mary.ann", "root"]


@pytest.mark.slow
def test_nothing_is_left_of_the_machine_also_when_it_is_killed(private_machine):
    script = "useradd --create-home zed && touch /srv/here && echo ready && exec sleep 54321"
    running = subprocess.Popen(
        private_machine.inside(["bash", "-c", script]),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert running.stdout.readline() == "ready\n"
    private_machine.kill(running)
    ends_at = time.monotonic() + 60
    while any("54321" in (one.info["cmdline"] or ()) for one in psutil.process_iter(["cmdline"])):
        assert time.monotonic() < ends_at, "a process is left"
        time.sleep(0.1)
    assert "zed" not in {account.pw_name for account in pwd.getpwall()}
    assert not Path("/home/zed").exists()
    assert not Path("/srv/here").exists()


def test_the_page_says_what_each_file_is_for():
    for path in (ROOT / "deploy").iterdir():
        assert f"`{path.name}{'/' if path.is_dir() else ''}`" in text_of(PAGE)


def test_what_is_said_about_blocks_is_about_blocks_of_the_page():
    names = [block.name for block in blocks(PAGE)]
    assert len(names) == len(set(names))
    assert {*NOT_RUN, CLONE} <= set(names)
    assert len(in_the_lesson()) == 4


def pinned(file):
    """The versions of a list, by name."""
    pins = (line.split("==") for line in (ROOT / file).read_text().split())
    return {canonicalize_name(name): version for name, version in pins}


def test_the_hub_has_the_versions_that_learners_have_at_home():
    home, hub = pinned("requirements.lock"), pinned("requirements-hub.lock")
    assert {name: hub[name] for name in home.keys() & hub.keys() if hub[name] != home[name]} == {}
    assert "jupyterhub" in hub


def test_the_hub_has_what_learners_and_teachers_need():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["lessons"], *extras["teach"], *extras["postgresql"]]
    names = {canonicalize_name(Requirement(one).name) for one in wanted} - {project["name"]}
    assert names - pinned("requirements-hub.lock").keys() == set()
