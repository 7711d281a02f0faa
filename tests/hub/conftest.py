"""What people lived through in one lesson on a hub, once for all tests."""

import json
import os
import sys

import pytest
from filelock import FileLock

from tests.conftest import give_up
from tests.hub import machine


@pytest.fixture(scope="session")
def shared(tmp_path_factory):
    """A folder that all processes of this run of the tests share."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture(scope="session")
def private_machine(shared):
    """The machine within this one, with the hub's environment in it."""
    if missing := machine.what_is_missing():
        give_up(f"there can be no hub here: {missing}")
    with FileLock(shared / "environment.lock"):
        said = shared / "environment"
        if not said.exists():
            made = machine.make_environment()
            said.write_text((made.stderr[-500:] or "make failed") if made.returncode else "")
    if said.read_text():
        give_up(f"the hub's environment cannot be made: {said.read_text()}")
    return machine


@pytest.fixture(scope="session")
def facts(private_machine, shared):
    """What `tests.hub.term` has written down."""
    with FileLock(shared / "hub.lock"):
        kept = shared / "hub.json"
        if not kept.exists():
            done = private_machine.run([sys.executable, "-m", "tests.hub.term"])
            failed = json.dumps({"error": done.stderr})
            kept.write_text(failed if done.returncode else done.stdout.splitlines()[-1])
    found = json.loads(kept.read_text())
    assert "error" not in found, found["error"]
    return found
