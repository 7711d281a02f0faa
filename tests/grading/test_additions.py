"""What honest learners add to their notebooks costs no point, and is reported."""

import textwrap
from types import MappingProxyType

import nbformat
import pytest

from helpers.teaching.grading import exercise_trial, notebook_run
from helpers.teaching.grading.marking import Settings, close, mark
from helpers.teaching.grading.sandbox.launch import BUBBLEWRAP, NAMESPACES, UNSANDBOXED
from tests.documents.pages import blocks
from tests.grading.lessons import of, plan, solved

LESSON = "02_filtering"
HELPER = b"def mean_product(a, b):\n    return (a * b).mean()\n"
USUAL = Settings()
QUICK = Settings(cell_seconds=2, notebook_seconds=24)
MATCH = "def match(patch, feature):\n    return {}"


@pytest.fixture(scope="module", autouse=True)
def _sandboxes():
    yield
    close()


def book(above="", match="", cells=()):
    """A solved notebook with a line above its imports, another `match`, and cells below the imports."""
    made = solved(LESSON)
    imports = next(cell for cell in made.cells if cell.cell_type == "code")
    imports.source = f"{above}\n{imports.source}" if above else imports.source
    if match:
        of(made, "match").source = textwrap.dedent(match)
    for source in reversed(cells):
        made.cells.insert(2, nbformat.v4.new_code_cell(textwrap.dedent(source)))
    return made


def graded(made, settings=USUAL, files=MappingProxyType({})):
    """The marks of a notebook."""
    return mark(plan(LESSON), nbformat.writes(made).encode(), 7, settings, files)


def lost(marks):
    """What an honest notebook has lost."""
    return [(one.exercise, one.sentence) for one in marks.marks if one.verdict != "passed"]


CELLS = [block.text for block in blocks("docs/doors.md") if block.language == "ipython"]
ABOVE = {
    "Colab": "from google.colab import drive\ndrive.mount('/content/drive')",
    "the cells of docs/doors.md": "\n".join(CELLS),
    "a library that is not here": "import pandas as pd, cv2\npd.set_option('display.width', 80)",
    "several names of one statement": "import numpy as np, pandas as pd",
    "conda": "%conda install numpy",
    "pip": "!pip install numpy\n%pip install pandas",  # it tries again and again
    "an extension": "%load_ext nb_black\n%autoreload 2",
    "a magic that nobody knows": "%abracadabra on",
    "a folder that is not here": "import os\nos.chdir('/content/drive/MyDrive')",
    "a folder that is here": "import os\nos.chdir('/usr')",
    "a magic that changes the folder": "%cd /content\n%cd /usr",
    "a file that is not here": "table = open('/content/table.csv').read()",
    "two statements in one line": "import pandas as pd; import numpy as np",
    "a statement of many lines": "try:\n    import cv2\nfinally:\n    print(\n        'tried'\n    )",
    "a device that is not here": "import ctypes\nctypes.CDLL('libcuda.so')",
}


@pytest.mark.parametrize(
    "above",
    [pytest.param(name, marks=pytest.mark.slow if "%pip" in text else ()) for name, text in ABOVE.items()],
)
def test_a_line_above_the_imports_that_fails_here_is_left_out(above):
    assert not lost(graded(book(ABOVE[above])))


@pytest.mark.parametrize("annotation", ["np.ndarray", "'np.ndarray'", "np.typing.NDArray | None"])
def test_annotated_parameters_cost_no_point(annotation):
    """Also where nothing but an annotation says that a cell needs the lesson's imports."""
    made = solved(LESSON)
    for name in ("match", "filter_image", "best_match", "filter_bank"):
        cell = of(made, name)
        line, rest = cell.source.split("\n", 1)
        cell.source = line.replace(",", f": {annotation},").replace("):", f": {annotation}):") + "\n" + rest
    marks = graded(made)
    assert not lost(marks)
    assert not marks.notes


def test_what_was_left_out_is_shown_in_the_report_and_in_the_cell():
    marks = graded(book(ABOVE["Colab"]))
    said = [note for note in marks.notes if "fails here and was left out" in note]
    assert "The line `from google.colab import drive` in cell" in said[0]
    assert "`drive.mount('/content/drive')`" in said[1]
    assert "was left out" in marks.notebook


def test_a_line_within_an_exercise_is_left_out_too():
    code = "import pandas as pd\n" + MATCH.format("np.mean(patch * feature)")
    marks = graded(book(match=code))
    assert not lost(marks)
    assert "in the cell of `match` fails here" in marks.notes[0]


def test_what_was_left_out_once_is_not_tried_again_in_another_process():
    made = book("x = []\nx.missing\nimport os\n", cells=["import os\nos._exit(0)"])
    assert not lost(graded(made))


