"""Names whose modules are imported when they are first used.

Most of what is shown needs Matplotlib, whose import takes long, and no lesson's first cell draws anything.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def on_first_use(
    package: str, places: Mapping[str, str]
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """A `__getattr__` and a `__dir__` for a package.

    The first imports the module in which a name is, and keeps what the name means.

    Parameters
    ----------
    package : str
        The name of the package.
    places : mapping
        For each name its module, as seen from the package; a name that is a module's own is that module.
    """

    def find(name: str) -> Any:
        if name not in places:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module = import_module(f"{package}.{places[name]}")
        value = module if places[name] == name else getattr(module, name)
        setattr(import_module(package), name, value)
        return value

    return find, lambda: sorted(places)
