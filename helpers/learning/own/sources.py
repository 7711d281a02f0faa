"""Where functions and classes are written: their text, as it is in a notebook's cell or in a file."""

import ast
import dis
import functools
import linecache
import sys
import sysconfig
import types
from collections.abc import Callable, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias, TypeGuard

_PACKAGE = Path(__file__).resolve().parents[2]
_LIBRARIES = tuple(
    str(Path(place).resolve())
    for place in {str(_PACKAGE), *(sysconfig.get_paths()[kind] for kind in ("stdlib", "purelib", "platlib"))}
)
Definition: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda


class NoSource(Exception):  # noqa: N818 - it says what is not known, and is not a failure
    """The text of a function or class is not known."""


@dataclass(frozen=True)
class Written:
    """A function or a class as it is written: the lines of its cell, and its own place among them."""

    lines: tuple[str, ...]
    node: Definition

    @property
    def at_the_margin(self) -> bool:
        """Whether it is a statement that is not indented."""
        return self.node.col_offset == 0 and not isinstance(self.node, ast.Lambda)

    @property
    def indent(self) -> str:
        """The spaces in front of the statement."""
        return self.lines[self.node.lineno - 1][: self.node.col_offset]

    @property
    def decorators(self) -> list[ast.expr]:
        """What follows the `@` above the statement."""
        return getattr(self.node, "decorator_list", [])

    def text(self, decorated: bool = False) -> str:
        """The statement, with or without its decorators, or the expression of a lambda."""
        if isinstance(self.node, ast.Lambda):
            return f"({ast.get_source_segment(chr(10).join(self.lines), self.node)})"
        return "\n".join(self.lines[self._first(decorated) - 1 : self.node.end_lineno])

    def indented(self, decorated: bool = False) -> str:
        """The statement with at least one level of indentation; texts over several lines stay as they are."""
        if self.indent or isinstance(self.node, ast.Lambda):
            return self.text(decorated)
        first = self._first(decorated)
        within = {
            line - first
            for node in ast.walk(self.node)
            if isinstance(node, ast.Constant | ast.JoinedStr)
            for line in range(node.lineno + 1, (node.end_lineno or node.lineno) + 1)
        }
        lines = self.text(decorated).split("\n")
        return "\n".join(
            line if number in within or not line else f"    {line}" for number, line in enumerate(lines)
        )

    def _first(self, decorated: bool) -> int:
        above = self.decorators if decorated else []
        return min([self.node.lineno, *(part.lineno for part in above)])


def of_function(function: types.FunctionType) -> Written:
    """How a function or a lambda is written.

    Raises
    ------
    NoSource
        If it was typed where Python keeps no text.
    """
    code = function.__code__
    lines, tree = _parsed(code.co_filename)
    for node in ast.walk(tree):
        if _is_lambda(node, code) or _is_definition(node, code):
            return Written(lines, node)
    raise NoSource


def of_class(cls: type) -> Written:
    """How a class is written; raises `NoSource` if that is not known."""
    codes = [code for value in vars(cls).values() if (code := _code_of(value)) is not None]
    for code in codes:
        with_its_methods = functools.partial(_holds, cls.__name__, line=code.co_firstlineno)
        if (found := _first(code.co_filename, with_its_methods)) is not None:
            return found
    module = getattr(sys.modules.get(cls.__module__), "__file__", None)
    cells = [name for name in linecache.cache if not Path(name).is_absolute() or "ipykernel" in name]
    names = {name for name in vars(cls) if not name.startswith("_")}
    for filename in [module, *reversed(cells)]:
        by_name = functools.partial(_holds, cls.__name__, names=names)
        if filename and (found := _first(filename, by_name)) is not None:
            return found
    raise NoSource


def names_in(function: object) -> list[str]:
    """The names of the notebook that a function uses, also inside its inner functions and loops."""
    code = function if isinstance(function, types.CodeType) else getattr(function, "__code__", None)
    names: dict[str, None] = {}
    pending = [code]
    while pending:
        code = pending.pop()
        if isinstance(code, types.CodeType):
            steps = dis.get_instructions(code)
            names |= {step.argval: None for step in steps if step.opname in {"LOAD_GLOBAL", "LOAD_NAME"}}
            pending += [constant for constant in code.co_consts if isinstance(constant, types.CodeType)]
    return list(names)


