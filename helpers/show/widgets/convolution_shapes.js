// A window with knobs for kernel, stride, padding and depths, and the shapes that come out.

const CELL = 20;
const LAYER = 5; // pixels from one channel to the one behind it
const KNOBS = {
  kernel_size: ["F", "kernel size"],
  stride: ["S", "stride"],
  padding: ["P", "padding"],
  channels: ["C", "depth of the input"],
  filters: ["K", "number of filters"],
};

const plural = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
const steps = (side, { F, S, P }) => Math.floor((side + 2 * P - F) / S) + 1;
const leftOver = (side, { F, S, P }) => (side + 2 * P - F) % S;

// "(9 − 3 + 2 · 1) / 2 + 1 = 5", or with "→" where it had to be rounded down.
function sizeText(side, knobs) {
  const { F, S, P } = knobs;
  const exact = (side - F + 2 * P) / S + 1;
  const value = Number.isInteger(exact) ? `${exact}` : `${exact.toFixed(2)} → ${Math.floor(exact)}`;
  return `(${side} − ${F} + 2 · ${P}) / ${S} + 1 = ${value}`;
}

function tilesText([height, width], knobs) {
  const [rows, columns] = [leftOver(height, knobs), leftOver(width, knobs)];
  const gap = Math.max(0, knobs.S - knobs.F);
  const parts = [];
  if (rows) parts.push(plural(rows, "row"));
  if (columns) parts.push(plural(columns, "column"));
  const over = parts.length ? `no: ${parts.join(" and ")} left over` : "yes: the last window ends at the edge";
  return gap ? `${over}, gaps of ${gap}` : over;
}

// A grid with flat layers behind it, one for each further channel, inside room that never changes.
class Volume {
  constructor(title, rows, columns, depth) {
    this.room = element("div", "course-room");
    this.title = element("div", "course-title");
    this.name = title;
    this.node = element("div", "course-figure", {}, this.title, this.room);
    this.room.style.width = `${columns * CELL + depth * LAYER + 4}px`;
    this.room.style.height = `${rows * CELL + depth * LAYER + 4}px`;
    this.front = depth * LAYER;
  }

  // Draw `depth` channels of rows x columns, `inset` cells from the room's upper left corner.
  draw(rows, columns, depth, inset = 0) {
    const grid = new Grid(rows, columns, CELL);
    grid.node.style.position = "absolute";
    grid.node.style.left = `${inset * CELL}px`;
    grid.node.style.top = `${inset * CELL + this.front}px`;
    const layers = Array.from({ length: depth - 1 }, (_, i) => {
      const shift = (depth - 1 - i) * LAYER;
      const layer = element("div", "course-layer");
      layer.style.left = `${inset * CELL + shift}px`;
      layer.style.top = `${inset * CELL + this.front - shift}px`;
      layer.style.width = `${columns * CELL + 1}px`;
      layer.style.height = `${rows * CELL + 1}px`;
      return layer;
    });
    this.room.replaceChildren(...layers, grid.node);
    this.title.textContent = `${this.name}, ${depth} x ${rows} x ${columns}`;
    this.grid = grid;
    return grid;
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
    const names = ["kernel_size", "stride", "padding", "channels", "filters"];
    const [F, S, P, C, K] = names.map((name) => this.model.get(name));
    return { F, S, P, C, K };
  }

  get shape() {
    return this.size.map((side) => steps(side, this.knobs));
  }

  get position() {
    return this.model.get("position").map((index, axis) => clamp(index, 0, this.shape[axis] - 1));
  }

  go(position) {
    const inside = position.map((index, axis) => clamp(index, 0, this.shape[axis] - 1));
    if (inside.join() === this.model.get("position").join()) return;
    this.model.set("position", inside);
    this.model.save_changes();
  }

  // Along one side, which pixels lie under a window, and at which a window starts.
  marks(axis) {
    const { F, S, P } = this.knobs;
    const length = this.size[axis] + 2 * P;
    const starts = Array.from({ length: this.shape[axis] }, (_, i) => i * S);
    const seen = Array.from({ length }, (_, i) => starts.some((start) => start <= i && i < start + F));
    return { starts: new Set(starts), seen };
  }

