"""Plain values as bytes, and back: what may pass through the wall between the judge and learners' code.

Numbers, texts, arrays of numbers, generators of random numbers, and lists, tuples and dictionaries of them:
nothing that runs when it is read. (And one object that has no state, `LayerNotes`, which an exercise uses in
place of PyTorch's layers.) Arrays travel as raw bytes after a JSON text that says their types and shapes.
Everything that is read is measured first, because the other side may not be friendly.
"""

import json
import math
import numbers
import re
import socket
import struct
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn, Protocol

import numpy as np

from helpers.reference.layer_notes import LayerNotes

LARGEST = 64 * 2**20  # bytes of one message as it is sent, and of the values that it becomes
LARGEST_TEXT = 4 * 2**20  # bytes of everything else, which takes many times as much memory once it is read
_DEEPEST = 40
_LONGEST_NUMBER = 80  # digits
# What a value takes at most on top of its contents, in bytes; what takes long to make counts as more.
_SIZE, _SIZE_OF_ENTRY, _SIZE_OF_KIND = 256, 16 * 2**10, 4 * 2**10
_NUMERIC = re.compile(r"[<>|=]?(?:[biufc]\d{1,2}|U\d{1,6})")
_NAME = re.compile(r"[A-Za-z_]\w{0,59}")
_HALF = re.compile("[\ud800-\udfff]")  # half of a character, which cannot be written down
_COLOUR = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")  # or another command to a terminal
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_HEADER = struct.Struct(">II")  # bytes of the JSON text, bytes of the arrays


class Malformed(ValueError):  # noqa: N818 - it is an adjective in every sentence
    """Bytes that are not a message; the sentence says why."""


class Source(Protocol):
    """What bytes can be received from: a socket, or what watches one."""

    def recv(self, most: int, /) -> bytes:
        """What has come, at most so many bytes."""


