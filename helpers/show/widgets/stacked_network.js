// A network drawn from its pattern, and the windows through which one unit looks at the layers before it.

import { button, element, line, pointedAt, status, svg, toolbar } from "../parts/dom.js";
import { makeMovable } from "../parts/keys.js";
import { Lines } from "../parts/lines.js";
import { clamp, numberText } from "../parts/numbers.js";
import { follow, present, put } from "../parts/widget.js";

const LINE = 15;
const INVITATION = "Type a pattern and press Enter. Point at a value, or use the arrow keys, Page Up and Page Down.";

const points = (...corners) => corners.map((corner) => corner.join(",")).join(" ");

// What a unit looks at in each box from the input to its own: top, left, bottom, right, all included.
function windowsOf(boxes, [index, row, column]) {
  let edges = [row, column, row, column];
  const seen = [edges];
  for (let i = index; i > 0; i -= 1) {
    const { kernel, stride, padding } = boxes[i];
    const [, height, width] = boxes[i - 1].shape;
    const [top, left, bottom, right] = edges.map((edge) => edge * stride - padding);
    edges = kernel ? [top, left, bottom + kernel - 1, right + kernel - 1] : [0, 0, height - 1, width - 1];
    seen.unshift(edges);
  }
  return seen;
}

// "16 x 16 pixels: rows 8 to 23, columns 8 to 23"
function viewText({ shape: [, height, width] }, [top, left, bottom, right]) {
  const [rows, columns] = [bottom - top + 1, right - left + 1];
  if (top <= 0 && left <= 0 && bottom >= height - 1 && right >= width - 1) return `all ${height} x ${width} pixels`;
  const outside = top < 0 || left < 0 || bottom >= height || right >= width;
  const place = `rows ${numberText(top)} to ${bottom}, columns ${numberText(left)} to ${right}`;
  return `${rows} x ${columns} pixels: ${place}${outside ? " (outside: padding)" : ""}`;
}

class Network {
  constructor(model) {
    this.model = model;
    this.svg = svg("svg", { class: "course-network" });
    const label = "network: arrow keys move the unit, Page Up and Page Down change the layer";
    const others = { PageUp: () => this.change(-1), PageDown: () => this.change(1) };
    makeMovable(this.svg, label, (step) => this.move(step), others);
  }

  get boxes() {
    return this.model.get("drawing").boxes;
  }

  get unit() {
    return this.inside(this.model.get("unit"));
  }

  // The nearest existing unit.
  inside([index, row, column]) {
    const box = clamp(index, 0, this.boxes.length - 1);
    const [, height, width] = this.boxes[box].shape;
    return [box, clamp(row, 0, height - 1), clamp(column, 0, width - 1)];
  }

  go(place) {
    const unit = this.inside(place);
    if (unit.join() !== this.model.get("unit").join()) put(this.model, { unit });
  }

  move([down, right]) {
    const [index, row, column] = this.unit;
    this.go([index, row + down, column + right]);
  }

  // To the value at the same place, as far as there is one, in another box.
  change(step) {
    const [index, row, column] = this.unit;
    const next = clamp(index + step, 0, this.boxes.length - 1);
    const [[, height, width], [, rows, columns]] = [this.boxes[index].shape, this.boxes[next].shape];
    this.go([next, Math.floor(((row + 0.5) * rows) / height), Math.floor(((column + 0.5) * columns) / width)]);
  }

  build() {
    const { width, height } = this.model.get("drawing");
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.frames = this.boxes.map(() => svg("g", { class: "course-look" }));
    this.svg.replaceChildren(...this.boxes.map((box, index) => this.box(box, index)), ...this.frames);
    this.draw();
  }

  // The three faces of a box and its label.
  box(box, index) {
    const { pixel, slant, height } = this.model.get("drawing");
    const [depth, rows, columns] = box.shape.map((length) => length * pixel);
    const [x, y, right, back] = [box.left, box.top, box.left + columns, depth * slant];
    const top = points([x, y], [right, y], [right + back, y - back], [x + back, y - back]);
    const side = points([right, y], [right + back, y - back], [right + back, y + rows - back], [right, y + rows]);
    const label = box.lines.map((text, number) => {
      const place = { x: x + (columns + back) / 2, y: height - 10 - (3 - number) * LINE };
      return svg("text", { ...place, "text-anchor": "middle" }, text);
    });
    const faces = [
      svg("polygon", { points: top, class: "course-top" }),
      svg("polygon", { points: side, class: "course-side" }),
    ];
    const group = svg("g", { class: "course-box" }, ...faces, this.front(box, index), ...label);
    group.addEventListener("pointerdown", () => this.unit[0] !== index && this.change(index - this.unit[0]));
    return group;
  }

