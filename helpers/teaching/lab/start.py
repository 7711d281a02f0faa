"""JupyterLab for learners: it sees the notebooks only, opens the first lesson, and needs no internet."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers.teaching.course import Course

FIRST_LESSON = "00_start_here"
SETTINGS = Path(__file__).with_name("settings")


def arguments(course: Course, extra: list[str]) -> list[str]:
    """The arguments with which JupyterLab is started; those in `extra` come last and so take precedence."""
    first, root = course.released(FIRST_LESSON), course.root / "notebooks"
    opened = [f"--LabApp.default_url=/lab/tree/{first.parent.name}/{first.name}"] if first.is_file() else []
    return [
        f"--ServerApp.root_dir={root}",
        f"--FileContentsManager.root_dir={root}",
        f"--ServerApp.preferred_dir={root}",
        "--FileContentsManager.preferred_dir=",
        *opened,
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
        "--ContentsManager.pre_save_hook=helpers.teaching.building.saved_outputs.keep_pictures",
        "--ServerApp.log_level=ERROR",
        "--LabApp.log_level=ERROR",
        *encryption(),
        *(["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
        *([] if has_browser() else ["--no-browser"]),
        *extra,
    ]


def has_browser() -> bool:
    """Whether a browser window can open; without a screen a text browser would take over the terminal."""
    if sys.platform in ("darwin", "win32"):
        return True
    return any(os.environ.get(name) for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"))


def encryption() -> list[str]:
    """Encrypted messages to the kernels where that is supported; otherwise each kernel prints a warning."""
    import zmq
    from jupyter_client import KernelManager

    is_known = "transport_encryption" in KernelManager.class_trait_names() and zmq.has("curve")
    return ["--KernelManager.transport_encryption=auto"] if is_known else []


@contextmanager
def own_settings() -> Iterator[None]:
    """Jupyter finds the course's settings of the server in place of the user's, which may not suit it.

    How JupyterLab looks, and which notebooks were open, stays as the user has it.
    """
    from jupyterlab.commands import get_user_settings_dir, get_workspaces_dir

    paths = [str(SETTINGS), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    os.environ["JUPYTERLAB_SETTINGS_DIR"] = get_user_settings_dir()
    os.environ["JUPYTERLAB_WORKSPACES_DIR"] = get_workspaces_dir()
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(path for path in paths if path)
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"  # a kernel of the user's may run another Python
    os.environ.pop("JUPYTER_NO_CONFIG", None)
    with tempfile.TemporaryDirectory(prefix="course-", ignore_cleanup_errors=True) as empty:
        os.environ["JUPYTER_CONFIG_DIR"] = empty
        yield


def start(course: Course, extra: list[str]) -> None:
    """Run JupyterLab until it is stopped."""
    print("JupyterLab is starting. Control-C stops it (press it twice).", flush=True)
    with own_settings():
        from jupyterlab.labapp import LabApp

        LabApp.launch_instance(arguments(course, extra))
