// All maps of one layer, small, under their title.

import { element } from "./dom.js";
import { clamp, range } from "./numbers.js";
import { Tile } from "./tile.js";

const LARGEST_DOT = 6;
const LARGEST_UNIT = 14;

export class Maps {
  // `choose` is called with the number of a map that is pointed at; `room` is that of a row, in pixels.
  constructor({ title, shape: [count, rows, columns] }, { choose = () => {}, room = 500, most = 16 } = {}) {
    const inARow = Math.ceil(count / Math.ceil(count / most));
    const dot = clamp(Math.floor((room / inARow - 6) / columns), 1, rows === 1 ? LARGEST_UNIT : LARGEST_DOT);
    this.title = title;
    this.tiles = range(count).map((map) => new Tile(rows, columns, dot, `${title}, map ${map}`));
    this.tiles.forEach(({ node }, map) => {
      for (const name of ["pointerenter", "pointerdown"]) node.addEventListener(name, () => choose(map));
    });
    const shelf = element("div", "course-maps", {}, ...this.tiles.map((tile) => tile.node));
    shelf.style.maxWidth = `${inARow * (dot * columns + 6)}px`;
    this.node = element("div", "course-layer-row", {}, element("div", "course-title", {}, title), shelf);
  }

  show(maps, colourOf) {
    this.tiles.forEach((tile, map) => {
      tile.show(maps[map], colourOf);
    });
  }

  mark(chosen) {
    this.tiles.forEach((tile, map) => {
      tile.node.classList.toggle("course-chosen", map === chosen);
    });
  }
}
