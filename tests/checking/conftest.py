"""A kernel in which nothing has passed yet and no hint was given."""

import sys

import pytest


@pytest.fixture(autouse=True)
def fresh_kernel(monkeypatch):
    check = sys.modules["helpers.checking.check"]
    monkeypatch.setattr(check, "_passed", {})
    monkeypatch.setattr(check, "_hints_given", {})
