// Keys: arrows that move, and the notebook's own shortcuts kept away.

import { setAttributes } from "./dom.js";

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export const isPlain = (event) => !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);

// Call `action` with the rows and columns that an arrow key leads down and right, or with the action of another key.
export function onKeys(node, move, others = {}) {
  node.addEventListener("keydown", (event) => {
    if (!isPlain(event)) return;
    const step = ARROWS[event.key];
    const other = others[event.key];
    if (!step && !other) return;
    event.preventDefault();
    if (step) move(step);
    else other();
  });
}

// A node that the arrow keys work in; `label` says to screen readers what it is and what the keys do.
export function makeMovable(node, label, move, others) {
  setAttributes(node, { tabindex: "0", role: "application", "aria-label": label });
  onKeys(node, move, others);
}

// The notebook's own one-letter shortcuts (x cuts a cell) rest while the widget has the focus; Ctrl+S does not.
export function keepKeys(root) {
  root.addEventListener("keydown", (event) => isPlain(event) && event.stopPropagation());
}
