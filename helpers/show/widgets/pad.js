// A drawing that listens to mouse, finger and keyboard.

const PAD_CELL = 30;
const PATIENCE = 4000; // milliseconds until the widget says that Python does not answer
const SILENCE = "Python has not answered yet: it is busy, or the cell above needs to be run again.";

const blank = (values) => values.map((line) => line.map(() => -1));

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
  constructor(values, onChange, cell = PAD_CELL) {
    this.values = values;
    this.onChange = onChange;
    this.cursor = [Math.floor(values.length / 2), Math.floor(values[0].length / 2)];
    this.grid = new Grid(...shapeOf(values), cell);
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
