"""Answers of every odd kind that a function can return, by what is odd about them; none is right anywhere."""

import datetime
import decimal
import fractions
import functools
import itertools

import numpy as np


class Unwilling:
    """An object that refuses whatever is asked of it, as some tables and tensors do."""

    def refuse(self, *_arguments, **_keywords):
        raise RuntimeError("The truth value of this is ambiguous.")

    __eq__ = __ne__ = __lt__ = __bool__ = __len__ = __iter__ = __array__ = __repr__ = __str__ = refuse
    __getitem__ = __float__ = __int__ = __index__ = __format__ = __contains__ = __abs__ = __neg__ = refuse
    __hash__ = None


class UnwillingList(list):
    __len__ = __iter__ = __getitem__ = __eq__ = __repr__ = Unwilling.refuse
    __hash__ = None


class UnwillingMapping(dict):
    __len__ = __iter__ = __getitem__ = __eq__ = __repr__ = keys = items = values = Unwilling.refuse
    __hash__ = None


class UnwillingNumber(float):
    __float__ = __eq__ = __format__ = __repr__ = __abs__ = __le__ = __sub__ = Unwilling.refuse
    __hash__ = None


class UnwillingArray(np.ndarray):
    __getitem__ = __eq__ = __repr__ = __array_finalize__ = Unwilling.refuse
    __hash__ = None


class OwnArray(np.ndarray):
    pass


def ring():
    values = [1]
    values.append(values)
    return values


def dictionary_ring():
    values = {}
    values["self"] = values
    return values


def deep():
    return functools.reduce(lambda inner, _: [inner], range(5000), 0)


def object_ring():
    array = np.empty(2, dtype=object)
    array[0] = array
    return array


def unwilling_objects():
    array = np.full((2, 2), None)
    array[0, 1] = Unwilling()
    return array


ODD = {
    "2 to the power of 64": lambda: 2**64,
    "2 to the power of 104": lambda: 2**104,
    "minus 2 to the power of 2000": lambda: -(2**2000),
    "whole number of 4,000 digits": lambda: 10**4000,
    "whole number of 10,000 digits": lambda: -(10**10_000),
    "whole number of 400 digits in a tuple": lambda: (10**400, 10**400),
    "unsigned number": lambda: np.uint8(251),
    "unsigned number that wrapped around": lambda: np.array([0], dtype=np.uint8)[0] - np.uint8(1),
    "unsigned number without an axis": lambda: np.array(251).astype(np.uint8),
    "unsigned numbers": lambda: np.array([[250, 251], [252, 253]], dtype=np.uint8),
    "large unsigned numbers": lambda: np.full((2, 2), 2**64 - 1, dtype=np.uint64),
    "smallest number of 64 bits": lambda: np.int64(-(2**63)),
    "smallest numbers of 8 bits": lambda: np.full((2, 2), -128, dtype=np.int8),
    "infinity": lambda: float("inf"),
    "minus infinity": lambda: np.float32("-inf"),
    "nan": lambda: float("nan"),
    "nan of 16 bits": lambda: np.float16("nan"),
    "array of nan": lambda: np.full((2, 2), np.nan),
    "array of infinities": lambda: np.full(3, -np.inf, dtype=np.float16),
    "largest float": lambda: np.full((2, 2), np.finfo(float).max),
    "long float": lambda: np.longdouble("1e4000"),
    "long floats": lambda: np.full((2, 2), np.longdouble("1e4000")),
    "complex number": lambda: 3 + 4j,
    "complex numbers": lambda: np.full((2, 2), 3 + 4j),
    "fraction": lambda: fractions.Fraction(10**500, 3),
    "decimal": lambda: decimal.Decimal("1e999"),
    "truth value": lambda: np.bool_(True),
    "text with line ends": lambda: "no\nanswer\u2028\x1b[31m",
    "long text": lambda: "x" * 10**6,
    "bytes": lambda: b"\xff\x00",
    "half a character": lambda: "\ud800",
    "set": lambda: {1, 2},
    "frozen set": lambda: frozenset(),
    "range": lambda: range(10**12),
    "generator": lambda: (value for value in "abc"),
    "generator without end": lambda: itertools.count() and (0 for _ in itertools.count()),
    "iterator without end": lambda: itertools.repeat(0),
    "map": lambda: map(str, itertools.count()),
    "long list": lambda: [0] * 10**4,
    "empty list": lambda: [],
    "empty dictionary": lambda: {},
    "dictionary with odd keys": lambda: {None: 1, (1, 2): 2, 3.5: Unwilling()},
    "list that holds itself": ring,
    "dictionary that holds itself": dictionary_ring,
    "array that holds itself": object_ring,
    "list within lists": deep,
    "objects in an array": unwilling_objects,
    "huge numbers as objects": lambda: np.array([[10**400, 1], [2, 3]], dtype=object),
    "ragged rows": lambda: np.array([[1], [1, 2], None], dtype=object),
    "array without an axis": lambda: np.array(251.5),
    "array without an axis, of an object": lambda: np.array(None, dtype=object),
    "array without values": lambda: np.zeros((0, 3)),
    "array of 32 axes": lambda: np.zeros((1,) * 32),
    "array of texts": lambda: np.array(["a", "b"]),
    "array of bytes": lambda: np.array([b"a"]),
    "array of nothing": lambda: np.zeros(3, dtype="V0"),
    "array of dates": lambda: np.array(["2020-01-01", "NaT"], dtype="datetime64[D]"),
    "array with fields": lambda: np.array([(1, 2.0)], dtype=[("a", int), ("b", float)]),
    "record": lambda: np.array([(1, 2.0)], dtype=[("a", int), ("b", float)])[0],
    "masked array": lambda: np.ma.masked_array(np.ones((2, 2)), mask=[[True, False], [False, True]]),
    "masked value": lambda: np.ma.masked,
    "matrix": lambda: np.matrix([[1.5, 2.5], [3.5, 4.5]]),
    "array of the learner's own class": lambda: np.full((2, 2), 7.25).view(OwnArray),
    "bytes swapped": lambda: np.full((2, 2), 7.25).astype(">f8"),
    "view of a thousand million entries": lambda: np.broadcast_to(7.25, (1000, 1000, 1000)),
    "view of a thousand million objects": lambda: np.broadcast_to(
        np.array(None, dtype=object), (1000, 10**6)
    ),
    "memory view": lambda: memoryview(b"abc"),
    "date": lambda: datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC),
    "function": lambda: len,
    "class": lambda: int,
    "the learner's own class": lambda: Unwilling,
    "module": lambda: np,
    "error": lambda: ValueError("not raised"),
    "Ellipsis in a tuple": lambda: (Ellipsis, NotImplemented),
    "unwilling object": Unwilling,
    "unwilling objects in a list": lambda: [Unwilling(), Unwilling()],
    "unwilling objects in a dictionary": lambda: {"a": Unwilling()},
    "unwilling list": lambda: UnwillingList([1, 2]),
    "unwilling dictionary": lambda: UnwillingMapping(a=1),
    "unwilling number": lambda: UnwillingNumber(251),
}
