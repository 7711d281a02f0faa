"""What JupyterLab writes to disk: a widget becomes the picture of it, which is seen without a kernel."""

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def keep_pictures(model: dict, **_) -> None:
    """Drop the view of each widget that also has a picture; Jupyter Server's hook before a file is saved.

    A saved view points to a widget that ends with its kernel: opened again, the notebook would show
    "Error displaying widget" in the picture's place.

    Parameters
    ----------
    model : dict
        The file as Jupyter Server hands it to its contents manager; it is changed in place.
    """
    if model.get("type") != "notebook" or not model.get("content"):
        return
    for cell in model["content"].get("cells", []):
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "image/png" in data:
                data.pop(WIDGET_VIEW, None)
