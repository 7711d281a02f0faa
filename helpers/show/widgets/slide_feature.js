// A feature that slides over an image, the arithmetic of one match, and the feature map that grows.

const CELL = 34;
const WIDEST = 9 * CELL;
const PRINTED = 9; // larger arrays are shown by colour alone
const TEMPO = 260; // milliseconds between two positions while it plays

const outputShape = (image, feature) => [image.length - feature.length + 1, image[0].length - feature[0].length + 1];
const patchAt = (image, feature, [row, column]) =>
  feature.map((line, i) => line.map((_, j) => image[row + i][column + j]));
const multiply = (a, b) => a.map((line, i) => line.map((value, j) => value * b[i][j]));
const total = (values) => values.flat().reduce((sum, value) => sum + value, 0);
const largest = (values) => Math.max(1e-12, ...values.flat().map(Math.abs));
const table = (rows, columns, entry) =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (__, j) => entry(i, j)));

// Rounding errors of a sum of decimals must not show up as 0.30000000000000004.
const tidy = (value) => Math.round(value * 1e9) / 1e9;

function matchAt(image, feature, position) {
  return tidy(total(multiply(patchAt(image, feature, position), feature))) / feature.flat().length;
}

// "1 + 1 − 1 = 1", or only the sum where the terms would not fit.
function sumText(products) {
  const sum = numberText(tidy(total(products)));
  const terms = products.flat();
  if (terms.length > PRINTED) return `the ${terms.length} products add up to ${sum}`;
  const rest = terms.slice(1).map((value) => (value < 0 ? " − " : " + ") + numberText(Math.abs(value)));
  return `${numberText(terms[0])}${rest.join("")} = ${sum}`;
}

// What is shown: the image, the chosen feature, where the window stands, which positions it has visited.
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
    const here = (a, b) => a === i && b === j;
    this.model.set("position", [i, j]);
    this.model.set("visited", table(rows, columns, (a, b) => Boolean(before[a]?.[b]) || here(a, b) || alsoVisited()));
    this.model.save_changes();
  }

  step() {
    const [rows, columns] = this.shape;
    const next = (this.position[0] * columns + this.position[1] + 1) % (rows * columns);
    this.visit([Math.floor(next / columns), next % columns]);
  }

  restart() {
    this.model.set("visited", table(...this.shape, () => false));
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
    this.nodes = { image: figure(`image, ${rows} x ${columns}`, this.image) };
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

  // Grids whose shape hangs on the chosen feature, each inside the room that the largest feature needs.
  rebuild() {
    const [rows, columns] = shapeOf(this.slide.feature);
    this.feature = this.place("feature", "feature", this.newGrid(rows, columns, this.cell));
    this.map = this.place("map", "feature map", this.newGrid(...this.slide.shape, this.cell, { decimals: 2, letters: 5 }));
    this.patch = this.place("patch", "patch", this.newGrid(rows, columns, this.small));
    this.weights = this.place("weights", "feature", this.newGrid(rows, columns, this.small));
    this.products = this.place("products", "products", this.newGrid(rows, columns, this.small));
    this.shown = this.slide.feature;
    this.limit = this.slide.limit;
  }

  place(name, title, grid) {
    const [rows, columns] = this.reserved[name === "map" ? "map" : "feature"];
    const node = figure(`${title}, ${grid.rows} x ${grid.columns}`, grid);
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
    this.feature.show(feature, ofFeature);
    this.weights.show(feature, ofFeature);
    this.patch.show(patch, pixelColour);
    this.products.show(products, (value) => signedColour(value, Math.max(1, largest(feature))));
    this.map.show(table(...shape, (i, j) => this.slide.value(i, j)), (value) => signedColour(value, this.limit));
    this.image.outline(...position, ...shapeOf(feature));
    this.map.outline(...position);
    return products;
  }
}

