"""What a lesson prints for a student with variants: ``python -m tests.lessons.with_variants 02_filtering``.

The notebook runs as it is released and as a student's own copy, both with right answers. Prints the id of
each cell whose output differs, with both outputs.
"""

import contextlib
import io
import json
import os
import sys
import tempfile

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from helpers import exercises
from helpers.exercises.variants import varied
from helpers.teaching.grading.variants.line import line_for
from tests.grading.copies import _solved, _written
from tests.grading.lessons import notebook, solutions


def outputs(lesson, own):
    """By cell: what it prints and shows as text, in a process of its own."""
    with tempfile.TemporaryFile("w+") as answer:
        if (child := os.fork()) == 0:
            with contextlib.redirect_stderr(io.StringIO()):
                json.dump(_run(lesson, own), answer)
            answer.flush()
            os._exit(0)
        os.waitpid(child, 0)
        answer.seek(0)
        return json.load(answer)


def _run(lesson, own):
    os.environ["COURSE_PROGRESS"] = os.path.join(tempfile.mkdtemp(), "progress.jsonl")
    shell = InteractiveShell.instance(history_length=0)
    shell.history_manager.enabled = False
    said, line = {}, line_for(own) if own else ""
    for cell in notebook(lesson).cells:
        if cell.cell_type == "code":
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            source = _answer(lesson, own, name) if name in solutions(lesson) else cell.source
            if line and "from helpers import" in source:
                source, line = f"{source}\n\n{line}", ""
            with capture_output() as captured:
                shell.run_cell(source, store_history=False)
            shown = [output.data.get("text/plain", "") for output in captured.outputs]
            said[cell.id] = "\n".join([captured.stdout, *map(str, shown)])
    return said


def _answer(lesson, own, name):
    if name in own:
        return _written(exercises.find(name), own[name])
    return _solved(solutions(lesson)[name])


def main(lesson):
    """Compare each variant of the lesson's exercises with the lesson as it is released."""
    plain = outputs(lesson, {})
    for name, variants in varied(lesson).items():
        for variant in variants:
            if not exercises.find(name).variants[variant].is_plain:
                got = outputs(lesson, {name: variant})
                for cell, said in plain.items():
                    if got.get(cell) != said:
                        print(f"--- {lesson}, {name}, {variant}, cell {cell}:\n{said}\n+++\n{got.get(cell)}")
                print(f"{lesson}, {name}, {variant}: {len(plain)} cells compared")


if __name__ == "__main__":
    main(sys.argv[1])
