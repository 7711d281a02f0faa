"""What was handed in along with a notebook, as far as it is put next to it again for the run."""

from collections.abc import Mapping
from pathlib import PurePosixPath

import numpy as np

_MOST_FILES, _MOST_BYTES, _DEEPEST, _LONGEST = 500, 40 * 2**20, 8, 200
_OURS = "helpers"  # the course's package is there in any case


def usable(files: Mapping[str, bytes]) -> tuple[dict[str, np.ndarray], list[str]]:
    """The files that can be put next to the notebook, as they travel, and sentences about the others."""
    kept: dict[str, np.ndarray] = {}
    own, others, left = [], [], _MOST_BYTES
    for name in sorted(files, key=lambda name: (len(files[name]), name)):  # the small ones first: it is code
        content = files[name]
        if _is_of_course(name):
            own.append(name)
        elif _is_fit(name) and len(content) <= left and len(kept) < _MOST_FILES:
            kept[name] = np.frombuffer(content, np.uint8)
            left -= len(content)
        else:
            others.append(name)
    said = (
        [f"Next to the notebook there are copies of the course's own `{_OURS}`; they are not used."]
        if own
        else []
    )
    if others:
        shown = ", ".join(f"`{name[:60]!a}`" for name in sorted(others)[:5])
        said.append(f"Files next to the notebook that are too large, too many or oddly named: {shown}.")
    return kept, said


def _is_of_course(name: str) -> bool:
    """Whether a file would be the course's package, or is in it."""
    return PurePosixPath(name).parts[:1] in ((_OURS,), (f"{_OURS}.py",))


def _is_fit(name: str) -> bool:
    """Whether a name leads to a place below the notebook's folder, and can be written."""
    parts = PurePosixPath(name).parts
    plain = name.isprintable() and not name.startswith("/") and "\\" not in name
    return plain and 0 < len(parts) <= _DEEPEST and ".." not in parts and len(name) <= _LONGEST
