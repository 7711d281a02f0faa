// Map sheets: all maps of a layer on one canvas, each value a dot, and outlines above them.

import { element, pointedAt } from "./dom.js";
import { clamp, range } from "./numbers.js";

const EDGE = 3; // pixels around all maps, so that no outline is cut off
const DOTS = { map: [1, 18], unit: [5, 8] }; // the smallest and the largest side of a dot
const TALLEST = 112; // of one map
const NARROW = 400; // pixels: in a smaller room the maps stand closer together
const PIXELS_FOR_ONE = 33; // of the room's width, so that no line holds too many maps
const FINE = 7; // pixels: smaller dots get finer outlines
const STROKES = {
  usual: [
    ["#000", 4],
    ["#e69f00", 2],
  ],
  fine: [
    ["#000", 3],
    ["#e69f00", 1.4],
  ],
};

// A row of units is drawn as many maps of one value each.
export const isRow = ([maps, rows]) => maps === 1 && rows === 1;

export class MapSheet {
  // `shape`: maps, rows, columns; `room`: pixels from left to right.
  constructor(shape, room, largest) {
    this.isRow = isRow(shape);
    [this.count, this.rows, this.columns] = this.isRow ? [shape[2], 1, 1] : shape;
    this.gap = this.isRow || room < NARROW ? 1 : 2;
    const kind = this.isRow ? "unit" : "map";
    const tallest = largest ? room : TALLEST;
    this.arrange(room, largest ? [1, largest] : DOTS[kind], tallest);
    this.small = document.createElement("canvas");
    [this.small.width, this.small.height] = [this.columns, this.rows * this.count];
    [this.picture, this.frames] = [this.canvas("course-sheet-picture"), this.canvas("course-sheet-frames")];
    this.node = element("div", "course-map-sheet", {}, this.picture.canvas, this.frames.canvas);
    this.node.style.width = `${this.width}px`;
  }

  arrange(room, [smallest, largest], tallest) {
    const most = this.isRow ? Math.floor(room / (largest + this.gap)) : Math.max(1, Math.floor(room / PIXELS_FOR_ONE));
    this.lines = Math.ceil(this.count / most);
    this.inARow = this.isRow ? Math.min(most, this.count) : Math.ceil(this.count / this.lines);
    const share = (room - 2 * EDGE + this.gap) / this.inARow - this.gap;
    this.dot = clamp(Math.floor(Math.min(share / this.columns, tallest / this.rows)), smallest, largest);
    this.across = this.columns * this.dot + this.gap;
    this.down = this.rows * this.dot + this.gap;
    this.width = this.inARow * this.across - this.gap + 2 * EDGE;
    this.height = this.lines * this.down - this.gap + 2 * EDGE;
  }

  canvas(name) {
    const ratio = window.devicePixelRatio || 1;
    const size = { width: Math.round(this.width * ratio), height: Math.round(this.height * ratio) };
    const pen = element("canvas", name, { ...size, "aria-hidden": "true" }).getContext("2d");
    pen.scale(ratio, ratio);
    pen.imageSmoothingEnabled = false;
    return pen;
  }

  corner(map) {
    return [EDGE + Math.floor(map / this.inARow) * this.down, EDGE + (map % this.inARow) * this.across];
  }

  // `values` in the order maps, rows, columns; `colourOf` gets a value and its map.
  show(values, colourOf) {
    const pen = this.small.getContext("2d");
    const dots = pen.createImageData(this.small.width, this.small.height);
    const size = this.rows * this.columns;
    for (let i = 0; i < size * this.count; i += 1)
      dots.data.set([...colourOf(values[i], Math.floor(i / size)), 255], 4 * i);
    pen.putImageData(dots, 0, 0);
    const box = [this.columns * this.dot, this.rows * this.dot];
    this.picture.strokeStyle = "#8c8c8c";
    for (const map of range(this.count)) {
      const [y, x] = this.corner(map);
      this.picture.drawImage(this.small, 0, map * this.rows, this.columns, this.rows, x, y, ...box);
      this.picture.strokeRect(x - 0.5, y - 0.5, box[0] + 1, box[1] + 1);
    }
  }

  // Each field is [maps, top, left, bottom, right], all included; no maps are all of them.
  outline(fields) {
    const pen = this.frames;
    pen.clearRect(0, 0, this.width, this.height);
    const boxes = fields.flatMap((field) => this.boxes(field));
    for (const [colour, width] of this.dot < FINE ? STROKES.fine : STROKES.usual) {
      [pen.strokeStyle, pen.lineWidth] = [colour, width];
      for (const box of boxes) pen.strokeRect(...box);
    }
  }

  // One frame around all maps where all of each is meant.
  boxes([maps, top, left, bottom, right]) {
    const [first, last] = [Math.max(0, top), Math.min(this.rows - 1, bottom)];
    const [begin, end] = this.isRow ? [0, 0] : [Math.max(0, left), Math.min(this.columns - 1, right)];
    const isWhole = last - first + 1 === this.rows && end - begin + 1 === this.columns;
    const chosen = this.isRow ? range(right - left + 1).map((i) => left + i) : (maps ?? range(this.count));
    if (isWhole && chosen.length === this.count) return [this.frame];
    if (first > last || begin > end) return []; // all of it is padding
    const size = [(end - begin + 1) * this.dot, (last - first + 1) * this.dot];
    return chosen
      .filter((map) => map < this.count)
      .map((map) => {
        const [y, x] = this.corner(map);
        return [x + begin * this.dot, y + first * this.dot, ...size];
      });
  }

  get frame() {
    return [EDGE - 1, EDGE - 1, this.width - 2 * EDGE + 2, this.height - 2 * EDGE + 2];
  }

  // Map, row and column of the value under the pointer, or nothing where there is no map.
  at(event) {
    const [down, across] = pointedAt(event, this.node);
    const [y, x] = [down * this.height - EDGE, across * this.width - EDGE];
    const [line, place] = [Math.floor(y / this.down), Math.floor(x / this.across)];
    const map = clamp(line, 0, this.lines - 1) * this.inARow + clamp(place, 0, this.inARow - 1);
    if (map >= this.count) return null;
    const row = clamp(Math.floor((y - clamp(line, 0, this.lines - 1) * this.down) / this.dot), 0, this.rows - 1);
    const inMap = x - clamp(place, 0, this.inARow - 1) * this.across;
    const column = clamp(Math.floor(inMap / this.dot), 0, this.columns - 1);
    return this.isRow ? [0, 0, map] : [map, row, column];
  }
}
