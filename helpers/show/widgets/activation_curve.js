// A point that moves along an activation's curve, and a feature map before and after the activation (lesson 05).

const CELL = 32;
const PLOT = { width: 400, height: 220, left: 34, right: 12, top: 12, bottom: 40 };
const FLAT = 0.01; // slopes below this one count as flat
const ACTIVATIONS = {
  ReLU: { of: (z) => Math.max(z, 0), slope: (z) => (z > 0 ? 1 : 0), low: (reach) => -0.1 * reach, high: (reach) => 1.1 * reach },
  sigmoid: { of: (z) => (1 + Math.tanh(z / 2)) / 2, slope: (z) => (1 - Math.tanh(z / 2) ** 2) / 4, low: () => -0.25, high: () => 1.25 },
  tanh: { of: Math.tanh, slope: (z) => 1 - Math.tanh(z) ** 2, low: () => -1.25, high: () => 1.25 },
};

const tidy = (value) => Math.round(value * 1e9) / 1e9;
const isCorner = (name, z) => name === "ReLU" && z === 0;

function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function smallText(value) {
  if (value !== 0 && Math.abs(value) < 0.00005) return "less than 0.0001";
  return numberText(value, Number.isInteger(value) ? 0 : 4);
}

// What is chosen: the activation, the sum of products, the bias; and what follows from them.
class Neuron {
  constructor(model) {
    this.model = model;
    this.map = model.get("feature_map");
    this.reach = model.get("reach");
  }

  get name() {
    return this.model.get("activation");
  }

  get activation() {
    return ACTIVATIONS[this.name];
  }

  get z() {
    return tidy(this.model.get("total") + this.model.get("bias"));
  }

  get before() {
    return this.map.map((line) => line.map((value) => tidy(value + this.model.get("bias"))));
  }

  isHere(value) {
    return Math.abs(value - this.model.get("total")) < this.model.get("step") / 2 + 1e-9;
  }

  set(name, value) {
    this.model.set(name, value);
    this.model.save_changes();
  }
}

// The curve with its axes; the point, the line that has its slope, and the way to both axes.
class Plot {
  constructor(neuron) {
    this.neuron = neuron;
    this.edge = neuron.reach + (neuron.model.get("step") >= 1 ? 3 : 0.3);
    const clip = `course-clip-${Math.random().toString(36).slice(2)}`;
    const inner = { x: PLOT.left, y: PLOT.top, width: PLOT.width - PLOT.left - PLOT.right, height: PLOT.height - PLOT.top - PLOT.bottom };
    this.axes = svg("g");
    this.curve = svg("path", { class: "course-curve" });
    this.way = svg("path", { class: "course-way" });
    this.casing = svg("path", { class: "course-slope-casing" });
    this.slope = svg("path", { class: "course-slope" });
    this.point = svg("circle", { class: "course-point", r: 6 });
    const inside = svg("g", { "clip-path": `url(#${clip})` }, this.way, this.curve, this.casing, this.slope);
    const clipPath = svg("clipPath", { id: clip }, svg("rect", inner));
    this.picture = svg("svg", { class: "course-plot", width: PLOT.width, height: PLOT.height, viewBox: `0 0 ${PLOT.width} ${PLOT.height}`, role: "img" },
      clipPath, this.axes, inside, this.point);
    this.title = element("div", "course-title");
    this.node = element("div", "course-figure", {}, this.title, this.picture);
  }

  x(z) {
    const share = (z + this.edge) / (2 * this.edge);
    return PLOT.left + share * (PLOT.width - PLOT.left - PLOT.right);
  }

  y(value) {
    const share = (value - this.low) / (this.high - this.low);
    return PLOT.height - PLOT.bottom - share * (PLOT.height - PLOT.top - PLOT.bottom);
  }

  path(points) {
    return points.map(([z, value], i) => `${i ? "L" : "M"}${this.x(z).toFixed(2)} ${this.y(value).toFixed(2)}`).join("");
  }

