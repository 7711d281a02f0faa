"""What passes through the wall arrives as it was; what is no message is refused, whatever it is."""

import contextlib
import json
import socket
import struct

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from helpers.checking.comparing import identical
from helpers.teaching.grading import wire

# A busy machine takes its time to draw values.
settings.register_profile("wire", deadline=None, suppress_health_check=[HealthCheck.too_slow])
patient = settings.get_profile("wire")

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text() | st.just(...),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=5) | st.integers(), inner, max_size=4)
    ),
    max_leaves=12,
)
NUMERIC = arrays.arrays(
    st.one_of(
        arrays.floating_dtypes(),
        arrays.integer_dtypes(),
        arrays.boolean_dtypes(),
        arrays.complex_number_dtypes(),
    ),
    arrays.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4),
)


def there_and_back(value):
    """A value that has passed through the wall."""
    return wire.decode(wire.encode(value))


def framed(head, tail=b""):
    """A message with any JSON and any bytes behind it."""
    text = json.dumps(head).encode()
    return struct.pack(">II", len(text), len(tail)) + text + tail


@patient
@given(PLAIN)
def test_plain_values_arrive_as_they_were(value):
    text = json.dumps(value, default=str, ensure_ascii=True) if not isinstance(value, dict) else ""
    if "\\ud" not in text:
        assert identical(there_and_back({"value": value})["value"], value)


@patient
@given(NUMERIC)
def test_arrays_arrive_to_the_last_bit(array):
    assert identical(there_and_back(array), array)


def test_a_number_of_an_array_stays_one():
    assert type(there_and_back(np.float32(0.1))) is np.float32
    assert type(there_and_back(np.int64(3))) is np.int64


def test_an_array_of_a_class_of_its_own_arrives_as_its_numbers():
    class Flattering(np.ndarray):
        def __eq__(self, other):
            return np.ones(self.shape, dtype=bool)

    arrived = there_and_back(np.zeros(3).view(Flattering))
    assert type(arrived) is np.ndarray
    assert not (arrived == 1).any()


def test_an_object_arrives_as_nothing_but_the_name_of_its_kind():
    class AlwaysEqual:
        def __eq__(self, other):
            return True

    arrived = there_and_back(AlwaysEqual())
    assert type(arrived).__name__ == "AlwaysEqual"
    assert arrived != AlwaysEqual
    assert arrived != 1


def test_a_list_within_itself_is_cut_off():
    endless = []
    endless.append(endless)
    assert isinstance(there_and_back(endless), list)


def test_functions_travel_as_their_number():
    functions = []
    message = wire.encode((np.sum, 2, np.mean), functions)
    assert functions == [np.sum, np.mean]
    assert wire.decode(message, lambda index: f"function {index}") == ("function 0", 2, "function 1")


@patient
@given(st.binary(max_size=200))
def test_any_bytes_are_a_value_or_malformed(message):
    with contextlib.suppress(wire.Malformed):  # and nothing else
        assert wire.encode(wire.decode(message))


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        ({"array": ["<f8", [2]]}, b"12345678"),
        ({"array": ["|O", [1]]}, b"12345678"),
        ({"array": ["<f8", [-1]]}, b"12345678"),
        ({"array": ["<f8", [10**6, 10**6]]}, b""),
        ({"array": ["<f8", [0, 10**12]]}, b""),
        ({"array": ["f8,f8", [1]]}, b"1234567812345678"),
        ({"array": ["__import__('os')", [1]]}, b"12345678"),
        ({"array": ["<f8", [1] * 40]}, b"12345678"),
        ({"array": 3}, b""),
        ({"objects": [10**9]}, b""),
        ({"pickle": "gASVAAAA"}, b""),
        ({"dict": [[{"list": []}, 1]]}, b""),
        ({"function": 0}, b""),
        ({}, b""),
        ([1, 2], b""),
    ],
)
def test_crooked_messages_are_refused(head, tail):
    with pytest.raises(wire.Malformed):
        wire.decode(framed(head, tail))


def test_values_within_values_without_end_are_refused():
    deep = 1
    for _ in range(60):
        deep = {"list": [deep]}
    with pytest.raises(wire.Malformed):
        wire.decode(framed(deep))
    text = b'{"list":[' * 100_000
    with pytest.raises(wire.Malformed):
        wire.decode(struct.pack(">II", len(text), 0) + text)


def test_a_message_that_claims_to_be_huge_is_refused_unread():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(struct.pack(">II", 2**31, 2**31))
        with pytest.raises(wire.Malformed, match="MB"):
            wire.receive(ours)


def test_hanging_up_is_told_from_an_answer():
    ours, theirs = socket.socketpair()
    with ours:
        wire.send(theirs, 1)
        theirs.close()
        assert wire.decode(wire.receive(ours)) == 1
        with pytest.raises(EOFError):
            wire.receive(ours)
