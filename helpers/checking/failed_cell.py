"""Whether the cell with a function could not be read, so that the notebook still holds an older one."""

import ast
import linecache
import re
import warnings
from collections.abc import Callable

from IPython import get_ipython


def failed_cell(name: str, function: Callable) -> SyntaxError | None:
    """The error in the last cell that was run with ``def name(``.

    None where Python could read it, and where the function was made after it, or not in a cell at all.
    """
    shell = get_ipython()
    if shell is None:
        return None
    history = shell.history_manager
    cells = list(zip(history.input_hist_parsed, history.input_hist_raw, strict=False))
    definition = re.compile(rf"^\s*def\s+{re.escape(name)}\s*\(", re.MULTILINE)
    numbers = [number for number, (cell, _) in enumerate(cells) if definition.search(cell)]
    if not numbers or not _is_older(function, cells, numbers[-1]):
        return None
    return _error_in(cells[numbers[-1]][0])


def _is_older(function: Callable, cells: list[tuple[str, str]], number: int) -> bool:
    """Whether a function was made in a cell that was run before that one, and not again since."""
    code = getattr(function, "__code__", None)
    text = "".join(linecache.getlines(code.co_filename)).strip() if code else ""
    made_in = [at for at, forms in enumerate(cells) if text and any(text in form for form in forms)]
    return bool(made_in) and made_in[-1] <= number


def _error_in(cell: str) -> SyntaxError | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(cell, "<cell>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        except SyntaxError as error:
            return error
        except ValueError:  # a character that a program must not contain
            return None
    return None
