// A slider with its name before it and its value after it.

import { element, setAttributes } from "./dom.js";
import { numberText } from "./numbers.js";

export class Slider {
  // `set` is called with each number that is chosen.
  constructor(name, [min, max, step], set) {
    this.input = element("input", "course-slider", { type: "range", min, max, step, "aria-label": name });
    this.value = element("span", "course-value");
    this.input.addEventListener("input", () => set(Number(this.input.value)));
    this.node = element(
      "label",
      "course-knob",
      {},
      element("span", "course-meaning", {}, name),
      this.input,
      this.value,
    );
  }

  // Move the knob; `text` is the value as it is written, `said` as it is read aloud.
  show(value, text = numberText(value), said = text) {
    this.input.value = value;
    this.input.setAttribute("aria-valuetext", said);
    this.value.textContent = text;
  }

  setRange([min, max, step]) {
    setAttributes(this.input, { min, max, step });
  }
}
