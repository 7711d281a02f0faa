"""A lesson as a page to read: the executed solution, with every exercise as learners get it."""

import base64
import html
import re
import struct
from collections.abc import Callable, Iterator
from typing import Any

FIGURES = "figures"  # the site's folder with the pictures and sounds of all lessons
_CHECK = "The check, and what it says when the function is right"
_DATA = re.compile(r"""src=(["'])data:(image/png|audio/wav);base64,([^"']+)\1""")
_WIDTH = re.compile(r'\bwidth="(\d+)"')
_COVER = re.compile(r"!\[((?:\\.|[^\]])*)\]\(attachment:([\w.]+)\)")
_CELL = re.compile(r"\.\./(\w+)/\1\.ipynb#cell-id=([\w-]+)")  # a link to a cell of another notebook
_UNNAMED = re.compile(r"title|\d\d-[0-9a-f]{8}")  # the ids of texts that have no name
_WIDGET = re.compile(r"\bshow\.widgets\.[A-Z]")
_PLACE_TO_WRITE = ("*Write your answer here.*", "*Your answer goes here, in the notebook that runs.*")

Save = Callable[[str, bytes], None]  # a path below the site's root, and what belongs there


def lesson_page(
    name: str, label: str, solved: dict[str, Any], released: dict[str, Any], save: Save
) -> dict[str, Any]:
    """The notebook from which Sphinx makes a lesson's page.

    Every text and every piece of code is the released notebook's. From the solution come only the outputs,
    and only those of cells that are the same in both: so no solution can get onto the page.

    Parameters
    ----------
    name : str
        The lesson, such as ``"02_filtering"``.
    label : str
        What people call it, such as ``"02 Filtering"``.
    solved, released : dict
        The executed notebook with the solutions, and the learner's.
    save : callable
        Called with the path and the bytes of each picture and each sound.
    """
    cells: list[dict[str, Any]] = []
    for solution, cell in zip(solved["cells"], released["cells"], strict=True):
        cells += _text_cell(name, cell, save) if cell["cell_type"] == "markdown" else ()
        cells += _code_cell(name, cell, solution, save) if cell["cell_type"] == "code" else ()
    title, _, rest = cells[0]["source"].partition("\n")
    called = f"```{{container}} label\nLesson {label.replace(' ', ': ', 1)}\n```"
    cells[0]["source"] = f"{title}\n\n{called}\n\n{run_bar(name)}\n{rest}"
    for number, cell in enumerate(cells):
        cell["id"] = f"c{number}"
    return {**released, "cells": cells}


def run_address(name: str) -> str:
    """Where a lesson runs, seen from its page."""
    return f"../run/notebooks/index.html?path={name}/{name}.ipynb"


def run_bar(name: str) -> str:
    """The line below a lesson's title: where it runs, and where the learner's work is."""
    address, number = run_address(name), name.partition("_")[0]
    return (
        f'<p class="run-bar"><a class="run" href="{address}">Run this lesson</a>\n'
        f'<button type="button" hidden data-run="{address}" data-title="Lesson {number}, to run">'
        f'Run it on this page</button>\n<a href="../work.html">Your work</a></p>\n'
    )


def _text_cell(name: str, cell: dict[str, Any], save: Save) -> Iterator[dict[str, Any]]:
    """A text, with its picture as a file."""

    def as_file(found: re.Match[str]) -> str:
        alt, file = re.sub(r"\\(.)", r"\1", found[1]), found[2]
        png = base64.b64decode("".join(cell["attachments"][file]["image/png"]))
        path = f"{FIGURES}/{name}/{file}"
        save(path, png)
        width, height = _size(png)
        return f'<img alt="{html.escape(alt)}" src="../{path}" width="{width}" height="{height}">'

    source = _COVER.sub(as_file, "".join(cell["source"]))
    source = source.replace(*_PLACE_TO_WRITE).replace("../GLOSSARY.md", "../glossary.md")
    if not _UNNAMED.fullmatch(cell["id"]):
        source = f'<div id="cell-{cell["id"]}"></div>\n\n{source}'
    yield _html(source)


def _code_cell(
    name: str, cell: dict[str, Any], solution: dict[str, Any], save: Save
) -> Iterator[dict[str, Any]]:
    """Code, with its outputs; a check is folded, and below a widget's picture it says where it moves."""
    source, tags = "".join(cell["source"]), cell["metadata"].get("tags", [])
    is_exercise = source != "".join(solution["source"])
    has_points = cell["metadata"].get("nbgrader", {}).get("grade")
    is_check = has_points or {"optional", "raises-exception"} <= set(tags)
    metadata = {"course_id": cell["id"], "tags": ["exercise"] if is_exercise else []}
    outputs = list(_outputs(name, cell["id"], [] if is_exercise else solution["outputs"], save))
    if is_check:
        yield _html(f'<details class="check"><summary>{_CHECK}</summary>')
    yield {**cell, "metadata": metadata, "outputs": outputs}
    if is_check:
        yield _html("</details>")
    if outputs and _WIDGET.search(source):
        link = f'<a href="{run_address(name)}">run the lesson</a>'
        yield _html(f'<p class="moves">This is a picture. It moves when you {link}.</p>')


def _html(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def _outputs(name: str, cell_id: str, outputs: list[dict[str, Any]], save: Save) -> Iterator[dict[str, Any]]:
    """Outputs with pictures and sounds as files, and links that lead to pages; of two forms one is kept."""
    for number, output in enumerate(outputs, 1):
        page = "".join(output.get("data", {}).get("text/html", ""))
        if not page:
            yield output
            continue
        page = _without_data(page, f"{FIGURES}/{name}/{cell_id}-{number}", save)
        data = {"text/html": _CELL.sub(r"\1.html#cell-\2", page)}
        yield {**output, "data": data, "metadata": {}}


def _without_data(page: str, stem: str, save: Save) -> str:
    """HTML whose pictures and sounds are files; a picture says how high it is, so that nothing jumps."""

    def as_file(found: re.Match[str]) -> str:
        content = base64.b64decode(found[3])
        path = f"{stem}.{found[2].partition('/')[2]}"
        save(path, content)
        if found[2] != "image/png":
            return f'src="../{path}"'
        pixels, width = _size(content), _WIDTH.search(page)
        height = round(int(width[1]) * pixels[1] / pixels[0]) if width else pixels[1]
        return f'src="../{path}" height="{height}" loading="lazy"'

    return _DATA.sub(as_file, page)


def _size(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG file."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height
