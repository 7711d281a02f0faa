"""Sentences on why an error of Python's or NumPy's came up, where its message alone does not say.

Each sentence is true of every error with such a message; where there may be another cause, it asks.
"""

import re

import numpy as np

from helpers.checking.calling.call import LearnerError

_CAUSES = (
    # Emptiness first: an empty array has no index 0, and that has nothing to do with counting.
    (
        "IndexError",
        r"out of bounds for axis \d+ with size 0",
        "The array is empty: an axis of it has length 0. Is it cut with a slice such as `[p:-p]` where `p` is 0, "
        "made with a size of 0, or selected by a condition that is never true?",
    ),
    (
        "ValueError",
        r"zero-size array to reduction operation|attempt to get arg(max|min) of an empty sequence|"
        r"need at least one array|\b(max|min)\(\) (arg|iterable argument) is (an )?empty",
        "Something is empty. Does a slice begin past the end, or cut everything away (`[p:-p]` with `p` = 0 "
        "keeps nothing)?",
    ),
    (
        "TypeError|IndexError",
        r"'(numpy\.)?float\d*' object cannot be interpreted as an integer|only integers, slices|"
        r"slice indices must be integers|integer scalar arrays can be converted|expected a sequence of integers",
        "A size or an index is not a whole number. Was it computed with `/`? `//` gives an int.",
    ),
    (
        "TypeError",
        r"unsupported operand.*(NoneType|'ellipsis')|NoneType.*unsupported operand",
        "Something that is None is used in arithmetic. Is an optional argument None here, or does a function return "
        "nothing?",
    ),
    (
        "TypeError",
        r"'NoneType' object is not (subscriptable|iterable|callable)|object of type 'NoneType' has no len",
        "Something is None where a value is needed. Is an optional argument None here, or does a function return "
        "nothing?",
    ),
    ("AttributeError", r"'NoneType' object has no attribute", "Something is None where an array is needed."),
    (
        "ValueError",
        r"truth value of an array|truth value of an empty array",
        "`if`, `and`, `or` and Python's `max` need one True or False, and here they get a whole array. Compare single "
        "entries, or use NumPy's functions.",
    ),
    (
        "UFuncTypeError|_UFuncOutputCastingError|TypeError",
        r"Cannot cast ufunc .* output from",
        "`+=` and its relatives cannot put fractions into an array of whole numbers. An array made with `zeros_like` "
        "takes its type from the other one: make it with `np.zeros(...)`.",
    ),
    (
        "ValueError",
        r"could not broadcast input array from shape",
        "What is put there does not have the shape of the place. Print both shapes just before that line.",
    ),
    (
        "ValueError",
        r"operands could not be broadcast together|shape-mismatch for sum|shapes .* not aligned|"
        r"mismatch in its core dimension",
        "Two arrays of different shapes are combined there. Print both shapes just before that line: does a slice end "
        "past the edge, or is an axis missing?",
    ),
    (
        "ValueError",
        r"negative dimensions are not allowed",
        "A size came out negative. Are two arguments swapped, or is something subtracted twice?",
    ),
    (
        "ValueError",
        r"inhomogeneous shape|setting an array element with a sequence",
        "The parts are not all of the same shape, so they do not make one array; or a whole array is put where one "
        "number belongs.",
    ),
    (
        "ValueError",
        r"(not enough|too many) values to unpack",
        "There are more or fewer values than names on the left. `rows, columns = x.shape` fits two axes only; "
        "`x.shape[-2:]` is always the last two.",
    ),
    (
        "IndexError",
        r"too many indices for array",
        "There are more indices than axes. Print the array's shape just before that line.",
    ),
    (
        "IndexError",
        r"out of bounds for axis|index out of range",
        "An index goes past the end. Is a size written into the loop, or taken from the wrong axis?",
    ),
    (
        "TypeError",
        r"missing \d+ required positional argument|takes .* positional arguments? but|unexpected keyword",
        "A function is called with too few or too many arguments, or with a name that it does not know.",
    ),
    (
        "TypeError",
        r"only (length-1|0-dimensional) arrays can be converted",
        "A whole array is put where one number belongs.",
    ),
    ("RecursionError", r"", "The function keeps calling itself forever."),
    (
        "UnboundLocalError",
        r"",
        "A name is used before it has a value: give it one before the loop, and in every branch.",
    ),
    (
        "NameError",
        r"",
        "That name is not known. Is it spelled as in the first line of the function, or was its cell not run?",
    ),
)


def cause(error: LearnerError) -> str:
    """A sentence on why an error came up; empty where its message says it all."""
    missing = re.fullmatch(r"name '(\w+)' is not defined", error.message)
    if missing and missing[1] in np.__all__:
        return f"`{missing[1]}` is one of NumPy's names: `np.{missing[1]}`."
    for kinds, pattern, sentence in _CAUSES:
        if re.fullmatch(kinds, error.kind) and re.search(pattern, error.message):
            return sentence
    return ""
