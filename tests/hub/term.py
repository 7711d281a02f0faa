"""One lesson on a hub, in a machine of its own: `python -m tests.hub.term`

It types the commands of the page, does in students' servers what they would click, and writes down what they
saw and what they could reach. It does not judge.
"""

import csv
import io
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat

from tests.hub.page import SOURCE, running_hub, set_up, typed
from tests.hub.people import Person

COURSE_ID, LESSON = "convnet-course", "02_filtering"
ABOUT = {"course_id": COURSE_ID, "assignment_id": LESSON}
NOTEBOOK = f"{LESSON}/{LESSON}.ipynb"
ROSTER = "id,first_name,last_name\nada,Ada,Lovelace\nbob,Bob,Byte\n"
FILES = {"roster.csv": ROSTER, "instructors.csv": "id\nines\n"}
WRONG = {"match": "def match(patch, feature):\n    return np.sum(patch * feature)"}
EXCHANGE = f"/srv/convnet/exchange/{COURSE_ID}"
LOG = "/srv/convnet/hub/hub.log"
TRIES = {
    "read the solutions": f"cat /srv/convnet/course/solutions/{NOTEBOOK}",
    "read the source": f"cat /srv/convnet/source/solutions/{NOTEBOOK}",
    "look into the course": "ls /srv/convnet/course",
    "look into the instructor's home": "ls /home/ines",
    "look into another student's home": "ls /home/bob",
    "list what came in": f"ls {EXCHANGE}/inbound",
    "list the feedback": f"ls {EXCHANGE}/feedback",
    "move the exchange away": f"mv {EXCHANGE} {EXCHANGE}-old",
    "put a lesson into the exchange": f"mkdir {EXCHANGE}/outbound/99_false",
    "grade": f"cd / && sudo -n -u grader /srv/convnet/env/bin/course grade {LESSON}",
}


def live_through():
    """The facts of one lesson, from an empty machine to marks and feedback."""
    set_up(FILES)
    with running_hub(LOG):
        passwords = dict(csv.reader(io.StringIO((SOURCE / "passwords.csv").read_text())))
        subprocess.run(["useradd", "zed"], check=True)
        subprocess.run(["chpasswd"], input="zed:a-password", text=True, check=True)
        facts = {"logged in": {"ada, wrong": Person("ada", "wrong").logged_in}}
        facts["logged in"]["zed, in no group"] = Person("zed", "a-password").logged_in
        people = [Person(name, passwords[name]) for name in ("ines", "ada", "bob")]
        with ThreadPoolExecutor() as pool:
            ines, ada, bob = pool.map(Person.start_server, people)
        facts |= lesson(ines, ada, bob)
        facts["answers"] = asked(ines, ada)
    facts["tries"] = {what: _exit_code("ada", command) for what, command in TRIES.items()}
    facts["can read"] = {user: _reached(user, "r") for user in ("ada", "grader")}
    facts["can write"] = {user: _reached(user, "w") for user in ("ada", "grader")}
    return facts


def lesson(ines, ada, bob):
    """What everybody sees on the way from release to feedback."""
    ines.save("roster.csv", ROSTER, kind="file")
    ines.type(typed("course roster"))
    ines.type(typed("nbgrader release_assignment"))
    facts = {"listed": _listed(ada.get("assignments", params={"course_id": COURSE_ID}))}
    with ThreadPoolExecutor() as pool:
        facts["validated"] = dict(
            zip(("ada", "bob"), pool.map(work, (ada, bob), (_solved(), WRONG)), strict=True)
        )
    facts["handed in"] = os.listdir(f"{EXCHANGE}/inbound")
    cheat(facts["handed in"])
    facts["collected"] = ines.post(f"formgrader/api/assignment/{LESSON}/collect")["success"]
    facts["grading"] = ines.type(typed("nbgrader collect"))
    facts["collected files"] = sorted(os.listdir(f"/srv/convnet/course/submitted/bob/{LESSON}"))
    ines.type(typed("nbgrader generate_feedback"))
    rows = csv.DictReader(io.StringIO(ines.get("api/contents/grades.csv")["content"]))
    facts["marks"] = {row["student_id"]: float(row["score"]) for row in rows if row["assignment"] == LESSON}
    facts["in Formgrader"] = ines.get(f"formgrader/api/submissions/{LESSON}")
    facts["feedback"] = {person.name: feedback(person) for person in (ada, bob)}
    return facts


