// A pad to draw on, the maps that each layer makes of the drawing, the votes, and one map in numbers.

import { Question } from "../parts/asking.js";
import { Bar } from "../parts/bar.js";
import { signedColour, WHITE } from "../parts/colours.js";
import { button, element, setAttributes, status, toolbar } from "../parts/dom.js";
import { figure, Grid } from "../parts/grid.js";
import { onKeys } from "../parts/keys.js";
import { clamp, numberText, range, shapeOf, shapeText } from "../parts/numbers.js";
import { blank, PAD_CELL } from "../parts/pad.js";
import { SoftPad } from "../parts/softpad.js";
import { Tile } from "../parts/tile.js";
import { follow, present } from "../parts/widget.js";

const ROOM = 500; // pixels for one layer's maps, side by side
const IN_A_ROW = 16;
const LARGEST_DOT = 6;
const LARGEST_UNIT = 14;
const LENS = 272; // pixels: the side of the map that is shown in numbers
const HELP = "Drag to draw, or use the arrow keys and Space. Point at a map to see its numbers.";

// All maps of one layer under their title.
class Layer {
  constructor({ title, shape: [count, rows, columns] }, choose) {
    const inARow = Math.ceil(count / Math.ceil(count / IN_A_ROW));
    const dot = clamp(Math.floor((ROOM / inARow - 6) / columns), 1, rows === 1 ? LARGEST_UNIT : LARGEST_DOT);
    this.title = title;
    this.tiles = range(count).map((map) => new Tile(rows, columns, dot, `${title}, map ${map}`));
    this.tiles.forEach(({ node }, map) => {
      for (const name of ["pointerenter", "pointerdown"]) node.addEventListener(name, () => choose(map));
    });
    const shelf = element("div", "course-maps", {}, ...this.tiles.map((tile) => tile.node));
    shelf.style.maxWidth = `${inARow * (dot * columns + 6)}px`;
    this.node = element("div", "course-layer-row", {}, element("div", "course-title", {}, title), shelf);
  }

  show(maps, limit) {
    this.tiles.forEach((tile, map) => {
      tile.show(maps[map], (value) => signedColour(value, limit));
    });
  }

  mark(chosen) {
    this.tiles.forEach((tile, map) => {
      tile.node.classList.toggle("course-chosen", map === chosen);
    });
  }
}

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
    this.layers = described.map((layer, index) => new Layer(layer, (map) => this.choose([index, map])));
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
      layer.show(maps[index], limits[index]);
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

// A line for each label: its votes, and its share as a bar and a number.
class Votes {
  constructor(labels) {
    this.lines = labels.map((label) => this.line(label));
    this.verdict = status("course-verdict");
    const heads = ["", "votes", "share"].map((head) => element("span", "", {}, head));
    const head = element("div", "course-elect", {}, ...heads);
    this.node = element("div", "course-elected", {}, this.verdict, head, ...this.lines.map(({ node }) => node));
  }

  line(label) {
    const [votes, share] = ["votes", "share"].map((name) => element("span", `course-elect-${name}`));
    const bar = new Bar();
    const name = element("span", "course-elect-label", {}, label);
    return { label, votes, share, bar, node: element("div", "course-elect", {}, name, votes, share, bar.node) };
  }

  show({ votes, shares, best }) {
    this.verdict.textContent = `most votes: ${best || "–"}`;
    this.lines.forEach((line, i) => {
      line.votes.textContent = votes.length ? numberText(votes[i], 2) : "–";
      line.share.textContent = votes.length ? numberText(shares[i], 3) : "–";
      line.bar.show(shares[i]);
      line.node.classList.toggle("course-best", line.label === best);
    });
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
  const eraser = button("eraser", "eraser: on or off", () => {
    pad.erases = !pad.erases;
    setAttributes(eraser, { "aria-pressed": pad.erases });
  });
  setAttributes(eraser, { "aria-pressed": false });
  const clear = button("clear", "clear the drawing", () => pad.onChange(blank(pad.values)));
  return [toolbar("change the drawing", clear, eraser, example), said];
}

function render({ model, el }) {
  const first = model.get("image");
  const cell = Math.min(PAD_CELL, Math.floor(LENS / Math.max(...shapeOf(first))));
  const question = new Question(model, "image", (sentence) => tell(sentence));
  const pad = new SoftPad(first, (values) => question.ask(values), model.get("brush"), cell);
  const layers = new Layers(model.get("layers"));
  const votes = new Votes(model.get("labels"));
  const remark = status("course-remark");

  function tell(sentence) {
    remark.textContent = sentence || HELP;
    remark.classList.toggle("course-trouble", Boolean(sentence));
  }

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
