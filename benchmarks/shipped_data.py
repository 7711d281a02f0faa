"""Write again the data that the package ships and others made: ``python benchmarks/shipped_data.py``.

Run it with Python 3.11.7, whose language reference is the one that is shipped, and with scikit-learn.
``helpers/data/SOURCES.md`` says where everything comes from.
"""

import re
from pathlib import Path

import numpy as np
from PIL import Image

from helpers.data.texts import words_of

STORED = Path(__file__).resolve().parents[1] / "helpers" / "data"
SENTENCE_END = re.compile(r"[.:;!?](?:\s|$)|\n\s*\n")


def sentences():
    """The sentences of the language reference, each once, as its words with spaces between them."""
    from pydoc_data.topics import topics

    parts = [part for name in sorted(topics) for part in SENTENCE_END.split(topics[name])]
    return [sentence for sentence in dict.fromkeys(" ".join(words_of(part)) for part in parts) if sentence]


def main():
    """Write the photograph, the digits and the handbook."""
    from sklearn.datasets import load_digits, load_sample_image

    Image.fromarray(load_sample_image("china.jpg")).save(STORED / "china.png", optimize=True)
    digits = load_digits()
    arrays = {"images": digits.images.astype(np.uint8), "labels": digits.target.astype(np.uint8)}
    np.savez_compressed(STORED / "digits.npz", **arrays)
    (STORED / "handbook.txt").write_text("\n".join(sentences()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
