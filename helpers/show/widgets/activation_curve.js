// A point that moves along an activation's curve, and a feature map before and after the activation.

import { signedColour } from "../parts/colours.js";
import { column, element, figure, line, newId, setAttributes, svg } from "../parts/dom.js";
import { Grid } from "../parts/grid.js";
import { Lines } from "../parts/lines.js";
import { clamp, numberText, range, shapeOf, termText, tidy } from "../parts/numbers.js";
import { Slider } from "../parts/slider.js";
import { follow, present, put } from "../parts/widget.js";

const CELL = 32;
const PLOT = { width: 400, height: 220, left: 34, right: 12, top: 12, bottom: 40 };
const FLAT = 0.01; // slopes below this one count as flat
const ACTIVATIONS = {
  ReLU: {
    of: (z) => Math.max(z, 0),
    slope: (z) => (z > 0 ? 1 : 0),
    low: (reach) => -0.1 * reach,
    high: (reach) => 1.1 * reach,
  },
  sigmoid: {
    of: (z) => (1 + Math.tanh(z / 2)) / 2,
    slope: (z) => (1 - Math.tanh(z / 2) ** 2) / 4,
    low: () => -0.25,
    high: () => 1.25,
  },
  tanh: { of: Math.tanh, slope: (z) => 1 - Math.tanh(z) ** 2, low: () => -1.25, high: () => 1.25 },
};

const isCorner = (name, z) => name === "ReLU" && z === 0;

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

  // The arithmetic of the point, and how much of the map is flat.
  get words() {
    const { activation, name, z, before } = this;
    const [total, bias] = ["total", "bias"].map((key) => tidy(this.model.get(key)));
    const flat = before.flat().filter((value) => activation.slope(value) < FLAT).length;
    return [
      `${numberText(total)} ${termText(bias)} = ${numberText(z)}`,
      `${name}(${numberText(z)}) = ${smallText(activation.of(z))}`,
      isCorner(name, z) ? "0 to the left, 1 to the right" : smallText(activation.slope(z)),
      `${flat} of the map's ${before.flat().length} values: slope below ${FLAT}`,
    ];
  }
}

// The curve with its axes; the point, the line that has its slope, and the path to both axes.
class Plot {
  constructor(neuron) {
    this.neuron = neuron;
    this.edge = neuron.reach + (neuron.model.get("step") >= 1 ? 3 : 0.3);
    this.axes = svg("g");
    this.curve = svg("path", { class: "course-curve" });
    this.way = svg("path", { class: "course-way" });
    this.casing = svg("path", { class: "course-casing" });
    this.slope = svg("path", { class: "course-tangent" });
    this.point = svg("circle", { class: "course-point", r: 6 });
    this.picture = this.compose();
    this.title = element("div", "course-title");
    this.node = element("div", "course-figure", {}, this.title, this.picture);
  }

  compose() {
    const { width, height, left, right, top, bottom } = PLOT;
    const clip = newId("clip");
    const inner = svg("rect", { x: left, y: top, width: width - left - right, height: height - top - bottom });
    const inside = svg("g", { "clip-path": `url(#${clip})` }, this.way, this.curve, this.casing, this.slope);
    const attributes = { class: "course-plot", width, height, viewBox: `0 0 ${width} ${height}`, role: "img" };
    return svg("svg", attributes, svg("clipPath", { id: clip }, inner), this.axes, inside, this.point);
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
    return points
      .map(([z, value], i) => `${i ? "L" : "M"}${this.x(z).toFixed(2)} ${this.y(value).toFixed(2)}`)
      .join("");
  }

  draw() {
    const { activation, name, reach } = this.neuron;
    if (this.shown !== name) {
      this.low = activation.low(reach);
      this.high = activation.high(reach);
      const places = range(241).map((i) => -this.edge + (2 * this.edge * i) / 240);
      this.curve.setAttribute("d", this.path(places.map((z) => [z, activation.of(z)])));
      this.title.textContent = name;
      this.drawAxes();
      this.shown = name;
    }
    this.drawPoint();
  }

  // The numbers along the vertical axis.
  get heights() {
    const { reach, name } = this.neuron;
    if (name === "ReLU") return reach % 3 ? [0, reach] : [0, reach / 3, (2 * reach) / 3, reach];
    return name === "tanh" ? [-1, 0, 1] : [0, 0.5, 1];
  }

  drawAxes() {
    const { reach } = this.neuron;
    const [left, right] = [PLOT.left, PLOT.width - PLOT.right];
    const bottom = PLOT.height - PLOT.bottom;
    const rule = (x1, y1, x2, y2) => svg("line", { x1, y1, x2, y2, class: "course-axis" });
    const label = (x, y, text, anchor = "middle") =>
      svg("text", { x, y, "text-anchor": anchor, class: "course-tick" }, text);
    const across = reach >= 6 ? [-reach, -6, -3, 0, 3, 6, reach] : [-reach, 0, reach];
    this.axes.replaceChildren(
      rule(left, this.y(0), right, this.y(0)),
      rule(this.x(0), PLOT.top, this.x(0), bottom),
      ...across.map((z) => label(this.x(z), bottom + 16, numberText(z))),
      label((left + right) / 2, bottom + 34, "pre-activation = sum + bias"),
      ...this.heights.map((value) =>
        label(left - 4, this.y(value) + 4, numberText(value, Number.isInteger(value) ? 0 : 1), "end"),
      ),
    );
  }

