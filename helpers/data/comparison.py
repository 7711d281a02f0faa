"""Comparison: what lesson 18 measured where PyTorch was installed, for those who do not have it."""

import json
from pathlib import Path

_FILE = Path(__file__).with_name("pytorch_comparison.json")


def pytorch_comparison():
    """Our network next to PyTorch's, as `benchmarks/pytorch_comparison.py` stored it.

    Returns
    -------
    dict
        "torch": the version; and what lesson 18 keeps in its dictionary `here`.

    Examples
    --------
    >>> pytorch_comparison()["parameters"]
    62006
    """
    return json.loads(_FILE.read_text(encoding="utf-8"))