  draw() {
    const { neuron } = this;
    const { activation, name, reach } = neuron;
    if (this.shown !== name) {
      this.low = activation.low(reach);
      this.high = activation.high(reach);
      const steps = Array.from({ length: 241 }, (_, i) => -this.edge + (2 * this.edge * i) / 240);
      this.curve.setAttribute("d", this.path(steps.map((z) => [z, activation.of(z)])));
      this.title.textContent = name;
      this.drawAxes();
      this.shown = name;
    }
    this.drawPoint();
  }

  drawAxes() {
    const [left, right] = [PLOT.left, PLOT.width - PLOT.right];
    const bottom = PLOT.height - PLOT.bottom;
    const line = (x1, y1, x2, y2) => svg("line", { x1, y1, x2, y2, class: "course-axis" });
    const label = (x, y, text, anchor = "middle") => svg("text", { x, y, "text-anchor": anchor, class: "course-tick" }, text);
    const { reach, name } = this.neuron;
    const upright = name === "ReLU" ? (reach % 3 ? [0, reach] : [0, reach / 3, (2 * reach) / 3, reach]) : name === "tanh" ? [-1, 0, 1] : [0, 0.5, 1];
    const across = reach >= 6 ? [-reach, -6, -3, 0, 3, 6, reach] : [-reach, 0, reach];
    this.axes.replaceChildren(
      line(left, this.y(0), right, this.y(0)), line(this.x(0), PLOT.top, this.x(0), bottom),
      ...across.map((z) => label(this.x(z), bottom + 16, numberText(z))),
      label((left + right) / 2, bottom + 34, "pre-activation = sum + bias"),
      ...upright.map((value) => label(left - 4, this.y(value) + 4, numberText(value, Number.isInteger(value) ? 0 : 1), "end")),
    );
  }

  drawPoint() {
    const { activation, name, z } = this.neuron;
    const value = activation.of(z);
    const slope = activation.slope(z);
    const arm = this.edge / 8;
    const right = isCorner(name, z) ? 1 : slope;
    const ends = this.path([[z - arm, value - arm * slope], [z, value], [z + arm, value + arm * right]]);
    this.casing.setAttribute("d", ends);
    this.slope.setAttribute("d", ends);
    this.way.setAttribute("d", this.path([[z, 0], [z, value], [-this.edge, value]]));
    this.point.setAttribute("cx", clamp(this.x(z), PLOT.left, PLOT.width - PLOT.right));
    this.point.setAttribute("cy", clamp(this.y(value), PLOT.top, PLOT.height - PLOT.bottom));
    this.picture.setAttribute("aria-label", `curve of ${name}; at ${numberText(z)} its value is ${smallText(value)}`);
  }
}

// The map before and after; corners mark the entries whose sum is that of the slider.
class Maps {
  constructor(neuron) {
    this.neuron = neuron;
    const [rows, columns] = shapeOf(neuron.map);
    const grid = () => new Grid(rows, columns, CELL, { printed: true, letters: 5 });
    [this.before, this.after] = [grid(), grid()];
    const [first, second] = [figure(`pre-activation, ${rows} x ${columns}`, this.before), figure(`activation, ${rows} x ${columns}`, this.after)];
    this.nodes = [first, second];
    for (const shown of [this.before, this.after]) {
      shown.node.classList.add("course-choosable");
      shown.node.addEventListener("pointerdown", (event) => {
        const [row, column] = shown.at(event);
        const step = neuron.model.get("step");
        neuron.set("total", tidy(Math.round(neuron.map[row][column] / step) * step));
      });
    }
  }

