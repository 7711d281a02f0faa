"""What JupyterHub's settings give to each person's server, without a hub."""

import grp
import runpy
import socket
from types import SimpleNamespace

import pytest
from traitlets.config import Config

from tests.hub.machine import ROOT


@pytest.fixture
def start(monkeypatch):
    """Prepares the server of somebody who just logged in, and returns it; nothing listens yet."""
    monkeypatch.setattr(grp, "getgrnam", lambda name: SimpleNamespace(gr_mem=["ines"]))
    settings = Config()
    runpy.run_path(str(ROOT / "deploy" / "jupyterhub_config.py"), {"get_config": lambda: settings})

    def prepare(name):
        server = SimpleNamespace(user=SimpleNamespace(name=name), port=0)
        settings.Spawner.pre_spawn_hook(server)
        return server

    return prepare


def test_a_class_that_starts_at_once_gets_a_port_each(start):
    assert len({start(f"student{number}").port for number in range(300)}) == 300


def test_a_port_on_which_somebody_listens_is_not_given_to_another(start):
    with socket.create_server(("127.0.0.1", start("ada").port)) as busy:
        taken = busy.getsockname()[1]
        assert start("ada").port != taken  # again, while the first still ends
        assert start("bob").port != taken


def test_ports_are_none_that_the_system_gives_to_others(start):
    first_of_the_systems = 32_768
    assert all(1024 < start(f"student{number}").port < first_of_the_systems for number in range(300))


def test_a_server_that_starts_again_and_again_needs_no_more_ports(start):
    assert len({start("ada").port for _ in range(300)}) == 1


def test_instructors_work_in_the_courses_folder_and_students_at_home(start):
    assert start("ines").notebook_dir == "/srv/convnet/course"
    assert start("ada").notebook_dir == "~ada"
