// Sheets: grids of numbers with a cursor, changed in place: double click, Enter, or type; Escape leaves them alone.

import { signedColour } from "./colours.js";
import { element, newId, setAttributes } from "./dom.js";
import { Grid, nameCells } from "./grid.js";
import { onKeys } from "./keys.js";
import { clamp, shortText } from "./numbers.js";

const STARTS = [..."0123456789-."]; // keys that begin a number

// The number that a text says, or null.
export function readNumber(text, limit) {
  const number = text.trim() === "" ? Number.NaN : Number(text.replace("−", "-").replace(",", "."));
  return Math.abs(number) <= limit ? number : null;
}

// A grid that would rather round its numbers than leave them out, and draws only the cells that change.
class SnugGrid extends Grid {
  set(row, column, value, colourOf) {
    const cell = this.cells[row][column];
    const drawn = `${value} of ${this.strongest}, ${this.most}`;
    if (cell.drawn !== drawn) super.set(row, column, value, colourOf);
    cell.drawn = drawn;
  }

  write(value) {
    return shortText(value, this.most);
  }

  fit(values) {
    this.margin = 2;
    for (this.most = 2; this.most >= 0; this.most -= 1) {
      super.fit(values);
      if (!this.node.classList.contains("course-silent")) return;
    }
    this.most = 0;
  }
}

export class Sheet {
  // `border`: cells around the numbers that belong to nobody. `set(row, column, number)` changes a number; `refuse(text)`
  // gets what is not one, and null when that is over. `go(row, column)` hears of a press, `move(step)` of arrow keys,
  // which otherwise move the cursor.
  constructor(name, [rows, columns], size, { border = 0, limit, set, refuse, go, move } = {}) {
    Object.assign(this, { name, border, limit, set, refuse, go, cursor: [0, 0], id: newId("sheet") });
    this.extent = [rows, columns];
    this.grid = new SnugGrid(rows + 2 * border, columns + 2 * border, size, { printed: true, letters: 2 });
    nameCells(this.grid, this.id, `${name}: arrow keys move${set ? ", Enter or a number changes" : ""}`);
    this.grid.node.classList.add("course-sheet");
    this.listen(move ?? ((step) => this.choose(this.cursor.map((index, axis) => index + step[axis]))));
  }

  listen(move) {
    const { node } = this.grid;
    const typed = STARTS.map((key) => [key, () => this.edit(key)]);
    onKeys(node, move, { Enter: () => this.edit(), ...Object.fromEntries(typed) });
    node.addEventListener("pointerdown", (event) => {
      if (event.target === this.field) return;
      this.choose(this.grid.at(event).map((index) => index - this.border));
      this.go?.(...this.cursor);
    });
    node.addEventListener("dblclick", (event) => event.target !== this.field && this.edit());
  }

  // Put the cursor on the nearest number.
  choose(place) {
    this.cursor = place.map((index, axis) => clamp(index, 0, this.extent[axis] - 1));
    this.mark();
  }

  mark() {
    const [row, column] = this.cursor.map((index) => index + this.border);
    this.marked?.classList.remove("course-cursor");
    this.marked = this.grid.cells[row][column];
    this.marked.classList.add("course-cursor");
    this.grid.node.setAttribute("aria-activedescendant", `${this.id}-${row}-${column}`);
  }

  // `values` without the border, in the colours of signed numbers up to the `strongest`. In the border's cells stands
  // `edge`, which is blank if it is null.
  show(values, strongest, edge = 0) {
    this.mark();
    if (values === this.values && strongest === this.grid.strongest) return;
    const before = this.values;
    this.values = values;
    this.grid.strongest = strongest;
    const at = (row, column) => values[row - this.border]?.[column - this.border];
    const entry = (value) => (value === undefined ? edge : value);
    this.grid.show(
      this.grid.cells.map((line, row) => line.map((_, column) => entry(at(row, column)))),
      (value) => signedColour(value, strongest),
    );
    this.grid.forEach((cell, i, j) => {
      const [row, column] = [i - this.border, j - this.border];
      if (!before || before[row]?.[column] !== values[row]?.[column]) this.describe(cell, row, column);
    });
  }

  describe(cell, row, column) {
    const value = this.values[row]?.[column];
    const said = value === null ? "empty" : shortText(value ?? 0);
    cell.classList.toggle("course-padding", value === undefined);
    cell.setAttribute("aria-label", value === undefined ? "border" : `row ${row}, column ${column}: ${said}`);
  }

  // A line to type in over the number under the cursor.
  edit(text = "") {
    const [row, column] = this.cursor;
    if (!this.set || this.field) return;
    const label = `${this.name}, row ${row}, column ${column}`;
    const field = element("input", "course-field", { type: "text", inputmode: "decimal", "aria-label": label });
    field.value = text || String(this.values[row][column]);
    this.field = field;
    field.style.left = `${(column + this.border) * this.grid.size}px`;
    field.style.top = `${(row + this.border) * this.grid.size}px`;
    this.grid.node.append(field);
    field.focus({ preventScroll: true });
    if (!text) field.select();
    field.addEventListener("blur", () => this.leave(readNumber(field.value, this.limit)));
    field.addEventListener("keydown", (event) => this.press(event));
  }

  press(event) {
    if (event.ctrlKey || event.metaKey) return;
    event.stopPropagation();
    if (event.key === "Escape") this.finish(null);
    if (event.key !== "Enter") return;
    event.preventDefault();
    const number = readNumber(this.field.value, this.limit);
    if (number !== null) this.finish(number);
    else {
      setAttributes(this.field, { "aria-invalid": "true" });
      this.refuse?.(this.field.value);
    }
  }

  // Leave the line, and go on with the arrow keys.
  finish(number) {
    this.leave(number);
    this.grid.node.focus({ preventScroll: true });
  }

  // Take the line away; a number, unless it is null, is kept.
  leave(number) {
    const { field } = this;
    if (!field) return;
    if (field.ariaInvalid) this.refuse?.(null);
    this.field = null; // first, because a line that goes loses the focus and comes back here
    field.remove();
    const [row, column] = this.cursor;
    if (number !== null && number !== this.values[row][column]) this.set(row, column, number);
  }
}
