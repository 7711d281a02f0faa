"""The row and the column of the largest value; of equal ones, the first in reading order."""

import numpy as np

from helpers import data, reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """From four values to negative ones, ties, and maps of other shapes."""
    yield Case((np.array([[0.1, 0.9], [0.3, 0.2]]),), "the largest value at the top right")
    yield Case((np.array([[0.1, 0.2, 0.3], [0.9, 0.5, 0.4]]),), "two rows and three columns")
    yield Case((np.array([[-0.9, -0.2], [-0.5, -0.7]]),), "only negative values")
    yield Case((np.array([[-1.0, 0.5, 0.2], [0.1, 0.3, 0.0]]),), "a large negative value")
    yield Case((np.array([[-4.0, -5.0], [-2.0, -3.0], [-6.0, -7.0]]),), "values below -1, as sums have")
    tie = np.array([[0.0, 1.0, 0.2], [1.0, 0.3, 1.0]])
    yield Case((tie,), "a tie, in which the first in reading order wins")
    yield Case((np.array([[0.0, 0.2, 1.0], [1.0, 0.3, 0.1]]),), "a tie between the end of a row and the next")
    yield Case((np.array([[0.2, 0.6], [0.7, 0.1], [0.3, 0.9]]),), "three rows and two columns")
    yield Case((np.array([[0.4, 0.2, 0.9, 0.5]]),), "a single row")
    yield Case((np.array([[2.5, 1.0], [0.0, 4.0]]),), "a value of 1 that is not the largest")
    yield Case((np.array([[3, 7], [9, 1], [8, 9]]),), "whole numbers")
    yield Case((np.zeros((2, 3)),), "all values the same")
    yield Case((reference.filter_image(data.X, data.features["centre"]),), "the X under its centre")
    for shape in [(4, 7), (7, 3), (1, 6), (5, 1)]:
        yield Case((rng.uniform(-1, 1, shape),), f"a random map, {shape[0]} x {shape[1]}")
    yield Case((rng.uniform(-9, -1, (3, 4)),), "a random map of negative values")


exercise = Exercise(
    reference.best_match,
    cases,
    minutes=5,
    whole_numbers=True,
    hints=(
        "Go through all positions and keep the largest value so far together with its row and column.",
        "`np.argmax` gives the place of the largest value, counted through the rows one after another. How many times does "
        "the width of the map go into that place, and what is left over?",
        "By hand: in a map of 2 x 3 the place 4 is row 4 // 3 = 1, column 4 % 3 = 1. `np.unravel_index` does this for you.",
    ),
)


@exercise.model
def best_match(feature_map):
    place = int(np.argmax(feature_map))  # counted through the rows; on a tie the first
    width = feature_map.shape[1]
    return place // width, place % width


@exercise.alternative
def keep_the_largest(feature_map):
    """Works for anything that can be compared, not only for arrays."""
    best = (0, 0)
    for row in range(feature_map.shape[0]):
        for column in range(feature_map.shape[1]):
            if feature_map[row, column] > feature_map[best]:
                best = (row, column)
    return best


@exercise.alternative
def with_divmod(feature_map):
    """Quotient and remainder in one step: short."""
    return divmod(int(np.argmax(feature_map)), feature_map.shape[1])


@exercise.alternative
def first_place_of_the_maximum(feature_map):
    """Finds all positions of the largest value: good when ties matter."""
    return tuple(np.argwhere(feature_map == feature_map.max())[0])


ANSWER = "place // width, place % width"

# -- from the place to row and column ------------------------------------------------------------------------

