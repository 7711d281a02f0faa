"""A course's folder: where its lessons and their products are, and how files in it are replaced."""

import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
CONFIGURATION = "nbgrader_config.py"
LESSON = "{lesson}"  # where a lesson's name belongs in a path


@dataclass(frozen=True)
class Course:
    """A course's folder: lessons/, solutions/, notebooks/ and nbgrader's configuration.

    `notebooks` is where learners' notebooks are, relative to the folder; nbgrader may be configured
    otherwise.
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
        """Where a lesson's executed notebook is."""
        return self.root / "solutions" / name / f"{name}.ipynb"

    def released(self, name: str) -> Path:
        """Where the learner's notebook is."""
        return self.root / self.notebooks.replace(LESSON, name)

    def released_lessons(self) -> list[str]:
        """The names of the lessons that learners get, in order."""
        folder = self.root / self.notebooks.partition(LESSON)[0]
        names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
        return sorted(name for name in names if self.released(name).is_file())

    def known_lessons(self) -> list[str]:
        """The names of all lessons that are written or released, in order."""
        return sorted({*self.lessons(), *self.released_lessons()})

    @property
    def config(self) -> Path:
        """nbgrader's configuration."""
        return self.root / CONFIGURATION

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
        """A path as shown to people: relative to the course's folder, if it is in there."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)

    def select(self, wanted: Iterable[str], released: bool = False) -> list[str]:
        """The lessons, written or at least released, meant by names, numbers or paths; all if none is given.

        Raises
        ------
        LookupError
            If one of them is not a lesson.
        """
        known, chosen = self.released_lessons() if released else self.lessons(), set()
        for word in wanted:
            stem = Path(word).name.removesuffix(".py").removesuffix(".ipynb")
            matches = [name for name in known if is_meant(name, stem)]
            if not matches:
                raise LookupError(
                    f"There is no lesson {word!r}; the lessons are {', '.join(known) or 'none yet'}."
                )
            chosen.update(matches)
        return sorted(chosen) if wanted else known


def is_meant(lesson: str, word: str) -> bool:
    """Whether a word is a lesson's name or its number.

    >>> [is_meant("02_filtering", word) for word in ("02_filtering", "02", "2", "12", "filtering")]
    [True, True, True, False, False]
    """
    number = lesson.partition("_")[0]
    same = word.isdecimal() and number.isdecimal() and int(word) == int(number)
    return same or word in (lesson, number)


def find_course(start: Path) -> Course:
    """The course that a folder is in, otherwise the one that this package is in."""
    for folder in (start, *start.parents, PACKAGE.parent):
        if (folder / "lessons").is_dir() and (folder / CONFIGURATION).is_file():
            return Course(folder)
    return Course(start)


def replace_files(texts: dict[Path, str]) -> None:
    """Write all files, or none if one cannot be written; each is replaced in one step, never half written."""
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
        for temporary in written.values():
            Path(temporary).unlink(missing_ok=True)
