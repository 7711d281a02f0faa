"""What `nbgrader autograde` does with the notebooks of the attack suite, next to the course's own grader.

    python -m benchmarks.attacks docs/attacks.md [THREADS]

Each notebook gets its own course folder, thrown away afterwards, and its own bubblewrap in which
nbgrader runs as nobody, so that the notebook cannot do any harm. Two at a time, which is the
default, it takes half an hour. nbgrader's limits are on the wall clock: nothing else should run.
"""

import contextlib
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from textwrap import shorten

import nbformat
from rich.progress import track

from helpers.teaching.grading.marking import Settings, close, mark
from helpers.teaching.grading.sandbox.launch import Limits
from tests.grading.attacks import ATTACKS, SECRET, Attack
from tests.grading.lessons import ROOT, grade_id, notebook, plan, solved

NOBODY, PATIENCE = 65533, 150  # its own nobody: the sandbox's is 65534
LESSONS = ("00_start_here", "01_pictures", "02_filtering")
LIMITS = "ulimit -v 6000000; ulimit -u 300; ulimit -f 200000"
KINDS = {
    "crash": "Ends the process",
    "loop": "Does not end",
    "memory": "Eats the machine",
    "bomb": "Multiplies",
    "left behind": "Leaves something behind",
    "output": "Output",
    "forgery": "Forged messages",
    "claims": "Claims to be right",
    "meddling": "Meddles",
    "search": "Looks for answers",
    "notebook": "Changes the notebook",
    "honest": "Honest",
}


def main() -> None:
    """Measure both graders and write the table."""
    threads = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    with tempfile.TemporaryDirectory() as folder:
        course = new_course(Path(folder) / "course")
        with ThreadPoolExecutor(threads) as pool:
            work = pool.map(lambda attack: stock(course, attack), ATTACKS)
            theirs = list(track(work, "stock nbgrader", len(ATTACKS)))
    settings = Settings(cell_seconds=3, limits=Limits(memory_mb=1024))
    ours = [own(attack, settings) for attack in track(ATTACKS, "course grade")]
    close()
    Path(sys.argv[1]).write_text(page(ours, theirs), encoding="utf-8")


def new_course(folder: Path) -> Path:
    """A course folder in which the first lessons are released."""
    for lesson in LESSONS:
        shutil.copytree(ROOT / "solutions" / lesson, folder / "solutions" / lesson)
    settings = (
        (ROOT / "nbgrader_config.py").read_text(encoding="utf-8").replace("timeout = 120", "timeout = 30")
    )
    (folder / "nbgrader_config.py").write_text(settings, encoding="utf-8")
    for lesson in LESSONS:
        command = [sys.executable, "-m", "nbgrader", "generate_assignment", lesson]
        subprocess.run(command, cwd=folder, env=environment(), check=True, capture_output=True)
    return folder


def environment() -> dict[str, str]:
    """As an instructor's shell has it; nbgrader calls alembic by name."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return {
        "PATH": path,
        "PYTHONPATH": str(ROOT),
        "HOME": "/tmp",
        "OMP_NUM_THREADS": "1",
        "GRADERS_SECRET": SECRET,
    }


def stock(course: Path, attack: Attack) -> dict:
    """The points that nbgrader gives, to the notebook and to an honest one graded after it in one command."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        root = Path(folder) / "course"
        shutil.copytree(course, root)
        for student, book in submissions(attack).items():
            target = root / "submitted" / student / attack.lesson / f"{attack.lesson}.ipynb"
            target.parent.mkdir(parents=True)
            target.write_text(nbformat.writes(book), encoding="utf-8")
        subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", folder], check=True)
        start = time.monotonic()
        ended = run_fenced(root, attack.lesson)
        points = {student: scores(root, student) for student in ("a_attacker", "b_honest")}
        shown = sorted((root / "autograded").glob("a_attacker/*/*.ipynb"))
        text = shown[0].read_text(encoding="utf-8") if shown else ""
    return {"points": points, "ended": ended, "text": text, "seconds": time.monotonic() - start}


def submissions(attack: Attack) -> dict[str, nbformat.NotebookNode]:
    """The attacking notebook and an honest one, without the cells that only show something."""
    books = {"a_attacker": attack.notebook(), "b_honest": solved(attack.lesson)}
    ungraded = [cell for cell in notebook(attack.lesson).cells if not grade_id(cell)]
    setup = next(cell for cell in ungraded if cell.cell_type == "code")
    shown = [cell.source for cell in ungraded if cell is not setup]
    for book in books.values():
        book.cells = [cell for cell in book.cells if cell.source not in shown]
    return books


