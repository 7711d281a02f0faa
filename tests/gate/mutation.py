"""Systematic mutants of a function: every small change of its source that one could make by mistake.

Operators, comparisons, constants, slices, axes, arguments, called functions and statements are changed one at
a time. Docstrings stay as they are, and so do statements that only refuse or convert input (calls of
`require_...`, `if ...: raise`, `x = as_...(x)`, with or without an underscore in front), because no exercise
asks for them.
"""

import ast
import copy
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_OPERATORS = {
    ast.Add: [ast.Sub],
    ast.Sub: [ast.Add],
    ast.Mult: [ast.Div, ast.Add],
    ast.Div: [ast.Mult, ast.FloorDiv],
    ast.FloorDiv: [ast.Div, ast.Mult],
    ast.Mod: [ast.FloorDiv],
    ast.Pow: [ast.Mult],
    ast.MatMult: [ast.Mult],
    ast.BitAnd: [ast.BitOr],
    ast.BitOr: [ast.BitAnd],
    ast.USub: [ast.UAdd],
    ast.And: [ast.Or],
    ast.Or: [ast.And],
}
_COMPARISONS = {
    ast.Lt: [ast.LtE, ast.Gt],
    ast.LtE: [ast.Lt, ast.GtE],
    ast.Gt: [ast.GtE, ast.Lt],
    ast.GtE: [ast.Gt, ast.LtE],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
    ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is],
}
_NAMES = {
    "sum": ["mean"],
    "mean": ["sum"],
    "max": ["min"],
    "min": ["max"],
    "argmax": ["argmin"],
    "argmin": ["argmax"],
    "maximum": ["minimum"],
    "minimum": ["maximum"],
    "zeros": ["ones"],
    "ones": ["zeros"],
    "zeros_like": ["ones_like"],
    "exp": ["expm1"],
    "log": ["log2"],
    "stack": ["concatenate"],
    "floor": ["ceil"],
    "ceil": ["floor"],
}


@dataclass(frozen=True)
class Mutant:
    """A changed function, and the change in words: ``line: before -> after``."""

    change: str
    function: Callable


