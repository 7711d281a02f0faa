"""Store what lesson 18 measures where PyTorch is installed: ``python benchmarks/pytorch_comparison.py``.

It runs the lesson's own cells, so that nothing is computed in two ways, and keeps what they put into `here`.
"""

import contextlib
import io
import json
import os
import tempfile
from pathlib import Path

from helpers.teaching.building.lesson import read

ROOT = Path(__file__).resolve().parents[1]
STORED = ROOT / "helpers" / "data" / "pytorch_comparison.json"


def measured():
    """What the cells of lesson 18 put into `here`, of long lists the first ten: a dict that JSON can hold.

    Raises
    ------
    ModuleNotFoundError
        If PyTorch is not installed.
    """
    import torch  # noqa: F401 - without it the lesson would measure nothing

    cells = [cell for cell in read(ROOT / "lessons" / "18_pytorch.py").shown if cell.kind == "code"]
    scope = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in cells:
            exec(compile(cell.source, cell.id, "exec"), scope)
    found = scope["here"]
    return {key: value[:10] if isinstance(value, list) else value for key, value in found.items()}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["COURSE_PROGRESS"] = str(Path(scratch) / "progress.jsonl")
        STORED.write_text(json.dumps(measured(), indent=1) + "\n", encoding="utf-8")
    print(f"stored in {STORED.relative_to(ROOT)}")
