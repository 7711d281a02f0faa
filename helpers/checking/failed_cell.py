"""Whether the cell with a function could not be read, so that the notebook still holds an older one."""

import ast
import re
import warnings

from IPython import get_ipython


def failed_cell(name: str) -> SyntaxError | None:
    """The error in the last cell that was run with ``def name(``; None where Python could read it."""
    shell = get_ipython()
    ran = shell.user_ns.get("In", ()) if shell is not None else ()
    definition = re.compile(rf"^\s*def\s+{re.escape(name)}\s*\(", re.MULTILINE)
    cell = next((cell for cell in reversed(ran) if isinstance(cell, str) and definition.search(cell)), "")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(cell, "<cell>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        except SyntaxError as error:
            return error
        except ValueError:  # a character that a program must not contain
            return None
    return None
