"""Which file of a student's folder is graded: the one with the most work in it, whatever it is called."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from helpers.teaching.grading.handed_in.inbox import SECRET, TIMESTAMP, Inbox, hidden, shown
from helpers.teaching.grading.handed_in.packed_files import GZIP, NAMES, ZIP, Packed
from helpers.teaching.grading.plan import Plan
from helpers.teaching.grading.repair.json_document import (
    LARGEST,
    MEGABYTE,
    THE_NOTEBOOK,
    Unreadable,
    require_size,
)
from helpers.teaching.grading.repair.large_parts import lightened
from helpers.teaching.grading.repair.mending import own_work, repair
from helpers.teaching.grading.repair.reading import read

MOST_CANDIDATES = 20
MOST_WEIGHED = 20 * MEGABYTE
MOST_PIECES = 500_000  # of all notebooks that are compared, so that it takes seconds
MOST_ARCHIVES = 5
SUFFIX = ".ipynb"
_OTHER_SUFFIXES = (".json", ".txt", ".bak", ".old", ".orig", ".download")
_CELLS = re.compile(rb'"(?:cells|cell_type|worksheets)"')


@dataclass(frozen=True)
class Candidate:
    """A file that may hold the notebook; `rank` says where it was found: 0 where it belongs, else more."""

    source: Inbox | Packed
    path: str
    rank: int = 0
    archive: str = ""

    @property
    def name(self) -> str:
        """The name of the file, for people."""
        return shown(self.path.rpartition("/")[2])

    @property
    def place(self) -> str:
        """Where the file was found, for people."""
        return f"{shown(self.archive)}, {shown(self.path)}" if self.archive else shown(self.path)


@dataclass(frozen=True)
class Choice:
    """The file that is graded, its content without large outputs, and what to say about the choice."""

    candidate: Candidate
    content: bytes
    remarks: tuple[str, ...]


@dataclass
class Scale:
    """Compares candidates, and remembers how much more it may read."""

    plan: Plan
    bytes_left: int = MOST_WEIGHED
    pieces_left: int = MOST_PIECES
    troubles: dict[str, str] = field(default_factory=dict)

    def weigh(self, candidate: Candidate) -> tuple:
        """How much speaks for a candidate: the greater, the better.

        Work that can be read counts most, then traces of a lesson's notebook that cannot be, then a blank.
        """
        kind, work = self._work(candidate)
        is_named_right = candidate.name == f"{self.plan.lesson}{SUFFIX}"
        numbers = [int(number) for number in re.findall(r"\d{1,9}", candidate.name)]
        return (
            kind,
            work,
            is_named_right,
            -candidate.rank,
            -candidate.path.count("/"),
            numbers,
            candidate.path,
        )

    def _work(self, candidate: Candidate) -> tuple[int, int]:
        """Its kind (3 for work, 2 for traces of the lesson, 1 for a blank), and how much work it holds."""
        content = b""
        try:
            content, _ = content_of(candidate)
            pieces = sum(map(content.count, (b",", b"[", b"{")))
            if len(content) > self.bytes_left or pieces > self.pieces_left:
                return 2, 0
            self.bytes_left, self.pieces_left = self.bytes_left - len(content), self.pieces_left - pieces
            work = own_work(repair(read(content), self.plan), self.plan)
        except Unreadable as trouble:
            self.troubles[candidate.place] = str(trouble)
            return 2 * self._has_traces(content), 0
        except Exception as error:  # whatever is wrong with one file must not cost another one its turn
            self.troubles[candidate.place] = f"{type(error).__name__}."
            return 2 * self._has_traces(content), 0
        return (3, work) if work else (1, 0)

    def _has_traces(self, content: bytes) -> bool:
        """Whether a file names a graded cell of the lesson."""
        return any(f'"{cell.grade_id}"'.encode() in content for cell in self.plan.cells if cell.grade_id)


def choose(inbox: Inbox, plan: Plan) -> Choice:
    """The notebook of a lesson in a folder.

    Raises
    ------
    Unreadable
        If there is none that can be read from the disk.
    """
    groups = [group for group in _groups(inbox) if group]
    if not groups:
        raise Unreadable(_nothing(inbox))
    if len(groups) == len(groups[0]) == 1:
        (best,), weighed, scale = groups[0], 1, Scale(plan)
    else:
        best, weighed, scale = _heaviest(groups, plan)
    content, said = content_of(best)
    troubles = (
        f"{place} could not be read. {trouble}"
        for place, trouble in scale.troubles.items()
        if place != best.place
    )
    return Choice(best, content, (*said, *_remarks(best, weighed, plan), *islice(troubles, 3)))


def _heaviest(groups: list[list[Candidate]], plan: Plan) -> tuple[Candidate, int, Scale]:
    """The best candidate, of how many, and the scale; later groups are looked at until one has work."""
    scale, weighed = Scale(plan), []
    for group in groups:
        weighed += [(scale.weigh(candidate), candidate) for candidate in group[:MOST_CANDIDATES]]
        if any(weight[0] == 3 for weight, _ in weighed):
            break
    return max(weighed, key=lambda entry: entry[0])[1], len(weighed), scale


def _remarks(chosen: Candidate, weighed: int, plan: Plan) -> list[str]:
    """What there is to say about a choice."""
    said = []
    if chosen.name != f"{plan.lesson}{SUFFIX}":
        said.append(f"The notebook was handed in as {chosen.name}.")
    if chosen.archive:
        said.append(f"The notebook was found in {shown(chosen.archive)}.")
    if hidden(chosen.path):
        said.append(
            f"The notebook was found among hidden files, as {chosen.place}; it may not be the newest."
        )
    if weighed > 1:
        said.append(f"There were {weighed} notebooks; {chosen.place} was graded.")
    return said


def _nothing(inbox: Inbox) -> str:
    """What is said about a folder without a notebook."""
    others = [shown(path) for path in inbox.paths if not hidden(path) and path not in (SECRET, TIMESTAMP)]
    if not others:
        return "No notebook was handed in."
    return f"No notebook was handed in, but {', '.join(others[:3])}. {THE_NOTEBOOK}"


def content_of(candidate: Candidate) -> tuple[bytes, list[str]]:
    """A candidate's content without large outputs, and what there is to say about that."""
    content, said = lightened(candidate.source.read(candidate.path))
    require_size(len(content), LARGEST)
    return content, said


