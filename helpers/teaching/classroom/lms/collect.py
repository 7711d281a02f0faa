"""Submissions from a platform's zip, put into the students' folders below `submitted/`."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from helpers.teaching.classroom.lms.archive import Archive, Unpackable
from helpers.teaching.classroom.lms.names import Named, Reader
from helpers.teaching.classroom.lms.people import Clues, People
from helpers.teaching.grading.handed_in.inbox import SECRET, TIMESTAMP
from helpers.teaching.grading.handed_in.timestamp import written
from helpers.teaching.grading.ledger.nbgrader_course import NbgraderCourse
from helpers.teaching.grading.messages import shown, told

MOST_OF_ONE = 200 * 10**6  # bytes that one person may hand in
_AGAIN = re.compile(r"(.*?)(?:-\d+)?(\.ipynb)", re.I | re.S)
# What nbgrader and the grader believe must not come from a student.
_OURS = (TIMESTAMP, SECRET, "grading.json")


@dataclass(frozen=True)
class Options:
    """How submissions are put into place: by which file names, and what is known besides.

    `clues` are by the platform's number for a person, and so are `times`, in UTC; work marked as late
    gets the time `late_at`, if there is one. With `replace` set, other work that is there makes room.
    """

    reader: Reader
    clues: Mapping[str, Clues] = field(default_factory=dict)
    times: Mapping[str, datetime] = field(default_factory=dict)
    late_at: datetime | None = None
    replace: bool = False
    dry_run: bool = False


@dataclass
class Delivery:
    """What one person handed in: by path in their folder, the path in the zip."""

    label: str
    number: str
    clues: Clues
    is_late: bool = False
    files: dict[str, str] = field(default_factory=dict)
    version_of: dict[str, int] = field(default_factory=dict)


@dataclass
class Collected:
    """What was done with a zip: students by what became of their work, and what there is to say."""

    new: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def collect(course: NbgraderCourse, lesson: str, path: Path, people: People, options: Options) -> Collected:
    """Put each student's files from a zip into their folder for a lesson.

    Work that is there already, and is not the same, stays unless `replace` is set; then it is kept in a
    hidden folder next to the new one.
    """
    done = Collected()
    with Archive(path) as archive:
        deliveries = _sorted(archive, options, done)
        done.remarks += archive.odd
        owners: dict[str, str] = {}
        for one in deliveries:
            student = people.find(one.clues)
            if student is None:
                done.unknown.append(one.label)
            elif student in owners:
                done.remarks.append(
                    f"{one.label} and {owners[student]} are both {student}; only one was taken."
                )
            else:
                owners[student] = one.label
                _put(course.inbox(student, lesson), student, one, archive, options, done)
    return done


def _sorted(archive: Archive, options: Options, done: Collected) -> list[Delivery]:
    """The files of a zip by person; later uploads of a notebook take the place of earlier ones."""
    found: dict[tuple[str, str], Delivery] = {}
    for path in archive.entries:
        named = options.reader(path)
        if named is None:
            done.remarks.append(f"{shown(path)} was left out: its name does not say whose file it is.")
            continue
        clues = options.clues.get(named.number) or Clues(number=named.number, name=named.name)
        label = f"{shown(named.name)} ({named.number})"
        one = found.setdefault((named.number, named.name), Delivery(label, named.number, clues))
        one.is_late |= named.is_late
        _add(one, named, path, done)
    return list(found.values())


def _add(one: Delivery, named: Named, path: str, done: Collected) -> None:
    """Add a file to what somebody handed in."""
    again = _AGAIN.fullmatch(named.file)
    file = f"{again[1]}{again[2]}" if again and named.version else named.file
    if file.casefold() in _OURS:
        done.remarks.append(f"{one.label}: {file} was left out; that name is not for students.")
        return
    before = one.version_of.get(file, -1)
    if before >= 0 and named.version:
        older = shown(path if named.version < before else one.files[file])
        done.remarks.append(f"{one.label}: {older} was left out; there is a later upload.")
    if named.version >= before:
        one.files[file], one.version_of[file] = path, named.version


def _put(
    target: Path, student: str, one: Delivery, archive: Archive, options: Options, done: Collected
) -> None:
    """Put what one person handed in into their folder, whole or not at all."""
    moment = options.times.get(one.number) or (options.late_at if one.is_late else None)
    if one.is_late:
        done.late.append(student)
    try:
        files = _unpacked(one, archive)
        if moment:
            files[TIMESTAMP] = written(moment).encode()
        there = dict(_there(target))
        if there == files:
            done.unchanged.append(student)
        elif there and not options.replace:
            done.kept.append(student)
        else:
            if not options.dry_run:
                _write(target, files)
            (done.replaced if there else done.new).append(student)
    except (Unpackable, OSError, ValueError) as error:
        why = str(error) if isinstance(error, Unpackable) else f"{told(error)}."
        done.remarks.append(f"{student}: nothing was put into place. {why}")


def _unpacked(one: Delivery, archive: Archive) -> dict[str, bytes]:
    """The files that one person handed in, by path; `Unpackable` if they are too much."""
    files, left = {}, MOST_OF_ONE
    for file, path in one.files.items():
        files[file] = archive.read(path)
        left -= len(files[file])
        if left < 0:
            raise Unpackable(f"More than {MOST_OF_ONE // 10**6} MB were handed in.")
    return files


def _there(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The files in a folder, by path; what else is there counts as a file without content."""
    if not folder.is_dir():
        if os.path.lexists(folder):
            yield ".", b""
        return
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            yield name, b""
        elif path.is_file():
            yield name, path.read_bytes()


def _write(target: Path, files: dict[str, bytes]) -> None:
    """Make a folder with some files, in one step; one that is there is renamed, and stays next to it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}.new-"))
    try:
        for name, content in files.items():
            path = made / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        made.chmod(0o755)
        if os.path.lexists(target):
            os.rename(target, _free(target))
        os.rename(made, target)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _free(target: Path) -> Path:
    """A hidden name next to a folder that is not taken yet."""
    number = 1
    while os.path.lexists(path := target.with_name(f".{target.name}.before-{number}")):
        number += 1
    return path
