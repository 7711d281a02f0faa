"""Packages of which what the first cells import is compiled, so that a browser need not do it at each start.

Run in Pyodide, by compile.mjs. Compiled modules are larger, so the rest stays as it is.
"""

import ast
import importlib
import importlib.util
import io
import re
import sys
import zipfile
from importlib import _bootstrap_external

SITE, STDLIB = (
    f"{next(path for path in sys.path if path.endswith(end))}/" for end in ("/site-packages", ".zip")
)
ONLY_IF_IMPORTED = "pygments/lexers/"  # a module for each language
KEEP_SOURCES = "helpers-"  # the course reads its own
# People read the docstrings of these.
KEEP_DOCSTRINGS = ("helpers", "numpy", "matplotlib", "ipywidgets", "anywidget")
NOT_USED = re.compile(
    r"matplotlib/(backends/web_backend|mpl-data/(sample_data|fonts/(afm|pdfcorefonts)))/"
    r"|matplotlib/mpl-data/fonts/ttf/DejaVu(Serif|SansMono-)"
    r"|anywidget/(labextension|nbextension)/|anywidget-[^/]*\.data/|dateutil/zoneinfo/.*\.gz$"
    r"|numpy/(_pyinstaller|_core/include)/|.*\.pyi$|.*/RECORD$"
)


def import_all():
    """Import all that, and what is imported when it is first used; drawing something imports more."""
    for name in imports:  # noqa: F821 - given by compile.mjs
        importlib.import_module(name)
    for package in map(importlib.import_module, ("helpers.show", "helpers.show.widgets")):
        for name in dir(package):
            getattr(package, name)
    figure = sys.modules["matplotlib.pyplot"].figure()
    figure.suptitle("$x$")
    figure.savefig(io.BytesIO())


class WithoutDocstrings(ast.NodeTransformer):
    """Leaves out what nobody reads here."""

    def generic_visit(self, node):
        """Take the docstring out of a node that has one."""
        can_have_one = isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        if can_have_one and ast.get_docstring(node, clean=False) is not None:
            node.body[:1] = [] if len(node.body) > 1 else [ast.copy_location(ast.Pass(), node.body[0])]
        return super().generic_visit(node)


def compiled(source, name, keep_docstrings):
    """What Python keeps in a .pyc that it believes without looking at the source."""
    tree = ast.parse(source)
    if not keep_docstrings:
        tree = WithoutDocstrings().visit(tree)
    code = compile(tree, name, "exec", dont_inherit=True)
    return _bootstrap_external._code_to_hash_pyc(code, importlib.util.source_hash(source), False)


def beside(name):
    """Where Python looks for the compiled module of a source that is there too."""
    folder, _, stem = name.removesuffix(".py").rpartition("/")
    return f"{folder}/__pycache__/{stem}.{sys.implementation.cache_tag}.pyc"


def pack(name, imported):
    """Write the archive `name` anew, with compiled modules and without what no notebook uses."""
    keeps, home = name.startswith(KEEP_SOURCES), SITE if name.endswith(".whl") else STDLIB
    with zipfile.ZipFile(f"/from/{name}") as old, zipfile.ZipFile(f"/into/{name}", "w") as new:
        for info in old.infolist():
            place = info.filename
            if NOT_USED.match(place) or (place.startswith(ONLY_IF_IMPORTED) and home + place not in imported):
                continue
            source = old.read(info)
            contents = {place: source}
            if place.endswith(".py") and home + place in imported:
                code = compiled(source, home + place, place.startswith(KEEP_DOCSTRINGS))
                contents = {place: source, beside(place): code} if keeps else {f"{place}c": code}
            for where, data in contents.items():
                new.writestr(zipfile.ZipInfo(where, info.date_time), data, zipfile.ZIP_DEFLATED, 9)


import_all()
imported = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
for name in names:  # noqa: F821 - given by compile.mjs
    pack(name, imported)