def mutants(function: Callable) -> Iterator[Mutant]:
    """All mutants of a function, compiled in the namespace of its own module."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    definition = tree.body[0]
    definition.decorator_list = []
    seen = {ast.unparse(tree)}
    for path, replacement, change in _changes(definition):
        mutated = copy.deepcopy(tree)
        _replace(mutated.body[0], path, replacement)
        ast.fix_missing_locations(mutated)
        text = ast.unparse(mutated)
        if text in seen:
            continue
        seen.add(text)
        namespace = dict(function.__globals__)
        exec(compile(text, f"<mutant of {function.__name__}>", "exec"), namespace)
        yield Mutant(change, namespace[definition.name])


def _changes(definition: ast.FunctionDef) -> Iterator[tuple[list, ast.AST | None, str]]:
    """Triples of where (a path of fields), what to put there, and the change in words."""
    for path, node in _walk(definition):
        for replacement in _variants(node):
            before, after = _shown(node), _shown(replacement)
            yield path, replacement, f"{before} -> {after}"
        if isinstance(node, ast.stmt) and not isinstance(node, ast.Return | ast.FunctionDef):
            yield path, ast.Pass(), f"{_shown(node)} -> (dropped)"
        if isinstance(node, ast.Return):
            yield path, ast.Return(ast.Constant(None)), f"{_shown(node)} -> return None"


def _shown(node: ast.AST) -> str:
    return ast.unparse(ast.fix_missing_locations(node)).splitlines()[0]


def _walk(definition: ast.FunctionDef) -> Iterator[tuple[list, ast.AST]]:
    """Every node of the body that may be changed, with its path; refusals and docstrings are left out."""
    body = definition.body[1:] if ast.get_docstring(definition) else definition.body
    offset = len(definition.body) - len(body)
    pending = [(["body", i + offset], node) for i, node in enumerate(body)]
    while pending:
        path, node = pending.pop(0)
        if _refuses(node):
            continue
        yield path, node
        for name, value in ast.iter_fields(node):
            if isinstance(value, list):
                pending += [([*path, name, i], x) for i, x in enumerate(value) if isinstance(x, ast.AST)]
            elif isinstance(value, ast.AST) and not isinstance(value, ast.expr_context):
                pending.append(([*path, name], value))


def _refuses(node: ast.AST) -> bool:
    """Whether a statement does nothing but refuse or convert input."""
    if isinstance(node, ast.If):
        return all(isinstance(statement, ast.Raise) for statement in node.body) and not node.orelse
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return _called(node.value).startswith("require_")
    if isinstance(node, ast.Assign):
        values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
        return all(isinstance(v, ast.Call) and _called(v).startswith("as_") for v in values)
    return isinstance(node, ast.Raise)


def _called(call: ast.Call) -> str:
    """The name of the function that is called, without an underscore in front."""
    return getattr(call.func, "id", "").lstrip("_")


def _variants(node: ast.AST) -> Iterator[ast.AST]:
    """Every way in which one node may be changed."""
    if isinstance(node, ast.BinOp):
        for other in _OPERATORS.get(type(node.op), []):
            yield ast.BinOp(node.left, other(), node.right)
        yield node.left
        yield node.right
    elif isinstance(node, ast.BoolOp):
        for other in _OPERATORS.get(type(node.op), []):
            yield ast.BoolOp(other(), node.values)
    elif isinstance(node, ast.UnaryOp):
        yield node.operand
    elif isinstance(node, ast.AugAssign):
        for other in _OPERATORS.get(type(node.op), []):
            yield ast.AugAssign(node.target, other(), node.value)
        yield ast.Assign([node.target], node.value)
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        for other in _COMPARISONS.get(type(node.ops[0]), []):
            yield ast.Compare(node.left, [other()], node.comparators)
    elif isinstance(node, ast.Constant):
        yield from _other_constants(node.value)
    elif isinstance(node, ast.Slice):
        yield ast.Slice(None, node.upper, node.step) if node.lower else ast.Slice(node.lower, None, node.step)
        yield ast.Slice(node.lower, None, node.step)
        if node.step:
            yield ast.Slice(node.lower, node.upper, None)
    elif isinstance(node, ast.Call):
        yield from _other_calls(node)
    elif isinstance(node, ast.Attribute) and node.attr in ("shape", "T"):
        yield from (
            [ast.Subscript(node, ast.Slice(step=ast.Constant(-1)))] if node.attr == "shape" else [node.value]
        )
    elif isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load) and len(node.elts) == 2:
        yield ast.Tuple(node.elts[::-1], node.ctx)
    elif isinstance(node, ast.IfExp):
        yield node.body
        yield node.orelse
    elif isinstance(node, ast.Return) and node.value is not None:
        yield ast.Return(ast.UnaryOp(ast.USub(), node.value))


def _other_constants(value) -> Iterator[ast.AST]:
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int | float):
        for other in (value + 1, value - 1):
            yield ast.Constant(other) if other >= 0 else ast.UnaryOp(ast.USub(), ast.Constant(-other))


def _other_calls(node: ast.Call) -> Iterator[ast.AST]:
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    for other in _NAMES.get(name, []):
        if isinstance(node.func, ast.Attribute):
            yield ast.Call(ast.Attribute(node.func.value, other, ast.Load()), node.args, node.keywords)
    for keyword in node.keywords:
        yield ast.Call(node.func, node.args, [k for k in node.keywords if k is not keyword])
    if node.args and not isinstance(node.args[0], ast.Starred):
        yield node.args[0]
    if len(node.args) == 2:
        yield ast.Call(node.func, node.args[::-1], node.keywords)
    elif isinstance(node.func, ast.Attribute) and not node.args:
        yield node.func.value


def _replace(definition: ast.FunctionDef, path: list, replacement: ast.AST) -> None:
    """Put `replacement` at the place that a path of fields and indices names."""
    place = definition
    for step in path[:-1]:
        place = place[step] if isinstance(step, int) else getattr(place, step)
    if isinstance(path[-1], int):
        place[path[-1]] = replacement
    else:
        setattr(place, path[-1], replacement)