FILES = {"my_tools.py": HELPER, "tools/__init__.py": b"", "tools/deep.py": HELPER, "data/my.txt": b"2\n"}
USES = {
    "a module": ["from my_tools import mean_product"],
    "a package": ["from tools.deep import mean_product"],
    "a script that is run": ["%run my_tools.py"],
    "a text": [
        "from my_tools import mean_product as once\nhalf = int(open('data/my.txt').read())",
        "def mean_product(a, b):\n    return half * once(a, b) / 2",
    ],
    "a folder that was gone into": [
        "import os\nos.chdir('data')",
        "half = int(open('my.txt').read())",
        "from my_tools import mean_product",
    ],
    "a module that a cell writes": [
        f"%%writefile mine.py\n{HELPER.decode()}",
        "from mine import mean_product",
    ],
    "a module that a cell writes twice": [
        "%%writefile mine.py\nold = 1",
        "import mine",
        f"%%writefile mine.py\n{HELPER.decode()}# longer",
        "import importlib\nfrom importlib import reload\nreload(mine)\nfrom mine import mean_product",
    ],
    "a script in another process": ["import sys\n!{sys.executable} my_tools.py", "from my_tools import *"],
}


@pytest.mark.parametrize("use", USES)
def test_files_beside_the_notebook_are_there_when_it_is_run(use):
    made = book(match=MATCH.format("mean_product(patch, feature)"), cells=USES[use])
    assert not lost(graded(made, files=FILES))


@pytest.mark.parametrize("level", [NAMESPACES, UNSANDBOXED])
def test_files_beside_the_notebook_are_there_at_every_level_and_for_one_notebook_only(level):
    made = book(match=MATCH.format("mean_product(patch, feature)"), cells=USES["a module"])
    assert not lost(graded(made, Settings(level=level), FILES))
    assert "mean_product" in lost(graded(made, Settings(level=level)))[0][1]


def test_arrays_beside_the_notebook_can_be_loaded(tmp_path):
    import numpy as np

    np.save(tmp_path / "one.npy", np.ones(1))
    files = {"one.npy": (tmp_path / "one.npy").read_bytes()}
    made = book(match=MATCH.format("one[0] * np.mean(patch * feature)"), cells=["one = np.load('one.npy')"])
    assert not lost(graded(made, files=files))


def test_files_next_to_the_notebook_do_not_replace_a_library():
    names = (
        "numpy",
        "random",
        "wire",
        "fence",
        "interpreter",
        "notebook_process",
        "json",
        "IPython",
        "secrets",
    )
    files = {f"{name}.py": b"raise SystemExit('the wrong one')" for name in names}
    files |= {"helpers/__init__.py": b"raise SystemExit", "helpers/reference/__init__.py": b"answer = 42"}
    made = book(cells=["import random, secrets, json\nimport csv", "import helpers.reference as r\nr.answer"])
    marks = graded(made, files=files)
    assert not lost(marks)
    assert any("copies of the course's own `helpers`" in note for note in marks.notes)
    assert "42" not in str(nbformat.reads(marks.notebook, as_version=4).cells[3].get("outputs"))


def test_oddly_named_and_huge_files_are_left_out_and_said():
    names = (
        "/etc/passwd",
        "../up.py",
        "a/../../b.py",
        "",
        "a" * 300,
        "\ud800.py",
        "a\nb.py",
        "x/" * 20 + "y",
    )
    files = dict.fromkeys(names, b"1") | {"my_tools.py": HELPER, "film.mp4": bytes(45 * 2**20)}
    made = book(
        match=MATCH.format("mean_product(patch, feature)"), cells=["from my_tools import mean_product"]
    )
    marks = graded(made, files=files)
    assert not lost(marks)
    assert "too large, too many or oddly named" in marks.notes[0]
    marks.notes[0].encode()


def test_files_that_do_not_fit_cost_nothing_else():
    made = book(cells=["import os\nopen('full', 'wb').write(b'x')"])
    files = {f"{number}.bin": bytes(13 * 2**20) for number in range(3)} | {"a": b"", "a/b": b""}
    assert not lost(graded(made, files=files))


SLOW = {
    "sleep": "import time\nfor _ in range(1000):\n    time.sleep(0.5)\nrun_{0} = 1",
    "work": "total_{0} = 0\nwhile True:\n    total_{0} += 1",
    "a loop in C": "import itertools\nn_{0} = sum(itertools.repeat(0))",
}


@pytest.mark.slow
@pytest.mark.parametrize("slow", SLOW)
def test_slow_experiments_above_the_exercises_cost_no_point(slow):
    marks = graded(book(cells=[SLOW[slow].format(number) for number in range(9)]), QUICK)
    assert not lost(marks)


