// A training as it runs: progress, losses, accuracy, filters, and a button that stops it.

import { Bar } from "../parts/bar.js";
import { signedColour } from "../parts/colours.js";
import { button, element, line, setAttributes, status, svg } from "../parts/dom.js";
import { clamp, numberText, range, shapeOf } from "../parts/numbers.js";
import { Tile } from "../parts/tile.js";
import { follow, present } from "../parts/widget.js";

const CHART = { width: 500, height: 220, left: 44, right: 112, top: 10, bottom: 34 };
const ENDS = 15; // pixels between the names of two lines
const FILTER_SIDE = 54;
const INVITATION = "Stop ends the training; the network keeps the weights of the last batch.";
const NO_STOP = "On this page it cannot be stopped: it ends by itself.";
const CHART_TITLE = "loss (thin: each batch)";
const BY_HAND =
  "Press ■ (interrupt the kernel) in the toolbar: it stops the training too, and nothing learned is lost.";

// The smallest of 1, 2, 5, 10, 20 ... (or 0.1, 0.2, 0.5 ...) that cuts `length` into at most `parts`.
function stepFor(length, parts) {
  const power = 10 ** Math.floor(Math.log10(length / parts));
  return [1, 2, 5, 10].map((factor) => factor * power).find((size) => length / size <= parts + 1e-9);
}

const ticks = (length, size) => range(Math.floor(length / size + 1e-9) + 1).map((i) => i * size);

// Losses over epochs: the batches as a thin line, training solid, validation dashed, each with its name at its end.
class Losses {
  constructor() {
    this.curves = ["training", "validation"].map((name) => new Curve(name));
    this.rules = svg("g");
    this.batches = svg("polyline", { class: "course-batches" });
    const viewBox = `0 0 ${CHART.width} ${CHART.height}`;
    const attributes = { class: "course-losses", role: "img", "aria-label": "loss of each batch and epoch", viewBox };
    this.node = svg("svg", attributes, this.rules, this.batches, ...this.curves.map((curve) => curve.node));
  }

  x(epoch) {
    return CHART.left + ((CHART.width - CHART.left - CHART.right) * epoch) / this.epochs;
  }

  y(loss) {
    return CHART.height - CHART.bottom - ((CHART.height - CHART.top - CHART.bottom) * loss) / this.highest;
  }

  show({ epochs, batches: [, planned], batch_losses: thin, batches_in_a_point: size, ...state }) {
    const lists = [state.losses, state.validation_losses];
    const known = [...lists.flat(), ...thin].filter((loss) => loss !== null);
    this.epochs = epochs;
    this.highest = 1.08 * Math.max(...known, 0) || 1;
    this.rules.replaceChildren(...this.axes());
    const step = (size * epochs) / planned; // epochs from one point of the thin line to the next
    const dots = thin.map((loss, i) => loss !== null && [this.x(step * (i + 1)), this.y(loss)].join(","));
    this.batches.setAttribute("points", dots.filter(Boolean).join(" "));
    lists.forEach((list, i) => {
      const points = list.map((loss, epoch) => loss !== null && [this.x(epoch + 1), this.y(loss)]);
      this.curves[i].show(points.filter(Boolean), list);
    });
    this.placeNames();
  }

  // The names at the lines' ends, the upper one moved up where they are too close.
  placeNames() {
    const [low, high] = this.curves.filter((curve) => curve.end).sort((a, b) => b.end[1] - a.end[1]);
    low?.placeName(low.end[1]);
    high?.placeName(Math.min(high.end[1], low.end[1] - ENDS));
  }

  axes() {
    const [x1, x2, bottom] = [CHART.left, this.x(this.epochs), this.y(0)];
    const rules = ticks(this.highest, stepFor(this.highest, 5)).flatMap((loss) => {
      const y = this.y(loss);
      const text = String(Number(loss.toPrecision(3)));
      const rule = svg("line", { class: loss ? "course-rule" : "course-axis", x1, x2, y1: y, y2: y });
      return [rule, svg("text", { x: x1 - 6, y: y + 4, "text-anchor": "end" }, text)];
    });
    const epochs = ticks(this.epochs, Math.max(1, stepFor(this.epochs, 6))).map((epoch) =>
      svg("text", { x: this.x(epoch), y: bottom + 16, "text-anchor": "middle" }, String(epoch)),
    );
    return [...rules, ...epochs, svg("text", { x: x2 + 14, y: bottom + 16 }, "epochs")];
  }
}

class Curve {
  constructor(kind) {
    this.kind = kind;
    this.path = svg("polyline", { class: `course-${kind}` });
    this.dot = svg("circle", { class: `course-${kind}`, r: 3 });
    this.text = svg("text");
    this.node = svg("g", {}, this.path, this.dot, this.text);
  }

  show(places, losses) {
    this.end = places.at(-1);
    this.node.style.visibility = this.end ? "visible" : "hidden";
    if (!this.end) return;
    this.path.setAttribute("points", places.map((place) => place.join(",")).join(" "));
    setAttributes(this.dot, { cx: this.end[0], cy: this.end[1] });
    this.text.textContent = `${this.kind} ${numberText(
      losses.findLast((loss) => loss !== null),
      2,
    )}`;
  }

  placeName(y) {
    setAttributes(this.text, { x: this.end[0] + 8, y: y + 4 });
  }
}

// The filters, side by side, in colours that mean the same in each of them.
class Filters {
  constructor(filters) {
    const [rows, columns] = shapeOf(filters[0]);
    const size = clamp(Math.floor(FILTER_SIDE / Math.max(rows, columns)), 2, 16);
    this.tiles = filters.map((_, i) => new Tile(rows, columns, size, `filter ${i}`));
    const title = element("div", "course-title", {}, `${filters.length} filters (${rows} x ${columns})`);
    const shelf = element("div", "course-filters", {}, ...this.tiles.map((tile) => tile.node));
    this.node = element("div", "course-figure", {}, title, shelf);
  }

  show(filters, limit) {
    this.tiles.forEach((tile, i) => {
      tile.show(filters[i], (value) => signedColour(value, limit));
    });
  }
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
  const losses = new Losses();
  const filters = first.filters.length ? new Filters(first.filters) : null;
  const accuracy = new Accuracy();
  const chart = element("div", "course-figure", {}, element("div", "course-title", {}, CHART_TITLE), losses.node);
  const pictures = line(chart, ...(filters ? [filters.node] : []));
  present(el, "live-training", "training", progress.node, progress.remark, pictures, accuracy.node);
  follow(model, ["state"], () => {
    const state = model.get("state");
    progress.show(state);
    losses.show(state);
    filters?.show(state.filters, state.limit);
    accuracy.show(state.accuracies);
  });
}

export default { render };
