"""A course's folder: where its lessons and their products lie, and what they were made from."""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
LESSON = "{lesson}"  # where a lesson's name belongs in a path

_NOT_BUILT_FROM = ("teaching/grading", "teaching/lab")  # the folders that no lesson is made from


@dataclass(frozen=True)
class Course:
    """A course's folder: lessons/, solutions/, notebooks/ and nbgrader's configuration.

    `notebooks` is where learners' notebooks lie, seen from the folder; nbgrader may be configured otherwise.
    """

    root: Path
    notebooks: str = f"notebooks/{LESSON}/{LESSON}.ipynb"

    def lessons(self) -> list[str]:
        """The names of the lessons that are written, in order."""
        return sorted(path.stem for path in (self.root / "lessons").glob("[0-9]*_*.py"))

    def script(self, name: str) -> Path:
        """Where a lesson is written."""
        return self.root / "lessons" / f"{name}.py"

    def solution(self, name: str) -> Path:
        """Where a lesson's executed notebook lies."""
        return self.root / "solutions" / name / f"{name}.ipynb"

    def released(self, name: str) -> Path:
        """Where the learner's notebook lies."""
        return self.root / self.notebooks.replace(LESSON, name)

    def released_lessons(self) -> list[str]:
        """The names of the lessons that learners get, in order."""
        folder = self.root / self.notebooks.partition(LESSON)[0]
        names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
        return sorted(name for name in names if self.released(name).is_file())

    @property
    def config(self) -> Path:
        """nbgrader's configuration."""
        return self.root / "nbgrader_config.py"

    @property
    def record(self) -> Path:
        """What each lesson's products were made from."""
        return self.root / "solutions" / "built.json"

    @property
    def glossary(self) -> Path:
        """The words of the course, for those who browse its folder."""
        return self.root / "GLOSSARY.md"

    @property
    def glossary_copies(self) -> tuple[Path, ...]:
        """The same, where the notebooks link to it: learners see nothing above their folder."""
        copies = (self.root / folder / self.glossary.name for folder in ("solutions", "notebooks"))
        return tuple(copies) if self.glossary.is_file() else ()

    def shown(self, path: Path) -> str:
        """A path as shown to people: from the course's folder, if it lies there."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)

    def select(self, wanted: Iterable[str], released: bool = False) -> list[str]:
        """The lessons, written or else released, meant by names, numbers or paths; all if none is given.

        Raises
        ------
        LookupError
            If one of them is not a lesson.
        """
        known, chosen = self.released_lessons() if released else self.lessons(), set()
        for word in wanted:
            stem = Path(word).name.removesuffix(".py").removesuffix(".ipynb")
            matches = [name for name in known if stem in (name, name.partition("_")[0])]
            if not matches:
                raise LookupError(
                    f"There is no lesson {word!r}; the lessons are {', '.join(known) or 'none yet'}."
                )
            chosen.update(matches)
        return sorted(chosen) if wanted else known


def find_course(start: Path) -> Course:
    """The course that a folder lies in, else the one that this package lies in."""
    for folder in (start, *start.parents, PACKAGE.parent):
        if (folder / "lessons").is_dir() and (folder / "nbgrader_config.py").is_file():
            return Course(folder)
    return Course(start)


def read_record(course: Course) -> dict[str, dict]:
    """What each lesson was made from; nothing if there is no readable record."""
    try:
        record = json.loads(course.record.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


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


def package_digest(left_out: tuple[str, ...]) -> str:
    """A hash of all files of the package, their names and contents, but for some of its folders.

    Hashed by folder, so that no file can be forgotten. What Python or an editor leaves behind, hidden files
    and ``__pycache__``, does not count.
    """
    files = _files(PACKAGE, {PACKAGE / folder for folder in left_out})
    return digest(
        part for path in files for part in (path.relative_to(PACKAGE).as_posix().encode(), path.read_bytes())
    )


def _files(folder: Path, left_out: set[Path]) -> Iterator[Path]:
    """The files in a folder and below it, in a fixed order."""
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name.startswith(".") or path.name == "__pycache__" or path in left_out:
            continue
        if path.is_dir():
            yield from _files(path, left_out)
        elif path.is_file():
            yield path


def digest(parts) -> str:
    """A hash of several byte strings that also tells where one ends and the next begins."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()


def replace_files(texts: dict[Path, str]) -> None:
    """Write all files, or if one cannot be written none; each is replaced at once, never half written."""
    written = {}
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, written[path] = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".new")
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            os.chmod(written[path], 0o644)
        for path in texts:
            os.replace(written[path], path)
    finally:
        for path in written.values():
            Path(path).unlink(missing_ok=True)
