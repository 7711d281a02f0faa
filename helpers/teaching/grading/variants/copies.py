"""A student's own copy of a released lesson: what it asks, its examples, and a line that tells `check`."""

import copy
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
from helpers.teaching.grading.variants.line import line_for

_EXAMPLES = re.compile(r'(?<=    Examples\n    --------\n).*?(?=    """)', re.DOTALL)
_IMPORTS = re.compile(r"^from helpers import ", re.MULTILINE)


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
        _ask(notebook["cells"], exercises.find(name), variant, numbers_for(term, student, name))
    _add_line(notebook["cells"], own)
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


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


def require_fit(cells: list[dict], exercise: Exercise, variant: str) -> None:
    """Raise `Refused` if a released notebook cannot be made to ask for a variant; no cell is changed."""
    _ask(copy.deepcopy(cells), exercise, variant, np.random.default_rng(0))


def _ask(cells: list[dict], exercise: Exercise, name: str, rng: np.random.Generator) -> None:
    """Make a lesson ask for a variant of an exercise, and show an example of it."""
    try:
        variant = exercise.variants[name]
        edit_lesson(cells, variant)
        cell = _exercise_cell(cells, exercise.name)
        _write(cell, _replaced_example(_text(cell), example_of(exercise, variant, rng)))
        _tell_of_suspect(cells, exercise, variant)
    except LookupError as error:
        raise Refused(
            f"The released notebook does not fit the variant {name} of `{exercise.name}`: {error.args[0]}. "
            'Build and release the lesson again, or switch variants off with c.Variants.term = "".'
        ) from None


def edit_lesson(cells: list[dict], variant: Variant) -> None:
    """Edit a lesson's cells so that they ask for a variant; each edit must apply just once."""
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


def _tell_of_suspect(cells: list[dict], exercise: Exercise, variant: Variant) -> None:
    """Say by which rule a lesson's suspect is judged, if it has one and the copy's rule is another."""
    plain = next((other for other in exercise.variants.values() if other.is_plain), variant)
    for cell in cells:
        if cell["cell_type"] == "markdown" and f"`suspects.{exercise.name}`" in _text(cell):
            if plain is not variant:
                said = f"(It goes by the rule of the published lesson, in which {plain.when}.)"
                _write(cell, f"{_text(cell)}\n\n{said}")
            return


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
            _write(cell, f"{_text(cell)}\n\n{line_for(own)}")
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
