"""The first cell of a copy for places that open only the notebook, such as Colab: it fetches the course."""

import json
import re
from typing import Any

from helpers.teaching.grading.messages import Refused, shown

CELL = """\
# Run this cell first. It fetches the course, unless it is here already.
try:
    import helpers
except ModuleNotFoundError:
    %pip install --quiet "convnet-course[lessons] @ {address}"
    import helpers
    print("The course has been fetched. In Colab, download this notebook before your session ends.")"""
_ADDRESS = re.compile(r"(https|http|git\+https|file)://[^\s\"'`$\\{}]+")


def fetching_cell(address: str) -> dict[str, Any]:
    """A cell that installs the course from an address, where `helpers` cannot be imported.

    Raises
    ------
    Refused
        If pip would not take the address.
    """
    if not _ADDRESS.fullmatch(address):
        raise Refused(
            f"{shown(address)} is not an address from which pip can install the course. An archive on GitHub "
            "is one: https://github.com/OWNER/REPOSITORY/archive/HEAD.zip"
        )
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": "fetch",
        "metadata": {},
        "outputs": [],
        "source": CELL.format(address=address).splitlines(keepends=True),
    }


def with_fetching_cell(text: str, address: str) -> str:
    """A notebook that begins with a cell which fetches the course; nothing else in its text is different."""
    notebook = json.loads(text)
    notebook["cells"].insert(0, fetching_cell(address))
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
