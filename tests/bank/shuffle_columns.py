"""Answers to shuffle_columns."""

import numpy as np

from tests.bank import right, wrong


@right
def stacked(table, order):
    return np.column_stack([table[:, column] for column in order])


@right
def transposed_twice(table, order):
    return table.T[order].T


@right
def number_by_number(table, order):
    out = table.copy()
    for i in range(table.shape[0]):
        for j in range(table.shape[1]):
            out[i, j] = table[i, order[j]]
    return out


@wrong("rows_shuffled")
def two_brackets(table, order):
    return table[:][order]


@wrong("the_other_way_round")
def written_to_the_order(table, order):
    out = np.zeros(table.shape)
    for j in range(len(order)):
        out[:, order[j]] = table[:, j]
    return out


@wrong("in_place")
def own_table(table, order):
    old = table.copy()
    for j in range(len(order)):
        table[:, j] = old[:, order[j]]
    return table


@wrong("swapped")
def rows_of_columns(table, order):
    return np.array([table[:, j] for j in order])


@wrong("list_for_an_array", says="list")
def comprehension(table, order):
    return [[float(row[j]) for j in order] for row in table]


@wrong("overwrites_the_table")
def no_copy(table, order):
    out = table[:]
    for i in range(len(order)):
        out[:, i] = table[:, order[i]]
    return out


@wrong("twice")
def once_more(table, order):
    once = np.take(table, order, axis=1)
    return np.take(once, order, axis=1)


@wrong("taken_without_an_axis")
def flat(table, order):
    return table.take(order)


@wrong("first_column_only")
def early(table, order):
    out = np.zeros(table.shape)
    for i, j in enumerate(order):
        out[:, i] = table[:, j]
        return out[:, 0]


@wrong(says="(?i)none|return")
def forgets_to_return(table, order):
    table[:, order]


@wrong("pair_by_pair")
def swaps_neighbours(table, order):
    out = table.copy()
    for j in range(len(order)):
        out[:, [j, order[j]]] = out[:, [order[j], j]]
    return out


@wrong("rolled")
def moved_round(table, order):
    first = order[0]
    return np.concatenate([table[:, -first:], table[:, :-first]], axis=1) if first else table.copy()
