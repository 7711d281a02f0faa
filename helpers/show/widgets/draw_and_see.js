// A pad to draw on, the maps that each layer makes of the drawing, the votes, and one map in numbers.

import { Question } from "../parts/asking.js";
import { signedColour, WHITE } from "../parts/colours.js";
import { button, element, figure, status, toolbar } from "../parts/dom.js";
import { Elected } from "../parts/elected.js";
import { Grid } from "../parts/grid.js";
import { onKeys } from "../parts/keys.js";
import { Maps } from "../parts/maps.js";
import { clamp, range, shapeOf, shapeText } from "../parts/numbers.js";
import { PAD_CELL } from "../parts/pad.js";
import { remarks } from "../parts/remark.js";
import { padTools, SoftPad } from "../parts/softpad.js";
import { follow, present } from "../parts/widget.js";

const LENS = 272; // pixels: the side of the map that is shown in numbers
const HELP = "Drag to draw, or use the arrow keys and Space. Point at a map to see its numbers.";

// The chosen map, enlarged, with its numbers.
class Lens {
  constructor() {
    this.title = status("course-title");
    this.place = element("div", "course-lens");
    this.node = element("div", "course-figure", {}, this.title, this.place);
  }

  show(title, map, limit) {
    const values = map.length === 1 ? inRows(map[0]) : map;
    const [rows, columns] = shapeOf(values);
    if (this.grid?.rows !== rows || this.grid?.columns !== columns) {
      const size = clamp(Math.floor((LENS - 2) / Math.max(rows, columns)), 6, 30);
      this.grid = new Grid(rows, columns, size, { printed: true });
      this.place.replaceChildren(this.grid.node);
    }
    if (this.title.textContent !== title) this.title.textContent = title;
    this.grid.show(values, (value) => (value === null ? WHITE : signedColour(value, limit)));
  }
}

// A long row, cut into lines of a square; the last line is filled up with blanks.
function inRows(numbers) {
  const columns = Math.min(numbers.length, Math.max(9, Math.ceil(Math.sqrt(numbers.length))));
  const lines = range(Math.ceil(numbers.length / columns)).map((i) => numbers.slice(i * columns, (i + 1) * columns));
  return lines.map((line) => [...line, ...Array(columns - line.length).fill(null)]);
}

// The layers from the first to the last, and the map that is chosen: by pointer or with the arrow keys.
class Layers {
  constructor(described) {
    this.layers = described.map((layer, index) => new Maps(layer, { choose: (map) => this.choose([index, map]) }));
    this.lens = new Lens();
    this.chosen = [0, 0];
    const attributes = { tabindex: "0", role: "group", "aria-label": "the layers' maps: arrow keys choose one" };
    this.node = element("div", "course-layers", attributes, ...this.layers.map((layer) => layer.node));
    onKeys(this.node, (step) => this.move(step));
  }

  move([layers, maps]) {
    const layer = clamp(this.chosen[0] + layers, 0, this.layers.length - 1);
    this.choose([layer, clamp(this.chosen[1] + maps, 0, this.layers[layer].tiles.length - 1)]);
  }

  choose(chosen) {
    this.chosen = chosen;
    this.enlarge();
  }

  show({ maps, limits }) {
    if (!maps.length) return;
    this.answer = { maps, limits };
    this.layers.forEach((layer, index) => {
      layer.show(maps[index], (value) => signedColour(value, limits[index]));
    });
    this.enlarge();
  }

  enlarge() {
    const [index, map] = this.chosen;
    this.layers.forEach((layer, i) => {
      layer.mark(i === index ? map : -1);
    });
    if (!this.answer || !this.layers.length) return;
    const { title, tiles } = this.layers[index];
    const name = title.split(" (")[0] + (tiles.length > 1 ? `, map ${map}` : "");
    this.lens.show(name, this.answer.maps[index][map], this.answer.limits[index]);
  }
}

// The buttons below the pad; "example" walks through the given images.
function tools(pad, examples) {
  const said = element("div", "course-small");
  let next = 0;
  const example = button("example", "draw the next example", () => {
    const [values, answer] = examples[next];
    said.textContent = `example ${next + 1} of ${examples.length}${answer && `: ${answer}`}`;
    next = (next + 1) % examples.length;
    pad.onChange(values);
  });
  return [toolbar("change the drawing", ...padTools(pad), example), said];
}

function render({ model, el }) {
  const first = model.get("image");
  const cell = Math.min(PAD_CELL, Math.floor(LENS / Math.max(...shapeOf(first))));
  const { node: remark, tell } = remarks(() => HELP);
  const question = new Question(model, "image", tell);
  const pad = new SoftPad(first, (values) => question.ask(values), model.get("brush"), cell);
  const layers = new Layers(model.get("layers"));
  const votes = new Elected(model.get("labels"));
  const drawing = figure(`your drawing (${shapeText(first)})`, pad.grid);
  const left = element("div", "course-column course-sheet", {}, drawing, ...tools(pad, model.get("examples")));
  const beside = element("div", "course-column course-shares", {}, votes.node);
  const right = element("div", "course-column course-answers", {}, layers.node, layers.lens.node);
  present(el, "draw-and-see", "drawing and layers", remark, left, beside, right);
  follow(model, ["image"], () => pad.show(model.get("image")));
  follow(model, ["result"], () => {
    const { answer } = question;
    layers.show(answer);
    votes.show(answer);
    tell(answer.sentence);
  });
  return () => question.stopWaiting();
}

export default { render };
