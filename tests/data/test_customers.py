"""Tests of the customers: columns independent of each other, and the rule by which they buy again."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from helpers import data

PAIRS = {("purchases", "days"): -1, ("distance", "online"): 1, ("income", "discount"): -1}


@pytest.fixture(scope="module")
def customers():
    return data.sample_customers(20000, np.random.default_rng(0))


def standard(table):
    return (table - table.mean(axis=0)) / table.std(axis=0)


def test_about_half_of_the_customers_buy_again(customers):
    table, labels = customers
    assert table.shape == (20000, len(data.CUSTOMER_COLUMNS))
    assert 0.48 < labels.mean() < 0.52
    assert_array_equal(np.unique(labels), [0, 1])


def test_no_column_tells_anything_about_another_or_alone_about_the_label(customers):
    table, labels = customers
    correlations = np.corrcoef(np.column_stack([table, labels]), rowvar=False)
    np.fill_diagonal(correlations, 0)
    assert np.abs(correlations).max() < 0.04


def test_the_pairs_of_the_rule_decide_and_no_other_pair(customers):
    table, labels = customers
    columns = standard(table)
    for i, first in enumerate(data.CUSTOMER_COLUMNS):
        for j, second in enumerate(data.CUSTOMER_COLUMNS[:i]):
            product = columns[:, i] * columns[:, j]
            correlation = np.corrcoef(product, labels)[0, 1]
            weight = PAIRS.get((second, first), PAIRS.get((first, second), 0))
            assert np.sign(correlation) * (abs(correlation) > 0.2) == weight, (first, second)


def test_the_rule_itself_is_right_for_nine_customers_in_ten(customers):
    table, labels = customers
    columns = dict(zip(data.CUSTOMER_COLUMNS, standard(table).T, strict=True))
    score = sum(weight * columns[first] * columns[second] for (first, second), weight in PAIRS.items())
    assert 0.9 < np.mean((score > 0) == labels) < 0.96


def test_values_are_in_possible_ranges(customers):
    table, _ = customers
    columns = dict(zip(data.CUSTOMER_COLUMNS, table.T, strict=True))
    assert table.min() >= 0
    for whole in ("age", "purchases", "days", "complaints", "letters"):
        assert_array_equal(columns[whole], np.round(columns[whole]))
    assert columns["letters"].max() <= 12
    assert columns["rating"].max() <= 5
    assert max(columns["online"].max(), columns["discount"].max()) <= 1


def test_neighbours_in_the_table_are_not_a_pair_of_the_rule():
    names = data.CUSTOMER_COLUMNS
    assert all(abs(names.index(first) - names.index(second)) >= 3 for first, second in PAIRS)


@pytest.mark.parametrize("arguments", [(-1, np.random.default_rng(0)), (3, 7)])
def test_bad_input_gets_one_clear_sentence(arguments):
    with pytest.raises(ValueError, match=r"whole number|generator"):
        data.sample_customers(*arguments)
