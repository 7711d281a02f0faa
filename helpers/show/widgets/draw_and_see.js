// A pad to draw on, the maps that each layer makes of the drawing, the votes, and one map in numbers.

const ROOM = 500; // pixels for one layer's maps, side by side
const IN_A_ROW = 16;
const LARGEST_DOT = 6;
const LARGEST_UNIT = 14;
const LENS = 272; // pixels: the side of the map that is shown in numbers
const HELP = "Drag to draw, or use the arrow keys and Space. Point at a map to see its numbers.";

// How far a point is from the straight line between two others.
function distance([row, column], [row0, column0], [row1, column1]) {
  const [down, right] = [row1 - row0, column1 - column0];
  const along = ((row - row0) * down + (column - column0) * right) / (down ** 2 + right ** 2 || 1);
  const share = clamp(along, 0, 1);
  return Math.hypot(row - row0 - share * down, column - column0 - share * right);
}

// A pad whose strokes have grey edges, as pen strokes in a scanned picture have.
class SoftPad extends Pad {
  constructor(values, onChange, [width, edge], cell) {
    super(values, onChange, cell);
    Object.assign(this, { width, edge, erases: false });
  }

  // Where the pointer is, in pixels between the middles of cells.
  point(event) {
    const box = this.grid.node.getBoundingClientRect();
    const share = [(event.clientY - box.top) / box.height, (event.clientX - box.left) / box.width];
    return [share[0] * this.grid.rows - 0.5, share[1] * this.grid.columns - 0.5];
  }

  press(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.grid.node.focus({ preventScroll: true });
    this.grid.node.setPointerCapture(event.pointerId);
    this.ink = this.erases ? -1 : 1;
    this.last = this.point(event);
    this.drag(event);
  }

  drag(event) {
    if (!this.ink) return;
    const here = this.point(event);
    this.cursor = this.grid.at(event);
    this.sweep(this.last, here, this.ink);
    this.last = here;
  }

  paint([place], ink) {
    this.sweep(place, place, this.erases ? -1 : ink);
  }

  // Ink (1) or black (-1) along a line; what is there already never gets weaker.
  sweep(from, to, ink) {
    const values = this.values.map((line, row) => line.map((value, column) => {
      const covered = clamp(0.5 + (this.width / 2 - distance([row, column], from, to)) / this.edge, 0, 1);
      return ink > 0 ? Math.max(value, 2 * covered - 1) : Math.min(value, 1 - 2 * covered);
    }));
    this.onChange(values);
    this.show(values);
  }
}

// All maps of one layer under their title.
class Layer {
  constructor({ title, shape: [count, rows, columns] }, choose) {
    const inARow = Math.ceil(count / Math.ceil(count / IN_A_ROW));
    const largest = rows === 1 ? LARGEST_UNIT : LARGEST_DOT;
    const dot = clamp(Math.floor((ROOM / inARow - 6) / columns), 1, largest);
    this.title = title;
    this.tiles = Array.from({ length: count }, (_, map) => new Tile(rows, columns, dot, `${title}, map ${map}`));
    this.tiles.forEach(({ node }, map) => {
      for (const name of ["pointerenter", "pointerdown"]) node.addEventListener(name, () => choose(map));
    });
    const shelf = element("div", "course-maps", {}, ...this.tiles.map((tile) => tile.node));
    shelf.style.maxWidth = `${inARow * (dot * columns + 6)}px`;
    this.node = element("div", "course-layer-row", {}, element("div", "course-title", {}, title), shelf);
  }

  show(maps, limit) {
    this.tiles.forEach((tile, map) => tile.show(maps[map], (value) => signedColour(value, limit)));
  }

  mark(chosen) {
    this.tiles.forEach((tile, map) => tile.node.classList.toggle("course-chosen", map === chosen));
  }
}

// The chosen map, enlarged, with its numbers.
class Lens {
  constructor() {
    this.title = element("div", "course-title", { role: "status", "aria-live": "polite" });
    this.place = element("div", "course-lens");
    this.node = element("div", "course-figure", {}, this.title, this.place);
  }

  show(title, map, limit) {
    const values = map.length === 1 ? inRows(map[0]) : map;
    const [rows, columns] = shapeOf(values);
    if (this.grid?.rows !== rows || this.grid?.columns !== columns) {
      const size = clamp(Math.floor((LENS - 2) / Math.max(rows, columns)), 6, 30);
      this.grid = new Grid(rows, columns, size, { printed: true });
      this.place.replaceChildren(this.grid.node);
    }
    if (this.title.textContent !== title) this.title.textContent = title;
    this.grid.show(values, (value) => (value === null ? WHITE : signedColour(value, limit)));
  }
}

// A long row, cut into lines of a square; the last line is filled up with blanks.
function inRows(numbers) {
  const columns = Math.min(numbers.length, Math.max(9, Math.ceil(Math.sqrt(numbers.length))));
  const lines = Array.from({ length: Math.ceil(numbers.length / columns) }, (_, i) => numbers.slice(i * columns, (i + 1) * columns));
  return lines.map((line) => [...line, ...Array(columns - line.length).fill(null)]);
}

// The layers from the first to the last, and the map that is chosen: by pointer or with the arrow keys.
class Layers {
  constructor(described) {
    this.layers = described.map((layer, index) => new Layer(layer, (map) => this.choose([index, map])));
    this.lens = new Lens();
    this.chosen = [0, 0];
    this.node = element("div", "course-layers", { tabindex: "0", role: "group",
      "aria-label": "the layers' maps: arrow keys choose one" }, ...this.layers.map((layer) => layer.node));
    this.node.addEventListener("keydown", (event) => this.key(event));
  }

