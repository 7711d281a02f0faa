"""Reloading: for authors, widgets on the page that follow their files whenever one is saved."""

import threading
import weakref

from helpers.show import parts, widgets
from helpers.show.widgets.joining import forget, joined

_FOLDERS = [*parts.__path__, *widgets.__path__]
_shown = weakref.WeakSet()


def follow_files(widget):
    """From now on the widget reloads its script and its style when a file is saved."""
    if not _shown:
        threading.Thread(target=_watch, daemon=True).start()
    _shown.add(widget)


def _watch():
    from watchfiles import watch  # a package that only authors have

    for _ in watch(*_FOLDERS):
        reload()


def reload():
    """Join the files again, and send the browser what has changed."""
    forget()
    for widget in list(_shown):
        widget._esm, widget._css = joined(widget._script)
