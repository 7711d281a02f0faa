"""Pictures of a notebook as JupyterLab shows it, page by page, for those who write lessons.

``python -m helpers.teaching.lab.screenshots NOTEBOOK OUT_DIR [--run] [--theme dark]``
"""

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from helpers.teaching.lab.browser import open_notebook, run_all, running_browser, running_lab

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCROLLER = ".jp-NotebookPanel-notebook .jp-WindowedPanel-outer"
# The height of one page, and how far below its top the last cell ends.
MEASURE = """(node) => {
    const last = [...node.querySelectorAll(".jp-Cell")].at(-1).getBoundingClientRect();
    return [node.clientHeight, last.bottom - node.getBoundingClientRect().top];
}"""


def screenshots(
    notebook: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="the notebook to look at")],
    folder: Annotated[Path, typer.Argument(file_okay=False, help="where the PNG files go")],
    run: Annotated[bool, typer.Option("--run", help="run all cells first")] = False,
    theme: Annotated[str, typer.Option(help="light or dark")] = "light",
    width: Annotated[int, typer.Option(help="width of the page in pixels")] = 1100,
    height: Annotated[int, typer.Option(help="height of one page in pixels")] = 1000,
) -> list[Path]:
    """Save NOTEBOOK as it looks in JupyterLab to FOLDER/NAME-01.png, FOLDER/NAME-02.png and so on."""
    if theme not in ("light", "dark"):
        raise typer.BadParameter(f"the themes are light and dark, not {theme!r}", param_hint="--theme")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        shutil.copy(notebook, scratch)
        with running_lab(Path(scratch), settings(theme)) as lab, running_browser() as browser:
            page = browser.new_page(viewport={"width": width, "height": height})
            open_notebook(page, lab, notebook.name)
            if run:
                run_all(page)
            return page_by_page(page, folder, notebook.stem)


def settings(theme: str) -> dict[str, dict]:
    """Every cell on the page at once, in the wanted theme."""
    return {
        "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
        "@jupyterlab/apputils-extension:themes": {"theme": f"JupyterLab {theme.capitalize()}"},
    }


def page_by_page(page: "Page", folder: Path, name: str) -> list[Path]:
    """Save the open notebook from top to bottom; the paths of the files, in that order."""
    page.wait_for_timeout(1500)  # what is still being drawn: widgets, formulas, pictures
    scroller = page.locator(SCROLLER)
    paths: list[Path] = []
    top, overlap = 0, 40
    while True:
        scroller.evaluate("(node, top) => { node.scrollTop = top; }", top)
        page.wait_for_timeout(300)
        paths.append(folder / f"{name}-{len(paths) + 1:02d}.png")
        scroller.screenshot(path=paths[-1], animations="disabled")
        shown, left = scroller.evaluate(MEASURE)
        if left <= shown:
            return paths
        top += shown - overlap


def main() -> None:
    """The command line."""
    typer.run(screenshots)


if __name__ == "__main__":
    main()
