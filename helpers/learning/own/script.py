"""A script that recreates a function, with everything of the notebook that it uses."""

import ast
import sys
import types
from collections.abc import Callable
from typing import Any

import numpy as np

from helpers.learning.own import objects, sources
from helpers.learning.own.literals import Unkeepable, Write, literal
from helpers.learning.own.parts import (
    cells_of,
    defaults_of,
    innermost,
    is_written,
    may_be_shared,
    moved_defaults,
    names_of,
)
from helpers.learning.own.sources import NoSource, Written

LARGEST = 100_000  # characters of a script, which is kept as text and should stay readable
_GIVEN = {"__name__", "__builtins__", "__doc__"}  # names that every script has


def script_of(function: Callable, wanted: str) -> tuple[str, str]:
    """A script, and the name that the function has in it.

    Parameters
    ----------
    function : callable
        The learner's function, or anything else that can be called.
    wanted : str
        What to call it if it does not have a name.

    Raises
    ------
    Unkeepable
        If something that it uses cannot be written down.
    """
    scope = getattr(innermost(function), "__globals__", {})
    name = _name_of(function, scope, wanted)
    script = _Script(scope)
    try:
        script.define(name, function, scope)
    except RecursionError:
        raise Unkeepable("endlessly nested values") from None
    return script.text(), name


def _name_of(function: object, scope: dict, wanted: str) -> str:
    """The name by which the notebook calls a function; where it has none, one that is free."""
    own = getattr(function, "__name__", wanted)
    for name in (own, *scope):
        if scope.get(name) is function:
            return name
    free = [name for name in (own, wanted, f"passed_{wanted}") if name.isidentifier() and name not in scope]
    return free[0]


