"""A table with its columns in another order, the same order for all rows."""

import numpy as np

from helpers import data, reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """Two rows, one row, a square, fractions, whole numbers, one column, then random tables."""
    yield Case((np.array([[1.0, 5.0, 3.0], [4.0, 2.0, 9.0]]), np.array([2, 0, 1])), "two rows, three columns")
    yield Case(
        (np.array([[5.0, 1.0, 4.0, 2.0]]), np.array([1, 2, 3, 0])), "one row; every column moves by one"
    )
    square = np.array([[7.0, 0.0, 3.0], [1.0, 8.0, 2.0], [6.0, 4.0, 9.0]])
    yield Case((square, np.array([1, 2, 0])), "as many rows as columns")
    yield Case((np.array([[0.5, 2.75, 1.25]]), np.array([2, 0, 1])), "fractions")
    yield Case(
        (np.array([[5.0, 7.0], [6.0, 8.0], [9.0, 3.0]]), np.array([0, 1])), "an order that changes nothing"
    )
    neighbours = np.array([[3.0, 0.0, 8.0, 1.0], [9.0, 5.0, 2.0, 6.0], [4.0, 7.0, 11.0, 10.0]])
    yield Case((neighbours, np.array([1, 0, 3, 2])), "neighbours change places")
    yield Case((np.array([[1.0], [2.0], [4.0]]), np.array([0])), "one column")
    pictures = np.stack([data.X, data.O]).reshape(2, -1)
    yield Case((pictures, rng.permutation(81)), "the X and the O, a row each, their 81 pixels shuffled")
    yield Case((rng.integers(0, 9, (3, 5)), np.array([4, 2, 0, 3, 1])), "whole numbers")
    for rows, columns in [(5, 3), (2, 7), (6, 6), (4, 9)]:
        about = f"random: {rows} rows, {columns} columns"
        yield Case((rng.uniform(-1, 1, (rows, columns)), rng.permutation(columns)), about)
    yield Case(
        (rng.uniform(-1, 1, (3, 6)).astype(np.float32), rng.permutation(6)), "random values of type float32"
    )


exercise = Exercise(
    reference.shuffle_columns,
    cases,
    minutes=2,
    hints=(
        "Which column of the table is column 0 of the result? `order[0]` tells you.",
        "An index may also be a list of numbers: `array[[2, 0, 1]]` takes entries 2, 0 and 1 in this order. Which of "
        "the two axes is to be shuffled?",
        "By hand: the table [[1, 2, 3], [4, 5, 6]] with the order (2, 0, 1): first column 2, (3, 6), then column 0, "
        "(1, 4), then column 1, (2, 5). So [[3, 1, 2], [6, 4, 5]].",
    ),
)


@exercise.model
def shuffle_columns(table, order):
    return table[:, order]


@exercise.alternative
def column_by_column(table, order):
    """Says where each column goes: good for following it."""
    shuffled = np.zeros_like(table)
    for place, column in enumerate(order):
        shuffled[:, place] = table[:, column]
    return shuffled


exercise.puzzle(
    column_by_column,
    ("shuffled[:, place] = table[:, column]", "shuffled[:, column] = table[:, place]"),
    ("for place, column in enumerate(order):", "for place, column in enumerate(sorted(order)):"),
)


@exercise.alternative
def row_by_row(table, order):
    """Plain Python lists: it needs no NumPy to be understood."""
    return np.array([[row[column] for column in order] for row in table])


@exercise.alternative
def taken_along_the_columns(table, order):
    """Names the axis: the same line shuffles rows with `axis=0`."""
    return np.take(table, order, axis=1)


LINE, TAKEN = "return table[:, order]", "table[:, order]"

# -- which axis ----------------------------------------------------------------------------------------------

exercise.slip(
    TAKEN,
    "table[order]",
    name="rows_shuffled",
    when="the rows are shuffled",
    hint="`table[order]` takes rows, and so does `table[:][order]`. The columns are the second axis: `table[:, ...]`.",
)
exercise.slip(
    TAKEN,
    "table[order, order]",
    name="along_a_diagonal",
    when="both axes are given the order: `table[order, order]` walks along a diagonal",
    hint="A lone `:` takes all rows: `table[:, ...]`.",
)
exercise.slip(
    TAKEN,
    "table[np.ix_([row for row in order if row < len(table)], order)]",
    name="rows_and_columns",
    when="rows and columns are both taken from the order",
    hint="Rows keep their places: only the second axis is shuffled. A lone `:` takes all rows.",
)
exercise.slip(
    TAKEN,
    "np.take(table, order)",
    name="taken_without_an_axis",
    when="`np.take` is used without an axis, so that it counts through the whole table",
    hint="`np.take(table, order, axis=...)`: without an axis it looks at the table as one long row.",
)
exercise.slip(
    LINE,
    "table = table.copy()\n    table[0] = table[0, order]\n    return table",
    name="first_row_only",
    when="only the first row is shuffled",
    hint="The same order for all rows. A lone `:` takes them all.",
)

