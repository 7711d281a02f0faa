// One weight on a slider, the others held fixed, and the error as a curve with its slope.

import { signedColour } from "../parts/colours.js";
import { button, column, figure, line, setAttributes, svg } from "../parts/dom.js";
import { Grid } from "../parts/grid.js";
import { Lines } from "../parts/lines.js";
import { largest, numberText, table, termText } from "../parts/numbers.js";
import { Slider } from "../parts/slider.js";
import { steer } from "../parts/steering.js";
import { follow, present, put } from "../parts/widget.js";

const CELL = 44;
const HALF = 40; // slider steps to each side
const WIDTH = 380;
const HEIGHT = 230;
const EDGE = { left: 52, right: WIDTH - 12, top: 12, bottom: HEIGHT - 40 };

// The weights, which of them is chosen, and how far it is nudged.
class Nudging {
  constructor(model) {
    this.model = model;
    this.weights = model.get("weights");
    this.step = model.get("step");
  }

  get chosen() {
    return this.model.get("chosen");
  }

  get steps() {
    return this.model.get("steps");
  }

  get errors() {
    return this.model.get("errors")[this.chosen];
  }

  // The chosen weight before it is nudged, and after.
  get start() {
    return this.weights[this.chosen];
  }

  get value() {
    return this.start + this.steps * this.step;
  }

  get error() {
    return this.errors[this.steps + HALF + 1];
  }

  get slope() {
    const middle = this.steps + HALF + 1;
    return (this.errors[middle + 1] - this.errors[middle - 1]) / (2 * this.step);
  }

  choose(index) {
    if (index !== this.chosen) put(this.model, { chosen: index, steps: 0 });
  }

  get words() {
    const slope = numberText(this.slope, 3);
    const isFlat = Number(slope.replace("−", "-")) === 0;
    return [
      `${numberText(this.start, 2)} ${termText(this.steps * this.step, 2)} = ${numberText(this.value, 2)}`,
      numberText(this.error, 3),
      slope,
      isFlat ? "neither way is down" : `down is to the ${this.slope > 0 ? "left" : "right"}`,
    ];
  }
}

// A group of weights as a grid, in which the chosen one is outlined; `first` is the number of its first weight.
class Group {
  constructor(nudging, [name, rows, columns], first) {
    Object.assign(this, { nudging, first });
    this.grid = new Grid(rows, columns, CELL, { printed: true, decimals: 2, letters: 5 });
    this.node = figure(name, this.grid);
    const label = `${name}: arrow keys choose a weight`;
    steer(
      this.node,
      label,
      () => [this.grid],
      (cell) => this.go(...cell),
      (step) => this.move(step),
      ["pointerdown"],
    );
  }

  // Row and column of the chosen weight, or null if it is not in this group.
  get place() {
    const index = this.nudging.chosen - this.first;
    const { rows, columns } = this.grid;
    return index >= 0 && index < rows * columns ? [Math.floor(index / columns), index % columns] : null;
  }

  go(...cell) {
    const [row, column] = this.grid.inside(...cell);
    this.nudging.choose(this.first + row * this.grid.columns + column);
  }

  move([down, right]) {
    const { place } = this;
    if (place) this.go(place[0] + down, place[1] + right);
    else this.go(0, 0);
  }

  draw() {
    const { grid, nudging, first, place } = this;
    const limit = largest(nudging.weights);
    const shown = (index) => (index === nudging.chosen ? nudging.value : nudging.weights[index]);
    const values = table(grid.rows, grid.columns, (row, column) => shown(first + row * grid.columns + column));
    grid.show(values, (value) => signedColour(value, limit));
    if (place) grid.outline(...place);
    else grid.removeOutline();
  }
}

function groupsOf(nudging) {
  let first = 0;
  return nudging.model.get("groups").map((group) => {
    const [, rows, columns] = group;
    first += rows * columns;
    return new Group(nudging, group, first - rows * columns);
  });
}

