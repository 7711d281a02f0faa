// Grids: tables of cells, all of one size, that show numbers as colours and, if asked to, as text.

import { css, inkOn } from "./colours.js";
import { element, pointedAt, setAttributes } from "./dom.js";
import { clamp, numberText } from "./numbers.js";

export class Grid {
  constructor(rows, columns, size, { printed = false, decimals, letters } = {}) {
    Object.assign(this, { rows, columns, size, printed, decimals, letters, margin: 6 });
    this.node = element("div", "course-grid");
    this.node.style.setProperty("--cell", `${size}px`);
    this.node.style.setProperty("--rows", rows);
    this.node.style.setProperty("--columns", columns);
    this.cells = Array.from({ length: rows }, () => this.addRow(columns));
  }

  addRow(columns) {
    const cells = Array.from({ length: columns }, () => element("div", "course-cell"));
    this.node.append(element("div", "course-row", {}, ...cells));
    return cells;
  }

  forEach(action) {
    this.cells.forEach((line, row) => {
      line.forEach((cell, column) => {
        action(cell, row, column);
      });
    });
  }

  // Show one number; null leaves the cell blank (hatched).
  set(row, column, value, colourOf) {
    const cell = this.cells[row][column];
    const blank = value === null;
    const colour = blank ? null : colourOf(value);
    cell.classList.toggle("course-blank", blank);
    cell.style.backgroundColor = blank ? "" : css(colour);
    cell.style.color = blank ? "" : inkOn(colour);
    if (this.printed) cell.textContent = blank ? "" : this.write(value);
  }

  // A number as it is printed.
  write(value) {
    return numberText(value, this.decimals);
  }

  // Letters so small that the longest number fits between two outlines; numbers too small to read are left out.
  fit(values) {
    const numbers = values.flat().filter((value) => value !== null);
    const longest = Math.max(this.letters ?? 1, ...numbers.map((value) => this.write(value).length));
    const height = Math.min(11, (this.size - this.margin) / (0.58 * longest));
    this.node.style.setProperty("--letters", `${height}px`);
    this.node.classList.toggle("course-silent", height < 7);
  }

  show(values, colourOf) {
    if (this.printed) this.fit(values);
    this.forEach((_, row, column) => {
      this.set(row, column, values[row][column], colourOf);
    });
  }

  // The cell under the pointer, held inside the grid.
  at(event) {
    const [down, across] = pointedAt(event, this.node);
    return this.inside(Math.floor(down * this.rows), Math.floor(across * this.columns));
  }

  // The nearest existing cell.
  inside(row, column) {
    return [clamp(row, 0, this.rows - 1), clamp(column, 0, this.columns - 1)];
  }

  // Outline `height` x `width` cells whose top-left one is (row, column).
  outline(row, column, height = 1, width = 1) {
    if (!this.frame) {
      this.frame = element("div", "course-window", { "aria-hidden": "true" });
      this.node.append(this.frame);
    }
    this.frame.style.visibility = "";
    this.frame.style.transform = `translate(${column * this.size}px, ${row * this.size}px)`;
    this.frame.style.height = `${height * this.size - 1}px`;
    this.frame.style.width = `${width * this.size - 1}px`;
  }

  removeOutline() {
    if (this.frame) this.frame.style.visibility = "hidden";
  }
}

// Let screen readers know a grid as one that the keys work in; its cells get ids, so that one can be the active one.
export function nameCells(grid, id, label) {
  setAttributes(grid.node, { role: "grid", tabindex: "0", "aria-label": label });
  grid.forEach((cell, row, column) => {
    setAttributes(cell, { role: "gridcell", id: `${id}-${row}-${column}` });
    cell.parentElement.setAttribute("role", "row");
  });
}
