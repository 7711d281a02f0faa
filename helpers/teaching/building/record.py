"""The record of what each lesson's notebooks were made from, from which a build sees what has changed."""

import json

from helpers.teaching.course import Course, replace_files
from helpers.teaching.digests import digest, package_digest

# The folders of the package that no lesson is made from.
_NOT_BUILT_FROM = ("teaching/grading", "teaching/lab")


def read_record(course: Course) -> dict[str, dict]:
    """What each lesson was made from; nothing if there is no readable record."""
    try:
        record = json.loads(course.record.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def write_record(course: Course, record: dict[str, dict]) -> None:
    """Write down what the existing lessons were made from."""
    known = {name: record[name] for name in course.lessons() if name in record}
    replace_files({course.record: json.dumps(known, indent=1) + "\n"})


def is_unchanged(course: Course, name: str, record: dict[str, dict], shared: str) -> bool:
    """Whether a lesson's script and both its products are what they were when it was last built."""
    try:
        return record.get(name) == entry(course, name, made_from(course, name, shared))
    except OSError:
        return False


def made_from(course: Course, name: str, shared: str) -> str:
    """A hash of all that a lesson's notebooks are made from."""
    return digest([course.script(name).read_bytes(), shared.encode()])


def entry(course: Course, name: str, source: str) -> dict[str, str]:
    """A lesson's entry in the record: the hash of what it was made from, and those of both products."""
    return {
        "made_from": source,
        "solution": digest([course.solution(name).read_bytes()]),
        "notebook": digest([course.released(name).read_bytes()]),
    }


def shared_digest(course: Course) -> str:
    """A hash of what every lesson is made from besides its script: the package without the grader."""
    config = course.config.read_bytes() if course.config.is_file() else b""
    return digest([package_digest(_NOT_BUILT_FROM).encode(), config])
