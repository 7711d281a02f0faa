"""JupyterHub for one class on one machine; docs/jupyterhub.md says how to set it up.

People log in with their accounts on the machine, and each person's server runs as that person. So Linux
decides who can read what; deploy/set_up.sh sets the permissions.
"""

import grp
import os
import socket

c = get_config()  # noqa: F821 - JupyterHub defines it

PLACE = "/srv/convnet"
COURSE = f"{PLACE}/course"

# A web server in front adds encryption: deploy/Caddyfile.
c.JupyterHub.bind_url = "http://127.0.0.1:8000"
c.ConfigurableHTTPProxy.command = [f"{PLACE}/env/bin/configurable-http-proxy"]

# Only root may read the folder in which the hub runs.
c.JupyterHub.db_url = f"sqlite:///{PLACE}/hub/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = f"{PLACE}/hub/cookie_secret"
c.ConfigurableHTTPProxy.pid_file = f"{PLACE}/hub/proxy.pid"

# Members of these groups of the machine may log in, with the password that `passwd` changes.
c.JupyterHub.authenticator_class = "pam"
c.PAMAuthenticator.allowed_groups = {"students", "instructors"}
c.PAMAuthenticator.open_sessions = False  # they are for people who sit at the machine

c.JupyterHub.spawner_class = "localprocess"
c.Spawner.default_url = "/lab"
c.Spawner.start_timeout = 180  # seconds; when a class begins, everybody starts at once
c.Spawner.http_timeout = 180
c.Spawner.args = [
    # What nobody uses any more makes room: kernels after one hour, servers after two.
    "--MappingKernelManager.cull_idle_timeout=3600",
    "--ServerApp.shutdown_no_activity_timeout=7200",
    # Terminals find the same programs as notebooks: a login shell would start afresh.
    "--ServerApp.terminado_settings={'shell_command': ['/bin/bash']}",
    # As `course lab` has it.
    "--KernelManager.transport_encryption=auto",
    "--ContentsManager.pre_save_hook=helpers.teaching.building.saved_outputs.keep_pictures",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
]

# Linux gives ports above these to all who ask for any free one, as notebooks do.
PORTS = range(20_000, 32_000)
given = {}  # user -> port


def port_for(user):
    """A port that nobody else was given: a server listens only seconds later, and a class starts at once."""
    others = {port for name, port in given.items() if name != user}
    given[user] = next(port for port in PORTS if port not in others and is_free(port))
    return given[user]


def is_free(port):
    """Whether a server could listen on a port of this machine."""
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def prepare(spawner):
    """Instructors work in the course's folder, with Formgrader; everybody else is at home.

    JupyterLab shows Formgrader in a frame, which JupyterHub forbids and instructors' settings allow.
    """
    spawner.port = port_for(spawner.user.name)
    teaches = spawner.user.name in grp.getgrnam("instructors").gr_mem
    place = COURSE if teaches else f"~{spawner.user.name}"
    spawner.notebook_dir = place
    spawner.cmd = ["env", f"--chdir={os.path.expanduser(place)}", "jupyterhub-singleuser"]
    settings = {"JUPYTER_CONFIG_PATH": "/etc/convnet/instructors"} if teaches else {}
    spawner.environment = {"JUPYTER_PREFER_ENV_PATH": "1", **settings}


c.Spawner.pre_spawn_hook = prepare
