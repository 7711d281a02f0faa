"""What learners must find out themselves: no page may show it."""

import ast

from helpers import exercises
from helpers.teaching.building.lesson import read
from helpers.teaching.building.release import is_telling, secrets, squeeze
from helpers.teaching.course import PACKAGE, Course

COURSE = Course(PACKAGE.parent)


def hidden_lines():
    """What learners must find out, squeezed: the lines of all solutions, models and model answers."""
    found = {line for line, _ in secrets(read(COURSE.script(name)) for name in COURSE.lessons())}
    for exercise in exercises.everything().values():
        (function,) = ast.parse(exercise.model_text).body
        body = exercise.model_text.splitlines()[function.body[0].lineno - 1 :]  # learners see the signature
        code = [line.partition("#")[0] for line in body]
        found |= {squeeze(line) for line in code if is_telling(line)}
    return found
