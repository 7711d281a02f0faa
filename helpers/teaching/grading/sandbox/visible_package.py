"""What learners' code may see of the course's package while a lesson is graded: nothing that answers it.

The mathematics is cut by what depends on what. Functions that this lesson or a later one asks for are left
out, with all that is built on them; of the rest, what belongs to earlier lessons stays, with what that needs.
"""

import ast
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from helpers import exercises

PACKAGE = Path(exercises.__file__).parents[1]
_STAND_IN = Path(__file__).parent / "stand_in"
_CALLING = PACKAGE / "checking" / "calling"

Name = tuple[str, str]  # a module of the mathematics, and what it defines


@cache
def visible_files(lesson: str) -> dict[str, str]:
    """The modules of the package as it is shown to learners' code: path -> text."""
    files: dict[str, Path | str] = {
        f"helpers/checking/calling/{path.name}": path for path in sorted(_CALLING.glob("*.py"))
    }
    files |= {f"helpers/data/{path.name}": path for path in sorted((PACKAGE / "data").glob("*.py"))}
    files |= {f"helpers/{path.name}": path for path in _STAND_IN.glob("*.py")}
    files |= {"helpers/checking/__init__.py": '"""How functions are called."""\n'}
    files |= visible_mathematics(lesson)
    return {name: text if isinstance(text, str) else _text(text) for name, text in files.items()}


def visible_data() -> dict[str, Path]:
    """What the package's data are read from, such as pictures: path -> the file, which is copied as it is."""
    found = sorted((PACKAGE / "data").iterdir())
    return {f"helpers/data/{path.name}": path for path in found if path.is_file() and path.suffix != ".py"}


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def visible_mathematics(lesson: str) -> dict[str, str]:
    """`helpers/reference` without the answers of this lesson and of later ones: path -> text."""
    modules = _modules()
    kept = _kept(lesson, modules)
    files = {
        f"helpers/reference/{module}.py": source
        for module, tree in modules.items()
        if (source := _cut(tree, {name for where, name in kept if where == module}))
    }
    public = _public(modules)
    lines = [
        f"from helpers.reference.{module} import {name}" for module, name in sorted(kept) if name in public
    ]
    front = (_STAND_IN / "reference" / "__init__.py").read_text(encoding="utf-8")
    return files | {"helpers/reference/__init__.py": f"{front}\n\n" + "\n".join(lines) + "\n"}


@cache
def _modules() -> dict[str, ast.Module]:
    """The modules of the mathematics, parsed."""
    paths = sorted((PACKAGE / "reference").glob("*.py"))
    return {path.stem: ast.parse(_text(path)) for path in paths}


def _public(modules: dict[str, ast.Module]) -> set[str]:
    """What `helpers.reference` offers by name."""
    return {
        alias.name
        for node in modules["__init__"].body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def _kept(lesson: str, modules: dict[str, ast.Module]) -> set[Name]:
    """The definitions that stay."""
    needs = {name: found for module, tree in modules.items() for name, found in _needs(module, tree).items()}
    hidden, public = _hidden(lesson), _public(modules)
    unsaid = {"__init__", *_modules_of_answers(hidden)}
    earlier = {name for name in needs if name[1] in public and name[0] not in unsaid}
    earlier |= _answers(exercises.LESSONS[: exercises.LESSONS.index(lesson)])
    allowed = {name for name in earlier if not hidden & _closure({name}, needs)}
    return _closure(allowed, needs)


def _hidden(lesson: str) -> set[Name]:
    """The functions that this lesson and later ones ask for."""
    return _answers(exercises.LESSONS[exercises.LESSONS.index(lesson) :])


def _answers(lessons: Iterable[str]) -> set[Name]:
    """The functions of the mathematics that the exercises of some lessons ask for."""
    functions = [exercise.reference for lesson in lessons for exercise in exercises.of_lesson(lesson)]
    return {
        (function.__module__.rpartition(".")[2], function.__name__)
        for function in functions
        if function.__module__.startswith("helpers.reference.")
    }


def _modules_of_answers(hidden: set[Name]) -> set[str]:
    """Modules with something still to be found out: what else they offer might give it away."""
    return {module for module, _ in hidden}


def _closure(names: set[Name], needs: dict[Name, set[Name]]) -> set[Name]:
    """The names, and all that they are built on."""
    found, pending = set(), list(names)
    while pending:
        name = pending.pop()
        if name in needs and name not in found:
            found.add(name)
            pending += needs[name]
    return found


def _needs(module: str, tree: ast.Module) -> dict[Name, set[Name]]:
    """For each definition of a module: the definitions of the mathematics that it uses."""
    imported = {
        alias.asname or alias.name: (node.module.rpartition(".")[2], alias.name)
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("helpers.reference")
        for alias in node.names
    }
    own = {name: (module, name) for node in tree.body for name in _defined(node)}
    scope = imported | own
    return {
        (module, name): {
            scope[used.id] for used in ast.walk(node) if isinstance(used, ast.Name) and used.id in scope
        }
        - {(module, name)}
        for node in tree.body
        for name in _defined(node)
    }


def _defined(node: ast.stmt) -> list[str]:
    """The names that a statement of a module defines."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return [name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)]
    return []


def _cut(tree: ast.Module, names: set[str]) -> str:
    """The source of a module with the named definitions alone, and the imports that they use."""
    body = [node for node in tree.body if names & set(_defined(node))]
    used = {node.id for part in body for node in ast.walk(part) if isinstance(node, ast.Name)}
    imports = []
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            aliases = [a for a in node.names if (a.asname or a.name).partition(".")[0] in used]
            if aliases:
                imports.append(ast.unparse(_with_names(node, aliases)))
    return "\n".join([*imports, "\n", *(ast.unparse(node) + "\n\n" for node in body)]) if body else ""


def _with_names(node: ast.Import | ast.ImportFrom, aliases: list[ast.alias]) -> ast.Import | ast.ImportFrom:
    """An import statement with fewer names."""
    if isinstance(node, ast.Import):
        return ast.Import(names=aliases)
    return ast.ImportFrom(module=node.module, names=aliases, level=node.level)
