"""What running courses hold works on: progress files written earlier, and what released notebooks import."""

import json
import subprocess
import sys

import numpy as np
import pytest

from helpers import progress

FUNCTION = "def relu(x):\n    {first}\n    return np.maximum(x, 0)\n"


def kept(script):
    """A line of the progress file, as it has been written from the beginning."""
    event = {"exercise": "relu", "state": "passed", "function": "relu", "source": script}
    return json.dumps(event | {"at": "2026-03-01T10:00:00+00:00"}) + "\n"


@pytest.mark.parametrize(
    ("imported", "first"),
    [
        ("from helpers.checking import yours", "yours('match', None)"),
        ("from helpers.checking import check", "assert callable(check)"),
        ("from helpers.checking import hint", "hint('match')"),
        ("from helpers import check, data, hint, reference, show, yours", "assert callable(check)"),
        ("from helpers.progress import own", "assert own('match') is None"),
        ("import helpers.progress as progress", "progress.own_functions(), progress.show()"),
        ("from helpers.reference.pooling import max_pool_map", "max_pool_map(np.ones((2, 2)), 2, 2)"),
        ("from helpers.reference.optimisers import adam_step", "assert callable(adam_step)"),
    ],
)
def test_a_function_that_was_kept_earlier_still_runs(imported, first, scratch_progress, capsys):
    scratch_progress.write_text(kept(f"import numpy as np\n\n{imported}\n\n{FUNCTION.format(first=first)}"))
    own = progress.own("relu")
    assert own(np.array([-1.0, 2.0])).tolist() == [0, 2]
    assert "cannot call it on its own" not in capsys.readouterr().out


NOTEBOOK = """
import numpy as np
from helpers import check, data, hint, progress, reference, show, yours

def relu(x):
    return np.maximum(x, 0)

check("relu", relu)
hint("relu")
assert yours("relu", relu) is relu
progress.show()
assert progress.own_functions(relu=relu).functions.relu is relu
assert progress.own("match") is None
"""


def test_what_released_notebooks_use_of_the_package_is_there(scratch_progress):
    done = subprocess.run([sys.executable, "-c", NOTEBOOK], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "relu: passed" in done.stdout


def test_a_kept_function_imports_from_where_lessons_do(scratch_progress, tmp_path):
    cell = tmp_path / "cell.py"
    cell.write_text(
        "import numpy as np\nfrom helpers import check, yours\nfrom helpers.reference import relu as course\n"
        "def relu(x):\n    return np.maximum(yours('relu', course)(x), 0)\n"
        "check('relu', relu)\n"
    )
    done = subprocess.run([sys.executable, str(cell)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (line,) = scratch_progress.read_text().splitlines()
    script = json.loads(line)["source"]
    assert "from helpers import yours\n" in script
    assert "from helpers.reference import relu as course\n" in script
