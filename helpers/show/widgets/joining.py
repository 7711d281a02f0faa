"""Joining: a widget's script and its style, each one text made of the widget's own file and of its parts.

A widget travels to the browser as one module, which cannot import a file next to it. The files are ordinary
modules all the same. Here each imported one becomes a function that is called at once and returns what it
exports, so that every file keeps its names to itself. The style of a file is the CSS file of the same name,
if there is one.
"""

import re
from functools import cache
from pathlib import Path

IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[^"]+)";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)


def joined(script: Path) -> tuple[str, str]:
    """The script and the style of the widget whose own script this is."""
    *parts, own = files = with_imports(script.resolve(), [])
    return "\n".join([*map(_as_function, parts), _linked(own)]), "\n".join(map(_style, files))


def with_imports(file: Path, found: list[Path]) -> list[Path]:
    """`found`, then those of the file's imports that are not in it yet, then the file itself."""
    for imported in _imports(file):
        if imported not in found:
            found = with_imports(imported, found)
    return [*found, file]


def forget():
    """Read all files again from now on."""
    for function in (_imports, _as_function, _style):
        function.cache_clear()


@cache
def _imports(file: Path) -> list[Path]:
    return [(file.parent / name).resolve() for _, name in IMPORT.findall(_read(file))]


@cache
def _as_function(file: Path) -> str:
    """A part as a constant that holds what the part exports."""
    exported = ", ".join(EXPORT.findall(_read(file)))
    body = EXPORT.sub("", _linked(file))
    return f"const {_constant(file)} = (() => {{\n{body}\nreturn {{ {exported} }};\n}})();\n"


@cache
def _style(file: Path) -> str:
    style = file.with_suffix(".css")
    return _read(style) if style.exists() else ""


def _linked(file: Path) -> str:
    """The file's text, in which the imported names come from the constants."""
    return IMPORT.sub(lambda found: f"const {{{found[1]}}} = {_constant(Path(found[2]))};", _read(file))


def _constant(file: Path) -> str:
    return f"{file.stem}_js"


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")
