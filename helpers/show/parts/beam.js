// A number as a bar that grows from the middle: blue to the right, vermillion to the left.

import { css, signColour } from "./colours.js";
import { element } from "./dom.js";
import { clamp } from "./numbers.js";

export class Beam {
  constructor() {
    this.fill = element("div", "course-beam-fill");
    this.node = element("div", "course-beam", { "aria-hidden": "true" }, this.fill);
  }

  // `limit` fills half of it.
  show(value, limit) {
    const share = clamp(Math.abs(value) / limit, 0, 1) * 50;
    this.fill.style.width = `${share}%`;
    this.fill.style.left = `${value < 0 ? 50 - share : 50}%`;
    this.fill.style.background = css(signColour(value));
  }
}
