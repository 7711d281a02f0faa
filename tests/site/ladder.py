"""What puzzles and other ways say in the browser's Python; `test_ladder.py` compares it with ours."""

import json

from helpers import exercises
from helpers.checking import puzzling, timing
from helpers.learning.other_ways import other_ways_than
from helpers.learning.puzzles import puzzle_of
from helpers.learning.surroundings import widgets_run

NAMES = ("match", "filter_image", "parse_pattern", "torch_network")


def found():
    """For some exercises: what is said about orders that are right, wrong, and never end."""
    rows = []
    for name in NAMES:
        made = puzzle_of(exercises.find(name))
        right = list(made.solution)
        orders = [right, right[:-1], right[::-1], [(n, 0) for n, _ in right]]
        for number in made.wrong:
            place = made.pieces[number - 1].instead_of
            orders.append([*right[:place], (number, right[place][1]), *right[place + 1 :]])
        for order in orders:
            judged = puzzling.judged(made, order)
            rows.append([name, judged.solved, judged.stays])
        exercise = exercises.find(name)
        rows.append([way.name for way in other_ways_than(exercise, exercise.alternatives[0])])
    return rows


def that_never_ends():
    """What is said about a loop whose text never changes."""
    made = puzzle_of(exercises.find("parse_pattern"))
    order = [
        one for one in made.solution if not made.pieces[one[0] - 1].text.startswith("text = text.replace")
    ]
    judged = puzzling.judged(made, order)
    return [judged.solved, judged.stays]


def is_faster():
    """Whether the model of `match` is measured to be faster than another way."""
    exercise = exercises.find("match")
    return timing.compared(exercise, exercise.alternatives[0], [exercise.solution]).ratios[0] > 1


def answered(_request):
    """All of it as JSON."""
    answer = {
        "rows": found(),
        "never": that_never_ends(),
        "widgets": widgets_run(),
        "faster": any(is_faster() for _ in range(5)),  # on a busy machine one measurement may say otherwise
    }
    return json.dumps(answer)
