// A walk over a convolution: where its window is, what it multiplies, and how both are put into words.

import { clamp, shapeOf, shortText, sumOf, table, termText, tidy } from "./numbers.js";
import { leftOver, sizeText, tilesText } from "./sizes.js";
import { put } from "./widget.js";

// What the numbers are, and where the window is.
export class Walk {
  constructor(model) {
    this.model = model;
  }

  get(name) {
    return this.model.get(name);
  }

  get knobs() {
    return this.get("result").knobs;
  }

  get filter() {
    return this.get("weight")[this.get("filter_number")];
  }

  get kernelSize() {
    return shapeOf(this.filter[0]);
  }

  get mapSize() {
    return shapeOf(this.get("result").output[0]);
  }

  get last() {
    return this.mapSize[0] * this.mapSize[1];
  }

  get step() {
    return Math.min(this.get("step"), this.last);
  }

  // Backward, as soon as Python has sent the gradients.
  get isBackward() {
    return this.get("backward") && this.get("result").frames.length === this.last + 1;
  }

  // Row and column of the position in hand, or null before the first.
  get place() {
    const columns = this.mapSize[1];
    return this.step === 0 ? null : [Math.floor((this.step - 1) / columns), (this.step - 1) % columns];
  }

  // Where its window begins on the padded image.
  get corner() {
    return this.place?.map((index) => index * this.knobs[0]);
  }

  patch(channel) {
    const [top, left] = this.corner.map((index) => index - this.knobs[1]);
    const at = (row, column) => this.get("image")[channel][row]?.[column] ?? 0;
    return table(...this.kernelSize, (i, j) => at(top + i, left + j));
  }

  products(channel) {
    if (!this.place) return table(...this.kernelSize, () => null);
    const kernel = this.filter[channel];
    return this.patch(channel).map((line, i) => line.map((pixel, j) => tidy(pixel * kernel[i][j])));
  }

  sum(channel) {
    return tidy(sumOf(this.products(channel).flat()));
  }

  // The gradients before the position in hand was visited, and since.
  get frames() {
    const { frames } = this.get("result");
    return [frames[Math.max(0, this.step - 1)], frames[this.step]];
  }

  // The maps as far as the window has been, now or before it went back.
  get visited() {
    const reached = this.step === 0 ? 0 : Math.max(this.step, this.get("reached"));
    const columns = this.mapSize[1];
    const seen = (value, row, column) => (row * columns + column < reached ? value : null);
    return this.get("result").output.map((map) =>
      map.map((line, row) => line.map((value, at) => seen(value, row, at))),
    );
  }

  go(row, column) {
    const [rows, columns] = this.mapSize;
    this.visit(clamp(row, 0, rows - 1) * columns + clamp(column, 0, columns - 1) + 1);
  }

  move([down, right]) {
    const [row, column] = this.place ?? [-down, -right];
    this.go(row + down, column + right);
  }

  visit(step) {
    put(this.model, { step: clamp(step, 0, this.last) });
  }
}

// "4 + 1 − 3 + 1 = 3": the sum of each channel, the bias, and what they add up to.
function valueText(walk) {
  const [first, ...terms] = walk.filter.map((_, channel) => walk.sum(channel));
  terms.push(walk.get("bias")[walk.get("filter_number")]);
  const total = tidy(first + sumOf(terms));
  return [shortText(first), ...terms.map((term) => termText(term)), "=", shortText(total)].join(" ");
}

// "2 + 10 · 1 = 12": what was there, what is added, and what is there then.
function additionText(before, pairs, after) {
  const added = pairs.map(([upstream, factor]) => `${termText(upstream)} · ${shortText(factor)}`).join(" ");
  return `${shortText(before)} ${added} = ${shortText(after)}`;
}

export function forwardWords(walk) {
  const number = walk.get("filter_number");
  if (!walk.place) return ["no window yet", "press step, or an arrow key on a map"];
  return [`row ${walk.place[0]}, column ${walk.place[1]} of map ${number}`, valueText(walk)];
}

// What the position in hand adds to each gradient, with one entry of each written out.
export function backwardWords(walk) {
  if (!walk.place) return ["no window yet", "all 0", "all 0", "0"];
  const [row, column] = walk.place;
  const number = walk.get("filter_number");
  const upstream = walk.get("grad_output").map((map) => map[row][column]);
  const [before, now] = walk.frames;
  const [top, left] = walk.corner.map((index) => index - walk.knobs[1]);
  const [i, j] = [Math.max(0, -top), Math.max(0, -left)]; // the window's first entry that is not padding
  const [y, x] = [top + i, left + j];
  const G = upstream[number];
  const weights = walk.get("weight").map((filter, k) => [upstream[k], filter[0][i]?.[j]]);
  const pixel = walk.get("image")[0][y]?.[x];
  const isSeen = i < walk.kernelSize[0] && j < walk.kernelSize[1] && pixel !== undefined;
  const ofImage = () => `(${y}, ${x}): ${additionText(before.image[0][y][x], weights, now.image[0][y][x])}`;
  const old = before.weight[number][0];
  const ofKernel = () => `(${i}, ${j}): ${additionText(old[i][j], [[G, pixel]], now.weight[number][0][i][j])}`;
  return [
    `row ${row}, column ${column}: G = ${upstream.map((value) => shortText(value)).join(", ")}`,
    isSeen ? `G · filter; at ${ofImage()}` : "only padding, whose gradient is cut off",
    isSeen ? `G · patch; at ${ofKernel()}` : "G · patch, which is all 0",
    `G; ${shortText(before.bias[number])} ${termText(G)} = ${shortText(now.bias[number])}`,
  ];
}

// How large the maps are, and whether the windows tile the image.
export function sizeWords(walk) {
  const [stride, padding] = walk.knobs;
  const sides = shapeOf(walk.get("image")[0]);
  const knobs = walk.kernelSize.map((F) => ({ F, S: stride, P: padding }));
  const sizes = [...new Set(sides.map((side, axis) => sizeText(side, knobs[axis])))];
  const over = sides.map((side, axis) => leftOver(side, knobs[axis]));
  const gaps = knobs.map(({ F, S }) => Math.max(0, S - F));
  return `output size ${sizes.join(" and ")}; tiles? ${tilesText(...over, Math.max(...gaps))}`;
}
