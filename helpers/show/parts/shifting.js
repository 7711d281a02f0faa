// Buttons that shift a drawing by one pixel.

import { button, element } from "./dom.js";

const WAYS = { left: ["←", 0, -1], up: ["↑", -1, 0], down: ["↓", 1, 0], right: ["→", 0, 1] };

// What comes in from outside is black.
function shifted(values, down, right) {
  return values.map((line, row) => line.map((_, column) => values[row - down]?.[column - right] ?? -1));
}

export function shiftButtons(get, set) {
  const buttons = Object.entries(WAYS).map(([name, [text, down, right]]) =>
    button(text, `shift ${name}`, () => set(shifted(get(), down, right))),
  );
  return element("span", "course-group", {}, "shift ", ...buttons);
}
