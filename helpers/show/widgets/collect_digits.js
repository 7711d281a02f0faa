// A pad to draw digits on, one after another: each is kept with its label, and shown in a row.

import { pixelColour } from "../parts/colours.js";
import { button, column, element, figure, status, toolbar } from "../parts/dom.js";
import { isPlain } from "../parts/keys.js";
import { shapeOf, shapeText } from "../parts/numbers.js";
import { blank } from "../parts/pad.js";
import { SoftPad } from "../parts/softpad.js";
import { Tile } from "../parts/tile.js";
import { follow, present, put } from "../parts/widget.js";

const CELL = 12;
const BRUSH = [2.4, 1]; // width of the stroke, and of its grey edge
const HELP = "Draw a digit, then press its button, or its key while the drawing has the focus.";
const KEYS = "Drag to draw, or use the arrow keys and Space.";

// One digit that was kept, and what it is.
function shown([label, values]) {
  const tile = new Tile(...shapeOf(values), 1.5, `a ${label}`);
  tile.show(values, pixelColour);
  return element("div", "course-kept", {}, tile.node, element("div", "course-small", {}, label));
}

function render({ model, el }) {
  const labels = model.get("labels");
  const first = blank(model.get("image"));
  const pad = new SoftPad(first, (values) => pad.show(values), BRUSH, CELL);
  const count = status("course-headline");
  const remark = status("course-remark", HELP);
  const shelf = element("div", "course-shelf");

  function keep(label) {
    if (pad.values.every((line) => line.every((value) => value <= 0))) {
      remark.textContent = "There is nothing on the pad yet.";
      return;
    }
    put(model, { kept: [...model.get("kept"), [label, pad.values]] });
    remark.textContent = `Kept as ${label}.`;
    pad.show(first);
  }

  const takeBack = () => put(model, { kept: model.get("kept").slice(0, -1) });
  const names = labels.map((label) => button(label, `keep it as ${label}`, () => keep(label)));
  const clear = button("clear", "clear the drawing", () => pad.show(first));
  const undo = button("take the last one back", "take the last one back", takeBack);
  pad.grid.node.addEventListener("keydown", (event) => {
    if (isPlain(event) && labels.includes(event.key)) keep(event.key);
  });
  const left = column(figure(`your drawing (${shapeText(first)})`, pad.grid), element("div", "course-small", {}, KEYS));
  const right = element(
    "div",
    "course-column course-answers",
    {},
    count,
    toolbar("what it is", ...names),
    toolbar("change", clear, undo),
    remark,
    shelf,
  );
  present(el, "collect-digits", "collecting pad", left, right);
  follow(model, ["kept"], () => {
    const kept = model.get("kept");
    count.textContent = `${kept.length} kept`;
    shelf.replaceChildren(...kept.map(shown));
  });
}

export default { render };
