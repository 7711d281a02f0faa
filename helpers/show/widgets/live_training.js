// A training as it runs: progress, losses, accuracy, filters, and a button that stops it.

import { Bar } from "../parts/bar.js";
import { Chart, stepFor, ticks } from "../parts/chart.js";
import { button, element, figure, line, status } from "../parts/dom.js";
import { Filters } from "../parts/filters.js";
import { numberText } from "../parts/numbers.js";
import { follow, present } from "../parts/widget.js";

const INVITATION = "Stop ends the training; the network keeps the weights of the last batch.";
const NO_STOP = "On this page it cannot be stopped: it ends by itself.";
const CHART_TITLE = "loss (thin: each batch)";
const BY_HAND =
  "Press ■ (interrupt the kernel) in the toolbar: it stops the training too, and nothing learned is lost.";

// The losses over the epochs: the batches as a thin line, training solid, validation dashed.
function showLosses(chart, { epochs, batches: [, planned], batch_losses, batches_in_a_point: size, ...state }) {
  const lists = [state.losses, state.validation_losses];
  const known = [...lists.flat(), ...batch_losses].filter((loss) => loss !== null);
  const step = (size * epochs) / planned; // epochs from one point of the thin line to the next
  chart.show(
    lists.map((list) => list.map((loss, epoch) => [epoch + 1, loss])),
    {
      end: epochs,
      highest: 1.08 * Math.max(...known, 0) || 1,
      marked: ticks(epochs, Math.max(1, stepFor(epochs, 6))).map((epoch) => [epoch, String(epoch)]),
      caption: "epochs",
      thin: batch_losses.map((loss, i) => [step * (i + 1), loss]),
    },
  );
}

function timeText(seconds) {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}

// Epochs, time and what became of the training, in words.
function words(canStop, { phase, plan, epochs, losses, batches: [batch, planned], seconds: [passed, left] }) {
  const done = losses.length;
  const kept = `The network has the weights of the last batch, ${batch} of ${planned}.`;
  const ends = {
    ready: ["", "Not started yet."],
    measuring: ["", "Measuring how fast these functions are ..."],
    training: [left === null ? "" : `about ${timeText(left)} left`, canStop ? INVITATION : NO_STOP],
    done: [`took ${timeText(passed)}`, "Done."],
    stopped: [`after ${timeText(passed)}`, `Stopped. ${kept}`],
    late: [`after ${timeText(passed)}`, `The time is over. ${kept}`],
    failed: [`after ${timeText(passed)}`, "An error stopped the training: see below."],
  };
  const [time, said] = ends[phase];
  return [`${done} of ${epochs} epochs`, time, `${plan} ${said}`.trim()];
}

// Does what the toolbar's own button does; where a page does not allow it, people have to press that one.
async function interrupt(model) {
  const kernel = model.widget_manager?.kernel;
  if (!kernel?.interrupt) throw new Error("no kernel to interrupt");
  await kernel.interrupt();
}

// The line at the top: the button, how far the training is, and below it what became of it.
class Progress {
  constructor(model) {
    this.asked = false;
    this.canStop = model.get("can_stop");
    this.bar = new Bar();
    [this.epoch, this.left] = ["course-epoch", "course-left"].map((name) => element("span", name));
    this.remark = status("course-remark");
    this.stop = button("■ Stop", "stop the training", () => {
      this.asked = true;
      this.show(model.get("state"));
      interrupt(model).catch(() => {
        this.remark.textContent = BY_HAND;
      });
    });
    this.stop.classList.add("course-stop");
    const stop = this.canStop ? [this.stop] : [];
    this.node = element("div", "course-live-line", {}, ...stop, this.bar.node, this.epoch, this.left);
  }

  show(state) {
    const isRunning = ["measuring", "training"].includes(state.phase);
    const [epoch, left, said] = words(this.canStop, state);
    this.asked = this.asked && isRunning;
    this.stop.disabled = this.asked || !isRunning;
    this.stop.textContent = this.asked ? "stopping …" : "■ Stop";
    this.epoch.textContent = epoch;
    this.left.textContent = left;
    if (!this.asked && said !== this.remark.textContent) this.remark.textContent = said;
    this.bar.show(state.share);
  }
}

class Accuracy {
  constructor() {
    this.bar = new Bar();
    this.percent = element("span", "course-accuracy-number");
    const name = "accuracy on validation data";
    this.node = element("div", "course-live-line course-accuracy", {}, name, this.bar.node, this.percent);
  }

  show([share]) {
    this.bar.show(share);
    this.percent.textContent = share === undefined ? "–" : `${numberText(100 * share, 1)} %`;
  }
}

function render({ model, el }) {
  const first = model.get("state");
  const progress = new Progress(model);
  const losses = new Chart("loss of each batch and epoch", ["training", "validation"]);
  const filters = first.filters.length ? new Filters(first.filters) : null;
  const accuracy = new Accuracy();
  const chart = figure(CHART_TITLE, losses, "course-losses");
  const pictures = line(chart, ...(filters ? [filters.node] : []));
  present(el, "live-training", "training", progress.node, progress.remark, pictures, accuracy.node);
  follow(model, ["state"], () => {
    const state = model.get("state");
    progress.show(state);
    showLosses(losses, state);
    filters?.show(state.filters, state.limit);
    accuracy.show(state.accuracies);
  });
}

export default { render };
