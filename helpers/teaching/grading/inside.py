"""The program within the sandbox: a warm interpreter that forks once for every notebook.

It holds no answer and decides nothing. It runs cells, says what they printed, calls functions with the
arguments that it is sent, and sends back what they return.
"""

import contextlib
import gc
import importlib
import inspect
import io
import json
import os
import signal
import socket
import sys
import time

import fence
import wire

_MOST_TEXT = 10_000  # characters that are kept of a cell's output


class Text(io.StringIO):
    """A stream that keeps the first characters and forgets the rest."""

    def write(self, text):
        """Keep what there is room for."""
        super().write(text[: max(0, _MOST_TEXT - self.tell())])
        return len(text)


def main(settings: dict) -> None:
    """Fence oneself in, warm up, and serve the judge until it hangs up."""
    control = socket.socket(fileno=settings["control"])
    fence.die_with_parent()
    if settings["folders"]:
        enter(settings["folders"], settings["hidden"])
    if settings["fenced"]:
        fence.become_nobody()
    fence.adopt_orphans()
    nested = settings["fenced"] and can_nest()
    shell = warm_up(settings["modules"])
    control.sendall(b"1" if nested else b"0")
    serve(control, shell, {**settings, "nested": nested, "interpreter": os.getpid()})


def enter(folders: dict[str, str], hidden: list[str]) -> None:
    """Go on in a world of one's own, of which this process is the first; without bubblewrap's help."""
    fence.unshare(user=os.getuid() != 0)
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    fence.die_with_parent()
    fence.change_root(folders)
    for place in hidden:
        fence.private_folder(place)
    sys.path[0] = "/box"


def can_nest() -> bool:
    """Whether a world within this world can be made for each notebook."""
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            fence.unshare()
            fence.keep_mounts_to_oneself()
            fence.private_folder("/tmp", 1)
            os._exit(0)
        os._exit(1)
    return os.waitpid(child, 0)[1] == 0


def warm_up(modules: list[str]):
    """Import what lessons use, and make the shell that runs cells."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    quiet = Config()
    quiet.HistoryManager.enabled = False
    quiet.InteractiveShell.colors = "nocolor"
    shell = InteractiveShell.instance(config=quiet)
    shell.showtraceback = shell.showsyntaxerror = lambda *_, **__: None  # errors are told by `describe`
    shell.enable_gui = shell.enable_matplotlib = lambda *_: ("agg", "agg")
    for name in ("helpers.checking.blank", "helpers.checking.running"):
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


def serve(control: socket.socket, shell, settings: dict) -> None:
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


def start(channel: int, shell, settings: dict) -> int:
    """The number of a new process that runs one notebook in a world of its own; 0 if there can be none."""
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
    number = os.read(reader, 20)
    os.close(reader)
    os.waitpid(go_between, 0)
    return int(number or 0)


def end(child: int, settings: dict) -> None:
    """Kill a notebook's process and everything that it has started."""
    with contextlib.suppress(OSError):
        if settings["nested"]:
            os.kill(child, signal.SIGKILL)  # the first process of its world takes the others along
        elif settings["fenced"]:
            os.kill(-1, signal.SIGKILL)  # all of this world but this process
        else:
            os.killpg(child, signal.SIGKILL)
    with contextlib.suppress(OSError):
        os.waitpid(child, 0)


def live(channel: int, shell, settings: dict) -> None:
    """Run one notebook: this process is its, and holds nothing but the channel to the judge."""
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
            fence.private_folder("/dev/shm", 16)
            fence.private_folder("/proc")
        os.chdir(os.environ["HOME"])
        if settings["fenced"]:
            fence.drop_capabilities()
        if not settings["nested"]:
            end_with(settings["interpreter"], settings["go_between"])
        fence.limit(
            settings["memory_mb"], settings["cpu_seconds"], settings["processes"], settings["file_mb"]
        )
        Notebook(socket.socket(fileno=channel), shell).serve()
    finally:
        os._exit(0)


def end_with(interpreter: int, go_between: int) -> None:
    """Be killed when the interpreter ends, the parent of this process as soon as the go-between has ended."""
    while os.getppid() == go_between:
        time.sleep(0.001)
    fence.die_with_parent()
    if os.getppid() != interpreter:
        os._exit(0)  # it has ended already, and its death brings no signal any more


