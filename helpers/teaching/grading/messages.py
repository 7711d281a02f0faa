"""What those who grade are told: why nothing can be graded, what an error says, what others wrote."""

import re

# Control characters, the separators that end a line, what changes the direction of writing, half characters.
_ACTS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class Refused(Exception):  # noqa: N818 - instructors read it
    """Why nothing can be graded, in a sentence or two."""


def shown(text: object) -> str:
    r"""A text on one line, with an escape in place of each character that would act instead of being shown.

    Bytes of a name that are not UTF-8, which Python keeps as half characters, show as such. Where line ends
    are meant, call it line by line.

    >>> shown("bob\x1b[2J"), shown("a\nb"), shown(b"M\xfcller".decode("utf-8", "surrogateescape"))
    ('bob\\x1b[2J', 'a\\nb', 'M\\xfcller')
    """
    return _ACTS.sub(_escape, str(text))


def told(error: BaseException) -> str:
    """What an error says, in one line that is safe to show."""
    if isinstance(error, OSError) and error.strerror:
        return shown(error.strerror)
    said = str(error).strip()
    return f"{type(error).__name__}: {shown(said.splitlines()[0])[:300]}" if said else type(error).__name__


def _escape(match: re.Match) -> str:
    """The escape for one character."""
    number = ord(match[0])
    if 0xDC80 <= number <= 0xDCFF:
        return f"\\x{number - 0xDC00:02x}"
    return match[0].encode("unicode_escape", "surrogatepass").decode("ascii")
