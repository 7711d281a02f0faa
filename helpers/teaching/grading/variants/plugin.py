"""The setting `c.Variants.term`, and the step by which `nbgrader autograde` learns who gets which variant."""

import os

from nbconvert.exporters.exporter import ResourcesDict
from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Unicode

from helpers.learning.variants import VARIABLE, written
from helpers.teaching.grading.variants.choice import chosen


class Variants(NbGraderPreprocessor):
    """Exercises that differ by student, if a term is named."""

    term = Unicode(
        "",
        help="A name for this term, such as '2026-spring'. Each student then gets variants of "
        "some exercises, drawn from this name and the student's id. Empty: all get the lessons as they are.",
    ).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """Tell the notebook's kernel, by its environment, which variants its student has; change nothing."""
        about = resources["nbgrader"]
        own = chosen(self.term.strip(), about["student"], about["assignment"])
        os.environ.pop(VARIABLE, None)
        if own:
            os.environ[VARIABLE] = written(own)
        return nb, resources
