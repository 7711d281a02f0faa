"""The training of lesson 13 as a learner sees it: watched, stopped, interrupted, in JupyterLab."""

import json
import re

import pytest
from playwright.sync_api import expect

from helpers.teaching.lab.browser import python, save
from tests.browser.pages import SQUEEZED, value_of

pytestmark = pytest.mark.browser

CODE = """\
import time
import numpy as np
from helpers import data, reference
from helpers.show import widgets

def train(epochs=3, pause=0.0, batches=0):
    def wait(images, rng):
        time.sleep(pause)
        return images

    def enough(network, loss):
        return len(live.batch_losses) == batches

    global live, network
    rng = np.random.default_rng(0)
    images, labels = data.sample_letters(40, rng, shift=1)
    conv, vote = reference.Conv2d(1, 4, 3, rng), reference.Linear(196, 2, rng)
    network = reference.Network([conv, reference.ReLU(), reference.Flatten(), vote])
    live = widgets.LiveTraining(network, images, labels, rng, validation=(images, labels), epochs=epochs,
                                batch_size=20, augment=wait, watch_batch=enough)
    return live.run()

losses = train()
"""
LONG = "losses = train(1000, 0.05)"  # far longer than a test waits: it has to be stopped
# Put these cells below the first code cell, in place of what is there, and run them without waiting.
RUN_CELLS = """(sources) => {
    const { content } = window.jupyterapp.shell.currentWidget;
    const cells = content.model.sharedModel;
    while (cells.cells.length > 2) cells.deleteCell(2);
    for (const source of sources) cells.addCell({ cell_type: "code", source });
    content.activeCellIndex = 2;
    window.jupyterapp.commands.execute("notebook:run-all-below");
}"""
INTERRUPT = "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.interrupt()"
# Write down every height that the cell below the training is pushed down to.
WATCH_PLACE = """() => {
    window.places = new Set();
    const note = () => {
        const [training, below] = [...document.querySelectorAll(".jp-Cell")].slice(3); // the last two of five
        if (below && training.querySelector(".course-live-training")) {
            const [top, next] = [training, below].map((cell) => cell.getBoundingClientRect().top);
            window.places.add(next - top);
        }
        window.watching = requestAnimationFrame(note);
    };
    note();
}"""


@pytest.fixture(scope="module")
def page(open_code):
    return open_code("live_training", CODE)


@pytest.fixture
def run(page):
    """Runs cells below the first; the part of the page in which the last training shows."""

    def run_cells(*sources):
        page.evaluate(RUN_CELLS, list(sources))
        return page.locator(".course-live-training").nth(1)

    yield run_cells
    page.evaluate(INTERRUPT)
    python(page, "pass")


def wait_for_epoch(live, least):
    """Until that many epochs are done."""
    for _ in range(600):
        done = int(live.locator(".course-epoch").text_content().split()[0])
        if done >= least:
            return
        live.page.wait_for_timeout(100)
    raise AssertionError(f"only {done} epochs were done")


def weights_are_those_of_the_last_batch(page):
    """Train again for as many batches as were finished: the weights must be the same."""
    python(page, "kept, count = network.parameters(), len(live.batch_losses)")
    code = "again = train(1000, batches=count); anew = network.parameters()"
    python(page, code)
    return value_of(page, "all(np.array_equal(kept[name], anew[name]) for name in kept)")


def test_a_training_runs_to_its_end_before_the_next_cell_begins(page, run):
    live = run("losses = train(8, 0.02)", "phase = live.state['phase']")
    expect(live.locator(".course-epoch")).to_have_text("8 of 8 epochs")
    expect(live.locator(".course-remark")).to_have_text("Done.")
    expect(live.get_by_role("button", name="stop the training")).to_be_disabled()
    assert value_of(page, "[phase, len(losses), live.stopped]") == ["done", 8, False]
    ends = live.locator(".course-losses g > text").all_text_contents()
    thin = live.locator(".course-batches").get_attribute("points").split()
    assert len(thin) == value_of(page, "len(live.batch_losses)") == 16
    losses = value_of(page, "[live.losses[-1], live.validation_losses[-1], 100 * live.accuracies[-1]]")
    assert [text for text in ends if " " in text] == [
        f"training {losses[0]:.2f}",
        f"validation {losses[1]:.2f}",
    ]
    expect(live.locator(".course-accuracy-number")).to_have_text(f"{losses[2]:.1f} %")


def test_stop_ends_the_training_and_later_cells_run(page, run):
    live = run(LONG, "phase = live.state['phase']")
    wait_for_epoch(live, 2)
    live.get_by_role("button", name="stop the training").click()
    expect(live.locator(".course-remark")).to_have_text(
        re.compile(r"^Stopped\. The network has the weights of the last batch")
    )
    phase, count, stopped = value_of(page, "[phase, len(losses), live.stopped]")
    assert (phase, stopped) == ("stopped", True)
    assert 2 <= count < 1000
    expect(live.locator(".course-epoch")).to_have_text(f"{count} of 1000 epochs")
    assert weights_are_those_of_the_last_batch(page)


