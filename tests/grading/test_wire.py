"""What passes through the wall arrives as it was; what is no message is refused, whatever it is."""

import contextlib
import json
import socket
import struct
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from helpers.checking.calling.comparing import identical
from helpers.teaching.grading.sandbox import wire

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
    """A message with any JSON and any bytes after it."""
    text = json.dumps(head).encode()
    return struct.pack(">II", len(text), len(tail)) + text + tail


@given(PLAIN)
def test_plain_values_arrive_as_they_were(value):
    text = json.dumps(value, default=str, ensure_ascii=True) if not isinstance(value, dict) else ""
    if "\\ud" not in text:
        assert identical(there_and_back({"value": value})["value"], value)


@given(NUMERIC)
def test_arrays_arrive_to_the_last_bit(array):
    assert identical(there_and_back(array), array)


def test_an_array_arrives_as_protected_as_it_was():
    array = np.arange(3.0)
    assert there_and_back(array).flags.writeable
    array.setflags(write=False)
    assert not there_and_back(array).flags.writeable


def test_a_number_of_an_array_stays_one():
    assert type(there_and_back(np.float32(0.1))) is np.float32
    assert type(there_and_back(np.int64(3))) is np.int64


def test_an_array_of_its_own_class_arrives_as_its_numbers():
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


def test_endlessly_nested_values_are_refused():
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


@pytest.mark.parametrize(
    "head",
    [
        {"tuple": [{"objects": [500_000]}] * 2},
        {"list": [{"objects": [1000]}] * 600},
        {"list": [{"list": []}] * 20_000},
        {"list": [{"dict": []}] * 20_000},
        {"dict": [[n, 1] for n in range(600)]},
        {"dict": [[n * (2**61 - 1), 1] for n in range(300)]},
        {"list": [{"foreign": f"a{n}"} for n in range(1_200)]},
        {"list": ["x" * 100] * 9_000},
    ],
)
def test_what_becomes_too_large_is_refused_while_it_is_read(head, monkeypatch):
    monkeypatch.setattr(wire, "LARGEST", 4 * 2**20)
    message = framed(head)
    tracemalloc.start()
    try:
        with pytest.raises(wire.Malformed, match="too large"):
            wire.decode(message)
        assert tracemalloc.get_traced_memory()[1] < 8 * wire.LARGEST
    finally:
        tracemalloc.stop()


def test_a_generator_gives_the_same_numbers_on_the_other_side():
    generator = np.random.default_rng(3)
    generator.integers(9, dtype=np.uint32)  # keeps half of a draw for the next one
    arrived = there_and_back({"rng": generator})["rng"]
    assert arrived is not generator
    assert arrived.integers(2**31, size=5, dtype=np.uint32).tolist() == (
        generator.integers(2**31, size=5, dtype=np.uint32).tolist()
    )
    np.testing.assert_array_equal(arrived.normal(size=9), generator.normal(size=9))


@pytest.mark.parametrize(
    "state",
    [[], 1, [1, 2, 3], [-1, 1, 0, 0], [10**70, 1, 0, 0], [1, 1, 0, 10**30], [None, 1, 0, 0], ["a"] * 4],
)
def test_what_is_not_the_state_of_a_generator_is_refused(state):
    with pytest.raises(wire.Malformed):
        wire.decode(framed({"generator": state}))


@pytest.mark.parametrize(
    "changed",
    [
        {"state": {"state": -1, "inc": 1}},
        {"state": {"state": 10**70, "inc": 1}},
        {"state": {"state": None, "inc": 1}},
        {"state": {"state": "a", "inc": "a"}},
        {"state": {"state": 1}},
        {"state": np.zeros(3)},
        {"uinteger": 10**30},
        {"has_uint32": None},
        {"bit_generator": "MT19937"},
    ],
)
def test_a_state_with_other_contents_is_refused(changed):
    message = wire.encode(np.random.default_rng(3).bit_generator.state | changed)
    length, more = struct.unpack_from(">II", message)
    content = json.loads(message[8 : 8 + length])
    with pytest.raises(wire.Malformed):
        wire.decode(framed({"generator": content}, message[len(message) - more :]))


@pytest.mark.parametrize("number", ["9" * 81, "9" * 5000, "-" + "9" * 81, "NaN", "Infinity", "-Infinity"])
def test_numbers_that_python_would_choke_on_are_refused(number):
    with pytest.raises(wire.Malformed):
        wire.decode(struct.pack(">II", len(number), 0) + number.encode())


def test_halves_of_characters_are_replaced_wherever_they_are():
    head = rb'{"dict": [["\ud800", {"tuple": ["a\udc00b", {"list": ["\ud83d\ude00"]}]}]]}'
    arrived = wire.decode(struct.pack(">II", len(head), 0) + head)
    assert arrived == {"\ufffd": ("a\ufffdb", ["\U0001f600"])}


def test_arrays_hold_values_that_exist_whatever_their_bytes_are():
    letters = wire.decode(framed({"array": ["<U1", [3]]}, struct.pack("<III", 0xD800, 2**31, 65)))
    assert letters.tolist() == ["\ufffd", "\ufffd", "A"]
    large = wire.decode(framed({"array": [">U1", [2]]}, struct.pack(">II", 0xDFFF, 65)))
    assert large.tolist() == ["\ufffd", "A"]
    truths = wire.decode(framed({"array": ["|b1", [2]]}, b"\x00\x07"))
    assert truths.sum() == 1
    odd = wire.decode(framed({"array": [np.dtype(np.longdouble).str, [1]]}, bytes(range(16))))
    assert repr(odd)