exercise.slip(
    ANSWER,
    "place",
    name="place_in_one_number",
    when="the place is counted through all rows and not taken apart into row and column",
    hint="`np.argmax` numbers the entries from 0 through all rows. Divide by the width: the quotient is the row, the "
    "remainder the column.",
)
exercise.slip(
    ANSWER,
    "place % width, place // width",
    name="column_before_row",
    when="the column is returned before the row",
    hint="Rows come first, in shapes, in indices and here.",
)
exercise.slip(
    "shape[1]",
    "shape[0]",
    name="divided_by_the_height",
    when="the place is divided by the number of rows instead of the number of columns",
    hint="A row holds as many entries as there are columns: `feature_map.shape[1]`.",
)
exercise.slip(
    "place // width",
    "place // feature_map.shape[0]",
    name="row_by_the_height",
    when="the row is found by dividing by the number of rows",
    hint="A row holds as many entries as there are columns, so divide by the width for the row as well.",
)
exercise.slip(
    "place // width",
    "place / width",
    name="fractional_row",
    when="the row is found by dividing with `/`, which gives a fraction",
    hint="`//` divides without a remainder and gives a whole number, `%` gives the remainder.",
)
exercise.slip(
    "feature_map.shape[1]",
    "7",
    name="always_seven_columns",
    when="the map is taken to be 7 columns wide",
    hint="Maps come in all widths: `feature_map.shape[1]`.",
)
exercise.slip(
    "feature_map.shape[1]",
    "3",
    name="always_three_columns",
    when="the map is taken to be 3 columns wide",
    hint="Maps come in all widths: `feature_map.shape[1]`.",
)
exercise.slip(
    ANSWER,
    "place // width + 1, place % width + 1",
    name="counted_from_one",
    when="rows and columns are counted from 1",
    hint="Python counts from 0: the top left entry is (0, 0).",
)
exercise.slip(
    ANSWER,
    "float(place // width), float(place % width)",
    name="floats_for_whole_numbers",
    when="row and column are right, but come as floats such as 1.0",
    hint="They are used as indices: return ints.",
)

# -- what is looked for --------------------------------------------------------------------------------------

exercise.slip(
    ("return place // width, place % width", "return feature_map.max()"),
    name="largest_value",
    when="the largest value is returned instead of its position",
    hint="The question is where, not how much.",
)
exercise.slip(
    "np.argmax(feature_map)",
    "np.argmax(np.abs(feature_map))",
    name="without_the_sign",
    when="the sign is ignored, so that a strong negative match wins",
    hint="A match of -1 is the worst there is. Look for the largest value, sign included.",
)
exercise.slip(
    "argmax",
    "argmin",
    name="smallest_value",
    when="the smallest value is looked for",
    hint="The best match is the largest value.",
)
exercise.slip(
    "np.argmax(feature_map)",
    "feature_map.size - 1 - np.argmax(feature_map.ravel()[::-1])",
    name="last_in_reading_order",
    when="the last of several equal values wins",
    hint="On a tie the first one in reading order stays: use `>`, not `>=`.",
)
exercise.slip(
    ("np.argmax(feature_map)", "np.argmax(feature_map.T)"),
    ("width = feature_map.shape[1]", "height = feature_map.shape[0]"),
    (ANSWER, "place % height, place // height"),
    name="first_column_by_column",
    when="the first of several equal values is looked for column by column",
    hint="Reading order goes along the rows: the loop over rows is the outer one.",
)
exercise.slip(
    ANSWER,
    "int(np.argmax(feature_map.max(axis=1))), int(np.argmax(feature_map.max(axis=0)))",
    name="row_and_column_apart",
    when="the best row and the best column are looked for independently",
    hint="Where several values are equal, the best row of one and the best column of another do not belong together. "
    "Find one position, then take it apart.",
)
exercise.slip(
    ANSWER,
    "np.argmax(feature_map, axis=0)",
    name="largest_in_each_column",
    when="the largest value is looked for in each column",
    hint="With an axis, `np.argmax` answers for each column by itself. Leave the axis out and take the place apart.",
)
exercise.slip(
    ANSWER,
    "np.argmax(feature_map, axis=1)",
    name="largest_in_each_row",
    when="the largest value is looked for in each row",
    hint="With an axis, `np.argmax` answers for each row by itself. Leave the axis out and take the place apart.",
)
exercise.slip(
    "np.argmax(feature_map))",
    "np.argmax(feature_map.sum(axis=1))) * feature_map.shape[1]\n"
    "    place += int(np.argmax(feature_map[place // feature_map.shape[1]]))",
    name="row_with_the_largest_sum",
    when="the row with the largest sum is taken, and the largest value in it",
    hint="The largest value of all may be in a row of otherwise small ones. Look for the value, not for the row.",
)
BOTH_AXES = {
    "name": "along_both_axes",
    "when": "the largest value is looked for in each column and in each row, and both answers are returned",
    "hint": "With an axis, `np.argmax` answers for each column or row by itself. Leave the axis out and take the place apart.",
}
exercise.slip(ANSWER, "np.argmax(feature_map, axis=0), np.argmax(feature_map, axis=1)", **BOTH_AXES)
exercise.slip(ANSWER, "np.argmax(feature_map, axis=1), np.argmax(feature_map, axis=0)", **BOTH_AXES)
exercise.slip(
    ANSWER,
    "int(np.argmax(feature_map, axis=0)[0]), int(np.argmax(feature_map, axis=1)[0])",
    name="first_row_and_column",
    when="the largest value is looked for in the first column and in the first row",
    hint="The largest value may be anywhere. `np.argmax` without an axis goes through the whole map.",
)
exercise.slip(
    ANSWER,
    "int(np.argmax(feature_map, axis=0).max()), int(np.argmax(feature_map, axis=1).max())",
    name="largest_places",
    when="the largest of the columns' places and the largest of the rows' places are taken",
    hint="`np.argmax` with an axis gives places, and the largest place says nothing about values. Leave the axis out.",
)
exercise.slip(
    ANSWER,
    "np.where(feature_map == feature_map.max())",
    name="answer_of_where",
    when="the answer of `np.where` is returned as it is: all rows, then all columns",
    hint="`np.where` answers for every position at which the condition holds. You want one row and one column: the first.",
)
exercise.slip(
    ANSWER,
    "np.argwhere(feature_map == feature_map.max())",
    name="all_positions",
    when="all positions of the largest value are returned",
    hint="`np.argwhere` lists every position at which the condition holds. You want the first.",
)
exercise.slip("return " + ANSWER, "print((place // width, place % width))", **common.PRINTED)