def work(student, cells):
    """Fetch the lesson, fill in cells, validate and submit; what validating said."""
    student.post("assignments/fetch", ABOUT)
    notebook = student.notebook(NOTEBOOK)
    setup = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    graded = [cell for cell in notebook["cells"] if "nbgrader" in cell["metadata"]]
    for cell in graded:
        cell["source"] = cells.get(cell["metadata"]["nbgrader"]["grade_id"], cell["source"])
    notebook["cells"] = [setup, *graded]
    student.save(NOTEBOOK, notebook)
    said = student.post("assignments/validate", {"path": NOTEBOOK})
    student.post("assignments/submit", ABOUT)
    return said


def cheat(handed_in):
    """Have Bob put a link to the solutions into his work, and a later submission in Ada's name next to it."""
    (own,) = [name for name in handed_in if name.startswith("bob+")]
    forged = own.replace("bob+", "ada+").replace("+20", "+30")
    script = 'ln -s "$1" "$2/solutions.ipynb" && cp -r "$2" "$3"'
    solutions = f"/srv/convnet/course/solutions/{NOTEBOOK}"
    values = (solutions, f"{EXCHANGE}/inbound/{own}", f"{EXCHANGE}/inbound/{forged}")
    subprocess.run(["runuser", "-u", "bob", "--", "sh", "-c", script, "sh", *values], check=True)


def feedback(student):
    """The page that comes back to a student."""
    student.post("assignments/fetch_feedback", ABOUT)
    (when,) = student.get(f"api/contents/{LESSON}/feedback")["content"]
    return student.get(f"api/contents/{when['path']}/{LESSON}.html", params={"type": "file"})["content"]


def asked(ines, ada):
    """By what they ask: the status with which a server answers."""
    pages = ("formgrader", f"formgrader/api/submissions/{LESSON}", "api/contents")
    found = {f"ada: {page} of ines": ada.ask("GET", page, whose="ines").status_code for page in pages}
    for person in (ines, ada):
        found |= {f"{person.name}: {page}": person.ask("GET", page).status_code for page in pages}
        about = person.ask("GET", "formgrader").headers
        found[f"{person.name}: frames"] = about["Content-Security-Policy"]
        shown = re.search(r'"disabledExtensions": (\[.*?\])', person.ask("GET", "lab").text)
        found[f"{person.name}: disabled"] = json.loads(shown[1]) if shown else None
    return found


def _solved():
    """By grade id: the cells of the solutions."""
    solution = nbformat.read(SOURCE / "solutions" / NOTEBOOK, as_version=4)
    graded = [cell for cell in solution.cells if "nbgrader" in cell.metadata]
    return {cell.metadata.nbgrader.grade_id: cell.source for cell in graded}


def _listed(assignments):
    return [(one["assignment_id"], one["status"]) for one in assignments["value"]]


def _exit_code(user, command):
    done = subprocess.run(["runuser", "-u", user, "--", "sh", "-c", command], cwd="/", capture_output=True)
    return done.returncode


def _reached(user, how):
    """The files of the hub and its people that somebody can read or write if they know their names."""
    places = ("/srv/convnet", "/etc/convnet", *(f"/home/{name}" for name in ("ines", "ada", "bob")))
    ours = ["-path", "/srv/convnet/env", "-o", "-path", "/srv/convnet/source/.git"]
    command = ["find", *places, "(", *ours, ")", "-prune", "-o", "-type", "f", "-print"]
    files = subprocess.check_output(command, text=True)
    look = f'while IFS= read -r file; do [ ! -{how} "$file" ] || echo "$file"; done'
    done = subprocess.run(
        ["runuser", "-u", user, "--", "bash", "-c", look],
        input=files,
        cwd="/",
        capture_output=True,
        text=True,
    )
    return done.stdout.splitlines()


if __name__ == "__main__":
    try:
        print(json.dumps(live_through()))  # the last line
    except BaseException:
        if Path(LOG).exists():
            print(Path(LOG).read_text(encoding="utf-8")[-5000:], file=sys.stderr)
        raise
