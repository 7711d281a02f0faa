"""A notebook run in its own kernel, as a learner on a fresh machine would run it."""

import logging
import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.checking.calling.call import known_as
from helpers.teaching.building.notebook import may_fail
from helpers.teaching.building.saved_outputs import WIDGET_VIEW, drop_progress_bars, keep_one_picture

if TYPE_CHECKING:
    from nbclient import NotebookClient
    from nbformat import NotebookNode

CELL_SECONDS = 300
START_SECONDS = 60
_INTERRUPTED = "_async_cleanup_kernel_future"  # what nbclient keeps once Control-C has come
_OPTIONAL = ("torch",)  # the course does without them; installed or not, its notebooks must come out the same
_STARTUP = f"""
def hide_optional_packages():
    import sys

    class NotInstalled:
        @staticmethod
        def find_spec(name, path=None, target=None):
            if name.partition(".")[0] in {_OPTIONAL}:
                raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

    sys.meta_path.insert(0, NotInstalled)


hide_optional_packages()
del hide_optional_packages
"""

_PACKAGE = Path(__file__).resolve().parents[3]
_PERSONAL = ("MPLBACKEND", "NBGRADER_EXECUTION", "PYTHONWARNINGS", "PYTHONSTARTUP", "NO_COLOR", "FORCE_COLOR")
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_CELL_LINE = re.compile(r"Cell In ?\[\d+\], line (\d+)")
_ADDRESS = re.compile(r"<[^<>\n]* at 0x[0-9a-f]{6,}>")


class RunError(Exception):
    """A cell that failed: its index in the notebook, the line within the cell if known, and why."""

    def __init__(self, index: int, message: str, line: int | None = None):
        """Keep what is known about the failure."""
        super().__init__(index, message, line)
        self.index, self.message, self.line = index, message, line


def learner_folder(scratch: Path, name: str, released: Path) -> Path:
    """A folder like the learner's: whatever is next to the released notebook, but not a notebook."""
    folder = scratch / "notebooks" / name
    if released.is_dir():
        shutil.copytree(released, folder, ignore=shutil.ignore_patterns("*.ipynb", ".*", "__pycache__"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def learner_environment(scratch: Path) -> dict[str, str]:
    """Environment variables that keep personal settings, progress and optional packages out of the run."""
    style = scratch / "matplotlibrc"
    style.touch()
    startup = scratch / "ipython" / "profile_default" / "startup" / "00_fresh_machine.py"
    startup.parent.mkdir(parents=True, exist_ok=True)
    startup.write_text(_STARTUP, encoding="utf-8")
    paths = [str(_PACKAGE), os.environ.get("PYTHONPATH", "")]
    kept = {key: value for key, value in os.environ.items() if key not in _PERSONAL}
    return kept | {
        "COURSE_PROGRESS": str(scratch / "progress.jsonl"),
        "IPYTHONDIR": str(scratch / "ipython"),
        "MATPLOTLIBRC": str(style),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": os.pathsep.join(path for path in paths if path),
    }


def run(notebook: "NotebookNode", folder: Path, scratch: Path, allow_errors: bool = False) -> None:
    """Run all cells in place, with `folder` as working directory; the outputs stay in the notebook.

    Raises
    ------
    RunError
        If a cell fails (unless `allow_errors`, or its tag, lets it), lasts too long, or ends the kernel.
    KeyboardInterrupt
        If Control-C comes while the cells run, or while the kernel starts or ends.
    """
    at = {"index": 0}
    client = _client(notebook, folder, allow_errors, at)
    try:
        _execute(client, learner_environment(scratch), at)
    finally:  # an interrupted run ends with what it sees first, and may even seem to succeed
        if hasattr(client, _INTERRUPTED):
            raise KeyboardInterrupt from None


def _execute(client: "NotebookClient", environment: dict[str, str], at: dict) -> None:
    """Run all cells; a RunError for the cell that ends it."""
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    try:
        client.execute(env=environment)
    except CellExecutionError as error:
        raise _failure(at["index"], error.ename, error.evalue, error.traceback) from error
    except CellTimeoutError as error:
        raise RunError(at["index"], f"The cell ran for longer than {CELL_SECONDS} seconds.") from error
    except DeadKernelError as error:
        raise RunError(at["index"], "The kernel died while it ran this cell.") from error


def _client(notebook: "NotebookNode", folder: Path, allow_errors: bool, at: dict) -> "NotebookClient":
    """A client that runs the notebook the same way each time, and keeps the running cell's index in `at`."""
    from nbclient import NotebookClient

    return NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        startup_timeout=START_SECONDS,
        allow_errors=allow_errors,
        coalesce_streams=True,
        record_timing=False,
        store_widget_state=False,
        extra_arguments=["--log-level=CRITICAL"],
        log=logging.Logger("run", logging.CRITICAL),
        resources={"metadata": {"path": str(folder)}},
        on_cell_execute=lambda cell, cell_index: at.update(index=cell_index),
    )


def _failure(index: int, name: str, value: str, traceback: str) -> RunError:
    """The exception that a cell raised: its name, the first line of what it says, the line of the cell."""
    line = _CELL_LINE.search(_COLOURS.sub("", traceback or ""))
    said = (_COLOURS.sub("", value or "").strip().splitlines() or ["no message"])[0]
    return RunError(index, f"{known_as(name)}: {said}", int(line.group(1)) if line else None)


def tidy(notebook: "NotebookNode", metadata: dict) -> None:
    """Keep what is the same in every run of the outputs, and what `metadata` states of the metadata."""
    from nbformat import from_dict

    notebook.metadata = from_dict(metadata)
    drop_progress_bars(notebook.cells)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            output.pop("transient", None)
            output.get("data", {}).pop(WIDGET_VIEW, None)
            keep_one_picture(output)
            if output.output_type == "error" and not _is_one_line(output):
                # others hold paths of this machine
                output.traceback = [f"{output.ename}: {output.evalue}"]


def _is_one_line(error: "NotebookNode") -> bool:
    """Whether an error draws itself as a line of its own words, as a check that has not passed does."""
    return len(error.traceback) == 1 and error.evalue.startswith(error.traceback[0])


def require_clean(notebook: "NotebookNode") -> None:
    """Raise a RunError for the first cell that failed, wrote to stderr, or shows what varies between runs."""
    for index, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", []):
            if output.output_type == "error" and not may_fail(cell):
                raise _failure(index, output.ename, output.evalue, "\n".join(output.traceback))
            if output.output_type == "stream" and output.name == "stderr":
                raise RunError(index, f"The cell writes to stderr: {output.text.strip().splitlines()[0]}")
            if found := _volatile(output):
                raise RunError(index, f"The output differs from run to run: {found}")


def _volatile(output: "NotebookNode") -> str | None:
    """A memory address or a path of this machine in an output's text, or None."""
    texts = [
        output.get("text", ""),
        *(output.get("data", {}).get(kind, "") for kind in ("text/plain", "text/html")),
    ]
    for text in texts:
        if found := _ADDRESS.search(text):
            return found.group()
        if str(_PACKAGE) in text:
            return str(_PACKAGE)
    return None


def picture(notebook: "NotebookNode", index: int) -> str:
    """The picture (PNG, base64) that a cell shows.

    Raises
    ------
    RunError
        If it shows none.
    """
    for output in notebook.cells[index].outputs:
        if png := output.get("data", {}).get("image/png"):
            return png
    raise RunError(index, "The cover cell shows no picture; its last line is a picture.")
