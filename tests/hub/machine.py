"""A machine within this one: commands that run in it see files and users, but leave none behind.

What it changes in the folders of the system is kept in memory only, in mounts that nobody else sees, and it
has its own processes and its own network. All of that ends with the command, even if that is killed.
"""

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
ENVIRONMENT = ROOT / "build" / "hub"  # where the hub's environment is kept between runs
PLACE = "/srv/convnet/env"  # where the hub expects it
PYTHON = "/usr/bin/python3"  # one that every user may run
TOOLS = ("unshare", "useradd", "runuser", "setfacl", "sudo", "bwrap", "ip", "npm", "make", PYTHON)

_OWN_SRV = f"""
set -e
mount -t tmpfs -o mode=755 tmpfs /srv
mkdir -p {PLACE}
mount --bind "{ENVIRONMENT}" {PLACE}
"""
_OWN_SYSTEM = """
mount -t tmpfs -o mode=755 tmpfs /mnt
for folder in /etc /home /tmp /var; do
  mkdir -p /mnt/new$folder /mnt/work$folder
  chmod --reference=$folder /mnt/new$folder
  mount -t overlay -o lowerdir=$folder,upperdir=/mnt/new$folder,workdir=/mnt/work$folder overlay $folder
done
ip link set lo up
"""
_AS_ROOT = [] if os.geteuid() == 0 or not os.environ.get("CI") else ["sudo", "-n"]
_ALONE = ("--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--net", "--ipc")


def what_is_missing():
    """Why there can be no such machine here; an empty text if there can."""
    places = f"{os.environ['PATH']}:/usr/sbin:/sbin"  # some are for root only
    missing = [tool for tool in TOOLS if not shutil.which(tool, path=places)]
    if missing:
        return f"not installed: {', '.join(missing)}"
    done = run(["true"])
    return f"needs root, who may mount: {done.stderr}" if done.returncode else ""


def make_environment():
    """Run `make hub` where it will be used; nothing but that folder changes."""
    ENVIRONMENT.mkdir(parents=True, exist_ok=True)
    command = ["make", "hub", f"PYTHON={PYTHON}"]
    return _to_its_end(_apart(["--mount"], _OWN_SRV, command))


def run(command):
    """Run a command in a fresh machine, to its end."""
    return _to_its_end(inside(command))


def inside(command):
    """The command that runs another one in a fresh machine."""
    ENVIRONMENT.mkdir(parents=True, exist_ok=True)
    return _apart(_ALONE, _OWN_SRV + _OWN_SYSTEM, command)


def kill(process):
    """Kill a machine that was started as a session of its own, at once."""
    subprocess.run([*_AS_ROOT, "kill", "-KILL", "--", f"-{process.pid}"], check=True)
    process.wait()


def _apart(options, script, command):
    return [*_AS_ROOT, "unshare", *options, "bash", "-c", f'{script}exec "$@"', "bash", *command]


def _to_its_end(command):
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