// The curve of the error over the chosen weight, the point, and its slope; all texts keep their places.
class Chart {
  constructor(nudging) {
    this.nudging = nudging;
    const { left, right, top, bottom } = EDGE;
    const shape = (name, tag = "path") => svg(tag, { class: `course-${name}` });
    this.start = shape("start-line");
    this.curve = shape("curve");
    this.casing = shape("casing");
    this.tangent = shape("tangent");
    this.point = setAttributes(shape("point", "circle"), { r: 6 });
    this.high = this.text(left - 6, top + 10, "end");
    this.low = this.text(left - 6, bottom, "end");
    this.first = this.text(left, bottom + 16, "start");
    this.last = this.text(right, bottom + 16, "end");
    const size = { width: WIDTH, height: HEIGHT, viewBox: `0 0 ${WIDTH} ${HEIGHT}` };
    this.node = svg(
      "svg",
      { class: "course-valley", ...size, "aria-hidden": "true" },
      setAttributes(shape("axis"), { d: `M${left} ${top}V${bottom}H${right}` }),
      this.start,
      this.curve,
      this.casing,
      this.tangent,
      this.point,
      this.high,
      this.low,
      this.first,
      this.last,
      this.text((left + right) / 2, bottom + 32, "middle", "value of this weight"),
      this.text(left - 6, (top + bottom) / 2, "end", "error"),
    );
  }

  text(x, y, anchor, words = "") {
    return svg("text", { class: "course-tick", x, y, "text-anchor": anchor }, words);
  }

  x(steps) {
    return EDGE.left + ((steps + HALF) / (2 * HALF)) * (EDGE.right - EDGE.left);
  }

  y(error) {
    return EDGE.bottom - (error - this.lowest) * this.scale;
  }

  draw() {
    const { errors, start, step, steps, error } = this.nudging;
    const inner = errors.slice(1, -1);
    const [low, high] = [Math.min(...inner), Math.max(...inner)];
    const room = 0.08 * Math.max(high - low, 1e-6);
    this.lowest = low - room;
    this.scale = (EDGE.bottom - EDGE.top) / (high - low + 2 * room); // pixels for an error of 1
    this.curve.setAttribute("d", `M${inner.map((value, i) => `${this.x(i - HALF)} ${this.y(value)}`).join("L")}`);
    this.start.setAttribute("d", `M${this.x(0)} ${EDGE.top}V${EDGE.bottom}`);
    setAttributes(this.point, { cx: this.x(steps), cy: this.y(error) });
    this.drawTangent();
    this.high.setAttribute("y", this.y(high) + 4);
    this.low.setAttribute("y", this.y(low) + 4);
    this.high.textContent = numberText(high, 3);
    this.low.textContent = numberText(low, 3);
    this.first.textContent = numberText(start - HALF * step, 2);
    this.last.textContent = numberText(start + HALF * step, 2);
  }

  // A piece of the tangent that is always equally long.
  drawTangent() {
    const { steps, step, slope, error } = this.nudging;
    const wide = (EDGE.right - EDGE.left) / (2 * HALF); // pixels for one slider step
    const across = 44 / Math.hypot(wide, this.scale * slope * step);
    const rise = slope * step * across;
    const [left, right] = [
      `${this.x(steps - across)} ${this.y(error - rise)}`,
      `${this.x(steps + across)} ${this.y(error + rise)}`,
    ];
    for (const stroke of [this.casing, this.tangent]) stroke.setAttribute("d", `M${left}L${right}`);
  }
}

function render({ model, el }) {
  const nudging = new Nudging(model);
  const groups = groupsOf(nudging);
  const chart = new Chart(nudging);
  const knob = new Slider("nudge", [-HALF, HALF, 1], (steps) => put(model, { steps }));
  knob.input.classList.add("course-nudge");
  const said = new Lines(
    "course-nudge-words",
    ["weight", "error", "slope", "so"].map((label) => [label, "said"]),
  );
  const back = button("back to the start", "back to the start", () => put(model, { steps: 0 }));
  back.classList.add("course-back");
  present(
    el,
    "nudge-weight",
    "nudge a weight",
    line(...groups.map(({ node }) => node)),
    line(column(chart.node, knob.input), column(said.node, back)),
  );
  follow(model, ["chosen", "steps"], () => {
    for (const group of groups) group.draw();
    chart.draw();
    knob.show(nudging.steps, "", `weight ${numberText(nudging.value, 2)}, error ${numberText(nudging.error, 3)}`);
    said.write(...nudging.words);
  });
}

export default { render };
