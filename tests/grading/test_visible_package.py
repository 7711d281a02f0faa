"""What learners' code is shown of the course's package: no answer to the lesson, and nothing built on one."""

import ast
import subprocess
import sys

import pytest

from helpers import exercises
from helpers.teaching.grading.sandbox.visible_package import visible_files, visible_mathematics


def defined(files):
    """The functions and classes that some files define."""
    trees = [ast.parse(text) for name, text in files.items() if name.endswith(".py")]
    return {
        node.name for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }


def asked(lessons):
    """The functions that the exercises of some lessons ask for, where the mathematics has them."""
    references = [exercise.reference for lesson in lessons for exercise in exercises.of_lesson(lesson)]
    return {
        function.__name__ for function in references if function.__module__.startswith("helpers.reference")
    }


@pytest.mark.parametrize("lesson", exercises.LESSONS)
class TestWhatIsShown:
    """For each lesson."""

    def test_no_answer_of_this_lesson_or_a_later_one_is_there(self, lesson):
        later = exercises.LESSONS[exercises.LESSONS.index(lesson) :]
        assert not defined(visible_mathematics(lesson)) & asked(later)

    def test_the_functions_of_earlier_lessons_are_there(self, lesson):
        earlier = asked(exercises.LESSONS[: exercises.LESSONS.index(lesson)])
        tainted = {"true_convolution"}
        assert earlier - defined(visible_mathematics(lesson)) <= tainted

    def test_there_are_no_exercises_no_mistakes_and_no_judge(self, lesson):
        files = visible_files(lesson)
        assert not [name for name in files if "exercises" in name or "teaching" in name or "judging" in name]
        sources = "".join(text for name, text in files.items() if name.startswith("helpers/"))
        for exercise in exercises.of_lesson(lesson):
            assert not [mistake.name for mistake in exercise.mistakes if f"def {mistake.name}(" in sources]

    def test_it_can_be_imported_and_says_what_is_missing(self, lesson, tmp_path):
        for name, text in visible_files(lesson).items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        name = exercises.of_lesson(lesson)[0].name
        code = (
            "from helpers import check, data, hint, progress, reference, show, yours\n"
            f"try:\n    reference.{name}\nexcept Exception as problem:\n    print(problem)\n"
            "print([part for part in reference.__dict__.values() if callable(part)] != [])"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        said, usable = done.stdout.splitlines()
        assert f"`reference.{name}` is not there during grading" in said
        assert usable == "True"