// Hover, click and arrow keys on the image and on the map.
function listen(slide, stage, player) {
  const onImage = (event) => {
    const [rows, columns] = shapeOf(slide.feature);
    const [row, column] = stage.image.at(event);
    return [row - Math.floor(rows / 2), column - Math.floor(columns / 2)];
  };
  const onMap = (event) => stage.map.at(event);
  const go = (place) => place.join() !== slide.position.join() && slide.visit(place);
  for (const [node, place, name] of [[stage.nodes.image, onImage, "image"], [stage.nodes.map, onMap, "feature map"]]) {
    const target = () => node.querySelector(".course-grid");
    const inside = (event) => target().contains(event.target);
    node.addEventListener("pointermove", (event) => inside(event) && !player.timer && go(place(event)));
    node.addEventListener("pointerdown", (event) => inside(event) && (player.pause(), go(place(event))));
    node.addEventListener("keydown", (event) => {
      const step = arrow(event.key);
      if (!step || !isPlain(event)) return;
      event.preventDefault();
      player.pause();
      slide.visit(slide.position.map((value, axis) => value + step[axis]));
    });
    for (const [key, value] of Object.entries({ tabindex: "0", role: "application", "aria-label":
      `${name}: arrow keys move the window` })) node.setAttribute(key, value);
    node.classList.add("course-slides");
  }
}

// Visits one position after the other until the last one.
class Player {
  constructor(slide) {
    this.slide = slide;
    this.timer = null;
    this.button = button("play", "play: visit one position after the other", () => (this.timer ? this.pause() : this.play()));
    this.button.classList.add("course-play");
  }

  play() {
    this.button.textContent = "pause";
    this.timer = setInterval(() => this.advance(), TEMPO);
  }

  advance() {
    this.slide.step();
    const [rows, columns] = this.slide.shape;
    if (this.slide.position.join() === [rows - 1, columns - 1].join()) this.pause();
  }

  pause() {
    clearInterval(this.timer);
    this.timer = null;
    this.button.textContent = "play";
  }
}

function controls(slide, player) {
  const names = [...slide.features.keys()];
  const after = (action) => () => (player.pause(), action());
  const buttons = [
    player.button,
    button("step", "step: visit the next position", after(() => slide.step())),
    button("fill all", "fill all: visit every position", after(() => slide.visit(slide.position, () => true))),
    button("reset", "reset: empty the feature map", after(() => slide.restart())),
  ];
  const bar = element("div", "course-buttons", { role: "toolbar", "aria-label": "move the window" }, ...buttons);
  if (names.length > 1) {
    const options = names.map((name) => element("option", "", { value: name }, name));
    const select = element("select", "course-select", { "aria-label": "feature" }, ...options);
    select.addEventListener("change", () => slide.choose(select.value));
    slide.model.on("change:feature_name", () => (select.value = slide.model.get("feature_name")));
    select.value = slide.model.get("feature_name");
    bar.prepend(element("label", "course-group", {}, "feature ", select));
  }
  return bar;
}

// The sum and the mean of the products, written out in lines that keep their places.
function arithmetic() {
  const lines = ["place", "sum", "match"].map((name) => element("span", `course-${name}`));
  const [place, sum, match] = lines;
  const row = (label, line) => element("div", "course-formula", {}, element("span", "course-label", {}, label), line);
  const node = element("div", "course-arithmetic", { role: "status", "aria-live": "polite" },
    row("at", place), row("sum", sum), row("match", match));
  const write = (slide, products) => {
    const count = products.flat().length;
    place.textContent = `row ${slide.position[0]}, column ${slide.position[1]}`;
    sum.textContent = sumText(products);
    const added = tidy(total(products));
    match.textContent = `sum ${numberText(added)} / ${count} = ${numberText(added / count, 2)}`;
  };
  return { node, write };
}

function render({ model, el }) {
  const slide = new Slide(model);
  const stage = new Stage(slide);
  const player = new Player(slide);
  const words = arithmetic();
  const sign = (text) => element("div", "course-sign", { "aria-hidden": "true" }, text);
  const { nodes } = stage;
  const above = element("div", "course-line", {}, nodes.image, nodes.feature, nodes.map);
  const grids = element("div", "course-line course-tight", {}, nodes.patch, sign("×"), nodes.weights, sign("="), nodes.products);
  const help = element("div", "course-small", {}, "Point at the image or the map, or use the arrow keys.");
  const below = element("div", "course-line", {}, grids, words.node);
  const root = element("div", "course-widget course-slide-feature", { role: "group", "aria-label": "sliding feature" },
    controls(slide, player), help, above, below);
  const draw = () => slide.isWhole && words.write(slide, stage.draw());
  listen(slide, stage, player);
  keepKeys(root);
  el.append(root);
  draw();
  for (const name of ["position", "visited", "feature_name"]) model.on(`change:${name}`, draw);
  return () => player.pause();
}

export default { render };
