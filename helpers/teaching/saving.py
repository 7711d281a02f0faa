"""What JupyterLab writes to disk: a widget becomes the picture of it, which is seen without a kernel."""

import re

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def drop_progress_bars(cells: list[dict]) -> None:
    """Take outputs that are nothing but a progress bar out of cells: they are of no use after the run."""
    for cell in cells:
        if "outputs" in cell:
            cell["outputs"] = [output for output in cell["outputs"] if not _is_progress_bar(output)]


def _is_progress_bar(output: dict) -> bool:
    text = "".join(output.get("data", {}).get("text/plain", ""))
    return re.match(r"\s*(\w+:)?\s*\d+%\|", text) is not None


def keep_pictures(model: dict, **_) -> None:
    """Drop progress bars, and the view of each widget that also has a picture, before a file is saved.

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
            if "image/png" in data:
                data.pop(WIDGET_VIEW, None)
