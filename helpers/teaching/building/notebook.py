"""A lesson as a notebook: nbgrader's metadata, stable ids, the cover as an attachment."""

import base64
import io
from typing import TYPE_CHECKING

from helpers.teaching.building.lesson import Cell, Lesson

if TYPE_CHECKING:
    from nbformat import NotebookNode

COVER = "cover.png"
WIDEST = 1040  # pixels of a cover: nbgrader's pages do not shrink pictures in texts, and have that much room
IGNORE_OUTPUT = "nbval-ignore-output"
OPTIONAL = "optional"  # the tag of an exercise without points and of its check, which nbgrader does not grade
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def assemble(lesson: Lesson) -> "NotebookNode":
    """The solution notebook, not yet run; the title cell shows the cover that `attach_cover` will bring."""
    from nbformat import from_dict

    cells = [_cell(cell) for cell in lesson.shown]
    if lesson.cover:
        title = cells[lesson.cover.ordinal - 2]
        title["source"] = place_cover(title["source"], lesson.cover.name)
    return from_dict({"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5})


def _cell(cell: Cell) -> dict:
    """One cell in the notebook format."""
    made = {"cell_type": cell.kind, "id": cell.id, "metadata": metadata(cell), "source": cell.source}
    return made | {"execution_count": None, "outputs": []} if cell.kind == "code" else made


def may_fail(cell: "NotebookNode") -> bool:
    """Whether a cell of a solution fails on purpose, whatever is written elsewhere; no check does."""
    tags = cell.metadata.get("tags", [])
    return "raises-exception" in tags and OPTIONAL not in tags and "nbgrader" not in cell.metadata


def metadata(cell: Cell) -> dict:
    """A cell's metadata: tags and presentation as the marker says, and what nbgrader needs."""
    made = {key: cell.options[key] for key in ("jupyter",) if key in cell.options}
    tags = list(cell.options.get("tags", []))
    if cell.options.get("title") == "widget":
        tags.append(IGNORE_OUTPUT)
    if cell.role == "test":
        tags.append("raises-exception")  # so that Run All carries on below a blank
    if "break" in cell.options:
        tags.append("break")
    if cell.optional:
        tags.append(OPTIONAL)
    if tags:
        made["tags"] = list(dict.fromkeys(tags))
    if cell.grade_id:
        made["nbgrader"] = nbgrader_metadata(cell)
    return made


def nbgrader_metadata(cell: Cell) -> dict:
    """The fields of nbgrader's schema 3 for an exercise, a test or an answer."""
    graded = cell.role in ("test", "answer")
    points = {"points": cell.options["points"]} if graded else {}
    return points | {
        "grade": graded,
        "grade_id": cell.grade_id,
        "locked": cell.role == "test",
        "schema_version": 3,
        "solution": cell.role in ("exercise", "answer"),
        "task": False,
    }


def place_cover(source: str, alt: str) -> str:
    """The title cell's text with the picture in place of `![cover]`, else below the title.

    >>> place_cover("# Pictures\\n\\nWhat is this?", "An X")
    '# Pictures\\n\\n![An X](attachment:cover.png)\\n\\nWhat is this?'
    """
    text = alt.replace("[", "\\[").replace("]", "\\]")
    image = f"![{text}](attachment:{COVER})"
    lines = source.splitlines()
    if "![cover]" in lines:
        return "\n".join(image if line == "![cover]" else line for line in lines)
    rest = "\n".join(lines[1:]).lstrip("\n")
    return f"{lines[0]}\n\n{image}" + (f"\n\n{rest}" if rest else "")


def cover_cell(cover: Cell) -> "NotebookNode":
    """The code cell that draws the cover; it is run, and never kept."""
    from nbformat import from_dict

    return from_dict(_cell(cover))


def attach_cover(notebook: "NotebookNode", cover: Cell, png: str) -> None:
    """Put the picture (base64) into the title cell."""
    title = notebook.cells[cover.ordinal - 2]
    title["attachments"] = {COVER: {"image/png": narrowed(png)}}


def narrowed(png: str) -> str:
    """A picture (base64), made smaller if it is wider than a cover may be."""
    from PIL import Image

    image = Image.open(io.BytesIO(base64.b64decode(png)))
    if image.width <= WIDEST:
        return png
    file, height = io.BytesIO(), round(image.height * WIDEST / image.width)
    image.resize((WIDEST, height), Image.Resampling.LANCZOS).save(file, "PNG", optimize=True)
    return base64.b64encode(file.getvalue()).decode("ascii")


def to_text(notebook: "NotebookNode") -> str:
    """The notebook as it is written to a file."""
    import nbformat

    nbformat.validate(notebook)
    return nbformat.writes(notebook, version=4) + "\n"


def from_text(text: str) -> "NotebookNode":
    """The notebook in a file's text.

    Raises
    ------
    ValueError
        If it is not a notebook of format 4, with the reason in one line.
    """
    import nbformat

    try:
        notebook = nbformat.reads(text, as_version=4)
        nbformat.validate(notebook)
    except Exception as error:
        raise ValueError(str(error).strip().splitlines()[0]) from error
    return notebook