class Notebook:
    """A notebook that is being run: its shell, and the channel on which the judge asks."""

    def __init__(self, channel: socket.socket, shell):
        self.channel, self.shell, self.process = channel, shell, os.getpid()
        self.outputs: list[dict] = []
        shell.display_trap.hook = self.show
        shell.display_pub.publish = self.publish

    def serve(self) -> None:
        """Do what the judge asks, one thing after the other."""
        while True:
            try:
                asked = wire.decode(wire.receive(self.channel), self.function_outside)
            except EOFError:
                return
            answer = getattr(self, f"do_{asked.pop('do')}")
            answer = {"id": asked.pop("id"), **answer(**asked)}
            if os.getpid() != self.process:
                os._exit(0)  # a copy that the learner's code has made of this process has nothing to say
            wire.send(self.channel, answer)

    def do_run(self, source: str, seconds: float) -> dict:
        """Run a cell; what it printed and showed, and the error with which it ended."""
        from helpers.checking.running import run

        self.outputs = []
        outcome = run(self.run_cell, (source,), seconds)
        error = outcome.error or outcome.returned
        return {
            "outputs": self.outputs,
            "stopped": outcome.stopped_after is not None,
            "error": None if error is None else [error.kind, error.message, error.line_number, error.line],
        }

    def run_cell(self, source: str):
        """The learner's error, or None; standard streams go into `outputs`."""
        from helpers.checking.running import describe

        streams = {"stdout": Text(), "stderr": Text()}
        try:
            with contextlib.redirect_stdout(streams["stdout"]), contextlib.redirect_stderr(streams["stderr"]):
                result = self.shell.run_cell(source, store_history=False)
        finally:
            said = [{"stream": name, "text": text.getvalue()} for name, text in streams.items()]
            self.outputs = [entry for entry in said if entry["text"]] + self.outputs
            close_figures()
        problem = result.error_before_exec or result.error_in_exec
        return None if problem is None else describe(problem)

    def do_find(self, function: str, parameters: int) -> dict:
        """Whether the notebook has such a function, and whether it is blank."""
        from helpers.checking import blank

        found = self.shell.user_ns.get(function)
        return {
            "found": function in self.shell.user_ns,
            "callable": callable(found),
            "kind": type(found).__name__,
            "blank": blank.is_blank(found),
            "takes": takes(found, parameters),
        }

    def do_call(self, function: str, arguments: tuple, seconds: float) -> dict:
        """Call a function of the notebook; its outcome, part by part."""
        from helpers.checking.running import run

        outcome = run(self.shell.user_ns[function], tuple(arguments), seconds)
        error = outcome.error
        return {
            "returned": outcome.returned,
            "error": None if error is None else [error.kind, error.message, error.line_number, error.line],
            "stopped": outcome.stopped_after is not None,
            "changed": list(outcome.changed),
            "shares_memory": outcome.shares_memory,
            "printed": outcome.printed,
            "left_running": has_children(),
        }

    def function_outside(self, index: int):
        """A function that is called here and computed by the judge."""

        def ask(*arguments):
            wire.send(self.channel, {"ask": index, "arguments": arguments})
            answer = wire.decode(wire.receive(self.channel))
            if "error" in answer:
                kind, message = answer["error"]
                raise getattr(sys.modules["builtins"], kind, RuntimeError)(message)
            return answer["value"]

        return ask

    def show(self, value=None) -> None:
        """Keep what stands in a cell's last line."""
        if value is not None:
            self.outputs.append({"text": repr(value)[:_MOST_TEXT]})

    def publish(self, data, *_, **__) -> None:
        """Keep the text of what is displayed."""
        self.outputs.append({"text": str(data.get("text/plain", ""))[:_MOST_TEXT]})


def has_children() -> bool:
    """Whether processes that this one has started, or must look after, still run."""
    with contextlib.suppress(OSError):
        while (ended := os.waitpid(-1, os.WNOHANG)[0]) > 0:
            pass
        return ended == 0
    return False


def takes(function, count: int) -> bool:
    """Whether a function can be called with so many arguments."""
    try:
        inspect.signature(function).bind(*range(count))
    except TypeError:
        return False
    except ValueError:
        return True  # built in, without a signature
    return True


def close_figures() -> None:
    """Forget the figures of a cell; nobody looks at them here."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        pyplot.close("all")


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