# -- which way -----------------------------------------------------------------------------------------------

exercise.slip(
    TAKEN,
    "table[:, np.argsort(order)]",
    name="the_other_way_round",
    when="the order is turned round: column j of the table goes to place order[j]",
    hint="Column j of the *result* is column `order[j]` of the table: read from `order[j]`, write to j.",
)
exercise.slip(
    TAKEN,
    "np.take(table, order, axis=1)[:, order]",
    name="twice",
    when="the order is applied twice",
    hint="Once is enough: column j of the result is column `order[j]` of the table.",
)
exercise.slip(
    TAKEN,
    "table[:, order - 1]",
    name="counted_from_one",
    when="the columns are counted from 1",
    hint="`order` counts from 0, as Python does: take its numbers as they are.",
)
exercise.slip(
    TAKEN,
    "table[:, ::-1]",
    name="turned_round",
    when="the columns are turned round, whatever the order says",
    hint="Column j of the result is column `order[j]` of the table.",
)
exercise.slip(
    TAKEN,
    "table[:, order[::-1]]",
    name="order_backwards",
    when="the order is read backwards",
    hint="Column 0 of the result is column `order[0]` of the table, the first number of the order.",
)
exercise.slip(
    LINE,
    "return table.copy()",
    name="nothing_done",
    when="the table is returned as it is",
    hint="`np.take` and indexing make a new array and leave the old one. Return what they make.",
)
exercise.slip(
    TAKEN,
    "np.sort(table, axis=1)",
    name="values_sorted",
    when="the values of each row are sorted",
    hint="`order` says which column goes where; the values do not matter.",
)
exercise.slip(
    TAKEN,
    "np.stack([row[np.roll(order, number)] for number, row in enumerate(table)])",
    name="every_row_in_its_own_order",
    when="every row is shuffled a little further than the row above",
    hint="The same order for all rows: otherwise a column would no longer hold the same thing in all of them.",
)

# -- reading what has been written ---------------------------------------------------------------------------

exercise.slip(LINE, "table[:] = table[:, order]\n    return table", **common.IN_PLACE)
exercise.slip(
    LINE,
    "shuffled = table\n    for place, column in enumerate(order):\n"
    "        shuffled[:, place] = table[:, column]\n    return shuffled",
    name="overwrites_the_table",
    when="the table's own columns are overwritten one after the other, while they are still to be read",
    hint="`shuffled = table` is not a copy but a second name for the same array. Make a new one: `np.zeros_like(table)`.",
)
exercise.slip(
    LINE,
    "shuffled = table.copy()\n    for place, column in enumerate(order):\n"
    "        shuffled[:, place] = shuffled[:, column]\n    return shuffled",
    name="reads_what_it_wrote",
    when="columns are read from an array in which some have been replaced already",
    hint="Read from `table` and write into another array: a column that is overwritten before it is read is lost.",
)
exercise.slip(
    LINE,
    "shuffled = table.copy()\n    for place, column in enumerate(order):\n"
    "        shuffled[:, [place, column]] = shuffled[:, [column, place]]\n    return shuffled",
    name="pair_by_pair",
    when="columns change places pair by pair, one pair after the other",
    hint="After the first swap the columns are no longer where `order` counts them. Take each from the table as it was.",
)

# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip(TAKEN, "table[:, order].T", **common.SWAPPED)
exercise.slip(
    LINE,
    "for column in order:\n        return table[:, column]",
    name="first_column_only",
    when="only the first column is returned",
    hint="A `return` inside the loop ends it after the first column.",
)
exercise.slip(TAKEN, "table[:, order].tolist()", **common.LIST)
exercise.slip(TAKEN, "table[:, order].astype(int)", **common.WHOLE_NUMBERS)


@exercise.mistake(
    when="rows are shuffled instead of columns, as far as the order has numbers for them",
    hint="The rows keep their places. The columns are the second axis: `table[:, ...]`.",
)
def rows_in_a_loop(table, order):
    shuffled = table.copy()
    for place, row in enumerate(order):
        if place < len(table) and row < len(table):
            shuffled[place] = table[row]
    return shuffled


exercise.slip(
    "table[:, order]",
    "np.roll(table, order[0], axis=1)",
    name="rolled",
    when="all columns are moved on by `order[0]` places, and those that fall off come back at the front",
    hint="`order` has an entry for each column: `order[1]` says which one comes second.",
)
