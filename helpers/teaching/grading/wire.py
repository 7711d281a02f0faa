"""Plain values as bytes, and back: what may pass through the wall between the judge and learners' code.

Numbers, texts, arrays of numbers, and lists, tuples and dictionaries of them: nothing that runs when it is
read. Arrays travel as raw bytes behind a JSON text that says their types and shapes. Everything that is read
is measured first, because the other side may not be friendly.
"""

import json
import math
import numbers
import re
import socket
import struct
from collections.abc import Callable, Mapping

import numpy as np

LARGEST = 64 * 2**20  # bytes of all arrays of one message
LARGEST_TEXT = 4 * 2**20  # bytes of all else, which takes many times as much memory once it is read
_DEEPEST = 40
_NUMERIC = re.compile(r"[<>|=]?(?:[biufc]\d{1,2}|U\d{1,6})")
_NAME = re.compile(r"[A-Za-z_]\w{0,59}")
_HEADER = struct.Struct(">II")  # bytes of the JSON text, bytes of the arrays


class Malformed(ValueError):  # noqa: N818 - it is an adjective in every sentence
    """Bytes that are no message; the sentence says why."""


class Foreign:
    """What stands for a value that does not travel: it is equal to nothing but itself."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


class ForeignFunction(Foreign):
    """A function that was returned where a value was expected."""

    def __call__(self, *_arguments):
        """Refuse to be called."""
        raise TypeError("this function has not come along")


def encode(value, functions: list[Callable] | None = None) -> bytes:
    """The bytes of a value.

    Functions are left behind: each is appended to `functions`, where a list is given, and its index travels.
    """
    arrays: list[bytes] = []
    head = json.dumps(_packed(value, arrays, functions, 0), ensure_ascii=False).encode("utf-8", "replace")
    return _HEADER.pack(len(head), sum(map(len, arrays))) + head + b"".join(arrays)


def decode(message: bytes, function: Callable[[int], Callable] | None = None):
    """The value of bytes that `encode` made; `function` gives what stands for the function of an index.

    Raises
    ------
    Malformed
        If the bytes are anything else.
    """
    try:
        size, _ = _HEADER.unpack_from(message)
        packed = json.loads(message[_HEADER.size : _HEADER.size + size])
        return _unpacked(packed, _Arrays(message[_HEADER.size + size :]), function, 0)
    except Malformed:
        raise
    except (
        ValueError,
        TypeError,
        KeyError,
        LookupError,
        struct.error,
        RecursionError,
        OverflowError,
    ) as error:
        raise Malformed(f"not a message ({type(error).__name__})") from None


def send(channel: socket.socket, value, functions: list[Callable] | None = None) -> None:
    """Send a value over a socket."""
    channel.sendall(encode(value, functions))


def receive(channel: socket.socket) -> bytes:
    """The next message from a socket, as bytes.

    Raises
    ------
    EOFError
        If the other side has hung up.
    Malformed
        If the message says that it is larger than is allowed.
    """
    header = _exactly(channel, _HEADER.size)
    text, arrays = _HEADER.unpack(header)
    if arrays > LARGEST or text > LARGEST_TEXT:
        raise Malformed(f"a message of {(text + arrays) / 2**20:.0f} MB, which is more than is allowed")
    return header + _exactly(channel, text + arrays)


def _exactly(channel: socket.socket, count: int) -> bytes:
    parts = bytearray()
    while len(parts) < count:
        part = channel.recv(min(count - len(parts), 2**20))
        if not part:
            raise EOFError("the other side has hung up")
        parts += part
    return bytes(parts)


def _packed(value, arrays, functions, depth):
    """A value as JSON has it; what JSON has not is a dictionary with one key that says what it is."""
    if depth > _DEEPEST:
        return _foreign(value)
    if value is None or type(value) in (bool, str):
        return value
    if isinstance(value, np.ndarray | np.generic):
        return _packed_array(value, arrays)
    if isinstance(value, numbers.Real) and not isinstance(value, bool):
        return _packed_number(value)
    if isinstance(value, str):
        return str(value)
    inner = [functions, depth + 1]
    if isinstance(value, list | tuple):
        kind = "tuple" if isinstance(value, tuple) else "list"
        return {kind: [_packed(entry, arrays, *inner) for entry in value]}
    if isinstance(value, Mapping):
        pairs = [[_packed(key, arrays, *inner), _packed(value[key], arrays, *inner)] for key in value]
        return {"dict": pairs}
    if callable(value) and functions is not None:
        functions.append(value)
        return {"function": len(functions) - 1}
    return {"ellipsis": 1} if value is Ellipsis else _foreign(value)


def _packed_number(value):
    if isinstance(value, int) and abs(value) < 2**256:
        return int(value)
    return {"float": repr(float(value))} if isinstance(value, float) else _foreign(value)


def _packed_array(value, arrays):
    array = np.asarray(value)
    if not _NUMERIC.fullmatch(array.dtype.str):
        return {"objects": list(array.shape)} if isinstance(value, np.ndarray) else _foreign(value)
    arrays.append(array.tobytes())
    kind = "array" if isinstance(value, np.ndarray) else "scalar"
    return {kind: [array.dtype.str, list(array.shape)]}


def _foreign(value):
    name = re.sub(r"\W", "_", type(value).__name__)[:60]
    return {"foreign": name, "callable": callable(value)}


def _unpacked(packed, arrays, function, depth):
    if depth > _DEEPEST + 1:
        raise Malformed("too many values within values")
    if packed is None or isinstance(packed, bool | str | int | float):
        return packed
    if not isinstance(packed, dict) or not packed:
        raise Malformed("a value without a kind")
    kind, content = next(iter(packed.items()))
    if kind in ("list", "tuple"):
        entries = [_unpacked(entry, arrays, function, depth + 1) for entry in content]
        return tuple(entries) if kind == "tuple" else entries
    if kind == "dict":
        return {
            _key(_unpacked(key, arrays, function, depth + 1)): _unpacked(value, arrays, function, depth + 1)
            for key, value in content
        }
    if kind == "function" and function is not None:
        return function(int(content))
    return _leaf(kind, content, packed, arrays)


def _leaf(kind, content, packed, arrays):
    if kind in ("array", "scalar"):
        array = arrays.next(*content)
        return array if kind == "array" else array[()]
    if kind == "float":
        return float(content)
    if kind == "ellipsis":
        return Ellipsis
    if kind == "objects":
        return np.empty(_shape(content, 8), dtype=object)
    if kind == "foreign":
        name = content if _NAME.fullmatch(content) else "object"
        return type(name, (ForeignFunction if packed.get("callable") else Foreign,), {})()
    raise Malformed("a value of an unknown kind")


def _key(key):
    """A dictionary's key: a text, a number, or a tuple of them."""
    hash(key)
    return key


class _Arrays:
    """The arrays of a message, cut from its bytes one after the other."""

    def __init__(self, data: bytes):
        self.data, self.position = data, 0

    def next(self, dtype: str, shape: list[int]) -> np.ndarray:
        """The next array, a copy of its own."""
        if not isinstance(dtype, str) or not _NUMERIC.fullmatch(dtype):
            raise Malformed("an array that holds no numbers")
        kind = np.dtype(dtype)
        shape = _shape(shape, max(1, kind.itemsize))
        size = math.prod(shape) * kind.itemsize
        if self.position + size > len(self.data):
            raise Malformed("an array larger than its message")
        flat = np.frombuffer(self.data, kind, math.prod(shape), self.position) if size else np.empty(0, kind)
        self.position += size
        return flat.reshape(shape).copy()


def _shape(shape, itemsize: int) -> tuple[int, ...]:
    """A shape that an array within a message may have."""
    shape = tuple(shape)
    if len(shape) > 32 or not all(type(side) is int and side >= 0 for side in shape):
        raise Malformed("an array of an impossible shape")
    if math.prod(side or 1 for side in shape) * itemsize > LARGEST:
        raise Malformed("an array that is too large")
    return shape