  key(event) {
    const step = arrow(event.key);
    if (!step || !isPlain(event)) return;
    event.preventDefault();
    const layer = clamp(this.chosen[0] + step[0], 0, this.layers.length - 1);
    this.choose([layer, clamp(this.chosen[1] + step[1], 0, this.layers[layer].tiles.length - 1)]);
  }

  choose(chosen) {
    this.chosen = chosen;
    this.enlarge();
  }

  show({ maps, limits }) {
    if (!maps.length) return;
    this.answer = { maps, limits };
    this.layers.forEach((layer, index) => layer.show(maps[index], limits[index]));
    this.enlarge();
  }

  enlarge() {
    const [index, map] = this.chosen;
    this.layers.forEach((layer, i) => layer.mark(i === index ? map : -1));
    if (!this.answer || !this.layers.length) return;
    const { title, tiles } = this.layers[index];
    const name = title.split(",")[0] + (tiles.length > 1 ? `, map ${map}` : "");
    this.lens.show(name, this.answer.maps[index][map], this.answer.limits[index]);
  }
}

// A line for each label: its votes, and its share as a bar and a number.
class Votes {
  constructor(labels) {
    this.lines = labels.map((label) => this.line(label));
    this.verdict = element("div", "course-verdict", { role: "status", "aria-live": "polite" });
    const heads = ["", "votes", "share"].map((head) => element("span", "", {}, head));
    this.node = element("div", "course-elected", {}, this.verdict,
      element("div", "course-elect", {}, heads[0], heads[1], heads[2]), ...this.lines.map((line) => line.node));
  }

  line(label) {
    const [votes, share] = ["course-elect-votes", "course-elect-share"].map((name) => element("span", name));
    const fill = element("div", "course-bar-fill");
    const bar = element("div", "course-bar", { "aria-hidden": "true" }, fill);
    const node = element("div", "course-elect", {}, element("span", "course-elect-label", {}, label), votes, share, bar);
    return { label, node, votes, share, fill };
  }

  show({ votes, shares, best }) {
    this.verdict.textContent = `most votes: ${best || "–"}`;
    this.lines.forEach(({ label, node, ...line }, i) => {
      line.votes.textContent = votes.length ? numberText(votes[i], 2) : "–";
      line.share.textContent = votes.length ? numberText(shares[i], 3) : "–";
      line.fill.style.width = `${100 * (shares[i] ?? 0)}%`;
      node.classList.toggle("course-best", label === best);
    });
  }
}

// The buttons below the pad; "example" walks through the given images.
function toolbar(pad, examples) {
  const said = element("div", "course-small");
  let next = 0;
  const example = button("example", "draw the next example", () => {
    const [values, answer] = examples[next];
    said.textContent = `example ${next + 1} of ${examples.length}${answer && `: ${answer}`}`;
    next = (next + 1) % examples.length;
    pad.onChange(values);
  });
  const eraser = button("eraser", "eraser: on or off", () => {
    pad.erases = !pad.erases;
    eraser.setAttribute("aria-pressed", pad.erases);
  });
  eraser.setAttribute("aria-pressed", "false");
  const clear = button("clear", "clear the drawing", () => pad.onChange(blank(pad.values)));
  const node = element("div", "course-buttons", { role: "toolbar", "aria-label": "change the drawing" }, clear, eraser, example);
  return [node, said];
}

function render({ model, el }) {
  const first = model.get("image");
  const cell = Math.min(PAD_CELL, Math.floor(LENS / Math.max(...shapeOf(first))));
  const pad = new SoftPad(first, draw, model.get("brush"), cell);
  const [buttons, said] = toolbar(pad, model.get("examples"));
  const layers = new Layers(model.get("layers"));
  const votes = new Votes(model.get("labels"));
  const remark = element("div", "course-remark", { role: "status", "aria-live": "polite" });
  let waiting = null;

  function draw(values) {
    if (JSON.stringify(values) === JSON.stringify(model.get("image"))) return;
    model.set("image", values);
    model.set("_turn", model.get("_turn") + 1);
    model.save_changes();
    clearTimeout(waiting);
    waiting = setTimeout(() => tell(SILENCE), PATIENCE);
  }

  function tell(sentence) {
    remark.textContent = sentence || HELP;
    remark.classList.toggle("course-trouble", Boolean(sentence));
  }

  function onResult() {
    const result = model.get("result");
    if (result.turn === model.get("_turn")) clearTimeout(waiting);
    layers.show(result);
    votes.show(result);
    tell(result.sentence);
  }

  const onImage = () => pad.show(model.get("image"));
  const left = element("div", "course-column course-sheet", {}, figure(`your drawing, ${shapeText(first)}`, pad.grid),
    buttons, said, votes.node);
  const right = element("div", "course-column course-answers", {}, layers.node, layers.lens.node);
  const root = element("div", "course-widget course-see", { role: "group", "aria-label": "drawing and layers" }, remark, left, right);
  keepKeys(root);
  el.append(root);
  onImage();
  onResult();
  model.on("change:image", onImage);
  model.on("change:result", onResult);
  return () => clearTimeout(waiting);
}

export default { render };
