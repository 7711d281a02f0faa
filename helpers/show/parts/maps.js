// All maps of one layer, small, under their title.

import { signedColour } from "./colours.js";
import { element } from "./dom.js";
import { clamp, range } from "./numbers.js";
import { Tile } from "./tile.js";

const ROOM = 500; // pixels for one layer's maps, side by side
const IN_A_ROW = 16;
const LARGEST_DOT = 6;
const LARGEST_UNIT = 14;

export class Maps {
  // `choose` is called with the number of a map that is pointed at.
  constructor({ title, shape: [count, rows, columns] }, choose = () => {}, room = ROOM) {
    const inARow = Math.ceil(count / Math.ceil(count / IN_A_ROW));
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

  show(maps, limit) {
    this.tiles.forEach((tile, map) => {
      tile.show(maps[map], (value) => signedColour(value, limit));
    });
  }

  mark(chosen) {
    this.tiles.forEach((tile, map) => {
      tile.node.classList.toggle("course-chosen", map === chosen);
    });
  }
}
