// A window with knobs for kernel, stride, padding and depths, and the shapes that come out.

import { pixelColour } from "../parts/colours.js";
import { element, line } from "../parts/dom.js";
import { Grid } from "../parts/grid.js";
import { Lines } from "../parts/lines.js";
import { clamp, range, shapeOf } from "../parts/numbers.js";
import { leftOver, sizeText, steps, tilesText } from "../parts/sizes.js";
import { Slider } from "../parts/slider.js";
import { steer } from "../parts/steering.js";
import { follow, present, put } from "../parts/widget.js";

const CELL = 20;
const LAYER = 5; // pixels from one channel to the one behind it
const KNOBS = {
  kernel_size: ["F", "kernel size"],
  stride: ["S", "stride"],
  padding: ["P", "padding"],
  channels: ["C", "depth of the input"],
  filters: ["K", "number of filters"],
};

function setPlace(node, left, top) {
  node.style.left = `${left}px`;
  node.style.top = `${top}px`;
}

function setSize(node, width, height) {
  node.style.width = `${width}px`;
  node.style.height = `${height}px`;
}

// A grid with flat layers behind it, one for each further channel, inside room that never changes.
class Volume {
  constructor(name, rows, columns, depth) {
    this.name = name;
    this.front = depth * LAYER;
    this.room = element("div", "course-room");
    this.title = element("div", "course-title");
    this.node = element("div", "course-figure", {}, this.title, this.room);
    setSize(this.room, columns * CELL + this.front + 4, rows * CELL + this.front + 4);
  }

  // Draw `depth` channels of rows x columns, `inset` cells from the room's upper left corner.
  draw(rows, columns, depth, inset = 0) {
    this.grid = new Grid(rows, columns, CELL);
    this.grid.node.style.position = "absolute";
    setPlace(this.grid.node, inset * CELL, inset * CELL + this.front);
    const layers = range(depth - 1).map((i) => {
      const shift = (depth - 1 - i) * LAYER;
      const layer = element("div", "course-layer");
      setPlace(layer, inset * CELL + shift, inset * CELL + this.front - shift);
      setSize(layer, columns * CELL + 1, rows * CELL + 1);
      return layer;
    });
    this.room.replaceChildren(...layers, this.grid.node);
    this.title.textContent = `${this.name} (${depth} x ${rows} x ${columns})`;
  }
}

class Shapes {
  constructor(model) {
    this.model = model;
    this.image = model.get("image");
    this.size = shapeOf(this.image);
    const ranges = model.get("ranges");
    const [height, width] = this.size.map((side) => side + 2 * ranges.padding[1]);
    this.input = new Volume("padded input", height, width, ranges.channels[1]);
    this.filter = new Volume("one filter", ranges.kernel_size[1], ranges.kernel_size[1], ranges.channels[1]);
    this.output = new Volume("output", height, width, ranges.filters[1]);
  }

  get knobs() {
    return Object.fromEntries(Object.entries(KNOBS).map(([name, [letter]]) => [letter, this.model.get(name)]));
  }

  get shape() {
    return this.size.map((side) => steps(side, this.knobs));
  }

  get position() {
    return this.inside(this.model.get("position"));
  }

  inside(position) {
    return position.map((index, axis) => clamp(index, 0, this.shape[axis] - 1));
  }

  go(position) {
    const inside = this.inside(position);
    if (inside.join() !== this.model.get("position").join()) put(this.model, { position: inside });
  }

  // Along one side, which pixels lie under a window, and at which a window starts.
  marks(axis) {
    const { F, S, P } = this.knobs;
    const starts = range(this.shape[axis]).map((i) => i * S);
    const seen = range(this.size[axis] + 2 * P).map((i) => starts.some((start) => start <= i && i < start + F));
    return { starts: new Set(starts), seen };
  }

  drawInput() {
    const { P, C } = this.knobs;
    const [height, width] = this.size;
    const most = this.model.get("ranges").padding[1];
    this.input.draw(height + 2 * P, width + 2 * P, C, most - P);
    const { grid } = this.input;
    const [down, across] = [this.marks(0), this.marks(1)];
    grid.forEach((cell, row, column) => {
      const value = this.image[row - P]?.[column - P];
      grid.set(row, column, value ?? 0, pixelColour);
      const start = down.starts.has(row) && across.starts.has(column);
      if (value === undefined && !start) cell.textContent = "0";
      cell.classList.toggle("course-start", start);
      cell.classList.toggle("course-unseen", !(down.seen[row] && across.seen[column]));
    });
  }

  draw() {
    const { F, C, K } = this.knobs;
    this.drawInput();
    this.filter.draw(F, F, C);
    this.output.draw(...this.shape, K);
    this.outline();
  }

  outline() {
    const { F, S } = this.knobs;
    const [row, column] = this.position;
    this.input.grid.outline(row * S, column * S, F, F);
    this.output.grid.outline(row, column);
  }

  // What came out, in words.
  get words() {
    const { F, S, C, K } = this.knobs;
    const [height, width] = this.shape;
    const over = this.size.map((side) => leftOver(side, this.knobs));
    return [
      ...this.size.map((side) => sizeText(side, this.knobs)),
      tilesText(...over, Math.max(0, S - F)),
      `${K} · ${height} · ${width} = ${K * height * width} in the output`,
      `${K} · (${C} · ${F} · ${F} weights + 1 bias) = ${K * (C * F * F + 1)}`,
    ];
  }
}

function knob(model, name) {
  const [letter, meaning] = KNOBS[name];
  const slider = new Slider(meaning, [...model.get("ranges")[name], 1], (value) => put(model, { [name]: value }));
  follow(model, [name], () => slider.show(model.get(name), `${letter} = ${model.get(name)}`));
  return slider.node;
}

// Pointing and arrow keys on the input and on the output move the window.
function listen(shapes) {
  const ofInput = (cell) => {
    const { F, S } = shapes.knobs;
    return cell.map((index) => Math.round((index - (F - 1) / 2) / S));
  };
  const ofOutput = (cell) => cell;
  const move = (step) => shapes.go(shapes.position.map((value, axis) => value + step[axis]));
  for (const [volume, place] of [
    [shapes.input, ofInput],
    [shapes.output, ofOutput],
  ]) {
    const label = `${volume.name}: arrow keys move the window`;
    steer(
      volume.room,
      label,
      () => [volume.grid],
      (cell) => shapes.go(place(cell)),
      move,
    );
  }
}

function render({ model, el }) {
  const shapes = new Shapes(model);
  const names = ["rows", "columns", "tiles", "numbers", "parameters"];
  const results = new Lines(
    "course-results",
    names.map((name) => [name, name]),
  );
  const knobs = element(
    "div",
    "course-knobs",
    { role: "group", "aria-label": "knobs" },
    ...Object.keys(KNOBS).map((name) => knob(model, name)),
  );
  const legend = element(
    "div",
    "course-small",
    {},
    "dot: a window starts here · hatched: no window reaches this pixel",
  );
  listen(shapes);
  present(
    el,
    "convolution-shapes",
    "shapes of a convolution",
    line(knobs, results.node),
    legend,
    line(shapes.input.node, shapes.filter.node, shapes.output.node),
  );
  follow(model, Object.keys(KNOBS), () => {
    shapes.draw();
    results.write(...shapes.words);
  });
  follow(model, ["position"], () => shapes.outline());
}

export default { render };
