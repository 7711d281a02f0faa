"""Answers to best_match."""

import numpy as np

from tests.bank import right, wrong


@right
def unravelled(feature_map):
    return np.unravel_index(feature_map.argmax(), feature_map.shape)


@right
def first_of_where(feature_map):
    rows, columns = np.where(feature_map == np.max(feature_map))
    return rows[0], columns[0]


@right
def strongest_row_first(feature_map):
    strongest = [max(row) for row in feature_map.tolist()]
    row = strongest.index(max(strongest))
    return row, feature_map.tolist()[row].index(strongest[row])


@right
def sorted_positions(feature_map):
    h, w = feature_map.shape
    places = [(-feature_map[i, j], i, j) for i in range(h) for j in range(w)]
    return list(sorted(places)[0][1:])


@wrong("started_at_zero", never="exactly 1|nothing \\(None\\). Does")
def none_to_start_with(feature_map):
    best, where = 0, None
    for i in range(len(feature_map)):
        for j in range(len(feature_map[0])):
            if feature_map[i][j] > best:
                best = feature_map[i][j]
                where = (i, j)
    return where


@wrong("started_at_zero", says="UnboundLocalError")
def no_start_at_all(feature_map):
    best = 0
    for i, row in enumerate(feature_map):
        for j, value in enumerate(row):
            if value > best:
                best = value
                position = i, j
    return position


@wrong("started_at_zero")
def zero_zero_zero(feature_map):
    best, r, c = 0, 0, 0
    for i, row in enumerate(feature_map):
        for j, value in enumerate(row):
            if value > best:
                best, r, c = value, i, j
    return (r, c)


@wrong("started_at_minus_one")
def minus_one(feature_map):
    top, at = -1.0, (0, 0)
    for position in np.ndindex(feature_map.shape):
        if feature_map[position] > top:
            top, at = feature_map[position], position
    return at


@wrong("along_both_axes")
def argmax_of_both_axes(feature_map):
    column = np.argmax(feature_map, axis=1)
    row = np.argmax(feature_map, axis=0)
    return row, column


@wrong("place_in_one_number")
def argmax_alone(feature_map):
    return feature_map.argmax()


@wrong("place_in_one_number")
def counted_while_walking(feature_map):
    values = feature_map.ravel()
    place = 0
    for k in range(1, len(values)):
        if values[k] > values[place]:
            place = k
    return place


@wrong("all_positions")
def list_of_positions(feature_map):
    return np.argwhere(feature_map >= np.max(feature_map))


@wrong("answer_of_where")
def nonzero(feature_map):
    return (feature_map == feature_map.max()).nonzero()


@wrong("column_before_row")
def x_and_y(feature_map):
    y, x = np.unravel_index(np.argmax(feature_map), feature_map.shape)
    return int(x), int(y)


@wrong("last_in_reading_order")
def at_least_as_large(feature_map):
    best, where = -np.inf, (0, 0)
    for i in range(feature_map.shape[0]):
        for j in range(feature_map.shape[1]):
            if feature_map[i, j] >= best:
                best, where = feature_map[i, j], (i, j)
    return where


@wrong("first_column_by_column")
def columns_outside(feature_map):
    best, where = -np.inf, (0, 0)
    for j in range(feature_map.shape[1]):
        for i in range(feature_map.shape[0]):
            if feature_map[i, j] > best:
                best, where = feature_map[i, j], (i, j)
    return where


@wrong("divided_by_the_height")
def rows_for_columns(feature_map):
    k = int(feature_map.argmax())
    n = len(feature_map)
    return k // n, k % n


@wrong("fractional_row")
def true_division(feature_map):
    k = int(feature_map.argmax())
    return k / feature_map.shape[1], k % feature_map.shape[1]


@wrong("largest_value")
def the_value(feature_map):
    best = feature_map[0, 0]
    for row in feature_map:
        for value in row:
            best = max(best, value)
    return best


@wrong("counted_from_one")
def from_one(feature_map):
    r, c = np.argwhere(feature_map == feature_map.max())[0]
    return int(r) + 1, int(c) + 1


@wrong("largest_places")
def largest_of_the_places(feature_map):
    return max(np.argmax(feature_map, 0)), max(np.argmax(feature_map, 1))


@wrong("started_again")
def again_in_each_row(feature_map):
    for i in range(len(feature_map)):
        best = feature_map[i][0]
        where = (i, 0)
        for j in range(len(feature_map[i])):
            if feature_map[i][j] > best:
                best, where = feature_map[i][j], (i, j)
    return where


@wrong("without_the_sign", "column_before_row", says="Two things together")
def largest_size_at_x_y(feature_map):
    y, x = np.unravel_index(np.abs(feature_map).argmax(), feature_map.shape)
    return x, y


@wrong(says="truth value of an array")
def pythons_max(feature_map):
    best = max(feature_map)
    return np.where(feature_map == best)


@wrong("row_with_the_largest_sum")
def largest_in_the_row_of_the_largest_sum(feature_map):
    row = int(np.argmax(feature_map.sum(axis=1)))
    return row, int(np.argmax(feature_map[row]))


@wrong(says="comes twice")
def column_first_search(feature_map):
    best, place = -np.inf, None
    for c in range(feature_map.shape[1]):
        for r in range(feature_map.shape[0]):
            if feature_map[r, c] >= best:
                best, place = feature_map[r, c], (r, c)
    return place


@wrong("started_at_zero_and_last")
def from_zero_with_equal_ones(feature_map):
    best, where = 0, (0, 0)
    for row in range(feature_map.shape[0]):
        for column in range(feature_map.shape[1]):
            if feature_map[row, column] >= best:
                best = feature_map[row, column]
                where = (row, column)
    return where


@wrong("nearest_to_one")
def least_away_from_a_perfect_match(feature_map):
    away = np.abs(1 - feature_map)
    row, column = np.unravel_index(away.argmin(), away.shape)
    return int(row), int(column)
