"""What people lived through in one lesson on a hub, once for all tests."""

import json
import os
import sys

import pytest
from filelock import FileLock

from tests.conftest import give_up
from tests.hub import machine


@pytest.fixture(scope="session")
def private_machine():
    """The machine within this one, with the hub's environment in it."""
    if missing := machine.what_is_missing():
        give_up(f"there can be no hub here: {missing}")
    with FileLock(machine.ENVIRONMENT.with_name("hub.lock")):
        made = machine.make_environment()
    if made.returncode:
        give_up(f"the hub's environment cannot be made: {made.stderr[-500:]}")
    return machine


@pytest.fixture(scope="session")
def facts(private_machine, tmp_path_factory):
    """What `tests.hub.term` has written down."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    with FileLock(shared / "hub.lock"):
        kept = shared / "hub.json"
        if not kept.exists():
            done = private_machine.run([sys.executable, "-m", "tests.hub.term"])
            failed = json.dumps({"error": done.stderr})
            kept.write_text(failed if done.returncode else done.stdout.splitlines()[-1])
    found = json.loads(kept.read_text())
    assert "error" not in found, found["error"]
    return found
