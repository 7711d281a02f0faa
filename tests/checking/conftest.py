"""A kernel in which nothing has passed yet and no hint was given."""

import pytest

from helpers.learning import arrangements, hints
from helpers.learning.own import session


@pytest.fixture(autouse=True)
def fresh_kernel(monkeypatch):
    monkeypatch.setattr(session, "_passed", {})
    monkeypatch.setattr(hints, "_given", {})
    monkeypatch.setattr(arrangements, "_left", {})
