"""A lesson that runs in a browser: what a learner does there, for any browser with `open` and `evaluate`."""

import json
import time
from urllib.parse import urlsplit

WAIT = 300  # seconds until what has to happen counts as missing, on a very busy machine
PAUSE = 0.3  # seconds between two looks
SOLUTION = "return int(np.sum(image == 1))"
PANEL = "window.jupyterapp.shell.currentWidget"
CODE_CELLS = f"{PANEL}.context.model.toJSON().cells.filter((cell) => cell.cell_type === 'code')"


class Chromium:
    """A page of Playwright's with the same two methods as the other browsers', and what it has asked for."""

    def __init__(self, page):
        self.page, self.asked = page, []
        page.set_default_timeout(WAIT * 1000)
        page.context.on("request", lambda request: self.asked.append(request.url))

    def open(self, address):
        self.page.goto(address)

    def evaluate(self, expression):
        return self.page.evaluate(f"async () => (await ({expression})) ?? null")


def until(browser, expression, what=""):
    """Wait until a JavaScript expression is true."""
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline:
        if browser.evaluate(expression):
            return
        time.sleep(PAUSE)
    raise TimeoutError(what or expression)


def open_lesson(browser, site, name):
    """Open a lesson's notebook, and wait until it is there."""
    browser.open(f"{site}run/notebooks/index.html?path={name}/{name}.ipynb")
    wait_for_notebook(browser)


def wait_for_notebook(browser):
    """Until the page shows a notebook whose kernel can be asked."""
    until(browser, "!!(window.jupyterapp && document.querySelector('.jp-Notebook .jp-Cell'))", "no notebook")
    until(browser, f"!!{PANEL}?.sessionContext?.session?.kernel", "no kernel")


def run_all(browser):
    """Run all cells, and wait until the last one has run."""
    browser.evaluate("void window.jupyterapp.commands.execute('notebook:run-all-cells')")
    wait_until_idle(browser)


def wait_until_idle(browser):
    """Until no code cell waits for its turn: then each has its number."""
    python(browser, "")


def python(browser, code):
    """Run code in the kernel, after all that waits there; what it prints."""
    return browser.evaluate(printed_by(code))


def printed_by(code):
    """JavaScript: a promise of what the kernel prints when it runs this code."""
    return f"""(async () => {{
        let printed = "";
        const kernel = {PANEL}.sessionContext.session.kernel;
        const future = kernel.requestExecute({{ code: {json.dumps(code)}, store_history: false }});
        future.onIOPub = (said) => {{ if (said.header.msg_type === "stream") printed += said.content.text; }};
        await future.done;
        return printed;
    }})()"""


def cells(browser):
    """The code cells, as the notebook's file would have them."""
    return browser.evaluate(CODE_CELLS)


def write(browser, name, body):
    """Write the body of a function where its three dots are; the number of its cell."""
    return browser.evaluate(
        f"""(() => {{
            const all = {PANEL}.content.widgets;
            const isIt = (cell) => cell.model.sharedModel.getSource().startsWith("def {name}(");
            const index = all.findIndex(isIt);
            const model = all[index].model.sharedModel;
            const start = model.getSource().lastIndexOf('\"\"\"') + 3;
            model.setSource(model.getSource().slice(0, start) + "\\n    " + {json.dumps(body)});
            return index;
        }})()"""
    )


def run_from(browser, index, count=2):
    """Run some cells from this one on."""
    run = f"""(async () => {{
        const notebook = {PANEL}.content;
        notebook.deselectAll();
        notebook.activeCellIndex = {index};
        for (let number = 0; number < {count}; number++) {{
            await window.jupyterapp.commands.execute("notebook:run-cell-and-select-next");
        }}
    }})()"""
    browser.evaluate(run)
    wait_until_idle(browser)


def said(browser, check):
    """The text under the cell that contains this."""
    (cell,) = [cell for cell in cells(browser) if check in "".join(cell["source"])]
    return "\n".join(text_of(output) for output in cell["outputs"])


def text_of(output):
    data = output.get("data", {}).get("text/plain") or output.get("text") or output.get("evalue") or ""
    return "".join(data)


def save(browser):
    browser.evaluate("window.jupyterapp.commands.execute('docmanager:save')")


def outside(addresses, site):
    """Those of the addresses that are on another host."""
    host = urlsplit(site).netloc
    return [url for url in addresses if urlsplit(url).netloc not in ("", host)]