  front(box, index) {
    const { pixel } = this.model.get("drawing");
    const [, rows, columns] = box.shape;
    const place = { x: box.left, y: box.top, width: columns * pixel, height: rows * pixel };
    const href = index === 0 ? this.model.get("picture") : "";
    const face = svg("rect", { ...place, class: "course-front" });
    const front = svg("g", {}, face);
    if (href) front.append(svg("image", { ...place, href, preserveAspectRatio: "none" }));
    const choose = (event) => {
      event.stopPropagation();
      const [down, across] = pointedAt(event, face);
      this.go([index, Math.floor(down * rows), Math.floor(across * columns)]);
    };
    for (const name of ["pointermove", "pointerdown"]) front.addEventListener(name, choose);
    return front;
  }

  // Outline the unit and its windows; those of later boxes vanish.
  draw() {
    const seen = windowsOf(this.boxes, this.unit);
    this.frames.forEach((frame, index) => {
      const place = index < seen.length ? this.place(this.boxes[index], seen[index]) : null;
      const strokes = place
        ? ["casing", "frame"].map((name) => svg("rect", { ...place, class: `course-${name}` }))
        : [];
      frame.replaceChildren(...strokes);
    });
  }

  // Where a window is drawn, as far as it is inside its box.
  place(box, edges) {
    const { pixel } = this.model.get("drawing");
    const [, rows, columns] = box.shape;
    const [top, left] = [Math.max(0, edges[0]), Math.max(0, edges[1])];
    const [bottom, right] = [Math.min(rows, edges[2] + 1), Math.min(columns, edges[3] + 1)];
    const corner = { x: box.left + left * pixel, y: box.top + top * pixel };
    return { ...corner, width: (right - left) * pixel, height: (bottom - top) * pixel };
  }

  get words() {
    const [index, row, column] = this.unit;
    const box = this.boxes[index];
    const place = box.name === "FC" ? "any unit" : `row ${row}, column ${column}`;
    const view = viewText(this.boxes[0], windowsOf(this.boxes, this.unit)[0]);
    return [`${box.name}${box.relu ? " + RELU" : ""} ${box.size}, ${place}`, view];
  }
}

// The line to type a pattern in, and the sentence that says what is wrong with it.
function entry(model) {
  const field = element("input", "course-pattern", {
    type: "text",
    spellcheck: "false",
    autocomplete: "off",
    "aria-label": "pattern; press Enter to draw it",
  });
  const trouble = status("course-sentence");
  const send = () => put(model, { pattern: field.value });
  field.addEventListener("change", send);
  field.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || (event.key === "Enter" && event.shiftKey)) return;
    event.stopPropagation();
    if (event.key === "Enter") send();
  });
  follow(model, ["pattern", "trouble"], () => {
    if (field.value !== model.get("pattern")) field.value = model.get("pattern");
    trouble.textContent = model.get("trouble") || INVITATION;
    trouble.classList.toggle("course-trouble", Boolean(model.get("trouble")));
  });
  return [element("label", "course-entry", {}, "pattern ", field), trouble];
}

function render({ model, el }) {
  const network = new Network(model);
  const said = new Lines("course-words", [
    ["one value", "unit"],
    ["looks at", "view"],
  ]);
  const buttons = toolbar(
    "change the layer",
    button("◂ layer", "layer before", () => network.change(-1)),
    button("layer ▸", "layer after", () => network.change(1)),
  );
  present(el, "stacked-network", "network from a pattern", ...entry(model), network.svg, line(buttons, said.node));
  follow(model, ["drawing"], () => {
    network.build();
    said.write(...network.words);
  });
  follow(model, ["unit"], () => {
    network.draw();
    said.write(...network.words);
  });
}

export default { render };
