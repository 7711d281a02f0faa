"""One notebook within the sandbox: its cells are run, and its functions called, as the judge asks.

Nothing is decided here. What a cell printed, what a function returned and how it left its arguments is sent
to the judge.
"""

import ast
import contextlib
import inspect
import io
import os
import socket
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import wire

if TYPE_CHECKING:
    from helpers.checking.calling.call import LearnerError

_MOST_TEXT = 10_000  # how many characters of a cell's output are kept
_FINAL = (ast.Raise, ast.Assert)  # errors that are meant to end a cell


class Text(io.StringIO):
    """A stream that keeps the first characters and forgets the rest."""

    def write(self, text: str) -> int:
        """Keep as much as there is room for."""
        super().write(text[: max(0, _MOST_TEXT - self.tell())])
        return len(text)


class Notebook:
    """A notebook that is being run: its shell, its folder, and the channel on which the judge asks."""

    def __init__(self, channel: socket.socket, shell: Any, folder: str):
        self.channel, self.shell, self.process = channel, shell, os.getpid()
        self.folder = folder
        self.outputs: list[dict] = []
        self.failed: dict | None = None
        shell.display_trap.hook = self.show
        shell.display_pub.publish = self.publish
        os.chdir(folder)
        sys.path.append(folder)  # at the end, so that nothing there takes the place of a library

    def serve(self) -> None:
        """Do what the judge asks, one thing after another."""
        while True:
            try:
                asked = wire.decode(wire.receive(self.channel), self.function_outside)
            except EOFError:
                return
            answer = getattr(self, f"do_{asked.pop('do')}")
            answer = {"id": asked.pop("id"), **answer(**asked)}
            if os.getpid() != self.process:
                os._exit(0)  # a copy that the learner's code has made of this process has no say
            wire.send(self.channel, answer)

    def do_put(self, files: dict) -> dict:
        """Put the files that came with the notebook into its folder; the names for which that failed."""
        failed = []
        for name, content in files.items():
            path = os.path.join(self.folder, name)
            try:
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "wb") as file:
                    file.write(content.tobytes())
            except OSError:
                failed.append(name)
        return {"failed": failed}

    def do_run(self, source: str, seconds: float, first: int, last: int | None) -> dict:
        """Run a cell, or some of its statements: what it printed and showed, and how it ended.

        With `first` above 0, or a `last`, only the cell's statements from one up to the other are run.
        "failed" is the number of the statement that ended it, "text" its first line; "final" says that it was
        meant to end the cell.
        """
        from helpers.checking.calling.call import call

        self.outputs, self.failed = [], None
        self.come_back()
        outcome = call(self.run_cell, (source, first, last), seconds)
        error = outcome.error or outcome.returned
        stopped = outcome.stopped_after is not None or (error is not None and error.kind == "Stopped")
        return {
            "outputs": self.outputs,
            "stopped": stopped,
            "error": None if error is None else [error.kind, error.message, error.line_number, error.line],
            **(self.failed or {"failed": None}),
        }

    def run_cell(self, source: str, first: int, last: int | None) -> "LearnerError | None":
        """The learner's error, or None; standard streams go into `outputs`."""
        from helpers.checking.calling.call import describe

        streams = {"stdout": Text(), "stderr": Text()}
        whole = source
        if first or last is not None:
            source = part(self.shell.transform_cell(whole), first, last)
        try:
            with contextlib.redirect_stdout(streams["stdout"]), contextlib.redirect_stderr(streams["stderr"]):
                result = self.shell.run_cell(source, store_history=False)
        finally:
            said = [{"stream": name, "text": text.getvalue()} for name, text in streams.items()]
            self.outputs = [entry for entry in said if entry["text"]] + self.outputs
            close_figures()
        if result.error_in_exec is not None:
            number = failed_statement(result.error_in_exec, self.shell.transform_cell(source))
            self.failed = self.described(number + first, whole, result.error_in_exec)
        problem = result.error_before_exec or result.error_in_exec
        return None if problem is None else describe(problem)

    def described(self, number: int, cell: str, problem: BaseException) -> dict:
        """A failed statement: its number, its first line, and whether it was meant to end the cell."""
        source = self.shell.transform_cell(cell)
        statement = ast.parse(source).body[number]
        written = cell if cell.count("\n") + 1 == source.rstrip("\n").count("\n") + 1 else source
        final = isinstance(statement, _FINAL) or isinstance(problem, MemoryError)
        return {
            "failed": number,
            "text": written.splitlines()[statement.lineno - 1][:80],
            "final": final or not isinstance(problem, Exception),
        }

    def come_back(self) -> None:
        """Be in the notebook's folder, or below it, and see what has just been written there."""
        with contextlib.suppress(OSError):
            if f"{os.getcwd()}/".startswith(f"{self.folder}/"):
                for place, finder in sys.path_importer_cache.items():
                    if place.startswith(self.folder) and finder and hasattr(finder, "invalidate_caches"):
                        finder.invalidate_caches()
                return
        with contextlib.suppress(OSError):
            os.chdir(self.folder)

    def do_find(self, function: str, parameters: int) -> dict:
        """Whether the notebook has such a function, and whether it is blank."""
        from helpers.checking.calling import blank

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
        from helpers.calling import keeping
        from helpers.checking.calling.call import call

        kept = list(arguments)
        outcome = call(keeping(self.shell.user_ns[function], kept), tuple(arguments), seconds)
        error = outcome.error
        return {
            "returned": outcome.returned,
            "error": None if error is None else [error.kind, error.message, error.line_number, error.line],
            "stopped": outcome.stopped_after is not None,
            "arguments": tuple(kept),
            "shares_memory": outcome.shares_memory,
            "printed": outcome.printed,
            "left_running": has_children(),
        }

    def function_outside(self, index: int) -> Callable:
        """A function that is called here and computed by the judge."""

        def ask(*arguments: object) -> object:
            wire.send(self.channel, {"ask": index, "arguments": arguments})
            answer = wire.decode(wire.receive(self.channel))
            if "error" in answer:
                kind, message = answer["error"]
                raise getattr(sys.modules["builtins"], kind, RuntimeError)(message)
            return answer["value"]

        return ask

    def show(self, value: object = None) -> None:
        """Keep the value of a cell's last line."""
        if value is not None:
            self.outputs.append({"text": repr(value)[:_MOST_TEXT]})

    def publish(self, data: dict, *_: object, **__: object) -> None:
        """Keep the text of what is displayed."""
        self.outputs.append({"text": str(data.get("text/plain", ""))[:_MOST_TEXT]})


