// An image that becomes votes: pooled feature maps, a bar for every vote, sums and shares, weights to turn.

import { Bar } from "../parts/bar.js";
import { Choice } from "../parts/choice.js";
import { css, signColour, signedColour } from "../parts/colours.js";
import { button, element, figure, line, status, toolbar } from "../parts/dom.js";
import { Grid } from "../parts/grid.js";
import { largest, numberText, range, shapeOf, shapeText, sumOf, table, termText, tidy } from "../parts/numbers.js";
import { Pad } from "../parts/pad.js";
import { shiftButtons } from "../parts/shifting.js";
import { Slider } from "../parts/slider.js";
import { follow, present, put } from "../parts/widget.js";

const PIXEL = 22;
const VALUE = 30;
const HALF = 36; // pixels of a bar's chart above and below zero
const POOL = 2;
const LARGEST_BIAS = 12;

function convolve(image, kernel) {
  const [rows, columns] = [image.length - kernel.length + 1, image[0].length - kernel[0].length + 1];
  const at = (row, column) => sumOf(kernel.flatMap((line, i) => line.map((k, j) => k * image[row + i][column + j])));
  return table(rows, columns, at);
}

// ReLU, then the largest value of each window; windows at the edge may be partial.
function pool(map) {
  const [rows, columns] = shapeOf(map).map((length) => Math.ceil(length / POOL));
  const window = (row, column) => map.slice(row, row + POOL).flatMap((line) => line.slice(column, column + POOL));
  return table(rows, columns, (row, column) => Math.max(0, ...window(row * POOL, column * POOL)));
}

function softmaxOf(logits) {
  const powers = logits.map((logit) => Math.exp(logit - Math.max(...logits)));
  return powers.map((power) => power / sumOf(powers));
}

// The numbers of the widget, worked out again whenever one of them changes.
class Count {
  constructor(model) {
    this.model = model;
    this.classes = model.get("classes");
    this.channels = model.get("channels");
  }

  get image() {
    return this.model.get("image");
  }

  get selected() {
    return this.model.get("selected");
  }

  // The longest bar, and how far a weight can be turned.
  get limit() {
    return Math.max(1, Math.ceil(10 * largest(this.model.get("start").weight)) / 10);
  }

  get weight() {
    return this.model.get("weight");
  }

  get bias() {
    return this.model.get("bias");
  }

  get maps() {
    return this.model.get("kernels").map((kernel) => pool(convolve(this.image, kernel)));
  }

  // Channel, row and column of a value, by its number in the flattened row.
  place(number, maps) {
    const [rows, columns] = shapeOf(maps[0]);
    return [Math.floor(number / (rows * columns)), Math.floor(number / columns) % rows, number % columns];
  }

  // What the values add up to for one class.
  tally(values) {
    const sums = this.weight.map((row) => sumOf(row.map((weight, i) => weight * values[i])));
    const logits = sums.map((sum, unit) => tidy(sum + this.bias[unit]));
    return { sums, logits, shares: softmaxOf(logits) };
  }

  put(name, value) {
    put(this.model, { [name]: value });
  }

  turnWeight(unit, number) {
    const turned = (weights) => weights.map((weight, i) => (i === this.selected ? number : weight));
    this.put(
      "weight",
      this.weight.map((row, u) => (u === unit ? turned(row) : row)),
    );
  }

  turnBias(unit, number) {
    this.put(
      "bias",
      this.bias.map((b, u) => (u === unit ? number : b)),
    );
  }

  reset() {
    put(this.model, this.model.get("start"));
  }
}

// The image: a press or the space bar changes one pixel, arrow keys move.
class Sheet extends Pad {
  constructor(count) {
    super(count.image, (image) => count.put("image", image), PIXEL, "The image");
  }

  begin(event) {
    this.cursor = this.grid.at(event);
    this.paint([this.cursor], this.opposite);
  }
}

// The pooled maps; a press selects a value.
class Maps {
  constructor(count) {
    this.count = count;
    const [rows, columns] = shapeOf(count.maps[0]);
    this.grids = count.channels.map(() => new Grid(rows, columns, VALUE, { printed: true, decimals: 2 }));
    this.nodes = this.grids.map((grid, channel) => {
      grid.node.addEventListener("pointerdown", (event) => {
        const [row, column] = grid.at(event);
        count.put("selected", (channel * rows + row) * columns + column);
      });
      return figure(`${count.channels[channel]} (${rows} x ${columns})`, grid, "course-maps");
    });
  }

  draw(maps) {
    const limit = Math.max(1, ...maps.flat(2));
    const [channel, row, column] = this.count.place(this.count.selected, maps);
    this.grids.forEach((grid, index) => {
      grid.show(maps[index], (value) => signedColour(value, limit));
      if (index === channel) grid.outline(row, column);
      else grid.removeOutline();
    });
  }
}

// One class: a bar for every vote inside the outline of its weight, the sum, the share.
class Chart {
  constructor(count, unit, size) {
    Object.assign(this, { count, unit });
    this.votes = range(size * count.channels.length).map((number) => this.vote(number));
    const nodes = this.votes.map((vote) => vote.node);
    const groups = count.channels.map((_, channel) =>
      element("div", "course-channel", {}, ...nodes.slice(channel * size, (channel + 1) * size)),
    );
    this.sum = element("span", "course-tally-sum");
    this.bar = new Bar("course-tally-bar");
    this.share = element("span", "course-tally-share");
    this.node = element(
      "div",
      "course-chart",
      {},
      element("div", "course-tally", {}, this.sum, this.bar.node, this.share),
      element("div", "course-ballot", { "aria-hidden": "true" }, ...groups),
    );
  }

