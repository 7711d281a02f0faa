"""What belongs to a function besides its text: the variables around it, its defaults, what decorates it."""

import ast
import types
from typing import Any, TypeGuard

import numpy as np

from helpers.learning.own import sources
from helpers.learning.own.literals import Unkeepable
from helpers.learning.own.sources import Written


def cells_of(function: types.FunctionType) -> dict[str, object]:
    """The variables of the function around a function that it uses, by their names."""
    cells = zip(function.__code__.co_freevars, function.__closure__ or (), strict=True)
    try:
        found = {variable: cell.cell_contents for variable, cell in cells if variable != "__class__"}
    except ValueError:
        raise Unkeepable("a variable that has no value yet", function) from None
    return {variable: content for variable, content in found.items() if content is not function}


def defaults_of(written: Written) -> list[ast.expr]:
    """The expressions that give a function's parameters their defaults."""
    if isinstance(written.node, ast.ClassDef):
        return []
    arguments = written.node.args
    return [node for node in (*arguments.defaults, *arguments.kw_defaults) if node is not None]


def names_of(nodes: list[ast.expr]) -> list[str]:
    """The names that some expressions mention."""
    return [part.id for node in nodes for part in ast.walk(node) if isinstance(part, ast.Name)]


def innermost(function: Any) -> Any:
    """The function that decorators were put around, or what it is given."""
    return getattr(function, "__wrapped__", function)


def is_written(method: object) -> TypeGuard[types.FunctionType]:
    """Whether a method is in the text of its class: dataclasses, for one, have others as well."""
    if not isinstance(method, types.FunctionType) or sources.is_library(method.__globals__.get("__name__")):
        return False
    return method.__code__.co_filename != "<string>"


def moved_defaults(written: Written, function: types.FunctionType) -> tuple | None:
    """The values of defaults, if one is a name of the notebook that has another value by now."""
    nodes = [] if isinstance(written.node, ast.ClassDef) else written.node.args.defaults
    pairs = zip(nodes, function.__defaults__ or (), strict=False)
    scope = function.__globals__
    moved = any(isinstance(node, ast.Name) and scope.get(node.id) is not value for node, value in pairs)
    return function.__defaults__ if moved else None


def may_be_shared(value: object) -> bool:
    """Whether it matters that two names have the very same object."""
    return not isinstance(value, bool | int | float | complex | str | bytes | tuple | np.generic | None)
