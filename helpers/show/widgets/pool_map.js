// A pooling window with knobs for its size and stride, on a feature map and beside the pooled map.

const CELL = 34;
const SMALL = 26; // where there are more than nine rows or columns

const plural = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

// How many windows stand along a side; a partial one is added if entries are left over and it begins inside.
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
    return this.model.get("position").map((index, axis) => clamp(index, 0, this.shape[axis] - 1));
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
      const reach = Array.from({ length: this.shape[axis] }, (_, i) => this.place([i, i]));
      return Array.from({ length: side }, (_, i) => reach.some((at) => at[axis] <= i && i < at[axis] + at[axis + 2]));
    });
    return (row, column) => !(seen[0][row] && seen[1][column]);
  }

  set(name, value) {
    this.model.set(name, value);
    this.model.save_changes();
  }

  go(position) {
    const inside = position.map((index, axis) => clamp(index, 0, this.shape[axis] - 1));
    if (inside.join() !== this.model.get("position").join()) this.set("position", inside);
  }
}

// Both grids; `draw` brings them in line with the knobs.
class Stage {
  constructor(pooling) {
    this.pooling = pooling;
    const [rows, columns] = pooling.size;
    this.cell = Math.max(rows, columns) > 9 ? SMALL : CELL;
    this.map = this.newGrid(rows, columns);
    this.mapNode = figure(`feature map, ${rows} x ${columns}`, this.map);
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
    const limit = Math.max(1e-12, ...pooling.map.flat().map(Math.abs));
    const colour = (value) => signedColour(value, limit);
    this.map.show(pooling.map, colour);
    if (this.pooled?.rows !== rows || this.pooled?.columns !== columns) this.pooled = this.newGrid(rows, columns);
    this.pooledNode.replaceChildren(element("div", "course-title", {}, `pooled map, ${rows} x ${columns}`), this.pooled.node);
    const kept = Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (__, j) => pooling.best([i, j])));
    this.pooled.show(kept.map((line) => line.map(({ value }) => value)), colour);
    this.mark(new Set(kept.flat().map(({ row, column }) => `${row} ${column}`)));
    this.outline();
    return kept.flat();
  }

  mark(origins) {
    const { unseen } = this.pooling;
    this.map.cells.forEach((line, row) =>
      line.forEach((cell, column) => {
        cell.classList.toggle("course-kept", origins.has(`${row} ${column}`));
        cell.classList.toggle("course-unseen", unseen(row, column));
      }),
    );
  }

  outline() {
    this.map.outline(...this.pooling.place(this.pooling.position));
    this.pooled.outline(...this.pooling.position);
  }
}

function slider(pooling, name, letter) {
  const largest = Math.min(...pooling.size);
  const input = element("input", "course-slider", { type: "range", min: 1, max: largest, step: 1, "aria-label": name });
  const value = element("span", "course-value");
  const show = () => {
    input.value = pooling.model.get(name);
    value.textContent = `${letter} = ${pooling.model.get(name)}`;
  };
  input.addEventListener("input", () => pooling.set(name, Number(input.value)));
  pooling.model.on(`change:${name}`, show);
  show();
  return element("label", "course-knob", {}, element("span", "course-label", {}, name), input, value);
}

function checkbox(pooling) {
  const input = element("input", "", { type: "checkbox" });
  const show = () => (input.checked = pooling.model.get("partial"));
  input.addEventListener("change", () => pooling.set("partial", input.checked));
  pooling.model.on("change:partial", show);
  show();
  return element("label", "course-knob", {}, input, "partial windows count");
}

function chooser(pooling) {
  const options = [...pooling.maps.keys()].map((name) => element("option", "", { value: name }, name));
  const select = element("select", "course-select", { "aria-label": "map" }, ...options);
  const show = () => (select.value = pooling.model.get("map_name"));
  select.addEventListener("change", () => pooling.set("map_name", select.value));
  pooling.model.on("change:map_name", show);
  show();
  return element("label", "course-knob", {}, element("span", "course-label", {}, "map"), select);
}

// What the outlined window keeps, and how many numbers go in and come out; the lines keep their places.
function words() {
  const lines = ["place", "keeps", "numbers"].map((name) => element("span", `course-${name}`));
  const row = (label, line) => element("div", "course-formula", {}, element("span", "course-label", {}, label), line);
  const node = element("div", "course-pool-words", { role: "status", "aria-live": "polite" },
    ...["at", "keeps", "values"].map((label, i) => row(label, lines[i])));
  const write = (pooling, kept) => {
    const [top, left, height, width] = pooling.place(pooling.position);
    const { value, row: from, column } = pooling.best(pooling.position);
    const origins = new Set(kept.map((found) => `${found.row} ${found.column}`)).size;
    const [rows, columns] = pooling.size;
    lines[0].textContent = `row ${top}, column ${left}: ${plural(height * width, "value")}`;
    lines[1].textContent = `${numberText(value, 2)}, from row ${from}, column ${column}`;
    lines[2].textContent = `${rows * columns} in, ${kept.length} out, from ${plural(origins, "place")}`;
  };
  return { node, write };
}

// Pointing and arrow keys on either map move the window.
function listen(pooling, stage) {
  const onMap = (event) => {
    const [window, stride] = pooling.knobs;
    return stage.map.at(event).map((index) => Math.round((index - (window - 1) / 2) / stride));
  };
  const onPooled = (event) => stage.pooled.at(event);
  for (const [node, place, name] of [[stage.mapNode, onMap, "feature map"], [stage.pooledNode, onPooled, "pooled map"]]) {
    const inside = (event) => node.querySelector(".course-grid").contains(event.target);
    for (const kind of ["pointermove", "pointerdown"])
      node.addEventListener(kind, (event) => inside(event) && pooling.go(place(event)));
    node.addEventListener("keydown", (event) => {
      const step = arrow(event.key);
      if (!step || !isPlain(event)) return;
      event.preventDefault();
      pooling.go(pooling.position.map((value, axis) => value + step[axis]));
    });
    for (const [key, value] of Object.entries({ tabindex: "0", role: "application", "aria-label":
      `${name}: arrow keys move the window` })) node.setAttribute(key, value);
    node.classList.add("course-slides");
  }
}

function render({ model, el }) {
  const pooling = new Pooling(model);
  const stage = new Stage(pooling);
  const said = words();
  const knobs = element("div", "course-knobs", { role: "group", "aria-label": "knobs" },
    ...(pooling.maps.size > 1 ? [chooser(pooling)] : []),
    slider(pooling, "window", "F"), slider(pooling, "stride", "S"), checkbox(pooling));
  const legend = element("div", "course-small", {}, "corner: kept by some window · hatched: no window reaches this value");
  const above = element("div", "course-line", {}, knobs, said.node);
  const below = element("div", "course-line", {}, stage.mapNode, stage.pooledNode);
  const root = element("div", "course-widget course-shapes course-pool", { role: "group", "aria-label": "pooling window" }, above, legend, below);
  const draw = () => said.write(pooling, stage.draw());
  listen(pooling, stage);
  keepKeys(root);
  el.append(root);
  draw();
  for (const name of ["window", "stride", "partial", "map_name", "position"]) model.on(`change:${name}`, draw);
}

export default { render };
