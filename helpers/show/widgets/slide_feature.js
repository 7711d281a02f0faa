// A feature that slides over an image, the arithmetic of one match, and the feature map that grows.

import { Choice } from "../parts/choice.js";
import { pixelColour, signedColour } from "../parts/colours.js";
import { element, figure, line, toolbar } from "../parts/dom.js";
import { Grid } from "../parts/grid.js";
import { Lines } from "../parts/lines.js";
import { clamp, largest, numberText, shapeOf, sumOf, table, termText, tidy } from "../parts/numbers.js";
import { Player } from "../parts/player.js";
import { steer } from "../parts/steering.js";
import { follow, present, put } from "../parts/widget.js";

const CELL = 34;
const WIDEST = 9 * CELL;
const PRINTED = 9; // larger arrays are shown by colour alone
const TEMPO = 260; // milliseconds between two positions while it plays

const outputShape = (image, feature) => [image.length - feature.length + 1, image[0].length - feature[0].length + 1];
const patchAt = (image, feature, [row, column]) =>
  feature.map((line, i) => line.map((_, j) => image[row + i][column + j]));
const multiply = (a, b) => a.map((line, i) => line.map((value, j) => value * b[i][j]));
const total = (values) => tidy(sumOf(values.flat()));

function matchAt(image, feature, position) {
  return total(multiply(patchAt(image, feature, position), feature)) / feature.flat().length;
}

// "1 + 1 − 1 = 1", or only the sum where the terms would not fit.
function sumText(products) {
  const sum = numberText(total(products));
  const terms = products.flat();
  if (terms.length > PRINTED) return `the ${terms.length} products add up to ${sum}`;
  const rest = terms.slice(1).map((value) => ` ${termText(value)}`);
  return `${numberText(terms[0])}${rest.join("")} = ${sum}`;
}

// What is shown: the image, the chosen feature, where the window is, which positions it has visited.
class Slide {
  constructor(model) {
    this.model = model;
    this.image = model.get("image");
    this.features = new Map(model.get("features"));
  }

  get feature() {
    return this.features.get(this.model.get("feature_name"));
  }

  get position() {
    return this.model.get("position");
  }

  get shape() {
    return outputShape(this.image, this.feature);
  }

  // Whether place and map fit the feature: while a new feature comes from Python, they follow a moment later.
  get isWhole() {
    const [rows, columns] = this.shape;
    const [height, width] = shapeOf(this.model.get("visited"));
    return rows === height && columns === width && this.position[0] < rows && this.position[1] < columns;
  }

  get limit() {
    const map = table(...this.shape, (i, j) => matchAt(this.image, this.feature, [i, j]));
    return Math.max(1, largest(map));
  }

  value(row, column) {
    return this.model.get("visited")[row][column] ? matchAt(this.image, this.feature, [row, column]) : null;
  }

  // Put the window there, as near as the border allows, and count the position as visited.
  visit([row, column], alsoVisited = () => false) {
    const [rows, columns] = this.shape;
    const [i, j] = [clamp(row, 0, rows - 1), clamp(column, 0, columns - 1)];
    const before = this.model.get("visited");
    const isVisited = (a, b) => Boolean(before[a]?.[b]) || (a === i && b === j) || alsoVisited();
    put(this.model, { position: [i, j], visited: table(rows, columns, isVisited) });
  }

  move(step) {
    this.visit(this.position.map((value, axis) => value + step[axis]));
  }

  step() {
    const [rows, columns] = this.shape;
    const next = (this.position[0] * columns + this.position[1] + 1) % (rows * columns);
    this.visit([Math.floor(next / columns), next % columns]);
  }

  restart() {
    this.model.set(
      "visited",
      table(...this.shape, () => false),
    );
    this.visit([0, 0]);
  }

  choose(name) {
    const before = this.shape.join();
    this.model.set("feature_name", name);
    if (this.shape.join() !== before) this.restart();
    else this.visit(this.position);
  }
}

// All grids of the widget; `draw` brings them in line with the slide.
class Stage {
  constructor(slide) {
    this.slide = slide;
    const all = [...slide.features.values()];
    const [rows, columns] = shapeOf(slide.image);
    this.cell = clamp(Math.floor(WIDEST / Math.max(rows, columns)), 9, CELL);
    this.small = clamp(Math.floor((5 * CELL) / Math.max(...all.flatMap(shapeOf))), 9, CELL);
    this.image = this.newGrid(rows, columns, this.cell);
    this.image.show(slide.image, pixelColour);
    this.nodes = { image: figure(`image (${rows} x ${columns})`, this.image) };
    this.reserved = {
      feature: [0, 1].map((axis) => Math.max(...all.map((feature) => shapeOf(feature)[axis]))),
      map: [0, 1].map((axis) => Math.max(...all.map((feature) => outputShape(slide.image, feature)[axis]))),
    };
    for (const name of ["feature", "map", "patch", "weights", "products"]) this.nodes[name] = element("div");
    this.rebuild();
  }

  newGrid(rows, columns, size, options = {}) {
    return new Grid(rows, columns, size, { printed: Math.max(rows, columns) <= PRINTED && size >= 22, ...options });
  }

