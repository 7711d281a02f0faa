"""What people do on a widget's page, and read from it: presses, strokes, numbers, Python's answers."""

import json
import os

import nbformat

from helpers.teaching.lab.browser import python

# What sticks out of the cell's output, and text that is cut off.
SQUEEZED = """() => {
    const output = document.querySelector(".course-widget").closest(".jp-OutputArea-output");
    const edge = output.getBoundingClientRect();
    const nodes = [...document.querySelectorAll(".course-widget *")].filter((node) => node.offsetParent);
    const out = nodes.filter((node) => node.getBoundingClientRect().right > edge.right + 1);
    const cut = nodes.filter((node) => getComputedStyle(node).overflow === "hidden" &&
        (node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1));
    return [...out, ...cut].map((node) => `${node.className}: ${node.textContent}`);
}"""


def notebook_of(*cells):
    """A notebook of these cells, for the course's Python; a string is a code cell."""
    made = [nbformat.v4.new_code_cell(cell) if isinstance(cell, str) else cell for cell in cells]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nbformat.v4.new_notebook(cells=made, metadata={"kernelspec": kernel})


def look(page, name):
    """Keep a picture of the page for people to look at, in the folder that LOOK names."""
    if folder := os.environ.get("LOOK"):
        page.screenshot(path=f"{folder}/{name}.png")


def as_new(page, forget):
    """Take all outputs off the page; its Python forgets all progress, and what the code `forget` says."""
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
    progress = "from helpers.learning import progress_file; progress_file.path().unlink(missing_ok=True)"
    python(page, f"{progress}\n{forget}")


def places(selectors, corners="none"):
    """JavaScript for where in the widget's cell everything is, and how large, that these CSS selectors find.

    Of what `corners` selects only the upper left corner counts. Where the cell is does not matter at all: a
    press may scroll the page.
    """
    return f"""() => {{
        const cell = document.querySelector(".course-widget").closest(".jp-Cell").getBoundingClientRect();
        const nodes = [...document.querySelectorAll({json.dumps(selectors)})];
        return nodes.filter((node) => node.getClientRects().length).map((node) => {{
            const box = node.getBoundingClientRect();
            const size = node.matches({json.dumps(corners)}) ? [] : [box.width, box.height];
            return [node.classList[0], ...[box.x - cell.x, box.y - cell.y, ...size].map(Math.round)];
        }});
    }}"""


def press(page, name):
    page.get_by_role("button", name=name).click()


def centre(page, grid, row, column):
    """The middle of one cell on the page."""
    grid.scroll_into_view_if_needed()
    box = grid.locator(".course-row").nth(row).locator(".course-cell").nth(column).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page, grid, start, end):
    """A fast stroke: the mouse jumps from the first cell to the last."""
    page.mouse.move(*centre(page, grid, *start))
    page.mouse.down()
    page.mouse.move(*centre(page, grid, *end))
    page.mouse.up()


def answer(page, expression, expected):
    """What Python says, as soon as it is the expected, for messages take a moment; else its last word."""
    for _ in range(1000):
        if value_of(page, expression) == expected:
            break
        page.wait_for_timeout(50)
    return value_of(page, expression)


def at_rest(page, expression):
    """What the page says as soon as it says the same twice: after it has opened, it still moves a little."""
    last = None
    for _ in range(100):
        before, last = last, page.evaluate(expression)
        if last == before:
            break
        page.wait_for_timeout(200)
    return last


def value_of(page, expression):
    """What Python says now."""
    return json.loads(python(page, "import json", f"json.dumps({expression})").strip("'"))


def cell_texts(grid):
    """The numbers printed in a grid."""
    rows = grid.locator(".course-row").all()
    return [
        [text.replace("−", "-") for text in row.locator(".course-cell").all_inner_texts()] for row in rows
    ]


def figure(page, title):
    return page.locator(".course-figure", has_text=title).locator(".course-grid").first