def test_the_kernels_interrupt_stops_it_as_cleanly(page, run):
    live = run(LONG, "phase = live.state['phase']")
    wait_for_epoch(live, 1)
    page.evaluate(INTERRUPT)
    expect(live.locator(".course-remark")).to_have_text(re.compile(r"^Stopped\."))
    assert value_of(page, "[phase, live.stopped, len(losses) > 0]") == ["stopped", True, True]
    assert weights_are_those_of_the_last_batch(page)
    assert page.locator(".jp-RenderedText[data-mime-type*=stderr]").count() == 0


def test_where_a_page_cannot_interrupt_it_says_who_can(page, run):
    live = run(LONG)
    wait_for_epoch(live, 1)
    kernel = "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel"
    page.evaluate(f"() => {{ window.real = {kernel}.interrupt; {kernel}.interrupt = undefined; }}")
    live.get_by_role("button", name="stop the training").click()
    expect(live.locator(".course-remark")).to_contain_text("interrupt the kernel")
    page.evaluate(f"() => {{ {kernel}.interrupt = window.real; }}")
    page.evaluate(INTERRUPT)
    expect(live.locator(".course-remark")).to_have_text(re.compile(r"^Stopped\."))


def test_where_nothing_can_stop_it_there_is_no_button(page, run):
    python(page, "from helpers.show.widgets import live_training; live_training.CAN_STOP = False")
    live = run("losses = train(20, 0.05)")
    expect(live.locator(".course-remark")).to_have_text(
        "On this page it cannot be stopped: it ends by itself."
    )
    expect(live.get_by_role("button")).to_have_count(0)
    expect(live.locator(".course-remark")).to_have_text("Done.")
    python(page, "live_training.CAN_STOP = True")


def test_nothing_moves_while_it_trains_and_when_it_ends(page, run):
    live = run("pass", LONG, "pass")
    page.evaluate(WATCH_PLACE)
    wait_for_epoch(live, 2)
    page.evaluate(INTERRUPT)
    expect(live.locator(".course-remark")).to_have_text(re.compile(r"^Stopped\."))
    python(page, "pass")
    page.wait_for_timeout(500)  # long enough for a late change to show
    page.evaluate("() => cancelAnimationFrame(window.watching)")
    places = page.evaluate("() => [...window.places]")
    assert max(places) - min(places) < 1


def test_the_filters_are_drawn_in_their_colours(page, run):
    live = run("losses = train(2)")
    expect(live.locator(".course-remark")).to_have_text("Done.")
    assert live.locator("canvas").count() == 4
    read = "(node) => [...node.getContext('2d').getImageData(0, 0, node.width, node.height).data]"
    dots = live.locator("canvas").first.evaluate(read)
    weights = value_of(page, "network.layers[0].parameters['weight'][0, 0].ravel().tolist()")
    limit = value_of(page, "live.state['limit']")
    for index, weight in enumerate(weights):
        full = (0, 114, 178) if weight > 0 else (213, 94, 0)
        wanted = [255 + (channel - 255) * abs(weight) / limit for channel in full]
        assert dots[4 * index : 4 * index + 3] == pytest.approx(wanted, abs=1)


def test_the_saved_notebook_holds_the_curves(page, run, lab):
    live = run("losses = train(2)")
    expect(live.locator(".course-remark")).to_have_text("Done.")
    python(page, "pass")
    save(page)
    outputs = json.loads((lab.folder / "live_training.ipynb").read_text())["cells"][2]["outputs"]
    assert len(outputs) == 1
    assert sorted(outputs[0]["data"]) == ["text/html", "text/plain"]
    assert "2 of 2 epochs" in "".join(outputs[0]["data"]["text/plain"])


@pytest.mark.parametrize("width", [1000, 700, 480])
def test_it_fits_the_page(page, width):
    page.set_viewport_size({"width": width, "height": 1000})
    page.wait_for_timeout(300)
    assert page.evaluate(SQUEEZED) == []
    page.set_viewport_size({"width": 1000, "height": 1000})


def test_it_says_what_it_has_measured_and_draws_each_batch_at_once(page, run):
    live = run(
        "rng, seconds = np.random.default_rng(0), (20, 60)\n"
        "live = widgets.LiveTraining(network, *live._data, rng, seconds=seconds, epochs=1)\n"
        "losses = live.run()"
    )
    expect(live.locator(".course-remark")).to_contain_text("Measured first: a batch of 32 takes")
    expect(live.locator(".course-remark")).to_contain_text("slowed down to 20 s, to be watched")
    expect(live.locator(".course-epoch")).to_have_text("0 of 1 epochs")
    page.wait_for_function("document.querySelectorAll('.course-batches')[1].getAttribute('points')")
    live.get_by_role("button", name="stop the training").click()
    expect(live.locator(".course-remark")).to_contain_text(
        "Stopped. The network has the weights of the last batch, 1 of 2."
    )
