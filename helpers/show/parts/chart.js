// A chart of a training: lines with their names at their ends, and a mark where we are looking.

import { setAttributes, svg } from "./dom.js";
import { numberText, range } from "./numbers.js";

const AROUND = { left: 44, top: 10, bottom: 34 };
const ENDS = 15; // pixels between the names of two lines

// The smallest of 1, 2, 5, 10, 20 ... (or 0.1, 0.2, 0.5 ...) that cuts `length` into at most `parts`.
export function stepFor(length, parts) {
  const power = 10 ** Math.floor(Math.log10(length / parts));
  return [1, 2, 5, 10].map((factor) => factor * power).find((size) => length / size <= parts + 1e-9);
}

export const ticks = (length, size) => range(Math.floor(length / size + 1e-9) + 1).map((i) => i * size);

export class Chart {
  // `names` are those of the lines: the first one is drawn solid, the second one dashed; `write` writes a value.
  constructor(label, names, { width = 500, height = 220, right = 112, write = (value) => numberText(value, 2) } = {}) {
    Object.assign(this, { width, height, right });
    this.curves = names.map((name, i) => new Curve(name, ["training", "validation"][i], write));
    this.rules = svg("g");
    this.thin = svg("polyline", { class: "course-batches" });
    this.marks = ["casing", "mark"].map((name) => svg("line", { class: `course-${name}` }));
    const attributes = { class: "course-chart", role: "img", "aria-label": label, viewBox: `0 0 ${width} ${height}` };
    this.node = svg("svg", attributes, this.rules, ...this.marks, this.thin, ...this.curves.map(({ node }) => node));
    this.node.style.aspectRatio = `${width} / ${height}`;
    this.node.style.width = `${width}px`;
  }

  x(place) {
    return AROUND.left + ((this.width - AROUND.left - this.right) * place) / this.end;
  }

  y(value) {
    return this.height - AROUND.bottom - ((this.height - AROUND.top - AROUND.bottom) * value) / this.highest;
  }

  // For each line its points [place, value], also those of a thin line; `marked` are the places with a text below.
  show(lines, { end, highest, marked, caption = "", thin = [] }) {
    Object.assign(this, { end, highest });
    this.rules.replaceChildren(...this.axes(marked, caption));
    this.thin.setAttribute("points", this.placed(thin).join(" "));
    lines.forEach((line, i) => {
      this.curves[i].show(this.placed(line), line);
    });
    this.placeNames();
  }

  // The points on the page; those with an unknown value are left out.
  placed(points) {
    return points.filter(([, value]) => value !== null).map(([place, value]) => [this.x(place), this.y(value)]);
  }

  // The names at the lines' ends, the upper one moved up where they are too close.
  placeNames() {
    const [low, high] = this.curves.filter((curve) => curve.end).sort((a, b) => b.end[1] - a.end[1]);
    low?.placeName(low.end[1]);
    high?.placeName(Math.min(high.end[1], low.end[1] - ENDS));
  }

  axes(marked, caption) {
    const [x1, x2, bottom] = [AROUND.left, this.x(this.end), this.y(0)];
    const rules = ticks(this.highest, stepFor(this.highest, 5)).flatMap((value) => {
      const y = this.y(value);
      const text = String(Number(value.toPrecision(3)));
      const rule = svg("line", { class: value ? "course-rule" : "course-axis", x1, x2, y1: y, y2: y });
      return [rule, svg("text", { x: x1 - 6, y: y + 4, "text-anchor": "end" }, text)];
    });
    const below = marked.map(([place, text]) =>
      svg("text", { x: this.x(place), y: bottom + 16, "text-anchor": "middle" }, text),
    );
    return [...rules, ...below, svg("text", { x: x2 + 14, y: bottom + 16 }, caption)];
  }

  // An upright line at this place.
  mark(place) {
    const x = this.x(place);
    for (const line of this.marks) setAttributes(line, { x1: x, x2: x, y1: AROUND.top - 6, y2: this.y(0) });
  }
}

class Curve {
  constructor(name, kind, write) {
    Object.assign(this, { name, write });
    this.path = svg("polyline", { class: `course-${kind}` });
    this.dot = svg("circle", { class: `course-${kind}`, r: 3 });
    this.text = svg("text");
    this.node = svg("g", {}, this.path, this.dot, this.text);
  }

  show(placed, points) {
    this.end = placed.at(-1);
    this.node.style.visibility = this.end ? "visible" : "hidden";
    if (!this.end) return;
    this.path.setAttribute("points", placed.map((place) => place.join(",")).join(" "));
    setAttributes(this.dot, { cx: this.end[0], cy: this.end[1] });
    const [, last] = points.findLast(([, value]) => value !== null);
    this.text.textContent = `${this.name} ${this.write(last)}`;
  }

  placeName(y) {
    setAttributes(this.text, { x: this.end[0] + 8, y: y + 4 });
  }
}