  drawPoint() {
    const { activation, name, z } = this.neuron;
    const value = activation.of(z);
    const slope = activation.slope(z);
    const arm = this.edge / 8;
    const right = isCorner(name, z) ? 1 : slope;
    const ends = this.path([
      [z - arm, value - arm * slope],
      [z, value],
      [z + arm, value + arm * right],
    ]);
    this.casing.setAttribute("d", ends);
    this.slope.setAttribute("d", ends);
    this.way.setAttribute(
      "d",
      this.path([
        [z, 0],
        [z, value],
        [-this.edge, value],
      ]),
    );
    setAttributes(this.point, {
      cx: clamp(this.x(z), PLOT.left, PLOT.width - PLOT.right),
      cy: clamp(this.y(value), PLOT.top, PLOT.height - PLOT.bottom),
    });
    this.picture.setAttribute("aria-label", `curve of ${name}; at ${numberText(z)} its value is ${smallText(value)}`);
  }
}

// The map before and after; corners mark the entries whose sum is that of the slider.
class Maps {
  constructor(neuron) {
    this.neuron = neuron;
    const [rows, columns] = shapeOf(neuron.map);
    this.grids = range(2).map(() => new Grid(rows, columns, CELL, { printed: true, letters: 5 }));
    const titles = ["pre-activation", "activation"];
    this.nodes = this.grids.map((grid, i) => figure(`${titles[i]} (${rows} x ${columns})`, grid));
    for (const grid of this.grids) {
      grid.node.classList.add("course-choosable");
      grid.node.addEventListener("pointerdown", (event) => this.choose(...grid.at(event)));
    }
  }

  choose(row, column) {
    const { map, model } = this.neuron;
    const step = model.get("step");
    put(model, { total: tidy(Math.round(map[row][column] / step) * step) });
  }

  draw() {
    const { neuron } = this;
    const { activation, before, map, reach, name } = neuron;
    const limit = name === "ReLU" ? reach : 1;
    const [first, second] = this.grids;
    first.decimals = before.flat().every(Number.isInteger) ? 0 : 2;
    second.decimals = name === "ReLU" ? first.decimals : 2;
    first.show(before, (value) => signedColour(value, reach));
    second.show(
      before.map((line) => line.map(activation.of)),
      (value) => signedColour(value, limit),
    );
    for (const grid of this.grids)
      grid.forEach((cell, row, column) => {
        cell.classList.toggle("course-differs", neuron.isHere(map[row][column]));
      });
  }
}

function chooser({ model }) {
  const group = newId("activation");
  const radios = Object.keys(ACTIVATIONS).map((name) => {
    const input = element("input", "", { type: "radio", name: group, value: name });
    input.addEventListener("change", () => put(model, { activation: name }));
    return input;
  });
  follow(model, ["activation"], () => {
    for (const input of radios) input.checked = input.value === model.get("activation");
  });
  const labels = radios.map((input) => element("label", "course-choice", {}, input, input.value));
  return element("div", "course-knob", { role: "radiogroup", "aria-label": "activation" }, ...labels);
}

function slider(model, name, words, reach) {
  const knob = new Slider(words, [-reach, reach, model.get("step")], (value) => put(model, { [name]: value }));
  follow(model, [name], () => knob.show(model.get(name), numberText(tidy(model.get(name)))));
  return knob.node;
}

function render({ model, el }) {
  const neuron = new Neuron(model);
  const [plot, maps] = [new Plot(neuron), new Maps(neuron)];
  const labels = ["pre-activation", "activation", "slope", "flat"];
  const said = new Lines(
    "course-neuron",
    labels.map((label) => [label, "said"]),
  );
  const knobs = element(
    "div",
    "course-knobs",
    { role: "group", "aria-label": "knobs" },
    chooser(neuron),
    slider(model, "total", "sum of products", neuron.reach),
    slider(model, "bias", "bias", tidy(neuron.reach + model.get("step"))),
  );
  const legend = element(
    "div",
    "course-small",
    {},
    "corner: values at the orange point · press a value of a map to go there",
  );
  present(
    el,
    "activation-curve",
    "activation curve",
    line(plot.node, column(knobs, said.node)),
    legend,
    line(...maps.nodes),
  );
  follow(model, ["activation", "total", "bias"], () => {
    plot.draw();
    maps.draw();
    said.write(...neuron.words);
  });
}

export default { render };
