// One weight on a slider, the others standing still, and the error as a curve with its slope.

const CELL = 44;
const HALF = 40; // slider steps to each side
const WIDTH = 380;
const HEIGHT = 230;
const EDGE = { left: 52, right: 12, top: 12, bottom: 40 };

function shape(tag, className, attributes = {}) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  node.setAttribute("class", className);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

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

  get line() {
    return this.model.get("errors")[this.chosen];
  }

  get value() {
    return this.weights[this.chosen] + this.steps * this.step;
  }

  get error() {
    return this.line[this.steps + HALF + 1];
  }

  get slope() {
    const middle = this.steps + HALF + 1;
    return (this.line[middle + 1] - this.line[middle - 1]) / (2 * this.step);
  }

  set(values) {
    for (const [name, value] of Object.entries(values)) this.model.set(name, value);
    this.model.save_changes();
  }

  choose(index) {
    if (index !== this.chosen) this.set({ chosen: index, steps: 0 });
  }
}

// The groups of weights as grids, in which one weight is outlined.
function layOut(nudging) {
  let first = 0;
  return nudging.model.get("groups").map(([name, rows, columns]) => {
    const grid = new Grid(rows, columns, CELL, { printed: true, decimals: 2, letters: 5 });
    const start = first;
    first += rows * columns;
    const node = figure(name, grid, "course-slides");
    for (const [key, value] of Object.entries({ tabindex: "0", role: "application",
      "aria-label": `${name}: arrow keys choose a weight` })) node.setAttribute(key, value);
    const place = () => {
      const index = clamp(nudging.chosen - start, 0, rows * columns - 1);
      return [Math.floor(index / columns), index % columns];
    };
    const go = ([row, column]) =>
      nudging.choose(start + clamp(row, 0, rows - 1) * columns + clamp(column, 0, columns - 1));
    grid.node.addEventListener("pointerdown", (event) => go(grid.at(event)));
    node.addEventListener("keydown", (event) => {
      const way = arrow(event.key);
      if (!way || !isPlain(event)) return;
      event.preventDefault();
      const inside = nudging.chosen >= start && nudging.chosen < start + rows * columns;
      go(inside ? place().map((value, axis) => value + way[axis]) : [0, 0]);
    });
    const draw = () => {
      const limit = Math.max(1e-12, ...nudging.weights.map(Math.abs));
      const shown = nudging.weights.slice(start, start + rows * columns);
      const own = nudging.chosen - start;
      if (own >= 0 && own < shown.length) shown[own] = nudging.value;
      const lines = Array.from({ length: rows }, (_, row) => shown.slice(row * columns, (row + 1) * columns));
      grid.show(lines, (value) => signedColour(value, limit));
      grid.outline(...place());
      grid.frame.style.visibility = own >= 0 && own < shown.length ? "visible" : "hidden";
    };
    return { node, draw };
  });
}