  vote(number) {
    const [fill, edge] = ["fill", "edge"].map((name) => element("div", `course-vote-${name}`));
    const node = element("div", "course-vote", {}, fill, edge);
    node.addEventListener("pointerdown", () => this.count.put("selected", number));
    return { node, fill, edge };
  }

  // Let a bar rise from the zero line, or drop below it.
  setHeight(node, value, limit) {
    const height = (HALF * Math.min(Math.abs(value), limit)) / limit;
    node.style.height = `${height}px`;
    node.style.top = `${HALF + 2 - (value < 0 ? 0 : height)}px`;
    node.style.visibility = height ? "visible" : "hidden";
  }

  draw(values, { sums, logits, shares }) {
    const { count, unit } = this;
    this.votes.forEach(({ node, fill, edge }, number) => {
      const weight = count.weight[unit][number];
      const vote = values[number] * weight;
      this.setHeight(fill, vote, count.limit);
      this.setHeight(edge, weight, count.limit);
      fill.style.backgroundColor = css(signColour(vote));
      node.classList.toggle("course-vote-picked", number === count.selected);
    });
    const steps = `${numberText(sums[unit], 2)} ${termText(count.bias[unit], 2)} = ${numberText(logits[unit], 2)}`;
    this.sum.textContent = `votes for ${count.classes[unit]}: ${steps}`;
    this.bar.show(shares[unit]);
    this.share.textContent = `share ${numberText(shares[unit], 3)}`;
  }
}

// The sliders: which value, and for each class its weight and its bias.
class Turns {
  constructor(count, size) {
    this.count = count;
    this.number = new Slider("value", [0, size - 1, 1], (number) => count.put("selected", number));
    const turns = (name, limit, set) =>
      count.classes.map(
        (label, unit) => new Slider(`${name} for ${label}`, [-limit, limit, 0.01], (number) => set(unit, number)),
      );
    this.weights = turns("weight", count.limit, (unit, number) => count.turnWeight(unit, number));
    this.biases = turns("bias", LARGEST_BIAS, (unit, number) => count.turnBias(unit, number));
    const nodes = count.classes.flatMap((_, unit) => [this.weights[unit].node, this.biases[unit].node]);
    this.node = element("div", "course-turns", {}, this.number.node, element("span"), ...nodes);
  }

  draw() {
    const { selected, weight, bias } = this.count;
    this.number.show(selected);
    this.weights.forEach((slider, unit) => {
      slider.show(weight[unit][selected], numberText(weight[unit][selected], 2));
    });
    this.biases.forEach((slider, unit) => {
      slider.show(bias[unit], numberText(bias[unit], 2));
    });
  }
}

function tools(count) {
  const letters = new Map(count.model.get("letters"));
  const draw = (name) => count.put("image", letters.get(name));
  const choice = new Choice("image", [...letters.keys()], draw);
  return toolbar(
    "change image and weights",
    choice.node,
    shiftButtons(
      () => count.image,
      (image) => count.put("image", image),
    ),
    button("draw again", "draw again: the chosen image, as it was", () => draw(choice.value)),
    button("reset weights", "reset weights: weights and biases, as they were", () => count.reset()),
  );
}

function verdictOf(classes, logits) {
  const most = Math.max(...logits);
  const winners = classes.filter((_, unit) => logits[unit] === most);
  return winners.length > 1 ? `a tie: ${winners.join(" and ")}, so ${winners[0]}` : `most votes: ${winners[0]}`;
}

// What the selected value has to say, with its products.
function selectedText(count, stack) {
  const [channel, row, column] = count.place(count.selected, stack);
  const value = stack[channel][row][column];
  const products = count.classes.map((label, unit) => {
    const weight = count.weight[unit][count.selected];
    return `${numberText(value, 2)} × ${numberText(weight, 2)} = ${numberText(value * weight, 2)} for ${label}`;
  });
  return `Value ${count.selected} (${count.channels[channel]}, row ${row}, column ${column}): ${products.join(", ")}`;
}

function render({ model, el }) {
  const count = new Count(model);
  const [first] = count.maps;
  const size = first.flat().length;
  const sheet = new Sheet(count);
  const maps = new Maps(count);
  const charts = count.classes.map((_, unit) => new Chart(count, unit, size));
  const turns = new Turns(count, size * count.channels.length);
  const verdict = status("course-verdict");
  const text = element("div", "course-vote-text");
  const names = count.channels.map((name) => element("span", "", {}, name));
  const help = element("div", "course-small", {}, "Press a pixel to change it; press a value or a bar to select it.");
  present(
    el,
    "vote-count",
    "votes",
    tools(count),
    help,
    line(figure(`image (${shapeText(count.image)})`, sheet.grid), ...maps.nodes),
    verdict,
    ...charts.map((chart) => chart.node),
    element("div", "course-channel-names course-chart", {}, ...names),
    text,
    turns.node,
  );
  follow(model, ["image", "weight", "bias", "selected"], () => {
    const stack = count.maps;
    const values = stack.flat(2);
    const tally = count.tally(values);
    sheet.show(count.image);
    maps.draw(stack);
    turns.draw();
    for (const chart of charts) chart.draw(values, tally);
    verdict.textContent = verdictOf(count.classes, tally.logits);
    text.textContent = selectedText(count, stack);
  });
}

export default { render };
