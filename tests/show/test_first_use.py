"""What is shown is imported when it is first used: no lesson's first cell waits for Matplotlib."""

import json
import subprocess
import sys

import pytest

from helpers import show
from helpers.show import widgets
from tests.site.hidden import COURSE

RUN = """
import json, sys
cells = json.loads(sys.stdin.read())
for cell in cells:
    exec(cell, {"__name__": "__main__"})
print([name for name in ("matplotlib", "sklearn", "scipy") if name in sys.modules])
"""


def first_cell(lesson):
    """The source of a lesson's first code cell, as learners get it."""
    cells = json.loads(COURSE.released(lesson).read_text(encoding="utf-8"))["cells"]
    return next("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


def test_no_first_cell_imports_what_takes_long():
    early = [name for name in COURSE.lessons() if name < "13"]  # later ones import it themselves
    cells = json.dumps([first_cell(name) for name in early])
    done = subprocess.run([sys.executable, "-c", RUN], input=cells, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("package", [show, widgets])
def test_every_name_is_found_and_kept(package):
    assert {*dir(package)} == {*package.__all__} == {*package.PLACES}
    for name in package.__all__:
        value = getattr(package, name)
        assert vars(package)[name] is value
        assert value.__name__.rpartition(".")[2] == name


def test_other_names_are_not_there():
    with pytest.raises(AttributeError, match=r"module 'helpers.show' has no attribute 'nothing'"):
        show.nothing  # noqa: B018
    with pytest.raises(ImportError, match="nothing"):
        from helpers.show.widgets import nothing  # noqa: F401
