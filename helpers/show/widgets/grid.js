// What both widgets are made of: grids of coloured cells, numbers as text, buttons, an outlined window.

const POSITIVE = [0, 114, 178];
const NEGATIVE = [213, 94, 0];
const WHITE = [255, 255, 255];

function element(tag, className = "", attributes = {}, ...children) {
  const node = document.createElement(tag);
  node.className = className;
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function button(text, label, action) {
  const node = element("button", "course-button", { type: "button", "aria-label": label, title: label }, text);
  node.addEventListener("click", action);
  return node;
}

function mix(from, to, share) {
  return from.map((channel, i) => Math.round(channel + (to[i] - channel) * share));
}

// -1 is black, 0 mid grey, +1 white.
function pixelColour(value) {
  return mix([0, 0, 0], WHITE, (Math.max(-1, Math.min(1, value)) + 1) / 2);
}

// Blue above zero, white at zero, vermillion below; `limit` has the full colour.
function signedColour(value, limit) {
  return mix(WHITE, value < 0 ? NEGATIVE : POSITIVE, Math.min(1, Math.abs(value) / limit));
}

// The ink, black or white, that stands out more from the colour (contrast as in WCAG 2).
function inkOn(colour) {
  const linear = colour.map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  const luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  return luminance > 0.179 ? "#000" : "#fff";
}

// "7", "−1" or "0.35": whole numbers stay whole, a true minus sign, and never "−0.00".
function numberText(value, decimals = Number.isInteger(value) ? 0 : 2) {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

const shapeOf = (values) => [values.length, values[0].length];
const shapeText = (values) => shapeOf(values).join(" x ");
const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

// A table of cells, all of one size, that shows numbers as colours and, if wanted, as text.
class Grid {
  constructor(rows, columns, size, { printed = false, decimals, letters } = {}) {
    Object.assign(this, { rows, columns, size, printed, decimals, letters });
    this.node = element("div", "course-grid");
    this.node.style.setProperty("--cell", `${size}px`);
    this.node.style.setProperty("--rows", rows);
    this.node.style.setProperty("--columns", columns);
    this.cells = Array.from({ length: rows }, () => this.addRow(columns));
  }

  addRow(columns) {
    const row = element("div", "course-row");
    const cells = Array.from({ length: columns }, () => element("div", "course-cell"));
    row.append(...cells);
    this.node.append(row);
    return cells;
  }

  // Show one number; null leaves the cell blank (hatched).
  set(row, column, value, colourOf) {
    const cell = this.cells[row][column];
    const blank = value === null;
    const colour = blank ? null : colourOf(value);
    cell.classList.toggle("course-blank", blank);
    cell.style.backgroundColor = blank ? "" : `rgb(${colour.join(",")})`;
    cell.style.color = blank ? "" : inkOn(colour);
    if (this.printed) cell.textContent = blank ? "" : numberText(value, this.decimals);
  }

  // Letters so small that the longest number fits between two outlines; numbers too small to read are left out.
  fit(values) {
    const texts = values.flat().filter((value) => value !== null).map((value) => numberText(value, this.decimals));
    const longest = Math.max(this.letters ?? 1, ...texts.map((text) => text.length));
    const height = Math.min(11, (this.size - 6) / (0.58 * longest));
    this.node.style.setProperty("--letters", `${height}px`);
    this.node.classList.toggle("course-silent", height < 7);
  }

  show(values, colourOf) {
    if (this.printed) this.fit(values);
    values.forEach((line, row) => line.forEach((value, column) => this.set(row, column, value, colourOf)));
  }

  // The cell under the pointer, held inside the grid.
  at(event) {
    const box = this.node.getBoundingClientRect();
    const row = Math.floor(((event.clientY - box.top) / box.height) * this.rows);
    const column = Math.floor(((event.clientX - box.left) / box.width) * this.columns);
    return [clamp(row, 0, this.rows - 1), clamp(column, 0, this.columns - 1)];
  }

  // Outline `height` x `width` cells whose top-left one is (row, column).
  outline(row, column, height = 1, width = 1) {
    if (!this.frame) this.node.append((this.frame = element("div", "course-window", { "aria-hidden": "true" })));
    this.frame.style.transform = `translate(${column * this.size}px, ${row * this.size}px)`;
    this.frame.style.height = `${height * this.size - 1}px`;
    this.frame.style.width = `${width * this.size - 1}px`;
  }
}

// A grid with its title above; the title names the array and gives its shape.
function figure(title, grid, className = "") {
  return element("div", `course-figure ${className}`, {}, element("div", "course-title", {}, title), grid.node);
}

// Where an arrow key leads, or null for any other key.
function arrow(key) {
  return { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[key] ?? null;
}

const isPlain = (event) => !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);

// The notebook's own one-letter shortcuts (x cuts a cell) rest while the widget has the focus; Ctrl+S does not.
function keepKeys(root) {
  root.addEventListener("keydown", (event) => isPlain(event) && event.stopPropagation());
}
