"""Store what lesson 13 measures where PyTorch is installed: ``python benchmarks/pytorch_comparison.py``.

It runs the lesson's own cells, so that nothing is computed in two ways, and keeps what they put into `here`.
"""

import contextlib
import io
import json
import os
import runpy
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STORED = ROOT / "helpers" / "data" / "pytorch_comparison.json"


def measured():
    """What the cells of lesson 13 put into `here`: a dict that JSON can hold.

    Raises
    ------
    ModuleNotFoundError
        If PyTorch is not installed.
    """
    import torch  # noqa: F401 - without it the lesson would measure nothing

    with tempfile.TemporaryDirectory() as scratch, contextlib.redirect_stdout(io.StringIO()):
        before = os.environ.get("COURSE_PROGRESS")
        os.environ["COURSE_PROGRESS"] = str(Path(scratch) / "progress.jsonl")
        try:
            return runpy.run_path(str(ROOT / "lessons" / "13_pytorch.py"))["here"]
        finally:
            os.environ.pop("COURSE_PROGRESS")
            if before is not None:
                os.environ["COURSE_PROGRESS"] = before


if __name__ == "__main__":
    STORED.write_text(json.dumps(measured(), indent=1) + "\n", encoding="utf-8")
    print(f"stored in {STORED.relative_to(ROOT)}")