  // Grids whose shape depends on the chosen feature, each inside the room that the largest feature needs.
  rebuild() {
    const [rows, columns] = shapeOf(this.slide.feature);
    const map = this.newGrid(...this.slide.shape, this.cell, { decimals: 2, letters: 5 });
    this.feature = this.place("feature", "feature", this.newGrid(rows, columns, this.cell));
    this.map = this.place("map", "feature map", map);
    this.patch = this.place("patch", "patch", this.newGrid(rows, columns, this.small));
    this.weights = this.place("weights", "feature", this.newGrid(rows, columns, this.small));
    this.products = this.place("products", "products", this.newGrid(rows, columns, this.small));
    this.shown = this.slide.feature;
    this.limit = this.slide.limit;
  }

  place(name, title, grid) {
    const [rows, columns] = this.reserved[name === "map" ? "map" : "feature"];
    const node = figure(`${title} (${grid.rows} x ${grid.columns})`, grid);
    node.style.minWidth = `${columns * grid.size + 1}px`;
    node.style.minHeight = `calc(${rows * grid.size + 1}px + var(--course-title))`;
    this.nodes[name].replaceChildren(node);
    return grid;
  }

  draw() {
    const { feature, position, image, shape } = this.slide;
    if (this.shown !== feature) this.rebuild();
    const patch = patchAt(image, feature, position);
    const products = multiply(patch, feature);
    const ofFeature = largest(feature) <= 1 ? pixelColour : (value) => signedColour(value, largest(feature));
    const map = table(...shape, (i, j) => this.slide.value(i, j));
    this.feature.show(feature, ofFeature);
    this.weights.show(feature, ofFeature);
    this.patch.show(patch, pixelColour);
    this.products.show(products, (value) => signedColour(value, Math.max(1, largest(feature))));
    this.map.show(map, (value) => signedColour(value, this.limit));
    this.image.outline(...position, ...shapeOf(feature));
    this.map.outline(...position);
    return products;
  }
}

// Pointer and arrow keys on the image and on the map; while the window plays, pointing alone does not move it.
function listen(slide, stage, player) {
  const onImage = ([row, column]) => {
    const [rows, columns] = shapeOf(slide.feature);
    return [row - Math.floor(rows / 2), column - Math.floor(columns / 2)];
  };
  const onMap = (cell) => cell;
  for (const [node, label, gridsOf, place] of [
    [stage.nodes.image, "image", () => [stage.image], onImage],
    [stage.nodes.map, "feature map", () => [stage.map], onMap],
  ]) {
    const go = (cell, kind) => {
      if (kind === "pointerdown") player.pause();
      const target = place(cell);
      if (!player.timer && target.join() !== slide.position.join()) slide.visit(target);
    };
    const move = (step) => {
      player.pause();
      slide.move(step);
    };
    steer(node, `${label}: arrow keys move the window`, gridsOf, go, move);
  }
}

// Visits one position after another until the last one.
function playerFor(slide) {
  return new Player(TEMPO, () => {
    slide.step();
    const [rows, columns] = slide.shape;
    return slide.position.join() === [rows - 1, columns - 1].join();
  });
}

function controls(slide, player) {
  const names = [...slide.features.keys()];
  const choice = new Choice("feature", names, (name) => slide.choose(name));
  follow(slide.model, ["feature_name"], () => choice.show(slide.model.get("feature_name")));
  return toolbar(
    "move the window",
    ...(names.length > 1 ? [choice.node] : []),
    player.button,
    player.tool("step", "step: visit the next position", () => slide.step()),
    player.tool("fill all", "fill all: visit every position", () => slide.visit(slide.position, () => true)),
    player.tool("reset", "reset: empty the feature map", () => slide.restart()),
  );
}

// The sum and the mean of the products, written out.
function arithmetic({ position: [row, column] }, products) {
  const [sum, count] = [total(products), products.flat().length];
  const match = `sum ${numberText(sum)} / ${count} = ${numberText(sum / count, 2)}`;
  return [`row ${row}, column ${column}`, sumText(products), match];
}

function render({ model, el }) {
  const slide = new Slide(model);
  const stage = new Stage(slide);
  const player = playerFor(slide);
  const said = new Lines("course-arithmetic", [
    ["at", "place"],
    ["sum", "sum"],
    ["match", "match"],
  ]);
  const sign = (text) => element("div", "course-sign", { "aria-hidden": "true" }, text);
  const { image, feature, map, patch, weights, products } = stage.nodes;
  const grids = line(patch, sign("×"), weights, sign("="), products);
  grids.classList.add("course-tight");
  const help = element("div", "course-small", {}, "Point at the image or the map, or use the arrow keys.");
  listen(slide, stage, player);
  present(
    el,
    "slide-feature",
    "sliding feature",
    controls(slide, player),
    help,
    line(image, feature, map),
    line(grids, said.node),
  );
  follow(model, ["position", "visited", "feature_name"], () => {
    if (slide.isWhole) said.write(...arithmetic(slide, stage.draw()));
  });
  return () => player.pause();
}

export default { render };
