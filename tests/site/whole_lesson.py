"""A whole lesson in a browser, with everything solved: what is not as it should be, and how long it took."""

import json
from dataclasses import dataclass, field

from tests.lessons.skipping import cells_of, is_exercise
from tests.site import lesson_in_browser as lesson

TIME_CELLS = """
import time as _time
_seconds = {}
def _start(info): _seconds[info.raw_cell.strip()] = -_time.perf_counter()
def _end(done): _seconds[done.info.raw_cell.strip()] += _time.perf_counter()
get_ipython().events.register("pre_run_cell", _start)
get_ipython().events.register("post_run_cell", _end)
"""
TELL_TIMES = """
import json as _json
print(_json.dumps({cell: seconds for cell, seconds in _seconds.items() if seconds > 0}))
"""


@dataclass
class Whole:
    """What came of a lesson: cells whose outputs are not as in the solution, and seconds by cell."""

    wrong: list = field(default_factory=list)
    seconds: dict = field(default_factory=dict)

    @property
    def slowest(self):
        """The cells that took longest, with their seconds."""
        return sorted(self.seconds.items(), key=lambda pair: -pair[1])[:3]


def run_whole(browser, site, name):
    """Open a lesson, write all solutions into it, and run all cells."""
    expected = [solved for solved, _ in cells_of(name)]
    lesson.open_lesson(browser, site, name)
    write_solutions(browser, {cell.id: cell.source for cell in expected if is_exercise(cell)})
    lesson.python(browser, TIME_CELLS)
    lesson.run_all(browser)
    got = {cell["id"]: cell for cell in lesson.cells(browser)}
    seconds = json.loads(lesson.python(browser, TELL_TIMES))
    wrong = [(cell.id, *pair) for cell in expected if (pair := differing(cell, got[cell.id]))]
    return Whole(wrong, {cell.id: seconds.get(cell.source.strip(), 0) for cell in expected})


def write_solutions(browser, solutions):
    """Replace what is in the cells of exercises."""
    browser.evaluate(
        f"""(() => {{
            const solutions = {json.dumps(solutions)};
            for (const {{ model }} of {lesson.PANEL}.content.widgets)
                if (model.id in solutions) model.sharedModel.setSource(solutions[model.id]);
        }})()"""
    )


def differing(solved, cell):
    """What came out of a cell, and which kinds of output should have, if that is not so."""
    got, wanted = kinds(cell["outputs"]), kinds(solved.outputs)
    text = "\n".join(map(lesson.text_of, cell["outputs"]))
    not_passed = solved.metadata.get("nbgrader", {}).get("grade") and "passed" not in text
    as_it_should = cell["execution_count"] and got == wanted and not not_passed
    return None if as_it_should else (text, sorted(wanted))


def kinds(outputs):
    """Which kinds of output there are: errors by name, what was printed, what was shown."""
    named = {output.get("ename") or output.get("name") or "shown" for output in outputs} - {"stderr"}
    return {error_name(kind) for kind in named}


def error_name(text):
    """The name of an error, of which the browser's kernel tells more; any other name as it is.

    >>> error_name("<class 'helpers.learning.errors.NotPassed'>")
    'NotPassed'
    """
    return text.split("'")[1].rpartition(".")[2] if text.startswith("<class") else text
