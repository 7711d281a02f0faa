// A training as it runs: progress, losses, accuracy, filters, and a button that stops it.

const SVG = "http://www.w3.org/2000/svg";
const CHART = { width: 500, height: 220, left: 44, right: 112, top: 10, bottom: 34 };
const ENDS = 15; // pixels between the names of two lines
const FILTER_SIDE = 54;
const INVITATION = "Stop ends the training; the network keeps the weights of the last finished epoch.";
const BY_HAND = "Press ■ (interrupt the kernel) in the toolbar: it stops the training too, and nothing learned is lost.";

function shape(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// The smallest of 1, 2, 5, 10, 20 ... (or 0.1, 0.2, 0.5 ...) that cuts `length` into at most `parts`.
function step(length, parts) {
  const power = 10 ** Math.floor(Math.log10(length / parts));
  return [1, 2, 5, 10].map((factor) => factor * power).find((size) => length / size <= parts + 1e-9);
}

const ticks = (length, size) => Array.from({ length: Math.floor(length / size + 1e-9) + 1 }, (_, i) => i * size);

// Losses over epochs: the training's solid, the validation's dashed, each with its name at its end.
class Losses {
  constructor(epochs) {
    this.epochs = epochs;
    this.lines = ["training", "validation"].map((name) => new Line(name));
    this.rules = shape("g");
    this.node = shape("svg", { class: "course-losses", role: "img", "aria-label": "loss of each epoch",
      viewBox: `0 0 ${CHART.width} ${CHART.height}` }, this.rules, ...this.lines.map((line) => line.node));
  }

  x(epoch) {
    return CHART.left + ((CHART.width - CHART.left - CHART.right) * epoch) / this.epochs;
  }

  y(loss) {
    return CHART.height - CHART.bottom - ((CHART.height - CHART.top - CHART.bottom) * loss) / this.highest;
  }

  show(...lists) {
    const known = lists.flat().filter((loss) => loss !== null);
    this.highest = 1.08 * Math.max(...known, 0) || 1;
    this.rules.replaceChildren(...this.axes());
    lists.forEach((list, i) => this.lines[i].show(list.map((loss, epoch) => loss !== null && [this.x(epoch + 1), this.y(loss)]), list));
    const [low, high] = this.lines.filter((line) => line.end).sort((a, b) => b.end[1] - a.end[1]);
    low?.name(low.end[1]);
    high?.name(Math.min(high.end[1], low.end[1] - ENDS));
  }

  axes() {
    const [end, bottom] = [this.x(this.epochs), this.y(0)];
    const size = step(this.highest, 5);
    const rules = ticks(this.highest, size).flatMap((loss) => [
      shape("line", { class: loss ? "course-rule" : "course-axis", x1: CHART.left, x2: end, y1: this.y(loss), y2: this.y(loss) }),
      shape("text", { x: CHART.left - 6, y: this.y(loss) + 4, "text-anchor": "end" }, String(Number(loss.toPrecision(3)))),
    ]);
    const epochs = ticks(this.epochs, Math.max(1, step(this.epochs, 6))).map((epoch) =>
      shape("text", { x: this.x(epoch), y: bottom + 16, "text-anchor": "middle" }, String(epoch)));
    return [...rules, ...epochs, shape("text", { x: end + 14, y: bottom + 16 }, "epochs")];
  }
}

class Line {
  constructor(kind) {
    this.kind = kind;
    this.path = shape("polyline", { class: `course-${kind}` });
    this.dot = shape("circle", { class: `course-${kind}`, r: 3 });
    this.text = shape("text");
    this.node = shape("g", {}, this.path, this.dot, this.text);
  }

  show(points, losses) {
    const places = points.filter(Boolean);
    this.end = places.at(-1);
    this.node.style.visibility = this.end ? "visible" : "hidden";
    if (!this.end) return;
    this.path.setAttribute("points", places.map((place) => place.join(",")).join(" "));
    this.dot.setAttribute("cx", this.end[0]);
    this.dot.setAttribute("cy", this.end[1]);
    this.text.textContent = `${this.kind} ${numberText(losses.findLast((loss) => loss !== null), 2)}`;
  }

  name(y) {
    this.text.setAttribute("x", this.end[0] + 8);
    this.text.setAttribute("y", y + 4);
  }
}

// The filters, side by side, in colours that mean the same in each of them.
class Filters {
  constructor(filters) {
    const [rows, columns] = shapeOf(filters[0]);
    const size = clamp(Math.floor(FILTER_SIDE / Math.max(rows, columns)), 2, 16);
    this.tiles = filters.map((_, i) => new Tile(rows, columns, size, `filter ${i}`));
    const title = element("div", "course-title", {}, `filters, ${filters.length} of ${rows} x ${columns}`);
    this.node = element("div", "course-figure", {}, title, element("div", "course-filters", {}, ...this.tiles.map((tile) => tile.node)));
  }

  show(filters, limit) {
    this.tiles.forEach((tile, i) => tile.show(filters[i], (value) => signedColour(value, limit)));
  }
}

function timeText(seconds) {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}

// Epochs, time and what became of the training, in words.
function words({ phase, epochs, losses, seconds: [passed, left] }) {
  const done = losses.length;
  const ends = {
    ready: ["", "Not yet begun."],
    training: [left === null ? "" : `about ${timeText(left)} left`, INVITATION],
    done: [`took ${timeText(passed)}`, "Done."],
    stopped: [`after ${timeText(passed)}`, `Stopped. The network has the weights of the last finished epoch: ${done} of ${epochs}.`],
    failed: [`after ${timeText(passed)}`, "An error ended the training: see below."],
  };
  return [`${done} of ${epochs} epochs`, ...ends[phase]];
}

// The way of the toolbar's own button; where a page keeps it to itself, people must press that one.
async function interrupt(model) {
  const kernel = model.widget_manager?.kernel;
  if (!kernel?.interrupt) throw new Error("no kernel to interrupt");
  await kernel.interrupt();
}

function bar(...after) {
  const fill = element("div", "course-bar-fill");
  const node = element("div", "course-bar", { "aria-hidden": "true" }, fill);
  return { node, show: (share) => (fill.style.width = `${100 * share}%`) };
}

function render({ model, el }) {
  const first = model.get("state");
  const losses = new Losses(first.epochs);
  const filters = first.filters.length ? new Filters(first.filters) : null;
  const [progress, accuracy] = [bar(), bar()];
  const [epoch, left] = ["course-epoch", "course-left"].map((name) => element("span", name));
  const remark = element("div", "course-remark", { role: "status", "aria-live": "polite" });
  const percent = element("span", "course-accuracy-number");
  let asked = false;
  const stop = button("■ Stop", "stop the training", () => {
    asked = true;
    draw();
    interrupt(model).catch(() => (remark.textContent = BY_HAND));
  });
  stop.classList.add("course-stop");

  function draw() {
    const state = model.get("state");
    const running = state.phase === "training";
    const sentence = remark.textContent;
    asked = asked && running;
    stop.disabled = asked || !running;
    stop.textContent = asked ? "stopping …" : "■ Stop";
    let said;
    [epoch.textContent, left.textContent, said] = words(state);
    if (!asked && said !== sentence) remark.textContent = said;
    progress.show(state.share);
    losses.show(state.losses, state.validation_losses);
    filters?.show(state.filters, state.limit);
    accuracy.show(state.accuracies[0] ?? 0);
    percent.textContent = state.accuracies.length ? `${numberText(100 * state.accuracies[0], 1)} %` : "–";
  }

  const chart = element("div", "course-figure", {}, element("div", "course-title", {}, "loss"), losses.node);
  const validation = element("div", "course-live-line course-accuracy", {}, "accuracy on validation data", accuracy.node, percent);
  const root = element("div", "course-widget course-live", { role: "group", "aria-label": "training" },
    element("div", "course-live-line", {}, stop, progress.node, epoch, left), remark,
    element("div", "course-line", {}, chart, ...(filters ? [filters.node] : [])), validation);
  keepKeys(root);
  el.append(root);
  draw();
  model.on("change:state", draw);
}

export default { render };
