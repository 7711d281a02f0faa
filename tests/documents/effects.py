"""What the commands of the pages promise, looked up in the clone in which they ran."""

import json
import shutil
import socket
import subprocess
import sys
import urllib.request
from contextlib import suppress

import psutil

from tests.documents.clone import LESSON, PROGRESS, progress_of
from tests.grading.platforms import CANVAS, MOODLE, zipped

POINTS = {"ada": 10.0, "bob": 0.0}  # of 11: the last one is a person's to give


def roster_is_in(visit):
    """The gradebook knows the class, with names and addresses."""
    with visit.gradebook() as book:
        known = {one.id: (one.first_name, one.last_name, one.email) for one in book.students}
    assert set(known) == {"ada", "bob", "cleo"}
    assert known["cleo"] == ("Cleo", "Clark", "cleo@example.org")


def due_date_is_in(visit):
    """The gradebook knows when the lesson is due."""
    with visit.gradebook() as book:
        assert book.find_assignment(LESSON).duedate.isoformat() == "2026-03-01T18:00:00"


def class_is_graded(visit):
    """Points and graded notebooks are there, and what was released or learned is as it was before."""
    with visit.gradebook() as book:
        assert {one.student.id: one.score for one in book.assignment_submissions(LESSON)} == POINTS
    for student in POINTS:
        assert (visit.folder / "autograded" / student / LESSON / f"{LESSON}.ipynb").is_file()
    assert visit.changed() == ""
    assert progress_of(visit.folder).read_text(encoding="utf-8") == PROGRESS


def points_are_written(visit):
    """In addition, the CSV file has the points, and the course's own grader has left its records."""
    class_is_graded(visit)
    scores = visit.column("points.csv", "score")
    assert {student: scores[student] for student in POINTS} == POINTS
    for student in POINTS:
        assert (visit.folder / "autograded" / student / LESSON / "grading.json").is_file()


def extension_is_granted(visit):
    """The gradebook knows that Ada has two more days."""
    with visit.gradebook() as book:
        assert book.find_submission(LESSON, "ada").extension.days == 2


def marks_are_out(visit):
    """Feedback is ready for everyone, and the export has a row for everyone on the roster."""
    for student, said in (("ada", "cases are right"), ("bob", "not started")):
        page = visit.folder / "feedback" / student / LESSON / f"{LESSON}.html"
        assert said in page.read_text(encoding="utf-8")
    assert visit.column("grades.csv", "score") == {**POINTS, "cleo": 0.0}


def dates_are_in(visit):
    """The gradebook has the due dates of the example."""
    with visit.gradebook() as book:
        found = {one.name: one.duedate.isoformat() for one in book.assignments}
    assert found == {
        "00_start_here": "2026-04-13T16:00:00",
        "01_pictures": "2026-04-20T16:00:00",
        LESSON: "2026-04-27T21:59:59",
    }


def due_date_is_stated(visit):
    """The copy says when the lesson is due, and the released notebook is as it was."""
    copy = (visit.folder / "handout" / LESSON / f"{LESSON}.ipynb").read_text(encoding="utf-8")
    assert "**Due** Monday, 27 April 2026, 23:59 (Europe/Berlin)." in copy
    assert visit.changed() == ""


def name_the_term(visit):
    """What the page says about the configuration."""
    config = visit.folder / "nbgrader_config.py"
    text = config.read_text(encoding="utf-8")
    assert 'c.Variants.term = ""\n' in text
    assert (
        'c.Autograde.sanitize_preprocessors.append("helpers.teaching.grading.variants.plugin.Variants")'
        in text
    )
    config.write_text(
        text.replace('c.Variants.term = ""', 'c.Variants.term = "2026-spring"'), encoding="utf-8"
    )


