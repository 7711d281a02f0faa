// An explanation: what one value of a network comes from, in words, in numbers, and drawn on maps.

import { floats } from "./buffers.js";
import { pixelColour, signedColour } from "./colours.js";
import { element, figure } from "./dom.js";
import { Grid } from "./grid.js";
import { isRow, MapSheet } from "./mapsheet.js";
import { clamp, largest, numberText, plural, shapeOf, shapeText, sumOf, termText } from "./numbers.js";
import { Ranks } from "./ranks.js";

const ROOM = 336; // pixels from left to right
const GRID = 104; // of three grids side by side, each
const MOST_CONTRIBUTIONS = 40;

function of(values) {
  const limit = largest(values);
  return (value) => signedColour(value, limit);
}

const powerText = (power) => numberText(power, power >= 1000 ? 0 : power >= 0.01 ? 3 : 5);

const largestFirst = (first, second) => Math.abs(second) - Math.abs(first);

// The channel in hand; until one is chosen, the one with the largest sum.
function channelOf({ sums }, channel) {
  return channel < 0 ? sums.indexOf([...sums].sort(largestFirst)[0]) : Math.min(channel, sums.length - 1);
}

// The value in the layer before that one comes from: the maximum of its window, or the middle of its patch in a channel.
export function originOf({ at, fields, kind, place, ...found }, channel) {
  const [stage, map] = at;
  if (!stage) return null;
  const [, top, left, bottom, right] = fields[stage - 1];
  if (kind.includes("max_pool")) return [stage - 1, map, top + place[0], left + place[1]];
  if (kind !== "conv2d") return null;
  const middle = [top + bottom, left + right].map((sum) => Math.floor(sum / 2));
  return [stage - 1, channelOf(found, channel), ...middle];
}

// Grids that are made again only when their shapes change.
class Grids {
  constructor(titles) {
    this.titles = titles;
    this.node = element("div", "course-line course-explained-grids");
  }

  show(arrays, colours, place) {
    const shapes = arrays.map(shapeText).join();
    if (shapes !== this.shapes) this.build(arrays);
    this.shapes = shapes;
    arrays.forEach((values, i) => {
      this.grids[i].show(values, colours[i]);
      if (place) this.grids[i].outline(...place);
    });
  }

  build(arrays) {
    const share = (room, values) => Math.floor(room / Math.max(...shapeOf(values)));
    const size = (values) => clamp(share(GRID, values), Math.min(28, share(ROOM, values)), 34);
    this.grids = arrays.map((values) => new Grid(...shapeOf(values), size(values), { printed: true, letters: 5 }));
    const figures = this.grids.map((grid, i) => figure(this.titles[i], grid));
    this.node.replaceChildren(...figures);
  }
}

// A sheet of maps under its title.
class TitledSheet {
  constructor(point) {
    this.title = element("div", "course-title");
    this.place = element("div", "course-explained-sheet");
    this.node = element("div", "course-figure", {}, this.title, this.place);
    this.place.addEventListener("pointerdown", (event) => {
      const cell = this.sheet?.at(event);
      if (cell) point(cell);
    });
  }

  show(title, shape, values, fields) {
    if (shape.join() !== this.shape?.join()) {
      [this.shape, this.sheet] = [shape, new MapSheet(shape, ROOM, 12)];
      this.place.replaceChildren(this.sheet.node);
    }
    this.title.textContent = title;
    this.sheet.show(values, of(values));
    this.sheet.outline(fields);
  }
}

// A convolution: every channel by itself, and the chosen one's patch, kernel and products.
class Convolution {
  constructor({ choose, go }) {
    this.sheet = new TitledSheet(([map]) => choose(map));
    this.grids = new Grids(["patch", "× kernel", "= products"]);
    const label = "sums of the channels, the largest first: arrow keys choose one, Enter goes to its map";
    this.ranks = new Ranks(label, choose, (channel) => go(originOf(this.found, channel)));
    this.caption = element("div", "course-small");
    const parts = [this.caption, this.grids.node, this.ranks.node, this.sheet.node];
    this.node = element("div", "course-explained", {}, ...parts);
  }