def part(source: str, first: int, last: int | None) -> str:
    """Some statements of a cell, from the first up to the last, as they are written."""
    lines = source.splitlines(keepends=True)
    kept = [text_of(statement, lines) for statement in ast.parse(source).body[first:last]]
    return "\n".join(kept)


def text_of(statement: ast.stmt, lines: list[str]) -> str:
    """A statement as it is written, with what decorates it."""
    start = first_line(statement)
    kept = [line.encode() for line in lines[start - 1 : statement.end_lineno]]
    kept[-1] = kept[-1][: statement.end_col_offset]  # columns are counted in bytes
    if start == statement.lineno:
        kept[0] = kept[0][statement.col_offset :]
    return b"".join(kept).decode()


def first_line(statement: ast.stmt) -> int:
    """The line on which a statement begins, or that of what decorates it."""
    return min([statement.lineno, *(one.lineno for one in getattr(statement, "decorator_list", ()))])


def failed_statement(problem: BaseException, source: str) -> int:
    """Which of a cell's statements has failed; the first if that cannot be told."""
    traceback = problem.__traceback__
    while traceback and not traceback.tb_frame.f_code.co_name.startswith(("<module>", "<cell line")):
        traceback = traceback.tb_next
    line = traceback.tb_lineno if traceback else 0
    body = ast.parse(source).body
    found = [number for number, one in enumerate(body) if first_line(one) <= line <= (one.end_lineno or line)]
    return found[0] if found else 0


def has_children() -> bool:
    """Whether processes that this one has started, or must look after, are still running."""
    with contextlib.suppress(OSError):
        while (ended := os.waitpid(-1, os.WNOHANG)[0]) > 0:
            pass
        return ended == 0
    return False


def takes(function: Callable, count: int) -> bool:
    """Whether a function can be called with that many arguments."""
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
