// A drawing whose strokes have a width and grey edges.

import { button, pointedAt, setAttributes, toggle } from "./dom.js";
import { clamp } from "./numbers.js";
import { blank, Pad } from "./pad.js";

// How far a point is from the straight line between two others.
function distance([row, column], [row0, column0], [row1, column1]) {
  const [down, right] = [row1 - row0, column1 - column0];
  const along = ((row - row0) * down + (column - column0) * right) / (down ** 2 + right ** 2 || 1);
  const share = clamp(along, 0, 1);
  return Math.hypot(row - row0 - share * down, column - column0 - share * right);
}

// A pad whose strokes have grey edges, as pen strokes in a scanned picture have.
export class SoftPad extends Pad {
  constructor(values, onChange, [width, edge], cell) {
    super(values, onChange, cell);
    Object.assign(this, { width, edge, erases: false });
  }

  // Where the pointer is, in pixels between the middles of cells.
  point(event) {
    const [down, across] = pointedAt(event, this.grid.node);
    return [down * this.grid.rows - 0.5, across * this.grid.columns - 0.5];
  }

  begin(event) {
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
    const painted = (value, place) => {
      const covered = clamp(0.5 + (this.width / 2 - distance(place, from, to)) / this.edge, 0, 1);
      return ink > 0 ? Math.max(value, 2 * covered - 1) : Math.min(value, 1 - 2 * covered);
    };
    const values = this.values.map((line, row) => line.map((value, column) => painted(value, [row, column])));
    this.handOn(values);
  }
}

// The buttons that clear the pad, and turn its pen into an eraser.
export function padTools(pad) {
  const clear = button("clear", "clear the drawing", () => pad.onChange(blank(pad.values)));
  const eraser = toggle("eraser", "eraser: on or off", () => {
    pad.erases = !pad.erases;
    setAttributes(eraser, { "aria-pressed": pad.erases });
  });
  return [clear, eraser];
}