  show(found, channel) {
    this.found = found;
    const chosen = channelOf(found, channel);
    const [, , row, column] = found.at;
    const fields = [[[chosen], row, column, row, column]];
    const title = `what each channel alone gives (${found.alone_shape.join(" x ")})`;
    this.sheet.show(title, found.alone_shape, floats(found.alone), fields);
    this.caption.textContent = `channel ${chosen}: its products add up to ${numberText(found.sums[chosen], 3)}`;
    const inside = (values) => values.map((line, i) => line.map((value, j) => (found.inside[i][j] ? value : null)));
    const [patch, kernel, products] = [found.patch[chosen], found.kernel[chosen], found.products[chosen]];
    const image = found.at[0] === 1 ? pixelColour : of(patch);
    this.grids.show([inside(patch), kernel, inside(products)], [image, of(kernel), of(products)]);
    const rows = found.sums.map((value, key) => ({
      key,
      name: `channel ${key}`,
      value,
      number: numberText(value, 3),
      text: "",
    }));
    rows.sort((first, second) => largestFirst(first.value, second.value));
    this.ranks.show(rows, chosen);
  }

  words({ sums, bias, computed }) {
    const total = `sum of ${plural(sums.length, "channel")} ${numberText(sumOf(sums), 3)}`;
    return `${total} ${termText(bias, 3)} (bias) = ${numberText(computed, 3)}`;
  }
}

// A fully connected layer: each value times its weight, sorted, and drawn where the value comes from.
class Votes {
  constructor({ go }) {
    this.go = go;
    const pick = (key) => key >= 0 && this.draw(key);
    this.sheet = new TitledSheet((cell) => pick(this.number(cell)));
    this.ranks = new Ranks("products, the largest first: arrow keys choose one, Enter goes to its value", pick, (key) =>
      this.go([this.found.source, ...this.cell(key)]),
    );
    this.node = element("div", "course-explained", {}, this.sheet.node, this.ranks.node);
  }

  // Map, row and column of a value by its number in the flattened row, and back.
  cell(number) {
    const [, rows, columns] = this.found.shape;
    return [Math.floor(number / (rows * columns)), Math.floor(number / columns) % rows, number % columns];
  }

  number([map, row, column]) {
    const [, rows, columns] = this.found.shape;
    return (map * rows + row) * columns + column;
  }

  show(found) {
    this.found = found;
    this.draw(found.order[0]);
  }

  draw(picked) {
    const { found } = this;
    const [map, row, column] = this.cell(picked);
    const title = `value × weight, on ${found.source_name}`;
    this.sheet.show(title, found.shape, found.products, [[[map], row, column, row, column]]);
    const shown = found.order.slice(0, MOST_CONTRIBUTIONS);
    const rows = (shown.includes(picked) ? shown : [picked, ...shown]).map((key) => this.row(key));
    const rest = sumOf(found.order.slice(MOST_CONTRIBUTIONS).map((key) => found.products[key]));
    const left = found.order.length - shown.length;
    if (left > 0)
      rows.push({ key: -1, name: "the rest", value: rest, number: numberText(rest, 3), text: `${left} more` });
    this.ranks.show(rows, picked);
  }

  row(key) {
    const { shape, products, factors, weights } = this.found;
    const [map, row, column] = this.cell(key);
    const name = isRow(shape) ? `unit ${column}` : `map ${map} (${row}, ${column})`;
    const text = `= ${numberText(factors[key], 3)} × ${numberText(weights[key], 3)}`;
    return { key, name, value: products[key], number: numberText(products[key], 3), text };
  }

  words({ products, bias, computed }) {
    const total = `sum of ${products.length} products ${numberText(sumOf(products), 3)}`;
    return `${total} ${termText(bias, 3)} (bias) = ${numberText(computed, 3)}`;
  }
}

