"""What is saved of outputs: a widget becomes a picture of itself, and every picture is kept once."""

import re

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def drop_progress_bars(cells: list[dict]) -> None:
    """Remove outputs that are nothing but a progress bar: they are of no use after the run."""
    for cell in cells:
        if "outputs" in cell:
            cell["outputs"] = [output for output in cell["outputs"] if not _is_progress_bar(output)]


def _is_progress_bar(output: dict) -> bool:
    text = "".join(output.get("data", {}).get("text/plain", ""))
    return re.match(r"\s*(\w+:)?\s*\d+%\|", text) is not None


def keep_one_picture(output: dict) -> None:
    """Take the bare image out of an output that also has it with its alternative text."""
    if _has_described_picture(output):
        output["data"].pop("image/png", None)
        output.get("metadata", {}).pop("image/png", None)


def _has_described_picture(output: dict) -> bool:
    """Whether an output holds a picture with its alternative text, as the course draws them."""
    return "data:image/png" in "".join(output.get("data", {}).get("text/html", ""))


def keep_pictures(model: dict, **_: object) -> None:
    """Drop progress bars, second pictures, and the view of each widget that has a still form, before a save.

    Jupyter Server's hook. A saved view points to a widget that ends with its kernel: opened again, the
    notebook would show "Error displaying widget" in the picture's place.

    Parameters
    ----------
    model : dict
        The file as Jupyter Server hands it to its contents manager; it is changed in place.
    """
    if model.get("type") != "notebook" or not model.get("content"):
        return
    cells = model["content"].get("cells", [])
    drop_progress_bars(cells)
    for cell in cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "image/png" in data or "text/html" in data:
                data.pop(WIDGET_VIEW, None)
            keep_one_picture(output)
