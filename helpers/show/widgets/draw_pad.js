// A pad to draw on, beside the templates that the drawing is compared with.

const PAD_CELL = 30;
const TEMPLATE_CELL = 20;
const PATIENCE = 4000; // milliseconds until the widget says that Python does not answer
const LEGEND = "Orange corners mark pixels that disagree.";
const SILENCE = "Python has not answered yet: it is busy, or the cell above needs to be run again.";

const blank = (values) => values.map((line) => line.map(() => -1));

function shifted(values, down, right) {
  return values.map((line, row) => line.map((_, column) => values[row - down]?.[column - right] ?? -1));
}

// Every cell on the straight way between two cells, so that a fast stroke has no holes.
function stroke([row0, column0], [row1, column1]) {
  const steps = Math.max(Math.abs(row1 - row0), Math.abs(column1 - column0), 1);
  return Array.from({ length: steps + 1 }, (_, i) => [
    Math.round(row0 + ((row1 - row0) * i) / steps),
    Math.round(column0 + ((column1 - column0) * i) / steps),
  ]);
}

// The drawing: one grid that listens to mouse, finger and keyboard and hands on each new picture.
class Pad {
  constructor(values, onChange) {
    this.values = values;
    this.onChange = onChange;
    this.cursor = [Math.floor(values.length / 2), Math.floor(values[0].length / 2)];
    this.grid = new Grid(...shapeOf(values), PAD_CELL);
    this.id = `course-pad-${Math.random().toString(36).slice(2)}`;
    this.describe();
    this.listen();
    this.show(values);
  }

  describe() {
    const { node, cells } = this.grid;
    const label = `Your drawing, ${shapeText(this.values)} pixels. Arrow keys move, Space changes the pixel.`;
    for (const [name, value] of Object.entries({ role: "grid", tabindex: "0", "aria-label": label }))
      node.setAttribute(name, value);
    node.classList.add("course-pad");
    cells.forEach((line) => line[0].parentElement.setAttribute("role", "row"));
    cells.forEach((line, row) =>
      line.forEach((cell, column) => {
        cell.setAttribute("role", "gridcell");
        cell.id = `${this.id}-${row}-${column}`;
      }),
    );
  }

  listen() {
    const { node } = this.grid;
    node.addEventListener("pointerdown", (event) => this.press(event));
    node.addEventListener("pointermove", (event) => this.drag(event));
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"])
      node.addEventListener(name, () => (this.ink = null));
    node.addEventListener("keydown", (event) => this.key(event));
  }

  press(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.grid.node.focus({ preventScroll: true });
    this.grid.node.setPointerCapture(event.pointerId);
    this.cursor = this.grid.at(event);
    const [row, column] = this.cursor;
    this.ink = this.values[row][column] > 0 ? -1 : 1;
    this.paint([this.cursor], this.ink);
  }

  drag(event) {
    if (!this.ink) return;
    const place = this.grid.at(event);
    const way = stroke(this.cursor, place);
    this.cursor = place;
    this.paint(way, this.ink);
  }

  key(event) {
    const step = arrow(event.key);
    const [row, column] = this.cursor;
    if (!isPlain(event)) return;
    if (step) {
      this.cursor = [clamp(row + step[0], 0, this.grid.rows - 1), clamp(column + step[1], 0, this.grid.columns - 1)];
      this.show(this.values);
    } else if (event.key === " " || event.key === "Enter") {
      this.paint([this.cursor], this.values[row][column] > 0 ? -1 : 1);
    } else return;
    event.preventDefault();
  }

  paint(places, ink) {
    const values = this.values.map((line) => [...line]);
    for (const [row, column] of places) values[row][column] = ink;
    const changed = places.some(([row, column]) => this.values[row][column] !== ink);
    if (changed) this.onChange(values);
    else this.show(this.values);
  }

  show(values) {
    this.values = values;
    this.grid.show(values, pixelColour);
    this.grid.cells.forEach((line, row) =>
      line.forEach((cell, column) => {
        const shade = values[row][column] > 0 ? "white" : values[row][column] < 0 ? "black" : "grey";
        cell.setAttribute("aria-label", `row ${row}, column ${column}, ${shade}`);
      }),
    );
    this.grid.outline(...this.cursor);
    this.grid.node.setAttribute("aria-activedescendant", `${this.id}-${this.cursor.join("-")}`);
  }
}

