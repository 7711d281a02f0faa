// A bar that is filled up to a share.

import { element } from "./dom.js";
import { clamp } from "./numbers.js";

export class Bar {
  constructor(className = "course-bar") {
    this.fill = element("div", "course-bar-fill");
    this.node = element("div", className, { "aria-hidden": "true" }, this.fill);
  }

  // A share from 0 to 1, or nothing as long as it is not known.
  show(share) {
    this.fill.style.width = `${100 * clamp(share ?? 0, 0, 1)}%`;
  }
}
