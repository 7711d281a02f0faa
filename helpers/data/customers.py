"""Customers: a made-up table of a shop's customers, in which the order of the columns means nothing."""

import numpy as np

from helpers.data.letters import _require_count, _require_generator

# Name: mean, standard deviation, decimals, largest possible value (the smallest is 0).
_DESCRIPTION = {
    "age": (48, 12, 0, 110),  # years
    "purchases": (20, 6, 0, 99),  # in the last year
    "distance": (12, 4, 1, 99),  # to the shop, in kilometres
    "years": (9, 3, 0, 40),  # as a customer
    "basket": (40, 12, 2, 400),  # mean, in euros
    "days": (30, 9, 0, 365),  # since the last visit
    "letters": (6, 2, 0, 12),  # opened, out of the 12 sent in the last year
    "income": (45, 12, 1, 400),  # in thousand euros a year
    "rating": (3, 0.7, 1, 5),  # given to the shop, out of 5 stars
    "online": (0.5, 0.15, 2, 1),  # share of the purchases
    "discount": (0.4, 0.12, 2, 1),  # share of the purchases
    "complaints": (3, 1, 0, 20),  # in the last year
}
CUSTOMER_COLUMNS = tuple(_DESCRIPTION)
# The pairs of columns that the rule uses, and how much each pair weighs.
_PAIRS = (
    ("purchases", "days", -1.0),
    ("distance", "online", 1.0),
    ("income", "discount", -1.0),
)


def sample_customers(count, rng):
    """A table of customers, and whether each of them will buy again within a month.

    Parameters
    ----------
    count : int
    rng : numpy.random.Generator

    Returns
    -------
    table : ndarray of shape (count, 12)
        A row for each customer; the columns are `CUSTOMER_COLUMNS`, in their own units.
    labels : ndarray of shape (count,)
        1 for customers who buy again, 0 for the others: about half and half.

    Notes
    -----
    All of it is made up, and the rule is known. Every column is drawn independently from a normal
    distribution, so a column says nothing about its neighbour. Three pairs of columns decide, but none of
    the six does on its own. Many purchases speak for a customer whose last visit is recent, and against
    one whose last visit is long ago; with few purchases it is the other way round. The same goes for
    buying online and a long way to the shop, and for buying at a discount and a small income. The three
    products, of columns scaled to a mean of 0 and a deviation of 1, are added up with their signs, plus
    some normal noise; those above 0 buy again.

    Examples
    --------
    >>> table, labels = sample_customers(4, np.random.default_rng(0))
    >>> table.shape, labels.tolist()
    ((4, 12), [1, 0, 0, 0])
    """
    _require_count(count)
    _require_generator(rng)
    hidden = rng.standard_normal(
        (count, len(CUSTOMER_COLUMNS))
    )  # each column, on the scale on which the rule is written
    score = rng.normal(0, 0.3, count)
    for first, second, weight in _PAIRS:
        score += weight * hidden[:, CUSTOMER_COLUMNS.index(first)] * hidden[:, CUSTOMER_COLUMNS.index(second)]
    return _in_their_units(hidden), (score > 0).astype(int)


def _in_their_units(hidden):
    """The columns with means, deviations and decimals that ages, incomes and so on may have."""
    means, deviations, decimals, largest = np.array(list(_DESCRIPTION.values())).T
    table = np.clip(means + deviations * hidden, 0, largest)
    return np.round(table * 10**decimals) / 10**decimals
