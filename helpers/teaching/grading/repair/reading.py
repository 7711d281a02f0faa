"""A handed-in file read as a notebook, whatever editor saved it; what cannot be read is said in one sentence.

Nothing in it is run or parsed as code here: this process holds the answers.
"""

import json
import re
from typing import Any

from nbformat import NotebookNode, from_dict

from helpers.teaching.grading.repair import cell_text
from helpers.teaching.grading.repair.json_document import (
    LARGEST,
    MEGABYTE,
    THE_NOTEBOOK,
    Unreadable,
    documents,
    require_size,
)
from helpers.teaching.grading.repair.large_parts import MOST_PICTURES, lightened, without_pictures

MOST_CELLS = 2_000
MOST_TEXT = 10 * MEGABYTE
MOST_METADATA = 100_000
MOST_ATTACHMENTS = 100

TYPES = ("code", "markdown", "raw")
PICTURES = (
    f"Pictures beyond {MOST_PICTURES // MEGABYTE} MB were left out of the texts; they count for no mark, "
    "and are in the file that was handed in."
)
_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_KEPT_METADATA: dict[str, type | tuple[type, ...]] = {  # keys whose type the format fixes
    "tags": list,
    "jupyter": dict,
    "execution": dict,
    "nbgrader": dict,
    "name": str,
    "format": str,
    "collapsed": bool,
    "deletable": bool,
    "editable": bool,
    "scrolled": (bool, str),
}


def read(content: bytes | None, largest: int = LARGEST) -> NotebookNode:
    """The notebook in a file that was handed in, without outputs.

    Sources are strings with Unix line ends; cell ids are as they were, which may mean missing or doubled.
    The key `mended` holds what was put right, one sentence each; where a file holds several notebooks
    one after another, `others` are those after the first.

    Raises
    ------
    Unreadable
        With the sentence to tell.
    """
    if content is None:
        raise Unreadable("No notebook was handed in.")
    light, said = lightened(content)
    require_size(len(light), largest)
    found, mended = documents(light)
    notebooks, troubles = [], []
    for document in found:
        try:
            notebooks.append(_notebook(document, [*said, *mended]))
        except Unreadable as trouble:
            troubles.append(trouble)
    if not notebooks:
        raise troubles[0]
    if len(notebooks) > 1:
        notebooks[0]["others"] = notebooks[1:]
    return notebooks[0]


def _notebook(document: dict, mended: list[str]) -> NotebookNode:
    """A notebook of format 4.5 from a document."""
    metadata = _small(document.get("metadata"))
    said = dict.fromkeys([*mended, *_format_notes(document, metadata)])  # a set that keeps its order
    cells = [_cell(cell, said) for cell in _cells(document)]
    _leave_out_large_pictures(cells, said)
    _require_little_text(cells)
    for cell in cells:
        if cell["cell_type"] == "code":
            cell["source"], more = cell_text.code(cell["source"])
            said |= dict.fromkeys(more)
    made = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return from_dict(made | {"mended": [*said]})


def _cells(document: dict) -> list[dict]:
    """The cells as they are in the file; format 3 keeps them in worksheets."""
    cells = document.get("cells")
    if cells is None and isinstance(document.get("worksheets"), list):
        sheets = [sheet.get("cells") for sheet in document["worksheets"] if isinstance(sheet, dict)]
        cells = [cell for sheet in sheets if isinstance(sheet, list) for cell in sheet]
    if not isinstance(cells, list):
        raise Unreadable(f"The file is not a notebook: it has no list of cells. {THE_NOTEBOOK}")
    cells = [cell for cell in cells if isinstance(cell, dict)]
    if not cells:
        raise Unreadable("The notebook has no cells.")
    if len(cells) > MOST_CELLS:
        raise Unreadable(f"The notebook has {len(cells):,} cells; at most {MOST_CELLS:,} are read.")
    return cells