def is_library(module: str | None) -> bool:
    """Whether a module can be imported wherever the course runs: Python's, an installed one, the course's."""
    found = sys.modules.get(module or "")
    if found is None or module == "__main__":
        return False
    file = getattr(found, "__file__", None)
    if file is None:  # built in, or a folder of modules
        return module in sys.builtin_module_names or bool(getattr(found, "__path__", None))
    return str(Path(file).resolve()).startswith(_LIBRARIES) or file.startswith("<frozen")


def import_of(value: object) -> tuple[str, str] | None:
    """The module and the name by which a value of a library can be imported; None if there is none."""
    name = getattr(value, "__qualname__", getattr(value, "__name__", None))
    if not isinstance(name, str) or not name.isidentifier():
        return None
    at_home = getattr(value, "__module__", None)
    elsewhere = (module for module in sorted(sys.modules, key=len) if "._" not in module and module[0] != "_")
    ours = isinstance(at_home, str) and at_home.startswith(f"{_PACKAGE.name}.")
    # Modules of the course may move, but what lessons import stays where it is.
    for module in [*elsewhere, at_home] if ours else [at_home, *elsewhere]:
        if not isinstance(module, str):
            continue
        there = getattr(sys.modules.get(module), "__dict__", {})
        if there.get(name) is value and is_library(module):
            return module, name
    return None


def _parsed(filename: str) -> tuple[tuple[str, ...], ast.Module]:
    lines = tuple(line.rstrip("\r\n") for line in linecache.getlines(filename))
    if not lines:
        raise NoSource
    return lines, _tree(lines)


@functools.lru_cache(maxsize=32)
def _tree(lines: tuple[str, ...]) -> ast.Module:
    try:
        return ast.parse("\n".join(lines))
    except (SyntaxError, ValueError):
        raise NoSource from None


def _first(filename: str, fits: Callable[[ast.ClassDef], bool]) -> Written | None:
    """The last class in a file that fits: of two classes with the same name it is the one that counts."""
    try:
        lines, tree = _parsed(filename)
    except NoSource:
        return None
    found = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and fits(node)]
    return Written(lines, found[-1]) if found else None


def _is_definition(node: ast.AST, code: types.CodeType) -> TypeGuard[ast.FunctionDef | ast.AsyncFunctionDef]:
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or node.name != code.co_name:
        return False
    return code.co_firstlineno == min([node.lineno, *(part.lineno for part in node.decorator_list)])


def _is_lambda(node: ast.AST, code: types.CodeType) -> TypeGuard[ast.Lambda]:
    """Whether a lambda's body covers just what the code does: there may be several on one line."""
    if code.co_name != "<lambda>" or not isinstance(node, ast.Lambda) or node.lineno != code.co_firstlineno:
        return False
    places = [(place[::2], place[1::2]) for place in code.co_positions() if None not in place]
    starts = [start for start, end in places if start != end]
    ends = [end for start, end in places if start != end]
    body = node.body
    first, last = (body.lineno, body.col_offset), (body.end_lineno, body.end_col_offset)
    return bool(places) and min(starts) == first and max(ends) == last


def _code_of(value: Any) -> types.CodeType | None:
    """The code of a method, whether it is a plain, a static or a class method, or a property."""
    value = getattr(value, "__func__", getattr(value, "fget", value))
    return getattr(value, "__code__", None)


def _holds(class_name: str, node: ast.ClassDef, line: int = 0, names: Set[str] = frozenset()) -> bool:
    """Whether a node is a class with a certain name, around a line or with certain names in it."""
    if node.name != class_name:
        return False
    if line:
        return node.lineno <= line <= (node.end_lineno or node.lineno)
    return names <= _bound(node)


def _bound(node: ast.ClassDef) -> set[str]:
    """The names that a class's body mentions, its methods' among them."""
    named = {part.name for part in node.body if hasattr(part, "name")}
    return named | {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
