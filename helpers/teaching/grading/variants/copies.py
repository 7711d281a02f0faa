"""A student's own copy of a released lesson: what it asks, its examples, and a line that says so to `check`."""

import json
import re
from collections.abc import Callable, Iterator

import numpy as np

from helpers import exercises, reference
from helpers.exercises.model import Exercise
from helpers.exercises.variant import Variant
from helpers.exercises.variants import answer_to
from helpers.teaching.grading.messages import Refused
from helpers.teaching.grading.variants.choice import chosen, numbers_for

_EXAMPLES = re.compile(r'(?<=    Examples\n    --------\n).*?(?=    """)', re.DOTALL)
_IMPORTS = re.compile(r"^from helpers import ", re.MULTILINE)
_LINE = re.compile(r"^variants\.use\((?P<said>[\w=\", ]*)\)", re.MULTILINE)
_SAID = re.compile(r'(\w+)="(\w+)"')


def copy_for(released: str, lesson: str, term: str, student: str) -> str:
    """The text of a student's own copy of a released notebook; the same text if nothing in it varies.

    Raises
    ------
    Refused
        If the released notebook is not the one that the variants were written for.
    """
    own = chosen(term, student, lesson)
    if not own:
        return released
    notebook = json.loads(released)
    for name, variant in own.items():
        exercise = exercises.find(name)
        try:
            _ask(notebook["cells"], exercise, exercise.variants[variant])
            cell = _exercise_cell(notebook["cells"], name)
            example = example_of(exercise, exercise.variants[variant], numbers_for(term, student, name))
            _write(cell, _replaced_example(_text(cell), example))
        except LookupError as error:
            raise Refused(f"{lesson}, {name}, variant {variant}: {error.args[0]}") from None
    _add_line(notebook["cells"], own)
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def said_in(text: str) -> dict[str, str]:
    """The variants that a copy's own line names; none in a notebook as it is released."""
    line = _LINE.search(text)
    return dict(_SAID.findall(line["said"])) if line else {}


def example_of(exercise: Exercise, variant: Variant, rng: np.random.Generator) -> str:
    """The lines of a docstring's example, with what the variant returns."""
    if exercise.example is None:
        raise LookupError("it has no example that can be drawn")
    scope = {"np": np, "reference": reference, exercise.name: answer_to(exercise, variant)}
    return "".join(f"    {line}\n" for source in exercise.example(rng) for line in _session(source, scope))


def _session(source: str, scope: dict) -> Iterator[str]:
    """A line as it is typed into Python, and what Python answers."""
    yield f">>> {source}"
    try:
        code = compile(source, "<example>", "eval")
    except SyntaxError:
        exec(source, scope)
        return
    yield from repr(eval(code, scope)).splitlines()


def _ask(cells: list[dict], exercise: Exercise, variant: Variant) -> None:
    """Edit the lesson so that it asks for a variant; each edit must apply just once."""
    for before, after in variant.asked:
        pattern = re.compile(r"\s+".join(map(re.escape, before.split())))
        found = [(cell, len(pattern.findall(_text(cell)))) for cell in cells]
        count = sum(times for _, times in found)
        if count != 1:
            raise LookupError(f"{before!r} is in the released notebook {count} times, not once")
        cell = next(cell for cell, times in found if times)
        _write(cell, pattern.sub(_always(after), _text(cell)))


def _always(text: str) -> Callable[[re.Match], str]:
    return lambda _: text


def _exercise_cell(cells: list[dict], name: str) -> dict:
    for cell in cells:
        graded = cell["metadata"].get("nbgrader", {})
        if graded.get("grade_id") == name and graded.get("solution"):
            return cell
    raise LookupError("the released notebook has no cell for it")


def _replaced_example(source: str, example: str) -> str:
    if len(_EXAMPLES.findall(source)) != 1:
        raise LookupError("its docstring has no section of examples")
    return _EXAMPLES.sub(_always(example), source)


def _add_line(cells: list[dict], own: dict[str, str]) -> None:
    """Say below the imports which variants `check` must use."""
    for cell in cells:
        if cell["cell_type"] == "code" and _IMPORTS.search(_text(cell)):
            said = ", ".join(f'{name}="{variant}"' for name, variant in own.items())
            more = f"\n\nfrom helpers import variants\n\nvariants.use({said})  # this copy of the lesson is yours"
            _write(cell, _text(cell) + more)
            return
    raise Refused("The released notebook has no cell that imports the course's helpers.")


def _text(cell: dict) -> str:
    return "".join(cell["source"])


def _write(cell: dict, text: str) -> None:
    """Give a cell another text, and the checksum by which it is seen whether somebody has worked in it."""
    cell["source"] = text.splitlines(keepends=True)
    if "checksum" in cell["metadata"].get("nbgrader", {}):
        from nbformat import from_dict
        from nbgrader.utils import compute_checksum

        cell["metadata"]["nbgrader"]["checksum"] = compute_checksum(from_dict(cell | {"source": text}))