@pytest.mark.slow
def test_slow_experiments_are_said():
    marks = graded(book(cells=[SLOW["work"].format(number) for number in range(9)]), QUICK)
    assert any("Cells that were stopped or left out: 9" in note for note in marks.notes)
    assert "other cells had taken too long" in marks.notebook


@pytest.mark.slow
def test_a_slow_experiment_that_seems_to_be_needed_leaves_time_for_what_is():
    cells = [f"image = match = None\nfeature_map = {number}\nwhile True: pass" for number in range(14)]
    assert not lost(graded(book(cells=cells), QUICK))


@pytest.mark.slow
def test_a_slow_experiment_below_a_function_in_its_own_cell_costs_no_point():
    code = MATCH.format("np.mean(patch * feature)") + "\n\nwhile True:\n    match(np.ones(3), np.ones(3))"
    assert not lost(graded(book(match=code), QUICK))


@pytest.mark.slow
def test_a_slow_line_above_the_imports_costs_no_point():
    assert not lost(graded(book("import time\ntime.sleep(1000)"), QUICK))


@pytest.mark.parametrize("level", [BUBBLEWRAP, NAMESPACES])
def test_commands_of_the_shell_have_what_they_need(level):
    code = "files = !ls\n!ls -l | head -3\n" + MATCH.format("np.mean(patch * feature)")
    assert not lost(graded(book(match=code, cells=["!echo hello"]), Settings(level=level)))


def test_pools_of_processes_have_room():
    code = """
        import multiprocessing
        def double(x): return 2 * x
        with multiprocessing.get_context("fork").Pool(4) as pool:
            doubled = pool.map(double, [1, 2, 3])
        assert doubled == [2, 4, 6]
    """
    threads = "from concurrent.futures import *\nThreadPoolExecutor(4).map(abs, [1])"
    marks = graded(book(cells=[code, threads]))
    assert not lost(marks)
    assert "Error" not in marks.notebook


class TestOneExerciseIsAllThatAnAnswerCosts:
    """Whatever goes wrong on the judge's side."""

    @pytest.fixture
    def made(self):
        return book(match=MATCH.format("'oddly'"))

    @staticmethod
    def others(marks):
        return [one.verdict for one in marks.marks if one.exercise == "best_match"]

    @pytest.mark.parametrize("error", [TypeError, OverflowError, RecursionError, MemoryError, KeyError])
    def test_in_judging_it(self, error, made, monkeypatch):
        really = exercise_trial.judge

        def judge(exercise, *more):
            if exercise.name == "match":
                raise error("\ud800 of the grader")
            return really(exercise, *more)

        monkeypatch.setattr(exercise_trial, "judge", judge)
        marks = graded(made)
        assert "could not be judged" in marks.marks[0].sentence
        assert self.others(marks) == ["passed"]

    def test_in_describing_it(self, made, monkeypatch):
        def mark_of(verdict, test):
            if not verdict.passed:
                raise OverflowError("too large")
            return really(verdict, test)

        really = exercise_trial.feedback.mark_of
        monkeypatch.setattr(exercise_trial.feedback, "mark_of", mark_of)
        marks = graded(made)
        assert marks.marks[0].verdict == "wrong"
        assert "could not be described" in marks.marks[0].sentence
        assert self.others(marks) == ["passed"]

    def test_in_showing_it(self, made, monkeypatch):
        def outputs(mark, came_out=None):
            if came_out is not None:
                raise ValueError("cannot be drawn")
            return really(mark, came_out)

        really = notebook_run.feedback.outputs
        monkeypatch.setattr(notebook_run.feedback, "outputs", outputs)
        marks = graded(made)
        assert marks.marks[0].verdict == "wrong"
        assert "match: not right" in marks.notebook
        assert self.others(marks) == ["passed"]

    def test_in_writing_the_notebook(self, made, monkeypatch):
        tried = []

        def to_text(notebook):
            tried.append(notebook)
            if len(tried) < 2:
                raise UnicodeEncodeError("utf-8", "x", 0, 1, "surrogates not allowed")
            return really(notebook)

        really = notebook_run.to_text
        monkeypatch.setattr(notebook_run, "to_text", to_text)
        marks = graded(made)
        assert "match: not right" in marks.notebook
        assert self.others(marks) == ["passed"]


def test_a_machine_that_is_too_busy_is_noted(monkeypatch):
    monkeypatch.setattr(notebook_run, "BACK_STOP", (0, 0.0))
    marks = graded(solved(LESSON))
    assert marks.starved
    monkeypatch.undo()
    assert not graded(solved(LESSON)).starved