def is_notebook(path: str) -> bool:
    """Whether a file is named like a notebook, whatever was added to its name.

    >>> is_notebook("02_filtering.ipynb.txt"), is_notebook("notes.txt")
    (True, False)
    """
    return SUFFIX in path.rpartition("/")[2].lower()


def _notebooks(source: Inbox | Packed, rank: int = 0, archive: str = "") -> list[Candidate]:
    """The files that are named like notebooks, and are not hidden."""
    return [
        Candidate(source, path, rank, archive)
        for path in source.paths
        if path.lower().endswith(SUFFIX) and not hidden(path)
    ]


def _groups(inbox: Inbox) -> list[list[Candidate]]:
    """The candidates: where they belong, under other names, packed, and hidden ones last."""
    plain = [one for one in _notebooks(inbox) if inbox.head(one.path, len(ZIP)) != ZIP]
    return [plain, _renamed(inbox, 1), list(_unpacked(inbox)), _hidden(inbox)]


def _renamed(source: Inbox | Packed, rank: int, archive: str = "") -> list[Candidate]:
    """The notebooks with other names."""
    shown_ones = (path for path in source.paths if not hidden(path) and not path.lower().endswith(SUFFIX))
    likely = (
        path
        for path in shown_ones
        if (is_notebook(path) or _may_be_one(path))
        and path not in (SECRET, TIMESTAMP)
        and not path.lower().endswith(NAMES)
    )
    return [
        Candidate(source, path, rank, archive) for path in islice(likely, 50) if _begins_as_one(source, path)
    ]


def _may_be_one(path: str) -> bool:
    """Whether a file without a notebook's name may still be one."""
    name = path.rpartition("/")[2].lower()
    return name.endswith(_OTHER_SUFFIXES) or "." not in name


def _begins_as_one(source: Inbox | Packed, path: str) -> bool:
    """Whether a file's beginning mentions cells; an empty one that is named like a notebook counts too."""
    head = source.head(path)
    return bool(_CELLS.search(head.replace(b"\0", b"")) or (is_notebook(path) and not head.startswith(ZIP)))


def _unpacked(inbox: Inbox) -> Iterator[Candidate]:
    """The notebooks in packed files, and those that are themselves compressed."""
    named = (path for path in inbox.paths if path.lower().endswith((*NAMES, SUFFIX)) and not hidden(path))
    packed_ones = (path for path in named if inbox.head(path, len(ZIP)).startswith((ZIP, GZIP)))
    for path in islice(packed_ones, MOST_ARCHIVES):
        try:
            packed = Packed(inbox.read(path, LARGEST))
        except Unreadable as trouble:
            if inbox.head(path, len(GZIP)) == GZIP:
                yield Candidate(inbox, path, 2)
            else:
                inbox.remarks.append(f"{shown(path)} was not looked into. {trouble}")
            continue
        yield from (*_notebooks(packed, 2, path), *_renamed(packed, 2, path))


def _hidden(inbox: Inbox) -> list[Candidate]:
    """The notebooks that Jupyter keeps as checkpoints, and other hidden ones."""
    found = [path for path in inbox.paths if path.lower().endswith(SUFFIX) and hidden(path)]
    return [Candidate(inbox, path, 3) for path in found if not path.rpartition("/")[2].startswith("._")]
