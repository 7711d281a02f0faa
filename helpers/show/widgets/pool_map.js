// A pooling window with knobs for its size and stride, on a feature map, next to the pooled map.

import { Choice } from "../parts/choice.js";
import { signedColour } from "../parts/colours.js";
import { element, figure, line } from "../parts/dom.js";
import { Grid } from "../parts/grid.js";
import { Lines } from "../parts/lines.js";
import { clamp, largest, numberText, plural, range, shapeOf, table } from "../parts/numbers.js";
import { Slider } from "../parts/slider.js";
import { steer } from "../parts/steering.js";
import { follow, present, put } from "../parts/widget.js";

const CELL = 34;
const SMALL = 26; // where there are more than nine rows or columns

// How many windows there are along a side; a partial one is added if entries are left over and it begins inside.
function pooledSize(size, window, stride, partial) {
  const whole = Math.floor((size - window) / stride) + 1;
  const isOver = (whole - 1) * stride + window < size;
  return partial && isOver && whole * stride < size ? whole + 1 : whole;
}

// The chosen map and the knobs, and what comes out.
class Pooling {
  constructor(model) {
    this.model = model;
    this.maps = new Map(model.get("maps"));
    this.size = shapeOf(this.map);
  }

  get map() {
    return this.maps.get(this.model.get("map_name"));
  }

  get knobs() {
    return ["window", "stride", "partial"].map((name) => this.model.get(name));
  }

  get shape() {
    return this.size.map((side) => pooledSize(side, ...this.knobs));
  }

  get position() {
    return this.inside(this.model.get("position"));
  }

  inside(position) {
    return position.map((index, axis) => clamp(index, 0, this.shape[axis] - 1));
  }

  // Row, column, height and width of the window of one pooled entry.
  place(position) {
    const [window, stride] = this.knobs;
    const start = position.map((index) => index * stride);
    return [...start, ...start.map((first, axis) => Math.min(window, this.size[axis] - first))];
  }

  // The first largest value in the window of one pooled entry, with its row and column.
  best(position) {
    const [top, left, height, width] = this.place(position);
    let found = { value: -Infinity };
    for (let row = top; row < top + height; row++)
      for (let column = left; column < left + width; column++)
        if (this.map[row][column] > found.value) found = { value: this.map[row][column], row, column };
    return found;
  }

  // The map's entries that no window holds.
  get unseen() {
    const seen = this.size.map((side, axis) => {
      const reach = range(this.shape[axis]).map((i) => this.place([i, i]));
      return range(side).map((i) => reach.some((at) => at[axis] <= i && i < at[axis] + at[axis + 2]));
    });
    return (row, column) => !(seen[0][row] && seen[1][column]);
  }

  go(position) {
    const inside = this.inside(position);
    if (inside.join() !== this.model.get("position").join()) put(this.model, { position: inside });
  }
}

// Both grids; `draw` brings them in line with the knobs.
class Stage {
  constructor(pooling) {
    this.pooling = pooling;
    const [rows, columns] = pooling.size;
    this.cell = Math.max(rows, columns) > 9 ? SMALL : CELL;
    this.map = this.newGrid(rows, columns);
    this.mapNode = figure(`feature map (${rows} x ${columns})`, this.map);
    this.pooledNode = element("div", "course-figure");
    this.pooledNode.style.width = `${columns * this.cell + 1}px`;
    this.pooledNode.style.height = `calc(${rows * this.cell + 1}px + var(--course-title))`;
  }

  newGrid(rows, columns) {
    return new Grid(rows, columns, this.cell, { printed: true, decimals: 2, letters: 5 });
  }

