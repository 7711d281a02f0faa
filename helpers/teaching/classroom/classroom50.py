"""One graded notebook as Classroom 50's `result.json`.

The contract is that of github.com/foundation50/classroom50, wiki/Advanced-Autograding.md, "The result.json
contract": whole points, and the identity that the runner gives in environment variables; it stamps the owner
itself.
"""

import contextlib
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime

from helpers.teaching.grading.marks import Marks
from helpers.teaching.grading.messages import Refused

SCHEMA = "classroom50/result/v1"
_NAMES = {
    "classroom": "CLASSROOM",
    "assignment": "ASSIGNMENT",
    "submission": "SUBMISSION_TAG",
    "commit": "COMMIT_URL",
    "release": "RELEASE_URL",
}


def result(marks: Marks, environment: Mapping[str, str], moment: datetime) -> dict[str, object]:
    """The content of `result.json`; `moment` is when the work was handed in.

    Raises
    ------
    Refused
        If the notebook could not be graded, its points are not whole, or the runner's variables are missing.
    """
    if marks.trouble:
        raise Refused(f"The notebook could not be graded. {marks.trouble}")
    missing = [name for name in _NAMES.values() if not environment.get(name)]
    if missing:
        raise Refused(f"Classroom 50 sets {', '.join(missing)}; without that, there can be no result.json.")
    tests = [
        {
            "test-name": mark.exercise,
            "passed": mark.verdict == "passed",
            "score": _whole(mark.points),
            "max-score": _whole(mark.max_points),
            "said": mark.sentence,
        }
        for mark in marks.marks
    ]
    return {
        "schema": SCHEMA,
        **{key: environment[name] for key, name in _NAMES.items()},
        "review": environment.get("REVIEW_URL") or environment["COMMIT_URL"],
        "datetime": f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "score": sum(_whole(mark.points) for mark in marks.marks),
        "max-score": sum(_whole(mark.max_points) for mark in marks.marks),
        "tests": tests,
    }


def handed_in_at() -> datetime:
    """When the commit in this folder was made; now, if that cannot be found out."""
    command = ["git", "log", "-1", "--format=%cI"]
    with contextlib.suppress(OSError, ValueError, subprocess.SubprocessError):
        said = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True).stdout
        return datetime.fromisoformat(said.strip())
    return datetime.now(UTC)


def _whole(points: float) -> int:
    if points != int(points):
        raise Refused(f"Classroom 50 takes whole points, and an exercise gives {points:g}.")
    return int(points)