class Rectified {
  constructor() {
    this.grids = new Grids(["before", "after"]);
    this.node = element("div", "course-explained", {}, this.grids.node);
  }

  show({ around, after, place }) {
    this.grids.show([around, after], [of(around), of(around)], place);
  }

  words({ before, computed }) {
    const what = before > 0 ? "positive: it passes" : "not positive: it becomes 0";
    return `max(0, ${numberText(before, 3)}) = ${numberText(computed, 3)}, ${what}`;
  }
}

// A window of a pooling; the maximum is outlined.
class Pooled {
  constructor() {
    this.grids = new Grids(["window"]);
    this.node = element("div", "course-explained", {}, this.grids.node);
  }

  show({ window, place, kind }) {
    this.grids.show([window], [of(window)], kind.includes("max") ? place : null);
    if (!kind.includes("max")) for (const grid of this.grids.grids) grid.removeOutline();
  }

  words({ kind, window, computed, place }) {
    const values = window.flat();
    const written =
      values.length > 9 ? `${values.length} values` : values.map((value) => numberText(value, 2)).join(", ");
    if (!kind.includes("max")) return `mean of ${written} = ${numberText(computed, 3)}`;
    return `largest of ${written} = ${numberText(computed, 3)}, in row ${place[0]}, column ${place[1]} of the window`;
  }
}

class Share {
  constructor({ go }) {
    this.go = (i) => go([this.found.at[0] - 1, 0, 0, i]);
    this.ranks = new Ranks(
      "powers of the votes: arrow keys choose one, Enter goes to the vote",
      (key) => this.draw(key),
      this.go,
    );
    this.node = element("div", "course-explained", {}, this.ranks.node);
  }

  show(found) {
    this.found = found;
    this.draw(found.at[3]);
  }

  draw(picked) {
    const { found } = this;
    const taken = found.shift ? ` − ${numberText(found.shift, 2)}` : "";
    const rows = found.votes.map((vote, key) => {
      const text = `= e^(${numberText(vote, 2)}${taken})`;
      return {
        key,
        name: `vote for ${found.labels[key]}`,
        value: found.powers[key],
        number: powerText(found.powers[key]),
        text,
      };
    });
    this.ranks.show(rows, picked);
  }

  words({ at, votes, powers, total, shift, computed }) {
    const vote = numberText(votes[at[3]], 2) + (shift ? ` − ${numberText(shift, 2)}` : "");
    const sum = `${powerText(powers[at[3]])} / ${powerText(total)}`;
    return `e^(${vote}) / sum of all ${votes.length} powers = ${sum} = ${numberText(computed, 3)}`;
  }
}

// A pixel, or a value of a layer that the microscope does not know.
class Bare {
  constructor() {
    this.node = element("div", "course-explained");
  }

  show() {}

  words({ kind }) {
    return kind === "image" ? "a pixel: −1 is black, 1 is white" : "how this layer computes it is not known here";
  }
}

const KINDS = {
  conv2d: Convolution,
  linear: Votes,
  relu: Rectified,
  max_pool2d: Pooled,
  avg_pool2d: Pooled,
  global_max_pool: Pooled,
  global_avg_pool: Pooled,
  softmax: Share,
};

// Shows each kind in its own way; `actions`: choose a channel, go to a value.
export class Explanation {
  constructor(actions) {
    Object.assign(this, { actions, views: {} });
    this.node = element("div", "course-explained-box");
  }

  view(kind) {
    const View = KINDS[kind] ?? Bare;
    this.views[kind] ??= new View(this.actions);
    return this.views[kind];
  }

  // Draw it, and say in a sentence how the value comes about.
  show(found, channel) {
    const view = this.view(found.kind);
    view.show(found, channel);
    if (this.node.firstChild !== view.node) this.node.replaceChildren(view.node);
    return view.words(found);
  }
}