def _leave_out_large_pictures(cells: list[dict], said: dict[str, None]) -> None:
    """Cut pictures out of the texts once there are many megabytes of them."""
    left = MOST_PICTURES
    for cell in cells:
        if cell["cell_type"] == "code":
            continue
        source, left = without_pictures(cell["source"], left)
        fitting = {}
        for name, kinds in cell.pop("attachments", {}).items():
            size = sum(map(len, kinds.values()))
            if size <= left:
                fitting[name], left = kinds, left - size
            else:
                said[PICTURES] = None
        if source != cell["source"]:
            cell["source"] = source
            said[PICTURES] = None
        if fitting:
            cell["attachments"] = fitting


def _require_little_text(cells: list[dict]) -> None:
    """Refuse cells that nobody wrote by hand: searching them would take long."""
    size = sum(len(cell["source"]) for cell in cells)
    if size > MOST_TEXT:
        most = MOST_TEXT // MEGABYTE
        raise Unreadable(
            f"The notebook's cells hold {size / MEGABYTE:,.1f} MB of text; at most {most} MB are read. "
            "Load large data from a file next to the notebook, and hand both in again."
        )


def _format_notes(document: dict, metadata: dict) -> list[str]:
    """A sentence on the format, if it is not the present one."""
    version = tuple(
        number if type(number) is int else 0 for number in map(document.get, ("nbformat", "nbformat_minor"))
    )
    if version == (4, 5):
        return []
    by = " by Google Colab" if "colab" in metadata else ""
    return [f"The notebook was saved{by} in format {version[0]}.{version[1]}; it was read as format 4.5."]


def _cell(cell: dict, said: dict[str, None]) -> dict:
    """A cell of format 4.5, except that it may have no id; what was put right is added to what was said."""
    kind = _kind(cell)
    source, mended = cell_text.text_of(cell.get("source", cell.get("input")))
    if kind == "heading":  # of format 3
        level = cell.get("level", 1)
        kind, source = "markdown", f"{'#' * int(level if level in range(1, 7) else 1)} {source}"
    made: dict[str, Any] = {
        "cell_type": kind if kind in TYPES else "raw",
        "metadata": _metadata(cell),
        "source": source,
    }
    if kind == "code":
        made |= {"execution_count": None, "outputs": []}
    elif attachments := _attachments(cell.get("attachments")):
        made["attachments"] = attachments
    said |= dict.fromkeys(mended)
    given = cell.get("id") or made["metadata"].get("id")  # Colab keeps ids in the metadata
    if isinstance(given, str) and _ID.fullmatch(given):
        made["id"] = given
    return made


def _kind(cell: dict) -> str:
    """The type of a cell; one that does not say it is code if it could be run."""
    kind = cell.get("cell_type")
    if isinstance(kind, str):
        return kind.lower()
    return "code" if cell.keys() & {"outputs", "execution_count", "input", "prompt_number"} else "raw"


def _small(found: object) -> dict:
    """A dictionary of ordinary size; an empty one if no editor would have written it."""
    if not isinstance(found, dict):
        return {}
    kept = {key: value for key, value in found.items() if key != "widgets"}  # the state of outputs
    return kept if len(json.dumps(kept)) <= MOST_METADATA else {}


def _metadata(cell: dict) -> dict:
    """The metadata of a cell, without what the format forbids."""
    found = _small(cell.get("metadata"))
    kept: dict[str, Any] = {
        key: value for key, value in found.items() if isinstance(value, _KEPT_METADATA.get(key, object))
    }
    if "tags" in kept:
        tags = [tag for tag in kept["tags"] if isinstance(tag, str) and tag and "," not in tag]
        kept["tags"] = list(dict.fromkeys(tags))
    return kept


def _attachments(found: object) -> dict:
    """The pictures of a text cell, by file and kind."""
    if not isinstance(found, dict) or len(found) > MOST_ATTACHMENTS:
        return {}
    made = {
        name: {kind: _picture(data) for kind, data in kinds.items()}
        for name, kinds in found.items()
        if isinstance(kinds, dict) and len(kinds) <= MOST_ATTACHMENTS
    }
    return {name: kinds for name, kinds in made.items() if kinds}


def _picture(data: object) -> str:
    """A picture's base64, which may be kept as a list of lines."""
    if isinstance(data, list):
        return "".join(line for line in data if isinstance(line, str))
    return data if isinstance(data, str) else ""
