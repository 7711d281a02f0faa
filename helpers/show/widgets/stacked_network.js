// A network drawn from its pattern, and the windows through which one unit looks at the layers before it.

const SVG = "http://www.w3.org/2000/svg";
const LINE = 15;
const INVITATION = "Type a pattern and press Enter. Point at a value, or use the arrow keys, Page Up and Page Down.";

function shape(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

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

// "16 x 16 of the 32 x 32 pixels: rows 8 to 23, columns 8 to 23"
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
    this.svg = shape("svg", { class: "course-network", tabindex: "0", role: "application",
      "aria-label": "network: arrow keys move the unit, Page Up and Page Down change the layer" });
    this.build();
  }

  get boxes() {
    return this.model.get("drawing").boxes;
  }

  get unit() {
    const [index, row, column] = this.model.get("unit");
    const box = clamp(index, 0, this.boxes.length - 1);
    const [, height, width] = this.boxes[box].shape;
    return [box, clamp(row, 0, height - 1), clamp(column, 0, width - 1)];
  }

  go([index, row, column]) {
    const box = clamp(index, 0, this.boxes.length - 1);
    const [, height, width] = this.boxes[box].shape;
    const unit = [box, clamp(row, 0, height - 1), clamp(column, 0, width - 1)];
    if (unit.join() === this.model.get("unit").join()) return;
    this.model.set("unit", unit);
    this.model.save_changes();
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
    this.fronts = this.boxes.map((box, index) => this.front(box, index));
    this.frames = this.boxes.map(() => shape("g", { class: "course-look" }));
    this.svg.replaceChildren(...this.boxes.map((box, index) => this.box(box, index)), ...this.frames);
    this.draw();
  }

  // The three faces of a box and its label.
  box(box, index) {
    const { pixel, slant, height } = this.model.get("drawing");
    const [depth, rows, columns] = box.shape.map((length) => length * pixel);
    const [x, y, back] = [box.left, box.top, depth * slant];
    const top = points([x, y], [x + columns, y], [x + columns + back, y - back], [x + back, y - back]);
    const side = points([x + columns, y], [x + columns + back, y - back], [x + columns + back, y + rows - back],
      [x + columns, y + rows]);
    const middle = x + (columns + back) / 2;
    const label = box.lines.map((text, line) =>
      shape("text", { x: middle, y: height - 10 - (3 - line) * LINE, "text-anchor": "middle" }, text));
    const group = shape("g", { class: "course-box" }, shape("polygon", { points: top, class: "course-top" }),
      shape("polygon", { points: side, class: "course-side" }), this.fronts[index], ...label);
    group.addEventListener("pointerdown", () => this.unit[0] !== index && this.change(index - this.unit[0]));
    return group;
  }

  front(box, index) {
    const { pixel } = this.model.get("drawing");
    const [, rows, columns] = box.shape;
    const place = { x: box.left, y: box.top, width: columns * pixel, height: rows * pixel };
    const href = index === 0 ? this.model.get("picture") : "";
    const front = shape("g", {}, shape("rect", { ...place, class: "course-front" }));
    if (href) front.append(shape("image", { ...place, href, preserveAspectRatio: "none" }));
    const choose = (event) => {
      event.stopPropagation();
      const edge = front.firstChild.getBoundingClientRect();
      const share = [(event.clientY - edge.top) / edge.height, (event.clientX - edge.left) / edge.width];
      this.go([index, Math.floor(share[0] * rows), Math.floor(share[1] * columns)]);
    };
    front.addEventListener("pointermove", choose);
    front.addEventListener("pointerdown", choose);
    return front;
  }

  // Outline the unit and its windows; those of later boxes vanish.
  draw() {
    const { pixel } = this.model.get("drawing");
    const seen = windowsOf(this.boxes, this.unit);
    this.frames.forEach((frame, index) => {
      frame.replaceChildren();
      if (index >= seen.length) return;
      const box = this.boxes[index];
      const [, height, width] = box.shape;
      const [top, left] = [Math.max(0, seen[index][0]), Math.max(0, seen[index][1])];
      const [bottom, right] = [Math.min(height, seen[index][2] + 1), Math.min(width, seen[index][3] + 1)];
      const place = { x: box.left + left * pixel, y: box.top + top * pixel,
        width: (right - left) * pixel, height: (bottom - top) * pixel };
      frame.append(shape("rect", { ...place, class: "course-casing" }), shape("rect", { ...place, class: "course-frame" }));
    });
  }

  get text() {
    const [index, row, column] = this.unit;
    const box = this.boxes[index];
    const place = box.name === "FC" ? "any unit" : `row ${row}, column ${column}`;
    return [`${box.name}${box.relu ? " + RELU" : ""} ${box.size}, ${place}`, viewText(this.boxes[0], windowsOf(this.boxes, this.unit)[0])];
  }
}

function listen(network) {
  network.svg.addEventListener("keydown", (event) => {
    if (!isPlain(event)) return;
    const step = arrow(event.key);
    const layer = { PageUp: -1, PageDown: 1 }[event.key];
    if (!step && !layer) return;
    event.preventDefault();
    const [index, row, column] = network.unit;
    if (step) network.go([index, row + step[0], column + step[1]]);
    else network.change(layer);
  });
}

// The line in which one types a pattern, and the sentence that says what is wrong with it.
function entry(model) {
  const field = element("input", "course-pattern", { type: "text", spellcheck: "false", autocomplete: "off",
    "aria-label": "pattern; press Enter to draw it" });
  const trouble = element("div", "course-sentence", { role: "status", "aria-live": "polite" });
  const send = () => {
    model.set("pattern", field.value);
    model.save_changes();
  };
  field.addEventListener("change", send);
  field.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || (event.key === "Enter" && event.shiftKey)) return;
    event.stopPropagation();
    if (event.key === "Enter") send();
  });
  const show = () => {
    if (field.value !== model.get("pattern")) field.value = model.get("pattern");
    trouble.textContent = model.get("trouble") || INVITATION;
    trouble.classList.toggle("course-trouble", Boolean(model.get("trouble")));
  };
  for (const name of ["pattern", "trouble"]) model.on(`change:${name}`, show);
  show();
  return [element("label", "course-entry", {}, "pattern ", field), trouble];
}

function render({ model, el }) {
  const network = new Network(model);
  const place = element("span", "course-unit");
  const view = element("span", "course-view");
  const row = (label, line) => element("div", "course-formula", {}, element("span", "course-wide-label", {}, label), line);
  const words = element("div", "course-words", { role: "status", "aria-live": "polite" }, row("one value", place), row("looks at", view));
  const bar = element("div", "course-buttons", { role: "toolbar", "aria-label": "change the layer" },
    button("◂ layer", "layer before", () => network.change(-1)), button("layer ▸", "layer after", () => network.change(1)));
  const root = element("div", "course-widget course-stacked", { role: "group", "aria-label": "network from a pattern" },
    ...entry(model), network.svg, element("div", "course-line", {}, bar, words));
  const write = () => ([place.textContent, view.textContent] = network.text);
  const draw = () => (network.draw(), write());
  listen(network);
  keepKeys(root);
  el.append(root);
  write();
  model.on("change:drawing", () => (network.build(), write()));
  model.on("change:unit", draw);
}

export default { render };