# -- no edits: loops -----------------------------------------------------------------------------------------


@exercise.mistake(when=common.STARTED_AT_ZERO["when"], hint=common.STARTED_AT_ZERO["hint"])
def started_at_zero(feature_map):
    largest, best = 0, (0, 0)
    for row in range(feature_map.shape[0]):
        for column in range(feature_map.shape[1]):
            if feature_map[row, column] > largest:
                largest, best = feature_map[row, column], (row, column)
    return best


exercise.edited_form("started_at_zero", started_at_zero, "0, (0, 0)", "0, None")
exercise.edited(
    started_at_zero,
    "] > largest",
    "] >= largest",
    name="started_at_zero_and_last",
    when="the search starts at 0, and of equal values the last is taken (`>=`)",
    hint="Start with the first entry of the map, or with `-np.inf`. And of equal values keep the one that came first: "
    "only something larger replaces it.",
)
exercise.edited_form("started_at_zero", started_at_zero, "0, (0, 0)", "0, ()")
exercise.edited_form("started_at_zero", started_at_zero, "largest, best = 0, (0, 0)", "largest = 0")
exercise.edited_form(
    "started_at_zero",
    started_at_zero,
    ("largest, best = 0, (0, 0)", "largest, best_row, best_column = 0, None, None"),
    (
        "largest, best = feature_map[row, column], (row, column)",
        "largest, best_row, best_column = feature_map[row, column], row, column",
    ),
    ("return best", "return best_row, best_column"),
)


@exercise.mistake(
    when="the search starts at -1, so that nothing is found among smaller values",
    hint="Start with the first entry of the map, or with `-np.inf`: nothing says how small its values are.",
)
def started_at_minus_one(feature_map):
    largest, best = -1, (0, 0)
    for row in range(feature_map.shape[0]):
        for column in range(feature_map.shape[1]):
            if feature_map[row, column] > largest:
                largest, best = feature_map[row, column], (row, column)
    return best


exercise.edited_form("started_at_minus_one", started_at_minus_one, "-1, (0, 0)", "-1, None")


