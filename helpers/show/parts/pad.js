// A drawing that listens to mouse, finger and keyboard.

import { pixelColour } from "./colours.js";
import { newId } from "./dom.js";
import { Grid, nameCells } from "./grid.js";
import { onKeys } from "./keys.js";
import { shapeOf, shapeText } from "./numbers.js";

export const PAD_CELL = 30;

export const blank = (values) => values.map((line) => line.map(() => -1));

// Every cell on the straight line between two cells, so that a fast stroke has no holes.
function stroke([row0, column0], [row1, column1]) {
  const steps = Math.max(Math.abs(row1 - row0), Math.abs(column1 - column0), 1);
  return Array.from({ length: steps + 1 }, (_, i) => [
    Math.round(row0 + ((row1 - row0) * i) / steps),
    Math.round(column0 + ((column1 - column0) * i) / steps),
  ]);
}

// One grid that listens and hands on each new picture.
export class Pad {
  constructor(values, onChange, cell = PAD_CELL, name = "Your drawing") {
    this.values = values;
    this.name = name;
    this.onChange = onChange;
    this.cursor = [Math.floor(values.length / 2), Math.floor(values[0].length / 2)];
    this.grid = new Grid(...shapeOf(values), cell);
    this.id = newId("pad");
    this.describe();
    this.listen();
    this.show(values);
  }

  describe() {
    const label = `${this.name}, ${shapeText(this.values)} pixels. Arrow keys move, Space changes the pixel.`;
    nameCells(this.grid, this.id, label);
    this.grid.node.classList.add("course-pad");
  }

  listen() {
    const { node } = this.grid;
    node.addEventListener("pointerdown", (event) => this.press(event));
    node.addEventListener("pointermove", (event) => this.drag(event));
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"])
      node.addEventListener(name, () => {
        this.ink = null;
      });
    const change = () => this.paint([this.cursor], this.opposite);
    onKeys(node, (step) => this.move(step), { " ": change, Enter: change });
  }

  // The ink that changes the pixel under the cursor.
  get opposite() {
    const [row, column] = this.cursor;
    return this.values[row][column] > 0 ? -1 : 1;
  }

  press(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.grid.node.focus({ preventScroll: true });
    this.grid.node.setPointerCapture(event.pointerId);
    this.begin(event);
  }

  begin(event) {
    this.cursor = this.grid.at(event);
    this.ink = this.opposite;
    this.paint([this.cursor], this.ink);
  }

  drag(event) {
    if (!this.ink) return;
    const place = this.grid.at(event);
    const line = stroke(this.cursor, place);
    this.cursor = place;
    this.paint(line, this.ink);
  }

  move([down, right]) {
    this.cursor = this.grid.inside(this.cursor[0] + down, this.cursor[1] + right);
    this.show(this.values);
  }

  paint(places, ink) {
    const values = this.values.map((line) => [...line]);
    for (const [row, column] of places) values[row][column] = ink;
    this.handOn(values);
  }

  // A new picture is shown by those who get it; if nothing has changed, the cursor may have moved.
  handOn(values) {
    const changed = values.some((line, row) => line.some((value, column) => value !== this.values[row][column]));
    if (changed) this.onChange(values);
    else this.show(this.values);
  }

  show(values) {
    this.values = values;
    this.grid.show(values, pixelColour);
    this.grid.forEach((cell, row, column) => {
      const shade = values[row][column] > 0 ? "white" : values[row][column] < 0 ? "black" : "grey";
      cell.setAttribute("aria-label", `row ${row}, column ${column}, ${shade}`);
    });
    this.grid.outline(...this.cursor);
    this.grid.node.setAttribute("aria-activedescendant", `${this.id}-${this.cursor.join("-")}`);
  }
}