def run_fenced(root: Path, lesson: str) -> bool:
    """Whether `nbgrader autograde` finished."""
    python = f"{sys.executable} -m nbgrader autograde {lesson}"
    command = [
        "bwrap",
        "--unshare-pid",
        "--unshare-net",
        "--unshare-ipc",
        "--unshare-uts",
        "--die-with-parent",
    ]
    command += ["--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"]
    for folder in ("/tmp", "/dev/shm"):
        command += ["--perms", "1777", "--size", "500000000", "--tmpfs", folder]
    command += ["--bind", str(root), "/mnt", "--chdir", "/mnt"]
    parents = list(reversed(Path(sys.base_prefix).parents))
    closed = [not parent.stat().st_mode & stat.S_IXOTH for parent in parents]
    if any(closed):  # Python is where the user nobody may not go
        first = closed.index(True)
        command += ["--perms", "0755", "--tmpfs", str(parents[first])]
        for parent in parents[first + 1 :]:
            command += ["--perms", "0755", "--dir", str(parent)]
        command += ["--ro-bind", sys.base_prefix, sys.base_prefix]
    command += ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    command += ["bash", "-c", f"{LIMITS}; exec {python}"]
    process = subprocess.Popen(
        command,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return False
    return True


def scores(root: Path, student: str) -> dict[str, float | None]:
    """The automatic scores in the gradebook, by grade id."""
    query = (
        "select base_cell.name, grade.auto_score from grade join base_cell on base_cell.id = grade.cell_id "
        "join submitted_notebook on submitted_notebook.id = grade.notebook_id "
        "join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id "
        "where submitted_assignment.student_id = ?"
    )
    database = sqlite3.connect(root / "gradebook.db")
    with contextlib.closing(database), contextlib.suppress(sqlite3.Error):
        return dict(database.execute(query, [student]).fetchall())
    return {}


def own(attack: Attack, settings: Settings) -> dict:
    """The same from the course's own grader."""
    start = time.monotonic()
    lesson = plan(attack.lesson)
    done = {
        who: mark(lesson, nbformat.writes(book).encode(), 1, settings)
        for who, book in submissions(attack).items()
    }
    points = {who: {one.grade_id: one.points for one in marks.marks} for who, marks in done.items()}
    reason = next(one for one in done["a_attacker"].marks if one.exercise == attack.exercise)
    return {
        "points": points,
        "ended": True,
        "text": done["a_attacker"].notebook,
        "seconds": time.monotonic() - start,
        "reason": f"{reason.verdict}: {reason.sentence}",
    }


def outcome(attack: Attack, result: dict) -> tuple[str, ...]:
    """What was wrong with a result, in a few words each; nothing if it was as expected."""
    tests = {test.grade_id: test for test in plan(attack.lesson).tests}
    points = {name: result["points"]["a_attacker"].get(name) or 0.0 for name in tests}
    after = {name: result["points"]["b_honest"].get(name) or 0.0 for name in tests}
    full = {name: test.points for name, test in tests.items()}
    place = next(name for name, test in tests.items() if test.exercise == attack.exercise)
    others = sum(full[name] - points[name] for name in tests if name != place)
    found = []
    if "passed" not in attack.verdicts and points[place] > 0:
        found.append(f"**gave {points[place]:g} stolen points**")
    if attack.honest and points[place] < full[place]:
        found.append(f"took {full[place]:g} honest points")
    if others > 0:
        found.append(f"took {others:g} points of other exercises")
    if sum(after.values()) < sum(full.values()):
        found.append("**cost the next submission its points**")
    if not result["ended"]:
        found.append("did not end")
    return (*found, *leaks(result["text"]))


def leaks(text: str) -> list[str]:
    """What the notebook could read, write or show that it must not."""
    said = {
        SECRET: "showed the grader's environment",
        "found /": "let it read answers or marks",
        "wrote /": "let it write outside",
    }
    if not text:
        return []
    cells = nbformat.reads(text, as_version=4).cells
    printed = "".join(str(o.get("text", "")) for c in cells for o in c.get("outputs", []))
    pages = "".join(str(o.get("data", {}).get("text/html", "")) for c in cells for o in c.get("outputs", []))
    script = ["runs its JavaScript in the reader's browser"] if "<script>" in pages else []
    return [words for mark, words in said.items() if mark in printed] + script


def page(ours: list[dict], theirs: list[dict]) -> str:
    """The page with the table."""
    head = (Path(__file__).parent / "attacks_head.md").read_text(encoding="utf-8")
    counts = {"count": len(ATTACKS), "patience": PATIENCE}
    for who, results in (("our", ours), ("their", theirs)):
        outcomes = [outcome(attack, result) for attack, result in zip(ATTACKS, results, strict=True)]
        counts[f"{who}s"] = sum(not found for found in outcomes)
        counts[f"{who}_stolen"] = sum("stolen" in " ".join(found) for found in outcomes)
    return head.format(**counts) + "\n".join(rows(ours, theirs)) + "\n"


def rows(ours: list[dict], theirs: list[dict]):
    """The table's rows, kind by kind."""
    for kind, title in KINDS.items():
        yield f"\n## {title}\n\n| notebook | expected | `course grade` | `nbgrader autograde` |"
        yield "|---|---|---|---|"
        for attack, own_result, other in zip(ATTACKS, ours, theirs, strict=True):
            if attack.kind == kind:
                must = " or ".join(attack.verdicts)
                reason = shorten(own_result["reason"], 110, placeholder=" ...").replace("|", "\\|")
                first = "; ".join(outcome(attack, own_result)) or f"as expected ({reason})"
                second = "; ".join(outcome(attack, other)) or "as expected"
                yield f"| {attack.name} | {must} | {first} | {second} |"


if __name__ == "__main__":
    main()
