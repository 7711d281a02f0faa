"""A scratch course with a class of made-up students, taken through nbgrader's own commands."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]


@dataclass
class Course:
    """A folder laid out as nbgrader knows it."""

    folder: Path

    def nbgrader(self, *arguments):
        """Run one of nbgrader's commands; what it said, or an error if it failed."""
        path = os.pathsep.join(
            [str(Path(sys.executable).parent), os.environ["PATH"]]
        )  # nbgrader calls alembic
        command = [sys.executable, "-m", "nbgrader", *arguments]
        done = subprocess.run(
            command, cwd=self.folder, env={**os.environ, "PATH": path}, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def read(self, *parts):
        """The notebook at a path below the course's folder."""
        return nbformat.read(self.folder.joinpath(*parts), as_version=4)

    def released(self, lesson):
        """The notebook that learners get."""
        return self.read("notebooks", lesson, f"{lesson}.ipynb")

    def submit(self, student, lesson, cells):
        """Hand in the released notebook with the cells of some grade ids filled in.

        Only the diligent student keeps the cells that show and measure things: they take most of the time,
        and no mark depends on them.
        """
        notebook = self.released(lesson)
        if student != "diligent":
            setup = next(cell for cell in notebook.cells if cell.cell_type == "code")
            notebook.cells = [cell for cell in notebook.cells if cell is setup or "nbgrader" in cell.metadata]
        for cell in notebook.cells:
            grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
            if grade_id in cells:
                cell.source = cells[grade_id]
        target = self.folder / "submitted" / student / lesson / f"{lesson}.ipynb"
        target.parent.mkdir(parents=True)
        nbformat.write(notebook, target)


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    """A course with the committed solutions and nothing else."""
    folder = tmp_path_factory.mktemp("a course")
    shutil.copytree(ROOT / "solutions", folder / "solutions")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    return Course(folder)