  drawInput() {
    const { P, C } = this.knobs;
    const [height, width] = this.size;
    const most = this.model.get("ranges").padding[1];
    const grid = this.input.draw(height + 2 * P, width + 2 * P, C, most - P);
    const [down, across] = [this.marks(0), this.marks(1)];
    grid.cells.forEach((line, row) =>
      line.forEach((cell, column) => {
        const value = this.image[row - P]?.[column - P];
        grid.set(row, column, value ?? 0, pixelColour);
        const start = down.starts.has(row) && across.starts.has(column);
        if (value === undefined && !start) cell.textContent = "0";
        cell.classList.toggle("course-start", start);
        cell.classList.toggle("course-unseen", !(down.seen[row] && across.seen[column]));
      }),
    );
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
}

// One slider with its letter, its meaning and its value.
function knob(shapes, name) {
  const [letter, meaning] = KNOBS[name];
  const [low, high] = shapes.model.get("ranges")[name];
  const slider = element("input", "course-slider", { type: "range", min: low, max: high, step: 1, "aria-label": meaning });
  const value = element("span", "course-value");
  const show = () => {
    slider.value = shapes.model.get(name);
    value.textContent = `${letter} = ${shapes.model.get(name)}`;
  };
  slider.addEventListener("input", () => {
    shapes.model.set(name, Number(slider.value));
    shapes.model.save_changes();
  });
  shapes.model.on(`change:${name}`, show);
  show();
  return element("label", "course-knob", {}, element("span", "course-meaning", {}, meaning), slider, value);
}

function words() {
  const lines = ["rows", "columns", "tiles", "numbers", "parameters"].map((name) => [name, element("span", `course-${name}`)]);
  const rows = lines.map(([name, line]) =>
    element("div", "course-formula", {}, element("span", "course-wide-label", {}, name), line));
  const node = element("div", "course-results", { role: "status", "aria-live": "polite" }, ...rows);
  const [down, across, tiling, numbers, parameters] = lines.map(([, line]) => line);
  const write = (shapes) => {
    const { F, C, K } = shapes.knobs;
    const [height, width] = shapes.shape;
    down.textContent = sizeText(shapes.size[0], shapes.knobs);
    across.textContent = sizeText(shapes.size[1], shapes.knobs);
    tiling.textContent = tilesText(shapes.size, shapes.knobs);
    numbers.textContent = `${K} · ${height} · ${width} = ${K * height * width} in the output`;
    parameters.textContent = `${K} · (${C} · ${F} · ${F} weights + 1 bias) = ${K * (C * F * F + 1)}`;
  };
  return { node, write };
}

// Pointing and arrow keys on the input and on the output move the window.
function listen(shapes) {
  const { input, output } = shapes;
  const ofInput = (event) => {
    const { F, S } = shapes.knobs;
    return input.grid.at(event).map((index) => Math.round((index - (F - 1) / 2) / S));
  };
  const ofOutput = (event) => output.grid.at(event);
  for (const [volume, place] of [[input, ofInput], [output, ofOutput]]) {
    const inside = (event) => volume.grid.node.contains(event.target);
    for (const kind of ["pointermove", "pointerdown"]) {
      volume.room.addEventListener(kind, (event) => inside(event) && shapes.go(place(event)));
    }
    volume.room.addEventListener("keydown", (event) => {
      const step = arrow(event.key);
      if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      shapes.go(shapes.position.map((value, axis) => value + step[axis]));
    });
    const label = `${volume.name}: arrow keys move the window`;
    for (const [name, value] of Object.entries({ tabindex: "0", role: "application", "aria-label": label })) {
      volume.room.setAttribute(name, value);
    }
  }
}

function render({ model, el }) {
  const shapes = new Shapes(model);
  const results = words();
  const knobs = element("div", "course-knobs", { role: "group", "aria-label": "knobs" },
    ...Object.keys(KNOBS).map((name) => knob(shapes, name)));
  const legend = element("div", "course-small", {}, "dot: a window starts here · hatched: no window reaches this pixel");
  const line = element("div", "course-line", {}, shapes.input.node, shapes.filter.node, shapes.output.node);
  const root = element("div", "course-widget course-shapes", { role: "group", "aria-label": "shapes of a convolution" },
    element("div", "course-line", {}, knobs, results.node), legend, line);
  const draw = () => (shapes.draw(), results.write(shapes));
  listen(shapes);
  keepKeys(root);
  el.append(root);
  draw();
  for (const name of Object.keys(KNOBS)) model.on(`change:${name}`, draw);
  model.on("change:position", () => shapes.outline());
}

export default { render };