  draw() {
    const { pooling } = this;
    const [rows, columns] = pooling.shape;
    const limit = largest(pooling.map);
    const colour = (value) => signedColour(value, limit);
    this.map.show(pooling.map, colour);
    if (this.pooled?.rows !== rows || this.pooled?.columns !== columns) this.pooled = this.newGrid(rows, columns);
    const title = element("div", "course-title", {}, `pooled map (${rows} x ${columns})`);
    this.pooledNode.replaceChildren(title, this.pooled.node);
    const kept = table(rows, columns, (i, j) => pooling.best([i, j]));
    this.pooled.show(
      kept.map((line) => line.map(({ value }) => value)),
      colour,
    );
    this.mark(new Set(kept.flat().map(({ row, column }) => `${row} ${column}`)));
    this.map.outline(...pooling.place(pooling.position));
    this.pooled.outline(...pooling.position);
    return kept.flat();
  }

  mark(origins) {
    const { unseen } = this.pooling;
    this.map.forEach((cell, row, column) => {
      cell.classList.toggle("course-kept", origins.has(`${row} ${column}`));
      cell.classList.toggle("course-unseen", unseen(row, column));
    });
  }
}

function slider({ model, size }, name, letter) {
  const knob = new Slider(name, [1, Math.min(...size), 1], (value) => put(model, { [name]: value }));
  follow(model, [name], () => knob.show(model.get(name), `${letter} = ${model.get(name)}`));
  return knob.node;
}

function checkbox({ model }) {
  const input = element("input", "", { type: "checkbox" });
  input.addEventListener("change", () => put(model, { partial: input.checked }));
  follow(model, ["partial"], () => {
    input.checked = model.get("partial");
  });
  return element("label", "course-knob", {}, input, "partial windows count");
}

function chooser({ model, maps }) {
  const choice = new Choice("map", [...maps.keys()], (name) => put(model, { map_name: name }));
  follow(model, ["map_name"], () => choice.show(model.get("map_name")));
  return element("label", "course-knob", {}, element("span", "course-meaning", {}, "map"), choice.select);
}

// What the outlined window keeps, and how many numbers go in and come out.
function words(pooling, kept) {
  const [top, left, height, width] = pooling.place(pooling.position);
  const { value, row, column } = pooling.best(pooling.position);
  const origins = new Set(kept.map((found) => `${found.row} ${found.column}`)).size;
  const [rows, columns] = pooling.size;
  return [
    `row ${top}, column ${left}: ${plural(height * width, "value")}`,
    `${numberText(value, 2)}, from row ${row}, column ${column}`,
    `${rows * columns} in, ${kept.length} out, from ${plural(origins, "place")}`,
  ];
}

// Pointing and arrow keys on either map move the window.
function listen(pooling, stage) {
  const onMap = (cell) => {
    const [window, stride] = pooling.knobs;
    return cell.map((index) => Math.round((index - (window - 1) / 2) / stride));
  };
  const move = (step) => pooling.go(pooling.position.map((value, axis) => value + step[axis]));
  const label = (name) => `${name}: arrow keys move the window`;
  steer(
    stage.mapNode,
    label("feature map"),
    () => [stage.map],
    (cell) => pooling.go(onMap(cell)),
    move,
  );
  steer(
    stage.pooledNode,
    label("pooled map"),
    () => [stage.pooled],
    (cell) => pooling.go(cell),
    move,
  );
}

function render({ model, el }) {
  const pooling = new Pooling(model);
  const stage = new Stage(pooling);
  const said = new Lines("course-pool-words", [
    ["at", "place"],
    ["keeps", "keeps"],
    ["values", "numbers"],
  ]);
  const knobs = element(
    "div",
    "course-knobs",
    { role: "group", "aria-label": "knobs" },
    ...(pooling.maps.size > 1 ? [chooser(pooling)] : []),
    slider(pooling, "window", "F"),
    slider(pooling, "stride", "S"),
    checkbox(pooling),
  );
  const legend = element(
    "div",
    "course-small",
    {},
    "corner: kept by some window · hatched: no window reaches this value",
  );
  listen(pooling, stage);
  present(el, "pool-map", "pooling window", line(knobs, said.node), legend, line(stage.mapNode, stage.pooledNode));
  follow(model, ["window", "stride", "partial", "map_name", "position"], () => {
    said.write(...words(pooling, stage.draw()));
  });
}

export default { render };
