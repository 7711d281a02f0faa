"""A small lesson with every kind of cell, and the scratch courses that the tests build from such lessons."""

import shutil
from pathlib import Path

from helpers.teaching.course import Course

ROOT = Path(__file__).parents[2]
NAME = "00_tiny"
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="

LESSON = f'''# %% [markdown]
# # Count the white pixels
#
# What does a computer see?

# %% cover="An X [drawn]"
import base64

from IPython.display import Image

Image(data=base64.b64decode("{PNG}"))

# %% id="setup"
from helpers import check

# %%
1 + 1

# %%
1 + 1

# %% exercise="count_white"
def count_white(image):
    """The number of white pixels.

    Parameters
    ----------
    image : ndarray of shape (height, width)
    """
    ### BEGIN SOLUTION
    white = image == 1  # one for each pixel
    return int(white.sum())
    ### END SOLUTION


# %% test="count_white" points=3
check("count_white", count_white)

# %% widget
from ipywidgets import IntSlider

IntSlider()

# %% tags=["raises-exception"]
count_white(None) + undefined

# %% [markdown] answer="why_white" points=1
# Because white pixels are the letter itself.
'''


EXERCISE = LESSON[LESSON.index("# %% exercise") : LESSON.index("# %% widget")]


def write_course(folder: Path, lessons: dict[str, str]) -> Course:
    """A course of the given lessons (name to text), with the real nbgrader configuration."""
    (folder / "lessons").mkdir(parents=True)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    for name, text in lessons.items():
        (folder / "lessons" / f"{name}.py").write_text(text, encoding="utf-8")
    return Course(folder)
