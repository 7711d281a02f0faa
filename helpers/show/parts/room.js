// Rooms: places for sheets of changing size that never change their own.

import { element } from "./dom.js";

// Room for a sheet, as large as the largest of these pairs of lengths, and a title above.
export class Room {
  constructor(sizes) {
    this.title = element("div", "course-title");
    this.box = element("div", "course-room");
    const [height, width] = [0, 1].map((axis) => Math.max(...sizes.map((size) => size[axis])));
    this.box.style.height = `${height + 1}px`;
    this.box.style.width = `${width + 1}px`;
    this.node = element("div", "course-figure", {}, this.title, this.box);
  }

  hold(sheet) {
    this.sheet = sheet;
    this.box.replaceChildren(sheet.grid.node);
  }

  show(title, values, strongest, edge) {
    this.title.textContent = title;
    this.sheet.show(values, strongest, edge);
  }

  outline(corner, [height, width] = [1, 1]) {
    if (corner) this.sheet.grid.outline(...corner, height, width);
    else this.sheet.grid.removeOutline();
  }
}
