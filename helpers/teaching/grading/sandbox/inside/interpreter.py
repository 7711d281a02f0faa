"""The program within the sandbox: a warm interpreter that forks once for every notebook.

It holds no answer and decides nothing.
"""

import contextlib
import gc
import importlib
import io
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import fence
import system_calls

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

_SHARED_PROCESSES = 64  # at most, where all notebooks of a machine are counted together


def main(settings: dict) -> None:
    """Fence this process in, warm up, and serve the judge until it hangs up."""
    control = socket.socket(fileno=settings["control"])
    fence.die_with_parent()
    if settings["folders"]:
        enter(settings["folders"], settings["hidden"], settings["file_mb"])
    if settings["fenced"]:
        fence.become_nobody()
    fence.adopt_orphans()
    sys.path += [place for place in settings["libraries"] if place not in sys.path]
    nested = settings["fenced"] and can_nest()
    shell = warm_up(settings["modules"])
    control.sendall(b"1" if nested else b"0")
    serve(control, shell, {**settings, "nested": nested, "interpreter": os.getpid()})


def enter(folders: dict[str, str], hidden: list[str], megabytes: int) -> None:
    """Continue in new namespaces, of which this process is the first, without bubblewrap's help."""
    fence.unshare(user=os.getuid() != 0)
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    fence.die_with_parent()
    fence.change_root(folders, megabytes)
    for place in hidden:
        fence.private_folder(place)
    sys.path[0] = "/box"


def can_nest() -> bool:
    """Whether new namespaces can be made within these for each notebook."""
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            fence.unshare()
            fence.keep_mounts_to_oneself()
            fence.private_folder("/tmp", 1)
            os._exit(0)
        os._exit(1)
    return os.waitpid(child, 0)[1] == 0


def warm_up(modules: list[str]) -> "InteractiveShell":
    """Import what lessons use, and make the shell that runs cells."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    quiet = Config()
    quiet.HistoryManager.enabled = False
    quiet.InteractiveShell.colors = "nocolor"
    shell: Any = InteractiveShell.instance(config=quiet)
    shell.showtraceback = shell.showsyntaxerror = lambda *_, **__: None  # errors are told by `describe`
    shell.enable_gui = shell.enable_matplotlib = lambda *_: ("agg", "agg")
    if not has_terminals():
        shell.system = lambda command: print(output_of(shell.var_expand(command, depth=1)), end="")
    for name in (
        "notebook_process",
        "helpers.calling",
        "helpers.checking.calling.blank",
        "helpers.checking.calling.call",
    ):
        importlib.import_module(name)
    for name in modules:
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    for source in ("def warm():\n    return 1\n", "warm()", "warm", "cold"):  # the last one is an error
        with contextlib.redirect_stdout(io.StringIO()):
            shell.run_cell(source, store_history=False)
    shell.reset(new_session=False)
    gc.collect()
    gc.freeze()
    return shell


def has_terminals() -> bool:
    """Whether commands can be given their own terminal."""
    with contextlib.suppress(OSError):
        for descriptor in os.openpty():
            os.close(descriptor)
        return True
    return False


def output_of(command: str) -> str:
    """What a shell's command says."""
    done = subprocess.run(command, shell=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.stdout.decode(errors="replace")


def serve(control: socket.socket, shell: "InteractiveShell", settings: dict) -> None:
    """Start and end the notebooks' processes, as the judge says."""
    while True:
        order, descriptors, _, _ = socket.recv_fds(control, 64, 1)
        if not order:
            os._exit(0)
        if order == b"start":
            control.sendall(b"%d\n" % start(descriptors[0], shell, settings))
            os.close(descriptors[0])
        else:
            end(int(order), settings)
            control.sendall(b"ended\n")


def start(channel: int, shell: "InteractiveShell", settings: dict) -> int:
    """The number of a new process that runs one notebook in new namespaces; 0 if there cannot be one."""
    reader, writer = os.pipe()
    go_between = os.fork()
    if go_between == 0:
        with contextlib.suppress(BaseException):
            number = os.getpid()
            if settings["nested"]:
                fence.unshare(network=False)
            child = os.fork()
            if child == 0:
                live(channel, shell, {**settings, "go_between": number})
            os.write(writer, str(child).encode())
        os._exit(0)
    os.close(writer)
    written = os.read(reader, 20)
    os.close(reader)
    os.waitpid(go_between, 0)
    return int(written or 0)


def end(child: int, settings: dict) -> None:
    """Kill a notebook's process and everything that it has started."""
    with contextlib.suppress(OSError):
        if settings["nested"]:
            os.kill(child, signal.SIGKILL)  # the first process of its namespaces takes the others with it
        elif settings["fenced"]:
            os.kill(-1, signal.SIGKILL)  # everything in these namespaces except this process
        else:
            os.killpg(child, signal.SIGKILL)
    with contextlib.suppress(OSError):
        os.waitpid(child, 0)
    if not settings["nested"]:
        shutil.rmtree(workplace(child), ignore_errors=True)


def workplace(number: int) -> str:
    """The folder in which the notebook of a process is run."""
    return os.path.join(os.environ["HOME"], f"notebook-{number}")


def live(channel: int, shell: "InteractiveShell", settings: dict) -> None:
    """Run one notebook: this process belongs to it, and holds nothing but the channel to the judge."""
    from notebook_process import Notebook  # imported beforehand, but not before its libraries were known

    try:
        os.setsid()
        channel = os.dup2(channel, 3, inheritable=False) if channel != 3 else 3
        nothing = os.open(os.devnull, os.O_RDWR)
        for descriptor in range(3):
            os.dup2(nothing, descriptor)
        os.closerange(4, 65536)
        if settings["nested"]:
            fence.keep_mounts_to_oneself()
            fence.private_folder("/tmp", settings["file_mb"], settings["kept"])
            fence.private_folder("/dev/shm", settings["shared_memory_mb"])
            fence.private_folder("/proc")
        folder = workplace(os.getpid())
        os.mkdir(folder, 0o700)
        if settings["fenced"]:
            fence.drop_capabilities()
            system_calls.refuse_hidden_memory()
        if not settings["nested"]:
            end_with(settings["interpreter"], settings["go_between"])
        processes = settings["processes"] if settings["nested"] else _SHARED_PROCESSES
        fence.limit(settings["memory_mb"], settings["cpu_seconds"], processes, settings["file_mb"])
        Notebook(socket.socket(fileno=channel), shell, folder).serve()
    finally:
        os._exit(0)


def end_with(interpreter: int, go_between: int) -> None:
    """Be killed when the interpreter ends, the parent of this process as soon as the go-between has ended."""
    while os.getppid() == go_between:
        time.sleep(0.001)
    fence.die_with_parent()
    if os.getppid() != interpreter:
        os._exit(0)  # it has ended already, and no signal announces its death any more


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