// One template with the disagreeing pixels crossed out, and the agreement as a bar and a number.
class Template {
  constructor(label, values) {
    Object.assign(this, { label, values });
    this.grid = new Grid(...shapeOf(values), TEMPLATE_CELL);
    this.grid.show(values, pixelColour);
    this.bar = element("div", "course-bar-fill");
    this.share = element("span", "course-number");
    this.differing = element("div", "course-small");
    this.node = figure(`${label}, ${shapeText(values)}`, this.grid, "course-template");
    const number = element("div", "course-share", {}, "agreement ", this.share);
    this.node.append(element("div", "course-bar", { "aria-hidden": "true" }, this.bar), number, this.differing);
  }

  compare(image) {
    let count = 0;
    image.forEach((line, row) =>
      line.forEach((value, column) => {
        const differs = value !== this.values[row][column];
        this.grid.cells[row][column].classList.toggle("course-differs", differs);
        count += differs;
      }),
    );
    this.differing.textContent = `${count} of ${image.length * image[0].length} pixels disagree`;
  }

  score(share, isNearest) {
    const known = typeof share === "number";
    this.bar.style.width = known ? `${100 * clamp(share, 0, 1)}%` : "0";
    this.share.textContent = known ? numberText(share, 2) : "–";
    this.node.classList.toggle("course-nearest", isNearest);
  }
}

function toolbar(pad, templates) {
  const change = (make) => () => pad.onChange(make(pad.values));
  const copies = templates.map(({ label, values }) => button(label, `draw the template ${label}`, change(() => values)));
  const shift = (text, name, down, right) => button(text, `shift ${name}`, change((v) => shifted(v, down, right)));
  return element(
    "div",
    "course-buttons",
    { role: "toolbar", "aria-label": "change the drawing" },
    element("span", "course-group", {}, button("clear", "clear the drawing", change(blank)), ...copies),
    element("span", "course-group", {}, "shift ", shift("←", "left", 0, -1), shift("↑", "up", -1, 0),
      shift("↓", "down", 1, 0), shift("→", "right", 0, 1)),
  );
}

function render({ model, el }) {
  const templates = model.get("templates").map(([label, values]) => new Template(label, values));
  const pad = new Pad(model.get("image"), draw);
  const headline = element("div", "course-headline", { role: "status", "aria-live": "polite" });
  const remark = element("div", "course-remark");
  let waiting = null;

  function draw(values) {
    if (JSON.stringify(values) === JSON.stringify(model.get("image"))) return;
    model.set("image", values);
    model.set("_turn", model.get("_turn") + 1);
    model.save_changes();
    clearTimeout(waiting);
    waiting = setTimeout(() => tell({ shares: {}, nearest: "", sentence: SILENCE }), PATIENCE);
  }

  function tell({ shares, nearest, sentence }) {
    headline.textContent = `nearest template: ${nearest || "–"}`;
    remark.textContent = sentence || LEGEND;
    remark.classList.toggle("course-trouble", Boolean(sentence));
    for (const template of templates) template.score(shares[template.label], template.label === nearest);
  }

  function onImage() {
    pad.show(model.get("image"));
    for (const template of templates) template.compare(model.get("image"));
  }

  function onResult() {
    if (model.get("result").turn === model.get("_turn")) clearTimeout(waiting);
    tell(model.get("result"));
  }

  const keys = element("div", "course-small", {}, "Drag to draw, or use the arrow keys and Space.");
  const left = element("div", "course-column", {}, figure(`your drawing, ${shapeText(pad.values)}`, pad.grid),
    toolbar(pad, templates), keys);
  const shelf = element("div", "course-line", {}, ...templates.map((template) => template.node));
  const right = element("div", "course-column", {}, headline, shelf, remark);
  const root = element("div", "course-widget course-draw-pad", { role: "group", "aria-label": "drawing pad" }, left, right);
  left.style.width = `${Math.max(pad.grid.columns * PAD_CELL + 1, 288)}px`;
  keepKeys(root);
  el.append(root);
  onImage();
  onResult();
  model.on("change:image", onImage);
  model.on("change:result", onResult);
  return () => clearTimeout(waiting);
}

export default { render };