class Foreign:
    """What takes the place of a value that does not travel: it is equal to nothing but itself."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


class ForeignFunction(Foreign):
    """A function that was returned where a value was expected."""

    def __call__(self, *_arguments: object) -> NoReturn:
        """Refuse to be called."""
        raise TypeError("this function was left behind")


def encode(value: object, functions: list[Callable] | None = None) -> bytes:
    """The bytes of a value.

    Functions are left behind: each is appended to `functions`, where a list is given, and its index travels.
    """
    arrays: list[bytes] = []
    head = json.dumps(_packed(value, arrays, functions, 0), ensure_ascii=False).encode("utf-8", "replace")
    return _HEADER.pack(len(head), sum(map(len, arrays))) + head + b"".join(arrays)


def whole(text: str) -> str:
    """A text without halves of characters."""
    return text if text.isascii() else _HALF.sub("\ufffd", text)


def printable(text: str) -> str:
    """A text without what moves a cursor, rings a bell or turns its direction; lines and tabs stay."""
    return text if text.isprintable() else _UNPRINTABLE.sub("\ufffd", _COLOUR.sub("", text))


def decode(
    message: bytes,
    function: Callable[[int], Callable] | None = None,
    text: Callable[[str], str] = whole,
) -> Any:
    """The value of bytes that `encode` made.

    Parameters
    ----------
    message : bytes
    function : callable, optional
        Gives what is used as the function of an index.
    text : callable, optional
        What is made of each text on its arrival.

    Raises
    ------
    Malformed
        If the bytes are anything else, or become more than is allowed.
    """
    try:
        size, _ = _HEADER.unpack_from(message)
        head = message[_HEADER.size : _HEADER.size + size]
        packed = json.loads(head, parse_int=_whole_number, parse_constant=_no_number)
        return _Reader(message[_HEADER.size + size :], function, text).value(packed)
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
        MemoryError,
    ) as error:
        raise Malformed(f"not a message ({type(error).__name__})") from None


def _whole_number(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise Malformed("a number of too many digits")
    return int(digits)


def _no_number(name: str) -> NoReturn:
    raise Malformed(f"{name}, which is not a number in JSON")


def send(channel: socket.socket, value: object, functions: list[Callable] | None = None) -> None:
    """Send a value over a socket."""
    channel.sendall(encode(value, functions))


def receive(channel: Source) -> bytes:
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


def _exactly(channel: Source, count: int) -> bytes:
    parts = bytearray()
    while len(parts) < count:
        part = channel.recv(min(count - len(parts), 2**20))
        if not part:
            raise EOFError("the other side has hung up")
        parts += part
    return bytes(parts)


def _packed(value: Any, arrays: list[bytes], functions: list[Callable] | None, depth: int) -> Any:
    """A value as JSON has it; what JSON lacks is a dictionary with one key that says what it is."""
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
    inner = functions, depth + 1
    if isinstance(value, list | tuple):
        kind = "tuple" if isinstance(value, tuple) else "list"
        return {kind: [_packed(entry, arrays, *inner) for entry in value]}
    if isinstance(value, Mapping):
        pairs = [[_packed(key, arrays, *inner), _packed(value[key], arrays, *inner)] for key in value]
        return {"dict": pairs}
    if isinstance(value, np.random.Generator) and type(value.bit_generator) is np.random.PCG64:
        return {"generator": _packed(value.bit_generator.state, arrays, *inner)}
    if type(value) is LayerNotes:
        return {"layers": 1}
    if callable(value) and functions is not None:
        functions.append(value)
        return {"function": len(functions) - 1}
    return {"ellipsis": 1} if value is Ellipsis else _foreign(value)


def _packed_number(value: numbers.Real) -> int | dict:
    if isinstance(value, int) and abs(value) < 2**256:
        return int(value)
    return {"float": repr(float(value))} if isinstance(value, float) else _foreign(value)


def _packed_array(value: np.ndarray | np.generic, arrays: list[bytes]) -> dict:
    array = np.asarray(value)
    if not _NUMERIC.fullmatch(array.dtype.str):
        return {"objects": list(array.shape)} if isinstance(value, np.ndarray) else _foreign(value)
    arrays.append(array.tobytes())
    kind = "array" if isinstance(value, np.ndarray) else "scalar"
    protected = [] if array.flags.writeable or kind == "scalar" else [True]
    return {kind: [array.dtype.str, list(array.shape), *protected]}


def _foreign(value: object) -> dict:
    name = re.sub(r"\W", "_", type(value).__name__)[:60]
    return {"foreign": name, "callable": callable(value)}


class _Reader:
    """The values of one message; its arrays are cut from its bytes one by one, and everything is counted."""

    def __init__(self, data: bytes, function: Callable | None, text: Callable[[str], str]):
        self.data, self.position = data, 0
        self.function, self.text = function, text
        self.left = LARGEST

    def value(self, packed: Any, depth: int = 0) -> Any:
        """The value that the JSON describes."""
        self._spend(_SIZE if type(packed) is not str else _SIZE + 4 * len(packed))
        if type(packed) is str:
            return self.text(packed)
        if packed is None or isinstance(packed, bool | int | float):
            return packed
        if depth > _DEEPEST + 1:
            raise Malformed("values nested too deeply")
        if not isinstance(packed, dict) or not packed:
            raise Malformed("a value without a kind")
        kind, content = next(iter(packed.items()))
        if kind in ("list", "tuple"):
            entries = [self.value(entry, depth + 1) for entry in content]
            return tuple(entries) if kind == "tuple" else entries
        if kind == "dict":
            return {self._key(key, depth): self.value(value, depth + 1) for key, value in content}
        if kind == "generator":
            return _generator(self.value(content, depth + 1))
        if kind == "function" and self.function is not None:
            return self.function(int(content))
        return self._leaf(kind, content, packed)

    def _spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise Malformed("it becomes too large")

    def _key(self, packed: Any, depth: int) -> Any:
        """A dictionary's key: a text, a number, or a tuple of them."""
        self._spend(_SIZE_OF_ENTRY)  # keys can be chosen so that each new one is compared with all the others
        return self.value(packed, depth + 1)

    def _leaf(self, kind: str, content: Any, packed: dict) -> Any:
        if kind in ("array", "scalar"):
            array = self._array(*content)
            return array if kind == "array" else array[()]
        if kind == "float":
            return float(content)
        if kind == "ellipsis":
            return Ellipsis
        if kind == "layers":
            return LayerNotes()
        if kind == "objects":
            shape = _shape(content, 8)
            self._spend(8 * math.prod(shape))
            return np.empty(shape, dtype=object)
        if kind == "foreign":
            self._spend(_SIZE_OF_KIND)
            name = content if _NAME.fullmatch(content) else "object"
            return type(name, (ForeignFunction if packed.get("callable") else Foreign,), {})()
        raise Malformed("a value of an unknown kind")

    def _array(self, dtype: str, sides: Iterable[int], protected: bool = False) -> np.ndarray:
        """The next array, as a separate copy; protected from writing if the one that was sent was."""
        if not isinstance(dtype, str) or not _NUMERIC.fullmatch(dtype):
            raise Malformed("an array that holds no numbers")
        kind = np.dtype(dtype)
        shape = _shape(sides, max(1, kind.itemsize))
        size = math.prod(shape) * kind.itemsize
        self._spend(size)
        if self.position + size > len(self.data):
            raise Malformed("an array larger than its message")
        flat = np.frombuffer(self.data, kind, math.prod(shape), self.position) if size else np.empty(0, kind)
        self.position += size
        array = _sound(flat.reshape(shape).copy(), self.text is printable)
        array.flags.writeable = protected is not True
        return array


def _generator(state: Any) -> np.random.Generator:
    """The generator that is in that state, so that it gives the same random numbers next."""
    bits = np.random.PCG64([0])
    bits.state = state
    return np.random.Generator(bits)


def _sound(array: np.ndarray, printably: bool) -> np.ndarray:
    """An array of values that exist, whatever bytes it was made of."""
    if array.dtype.kind == "b":
        return np.asarray(array.view(np.uint8) != 0)
    if array.dtype.kind in "fc" and array.dtype.itemsize > {"f": 8, "c": 16}[array.dtype.kind]:
        with np.errstate(all="ignore"):
            return array.astype({"f": np.float64, "c": np.complex128}[array.dtype.kind])
    if array.dtype.kind == "U" and array.size:
        codes = np.ascontiguousarray(array).astype(array.dtype.newbyteorder("=")).reshape(-1).view(np.uint32)
        codes[(codes > 0x10FFFF) | ((codes >= 0xD800) & (codes <= 0xDFFF))] = 0xFFFD
        if printably:
            codes[((codes > 0) & (codes < 32)) | ((codes >= 127) & (codes < 160))] = 0xFFFD
        return codes.view(array.dtype.newbyteorder("=")).reshape(array.shape)
    return array


def _shape(sides: Iterable[int], itemsize: int) -> tuple[int, ...]:
    """A shape that an array within a message may have."""
    shape = tuple(sides)
    if len(shape) > 32 or not all(type(side) is int and side >= 0 for side in shape):
        raise Malformed("an array of an impossible shape")
    if math.prod(side or 1 for side in shape) * itemsize > LARGEST:
        raise Malformed("an array that is too large")
    return shape
