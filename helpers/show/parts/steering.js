// Steering: pointer and arrow keys on a grid say where to go.

import { makeMovable } from "./keys.js";

const POINTING = ["pointermove", "pointerdown"];

// `gridsOf` gives the grids that are on the node now; `go` gets the cell pointed at, `move` the step of an arrow key.
export function steer(node, label, gridsOf, go, move, pointing = POINTING) {
  for (const kind of pointing)
    node.addEventListener(kind, (event) => {
      const grid = gridsOf().find((candidate) => candidate.node.contains(event.target));
      if (grid) go(grid.at(event), kind);
    });
  makeMovable(node, label, move);
  node.classList.add("course-slides");
}