def everybody_has_a_copy(visit):
    """Each has the lessons as the page's table says, and two of them differ."""
    for lesson in ("00_start_here", "01_pictures", "02_filtering"):
        copies = sorted((visit.folder / "handout").glob(f"*/{lesson}/{lesson}.ipynb"))
        assert len(copies) >= 2
        assert all("variants.use(" in copy.read_text(encoding="utf-8") for copy in copies)
        assert len({copy.read_text(encoding="utf-8") for copy in copies}) > 1


def download_from_platforms(visit):
    """What Canvas and Moodle export: Ada has handed in what she has in her folder."""
    inbox = visit.folder / "submitted" / "ada" / LESSON
    notebook = (inbox / f"{LESSON}.ipynb").read_text(encoding="utf-8")
    shutil.rmtree(visit.folder / "submitted")
    (visit.folder / "grades.csv").write_text(CANVAS.replace("10.00", "11.00"), encoding="utf-8")
    moodle = MOODLE.replace("10.00", "11.00")
    (visit.folder / "worksheet.csv").write_text(moodle, encoding="utf-8", newline="")
    zipped(visit.folder / "submissions.zip", [(f"lovelaceada_101_4501_{LESSON}.ipynb", notebook)])
    inside = f"Ada Lovelace_501_assignsubmission_file/{LESSON}.ipynb"
    zipped(visit.folder / "moodle.zip", [(inside, notebook)])


def canvas_has_marks(visit):
    """The files for Canvas are there."""
    said = (visit.folder / f"grades-{LESSON}.csv").read_text(encoding="utf-8")
    assert '"Lovelace, Ada",101,S-1,ada,"Monday, ""early"" group",10.00' in said
    assert (visit.folder / f"feedback-{LESSON}.zip").is_file()


def moodle_has_marks(visit):
    """The files for Moodle are there."""
    said = (visit.folder / f"worksheet-{LESSON}.csv").read_text(encoding="utf-8")
    assert "Ada Lovelace,ada,ada@x.org,Submitted for grading - ,10.00,11.00" in said
    assert (visit.folder / "feedback-moodle.zip").is_file()


def everything_is_done(visit):
    """The roster, the points, the feedback and the export are there."""
    roster_is_in(visit)
    class_is_graded(visit)
    marks_are_out(visit)


def report_is_written(visit):
    """The page shows the lesson, and names who needs a word."""
    page = (visit.folder / "report.html").read_text(encoding="utf-8")
    assert "This week: 02_filtering" in page
    assert "Students who need a word" in page


def tables_are_written(visit):
    """The page for the class names nobody, and the tables are there."""
    assert "Students who need a word" not in (visit.folder / "for_class.html").read_text(encoding="utf-8")
    names = {path.name for path in (visit.folder / "report").iterdir()}
    assert names == {"lessons.csv", "items.csv", "misconceptions.csv", "guesses.csv", "stuck.csv"}


def page_is_served(visit):
    """Whether the command that shows answers in words listens."""
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.cwd() == str(visit.folder) and process.net_connections("tcp"):
                return True
    return False


def lab_shows_the_lessons(visit):
    """Whether JupyterLab answers and shows the lessons."""
    for file in visit.runtime.glob("jpserver-*.json"):
        server = json.loads(file.read_text())
        header = {"Authorization": f"token {server['token']}"}
        try:
            request = urllib.request.Request(f"{server['url']}api/contents", headers=header)
            with urllib.request.urlopen(request, timeout=30) as reply:
                names = {entry["name"] for entry in json.load(reply)["content"]}
        except OSError:
            return False
        return names >= {"00_start_here", "18_pytorch"}
    return False


def scheduler_answers(visit):
    """Whether somebody listens at the scheduler's port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", visit.port)) == 0


def worker_has_joined(visit):
    """Whether the scheduler knows a worker."""
    code = "import sys, distributed\nprint(len(distributed.Client(sys.argv[1]).scheduler_info()['workers']))"
    command = [sys.executable, "-c", code, f"tcp://127.0.0.1:{visit.port}"]
    return subprocess.run(command, capture_output=True, text=True).stdout.strip() == "1"