class _Script:
    """The statements so far; `known` says by which name each object is called in them."""

    def __init__(self, home: dict):
        self.home = home
        self.statements: list[str] = []
        self.at_the_end: list[str] = []
        self.names: dict[str, object] = {}
        self.known: dict[int, str] = {}
        self.unfinished: set[int] = set()  # functions whose definitions are still to come
        self.needs_unfinished = False
        self.submodules: set[str] = set()
        self.left = LARGEST

    def text(self) -> str:
        """The whole script. Annotations stay texts in it: nothing needs their values."""
        text = "\n\n".join([*self.statements, *self.at_the_end]) + "\n"
        nodes = list(ast.walk(ast.parse(text)))
        annotated = any(getattr(node, "annotation", None) or getattr(node, "returns", None) for node in nodes)
        return f"from __future__ import annotations\n\n{text}" if annotated else text

    def define(self, name: str, value: object, scope: dict) -> None:
        """Bind a name to a value, as the notebook does."""
        if name in self.names:
            if self.names[name] is not value:
                raise self._named(Unkeepable("a name that means two different things", value), name, value)
            return
        self.names[name] = value
        before, self.needs_unfinished = self.needs_unfinished, False
        text = self._as(name, value, scope)
        if text != name:
            self._add(f"{name} = {text}", self.at_the_end if self.needs_unfinished else self.statements)
            if may_be_shared(value):
                self.known.setdefault(id(value), name)
        self.needs_unfinished |= before

    def expression(self, value: Any, scope: dict, name: str = "") -> str:
        """What to write for a value; what no expression can make is defined first, as `name` where given."""
        if id(value) in self.known:
            self.needs_unfinished |= id(value) in self.unfinished
            return self.known[id(value)]

        def write(part: object) -> str:
            return self.expression(part, scope)

        text = literal(value, write, lambda: self._module(np))
        if text is not None:
            return text
        if isinstance(value, types.ModuleType):
            return self._module(value, name)
        if isinstance(value, types.FunctionType) and self._is_own(value):
            return self._function(value, name)
        if isinstance(value, type) and not sources.is_library(value.__module__):
            return self._class(value, scope, name)
        if (place := sources.import_of(value)) is not None:
            return self._imported(value, *place, name)
        inner = innermost(value)
        if isinstance(inner, types.FunctionType) and not hasattr(value, "cache_parameters"):
            return self._function(inner, name, value)
        if isinstance(value, types.MethodType | types.BuiltinMethodType) and value.__self__ is not None:
            return f"{write(value.__self__)}.{value.__name__}"
        return objects.making(value, write) or self._object(value, write, name)

    def _as(self, name: str, value: object, scope: dict) -> str:
        """The text for a value that the notebook calls `name`, which is told if there is none."""
        try:
            return self.expression(value, scope, name)
        except Unkeepable as trouble:
            raise self._named(trouble, name, value) from None

    def _named(self, trouble: Unkeepable, name: str, value: object) -> Unkeepable:
        if not trouble.name:
            trouble.name, trouble.holds = name, trouble.culprit is not value
        return trouble

    def _add(self, statement: str, place: list[str] | None = None) -> None:
        self.left -= len(statement)
        if self.left < 0:
            raise Unkeepable("more than can be kept")
        (self.statements if place is None else place).append(statement)

    def _is_own(self, function: types.FunctionType) -> bool:
        return function.__globals__ is self.home or not sources.is_library(
            function.__globals__.get("__name__")
        )

    def _call_it(self, name: str, value: object, stem: str) -> str:
        """The name of a value that needs one: the notebook's, else a new one."""
        numbered = (f"_{stem}_{number}" for number in range(1, 10**6))
        label = name or next(free for free in numbered if free not in self.names and free not in self.home)
        self.names[label], self.known[id(value)] = value, label
        return label

    def _module(self, module: types.ModuleType, name: str = "") -> str:
        """The name of a module that can be imported, imported first where it is not."""
        if id(module) in self.known:
            return self.known[id(module)]
        full = module.__name__
        if not sources.is_library(full):
            raise Unkeepable("a module that exists only next to this notebook", module)
        usual = "np" if module is np else full.replace(".", "_")
        if not name and self.home.get(usual, module) is module:
            name = usual
        name = self._call_it(name, module, usual)
        self._add(f"import {full}" if full == name else f"import {full} as {name}")
        return name

    def _imported(self, value: object, module: str, own_name: str, name: str) -> str:
        """The name of what a library has: by itself, or within its module where no name is given."""
        if module == "builtins" and not name:
            return own_name
        if not name:
            return f"{self._module(sys.modules[module])}.{own_name}"
        self._call_it(name, value, own_name)
        self._add(f"from {module} import {own_name}{f' as {name}' if name != own_name else ''}")
        return name

    def _object(self, value: object, write: Write, name: str) -> str:
        label = self._call_it(name, value, type(value).__name__.lower())
        try:
            for statement in objects.filling(value, label, write):
                self._add(statement)
        except Unkeepable:
            # The inside of a library's object means nothing to a learner.
            if sources.is_library(type(value).__module__):
                raise objects.unkeepable(value) from None
            raise
        return label

    def _function(self, function: types.FunctionType, name: str, made: object = None) -> str:
        """The name of a function, defined first; `made` is what a library's decorator has made of it."""
        made, decorated = made or function, made is not None
        code, scope = function.__code__, function.__globals__
        written = self._written(sources.of_function, function, "a function whose text is not known here")
        cells = cells_of(function)
        own = code.co_name
        as_it_stands = (
            written.at_the_margin
            and not cells
            and scope.get(own, made) is made
            and self.names.get(own, made) is made
        )
        label = self._call_it(own if as_it_stands else name, made, own.strip("<>_"))
        self.unfinished.add(id(made))
        before = self.needs_unfinished
        self._define_all(sources.names_in(function), scope)
        self.needs_unfinished = before
        at_once = [*defaults_of(written), *(written.decorators if decorated else [])]
        self._define_all(names_of(at_once), scope)
        self._import_submodules(written, scope)
        self._add_made(label, written, cells, scope, as_it_stands, decorated)
        if (defaults := moved_defaults(written, function)) is not None:
            self._add(f"{label}.__defaults__ = {self.expression(defaults, scope)}")
        added = {key: entry for key, entry in vars(function).items() if key != "__wrapped__"}
        if added:
            self._add(f"{label}.__dict__.update({self.expression(added, scope)})")
        self.unfinished.discard(id(made))
        return label

    def _class(self, cls: type, scope: dict, name: str) -> str:
        made = objects.making(cls, lambda part: self.expression(part, scope))
        if made is not None:  # a class whose text is not its own
            return made
        written = self._written(sources.of_class, cls, "a class whose text is not known here")
        methods = [value for value in vars(cls).values() if is_written(value)]
        scope = methods[0].__globals__ if methods else scope
        cells = {variable: content for method in methods for variable, content in cells_of(method).items()}
        own = cls.__name__
        as_it_stands = written.at_the_margin and not cells and self.names.get(own, cls) is cls
        label = self._call_it(own if as_it_stands else name, cls, own)
        text = compile(f"if 1:\n{written.indented(decorated=True)}", "<class>", "exec")
        self._define_all(sources.names_in(text), scope)
        self._add_made(label, written, cells, scope, as_it_stands, decorated=True)
        return label

    def _import_submodules(self, written: Written, scope: dict) -> None:
        """Import what is reached through a package's name and may not come with it: `import scipy.signal`."""
        for node in ast.walk(written.node):
            package, _, inner = (ast.unparse(node) if isinstance(node, ast.Attribute) else "").partition(".")
            found = scope.get(package)
            if not inner or found is np or not isinstance(found, types.ModuleType):
                continue
            name = f"{found.__name__}.{inner}"
            if isinstance(sys.modules.get(name), types.ModuleType) and name not in self.submodules:
                self.submodules.add(name)
                self._add(f"import {name}")

    def _written(self, find: Callable[[Any], Written], value: object, what: str) -> Written:
        try:
            return find(value)
        except NoSource:
            raise Unkeepable(what, value) from None

    def _define_all(self, names: list[str], scope: dict) -> None:
        for name in sorted(set(names) & set(scope) - _GIVEN):
            self.define(name, scope[name], scope)

    def _add_made(
        self, label: str, written: Written, cells: dict, scope: dict, as_it_stands: bool, decorated: bool
    ) -> None:
        """Add a definition: as it is, or within a function that has the variables around it."""
        if as_it_stands:
            self._add(written.text(decorated))
            return
        if isinstance(written.node, ast.Lambda):
            body = f"    return {written.text()}"
            if not cells:
                self._add(f"{label} = {written.text()}")
                return
        else:
            body = f"{written.indented(decorated)}\n{written.indent or '    '}return {written.node.name}"
        given = ", ".join(self._as(variable, content, scope) for variable, content in cells.items())
        self._add(f"def _make_{label.strip('_')}({', '.join(cells)}):\n{body}")
        self._add(f"{label} = _make_{label.strip('_')}({given})")
