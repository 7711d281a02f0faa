"""A button that asks Python for more: the next hint, or other right ways to write a function."""

from collections.abc import Callable
from typing import Any

import traitlets

from helpers.show.widgets.base import Widget

INSTEAD = "course-instead"  # the class of what pages show on which nothing runs


class Unfold(Widget):
    """A page of HTML with a button below it and, if something is asked, a line to write in.

    Parameters
    ----------
    go_on : callable
        Given what was written, it returns what to show next: any of `page`, `label` and `asks`.
    instead : object with _repr_html_
        What is shown where no widget can be.
    label : str
        What the button says; without a label there is none.
    page : str, optional
        HTML, made by us, never by a learner.
    asks : str, optional
        The question next to the button.
    """

    page = traitlets.Unicode().tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)
    asks = traitlets.Unicode().tag(sync=True)
    pressed = traitlets.List([0, ""]).tag(sync=True)  # how often, and what was written
    answered = traitlets.Int(0).tag(sync=True)  # the presses that have been answered

    def __init__(
        self, go_on: Callable[[str], dict[str, Any]], instead, label: str, page: str = "", asks: str = ""
    ):
        """Show the first page."""
        self._go_on, self._instead = go_on, instead
        super().__init__(page=page, label=label, asks=asks)

    @traitlets.observe("pressed")
    def _answer(self, change):
        count, words = change["new"]
        shown = self._go_on(str(words))
        with self.hold_sync():
            for name, value in shown.items():
                setattr(self, name, value)
            self.answered = int(count)

    def _still(self):
        return Instead(self._instead)


class Instead:
    """A panel as the picture of a widget: for pages on which nothing runs."""

    def __init__(self, panel):
        """Keep it."""
        self._panel = panel

    def _repr_mimebundle_(self, **_):
        """Its HTML and its text."""
        page = f"<div class='{INSTEAD}'>{self._panel._repr_html_()}</div>"
        return {"text/html": page, "text/plain": repr(self._panel)}, {}