// The curve of the error over the chosen weight, the point, and its slope; all texts keep their places.
function chart(nudging) {
  const svg = shape("svg", "course-valley", { width: WIDTH, height: HEIGHT, viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    "aria-hidden": "true" });
  const base = HEIGHT - EDGE.bottom;
  const parts = {
    frame: shape("path", "course-axis", { d: `M${EDGE.left} ${EDGE.top}V${base}H${WIDTH - EDGE.right}` }),
    start: shape("path", "course-start-line"),
    curve: shape("path", "course-curve"),
    casing: shape("path", "course-tangent-casing"),
    tangent: shape("path", "course-tangent"),
    point: shape("circle", "course-point", { r: 6 }),
  };
  const text = (x, y, anchor) => shape("text", "course-tick", { x, y, "text-anchor": anchor });
  const ticks = {
    high: text(EDGE.left - 6, EDGE.top + 10, "end"), low: text(EDGE.left - 6, base, "end"),
    left: text(EDGE.left, base + 16, "start"), right: text(WIDTH - EDGE.right, base + 16, "end"),
    below: text((EDGE.left + WIDTH - EDGE.right) / 2, base + 32, "middle"),
    beside: text(EDGE.left - 6, (EDGE.top + base) / 2, "end"),
  };
  ticks.below.textContent = "value of this weight";
  ticks.beside.textContent = "error";
  svg.append(...Object.values(parts), ...Object.values(ticks));
  const draw = () => {
    const inner = nudging.line.slice(1, -1);
    const [low, high] = [Math.min(...inner), Math.max(...inner)];
    const room = 0.08 * Math.max(high - low, 1e-6);
    const x = (steps) => EDGE.left + ((steps + HALF) / (2 * HALF)) * (WIDTH - EDGE.left - EDGE.right);
    const y = (error) => base - ((error - low + room) / (high - low + 2 * room)) * (base - EDGE.top);
    parts.curve.setAttribute("d", `M${inner.map((error, i) => `${x(i - HALF)} ${y(error)}`).join("L")}`);
    parts.start.setAttribute("d", `M${x(0)} ${EDGE.top}V${base}`);
    const wide = (WIDTH - EDGE.left - EDGE.right) / (2 * HALF); // pixels for one slider step
    const tall = ((base - EDGE.top) / (high - low + 2 * room)) * nudging.slope * nudging.step;
    const across = 44 / Math.hypot(wide, tall); // always equally long
    const rise = nudging.slope * nudging.step * across;
    const tangent = `M${x(nudging.steps - across)} ${y(nudging.error - rise)}L${x(nudging.steps + across)} ${y(nudging.error + rise)}`;
    parts.casing.setAttribute("d", tangent);
    parts.tangent.setAttribute("d", tangent);
    parts.point.setAttribute("cx", x(nudging.steps));
    parts.point.setAttribute("cy", y(nudging.error));
    const own = nudging.weights[nudging.chosen];
    ticks.high.setAttribute("y", y(high) + 4);
    ticks.low.setAttribute("y", y(low) + 4);
    ticks.high.textContent = numberText(high, 3);
    ticks.low.textContent = numberText(low, 3);
    ticks.left.textContent = numberText(own - HALF * nudging.step, 2);
    ticks.right.textContent = numberText(own + HALF * nudging.step, 2);
  };
  return { node: svg, draw };
}

function slider(nudging) {
  const input = element("input", "course-slider course-nudge", { type: "range", min: -HALF, max: HALF, step: 1,
    "aria-label": "nudge" });
  input.addEventListener("input", () => nudging.set({ steps: Number(input.value) }));
  return { node: input, draw: () => {
    input.value = nudging.steps;
    input.setAttribute("aria-valuetext", `weight ${numberText(nudging.value, 2)}, error ${numberText(nudging.error, 3)}`);
  } };
}

// What the point says; the lines keep their places.
function words(nudging) {
  const lines = ["weight", "error", "slope", "so"].map((name) => [name, element("span", "course-said")]);
  const node = element("div", "course-nudge-words", { role: "status", "aria-live": "polite" },
    ...lines.map(([name, line]) => element("div", "course-formula", {}, element("span", "course-label", {}, name), line)));
  const draw = () => {
    const nudge = nudging.steps * nudging.step;
    const slope = numberText(nudging.slope, 3);
    const flat = Number(slope.replace("−", "-")) === 0;
    const sign = nudge < 0 ? "−" : "+";
    lines[0][1].textContent =
      `${numberText(nudging.weights[nudging.chosen], 2)} ${sign} ${numberText(Math.abs(nudge), 2)} = ${numberText(nudging.value, 2)}`;
    lines[1][1].textContent = numberText(nudging.error, 3);
    lines[2][1].textContent = slope;
    lines[3][1].textContent = flat ? "no way is down" : `down is to the ${nudging.slope > 0 ? "left" : "right"}`;
  };
  return { node, draw };
}

function render({ model, el }) {
  const nudging = new Nudging(model);
  const grids = layOut(nudging);
  const curve = chart(nudging);
  const knob = slider(nudging);
  const said = words(nudging);
  const back = button("back to the start", "back to the start", () => nudging.set({ steps: 0 }));
  back.classList.add("course-back");
  const above = element("div", "course-line", {}, ...grids.map(({ node }) => node));
  const below = element("div", "course-line", {},
    element("div", "course-column", {}, curve.node, knob.node),
    element("div", "course-column", {}, said.node, back));
  const root = element("div", "course-widget course-shapes", { role: "group", "aria-label": "nudge a weight" }, above, below);
  const parts = [...grids, curve, knob, said];
  const draw = () => parts.forEach((part) => part.draw());
  keepKeys(root);
  el.append(root);
  draw();
  for (const name of ["chosen", "steps"]) model.on(`change:${name}`, draw);
}

export default { render };
