// The filters of a layer, side by side, in colours that mean the same in each of them.

import { signedColour } from "./colours.js";
import { element } from "./dom.js";
import { clamp, shapeOf } from "./numbers.js";
import { Tile } from "./tile.js";

const SIDE = 54; // pixels

export class Filters {
  constructor(filters, side = SIDE) {
    const [rows, columns] = shapeOf(filters[0]);
    const size = clamp(Math.floor(side / Math.max(rows, columns)), 2, 16);
    this.tiles = filters.map((_, i) => new Tile(rows, columns, size, `filter ${i}`));
    const title = element("div", "course-title", {}, `${filters.length} filters (${rows} x ${columns})`);
    const shelf = element("div", "course-filters", {}, ...this.tiles.map((tile) => tile.node));
    this.node = element("div", "course-figure", {}, title, shelf);
  }

  show(filters, limit) {
    this.tiles.forEach((tile, i) => {
      tile.show(filters[i], (value) => signedColour(value, limit));
    });
  }
}