@exercise.mistake(
    when="the position is remembered but the largest value so far is not",
    hint="Where a larger value is found, two things change: the position and the largest value so far.",
)
def forgets_the_largest(feature_map):
    largest, best = feature_map[0, 0], (0, 0)
    for row in range(feature_map.shape[0]):
        for column in range(feature_map.shape[1]):
            if feature_map[row, column] > largest:
                best = (row, column)
    return best


exercise.edited_form(
    "forgets_the_largest", forgets_the_largest, "feature_map[0, 0], (0, 0)", "-np.inf, (0, 0)"
)


@exercise.mistake(
    when="the search starts from the beginning in every row, so that only the last row decides",
    hint="Start once, above both loops: inside, only replace what you have found by something larger.",
)
def started_again(feature_map):
    for row in range(feature_map.shape[0]):
        largest, best = -np.inf, (0, 0)
        for column in range(feature_map.shape[1]):
            if feature_map[row, column] > largest:
                largest, best = feature_map[row, column], (row, column)
    return best


@exercise.mistake(when=common.IN_THE_LOOP["when"], hint=common.IN_THE_LOOP["hint"])
def returned_in_the_loop(feature_map):
    largest, best = -np.inf, (0, 0)
    for row in range(feature_map.shape[0]):
        for column in range(feature_map.shape[1]):
            if feature_map[row, column] > largest:
                largest, best = feature_map[row, column], (row, column)
        return best


@exercise.mistake(
    when="a value of exactly 1 is looked for",
    hint="The largest value of a map may be smaller than 1, or larger.",
)
def looks_for_one(feature_map):
    for row in range(feature_map.shape[0]):
        for column in range(feature_map.shape[1]):
            if feature_map[row, column] == 1:
                return row, column


@exercise.mistake(
    when="the first of all positions with a value of exactly 1 is taken",
    hint="The largest value of a map may be smaller than 1, or larger.",
)
def first_of_the_ones(feature_map):
    return tuple(np.argwhere(feature_map == 1)[0])


for name in ("row", "column"):
    exercise.equivalent_mutant(
        f"int({name}) -> {name}",
        because="A whole number of NumPy's indexes as well as one of Python's.",
    )

exercise.slip(
    "int(np.argmax(feature_map))",
    "int(np.argmin(np.abs(feature_map - 1)))",
    name="nearest_to_one",
    when="the value that is nearest to 1 is looked for",
    hint="1 is the largest match there is, but other maps hold larger values. Look for the largest, whatever it is.",
)

# -- variants ------------------------------------------------------------------------------------------------

exercise.can_be("first_in_reading_order", when="the first of several equal values wins")
exercise.can_be(
    "last_in_reading_order",
    when="the last of several equal values wins",
    asked=(
        (
            "if several are equal, the first in reading order",
            "if several are equal, the last in reading order",
        ),
    ),
    edits=(
        ("np.argmax", "ties.argmax"),
        ("np.argmin", "ties.argmin"),
        ("] > feature_map[best]", "] >= feature_map[best]"),
        ("] > largest", "] >= largest"),
        ("feature_map.max())[0]", "feature_map.max())[-1]"),
        ("(feature_map == 1)[0]", "(feature_map == 1)[-1]"),
    ),
    said=(
        ("a tie, in which the first in reading order wins", "a tie, in which the last in reading order wins"),
        ("the first of several equal values is looked for", "the last of several equal values is looked for"),
        ("You want one row and one column: the first.", "You want one row and one column: the last."),
        ("You want the first.", "You want the last."),
        (
            "`np.argmax` gives the place of the largest value, counted through the rows one after another.",
            "`np.argmax` gives the place of the first of the largest values, counted through the rows one after another; "
            "if the map is read backwards, that is the last one.",
        ),
    ),
    without=("started_at_zero_and_last",),
    gone=("first in reading order", "You want the first"),
)


@exercise.example_from
def example(rng):
    """A map whose largest value comes twice: further left below, and further right above."""
    values = rng.choice(np.arange(1, 8), 6, replace=False).reshape(2, 3) / 10
    left = rng.integers(2)
    values[0, left + 1] = values[1, left] = 0.9
    return (f"best_match(np.array({values.tolist()}))",)