  draw() {
    const { neuron } = this;
    const { activation, before, reach, name } = neuron;
    const limit = name === "ReLU" ? reach : 1;
    this.before.decimals = before.flat().every(Number.isInteger) ? 0 : 2;
    this.after.decimals = name === "ReLU" ? this.before.decimals : 2;
    this.before.show(before, (value) => signedColour(value, reach));
    this.after.show(before.map((line) => line.map(activation.of)), (value) => signedColour(value, limit));
    for (const grid of [this.before, this.after])
      grid.cells.forEach((line, row) => line.forEach((cell, column) =>
        cell.classList.toggle("course-differs", neuron.isHere(neuron.map[row][column]))));
  }
}

function chooser(neuron) {
  const group = `course-activation-${Math.random().toString(36).slice(2)}`;
  const radios = Object.keys(ACTIVATIONS).map((name) => {
    const input = element("input", "", { type: "radio", name: group, value: name });
    input.addEventListener("change", () => neuron.set("activation", name));
    return { input, node: element("label", "course-choice", {}, input, name) };
  });
  const show = () => radios.forEach(({ input }) => (input.checked = input.value === neuron.name));
  neuron.model.on("change:activation", show);
  show();
  return element("div", "course-knob", { role: "radiogroup", "aria-label": "activation" }, ...radios.map(({ node }) => node));
}

function slider(neuron, name, words, reach) {
  const input = element("input", "course-slider", { type: "range", min: -reach, max: reach, step: neuron.model.get("step"), "aria-label": words });
  const value = element("span", "course-value");
  const show = () => {
    input.value = neuron.model.get(name);
    value.textContent = numberText(tidy(neuron.model.get(name)));
  };
  input.addEventListener("input", () => neuron.set(name, Number(input.value)));
  neuron.model.on(`change:${name}`, show);
  show();
  return element("label", "course-knob", {}, element("span", "course-meaning", {}, words), input, value);
}

// The arithmetic of the point, and how much of the map is flat; the lines keep their places.
function words() {
  const labels = ["pre-activation", "activation", "slope", "flat"];
  const lines = labels.map(() => element("span", "course-said"));
  const rows = labels.map((label, i) => element("div", "course-formula", {}, element("span", "course-wide-label", {}, label), lines[i]));
  const node = element("div", "course-neuron", { role: "status", "aria-live": "polite" }, ...rows);
  const write = (neuron) => {
    const { activation, name, z, before } = neuron;
    const [total, bias] = ["total", "bias"].map((key) => tidy(neuron.model.get(key)));
    const flat = before.flat().filter((value) => activation.slope(value) < FLAT).length;
    const slope = isCorner(name, z) ? "0 to the left, 1 to the right" : smallText(activation.slope(z));
    lines[0].textContent = `${numberText(total)} ${bias < 0 ? "−" : "+"} ${numberText(Math.abs(bias))} = ${numberText(z)}`;
    lines[1].textContent = `${name}(${numberText(z)}) = ${smallText(activation.of(z))}`;
    lines[2].textContent = slope;
    lines[3].textContent = `${flat} of the map's ${before.flat().length} values: slope below ${FLAT}`;
  };
  return { node, write };
}

function render({ model, el }) {
  const neuron = new Neuron(model);
  const [plot, maps, said] = [new Plot(neuron), new Maps(neuron), words()];
  const step = model.get("step");
  const knobs = element("div", "course-knobs", { role: "group", "aria-label": "knobs" },
    chooser(neuron), slider(neuron, "total", "sum of products", neuron.reach), slider(neuron, "bias", "bias", tidy(neuron.reach + step)));
  const legend = element("div", "course-small", {}, "corner: values at the orange point · press a value of a map to go there");
  const root = element("div", "course-widget course-activation", { role: "group", "aria-label": "activation curve" },
    element("div", "course-line", {}, plot.node, element("div", "course-column", {}, knobs, said.node)),
    legend, element("div", "course-line", {}, ...maps.nodes));
  const draw = () => (plot.draw(), maps.draw(), said.write(neuron));
  keepKeys(root);
  el.append(root);
  draw();
  for (const name of ["activation", "total", "bias"]) model.on(`change:${name}`, draw);
}

export default { render };
