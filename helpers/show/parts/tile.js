// Tiles: small pictures, a canvas with one dot for each value, enlarged without smoothing.

import { element } from "./dom.js";
import { shapeOf } from "./numbers.js";

export class Tile {
  constructor(rows, columns, size, label) {
    this.node = element("canvas", "course-tile", { height: rows, width: columns, role: "img", "aria-label": label });
    this.node.style.height = `${rows * size + 2}px`;
    this.node.style.width = `${columns * size + 2}px`;
    this.pen = this.node.getContext("2d");
    this.dots = this.pen.createImageData(columns, rows);
  }

  show(values, colourOf) {
    values.flat().forEach((value, i) => {
      this.dots.data.set([...colourOf(value), 255], 4 * i);
    });
    this.pen.putImageData(this.dots, 0, 0);
  }
}

// A tile of these values, as large as there is room in a square of `side` pixels.
export function fittedTile(values, side, label, colourOf) {
  const [rows, columns] = shapeOf(values);
  const tile = new Tile(rows, columns, Math.max(1, Math.floor(side / Math.max(rows, columns))), label);
  tile.show(values, colourOf);
  return tile;
}
