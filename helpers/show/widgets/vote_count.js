// An image that becomes votes: pooled feature maps, a bar for every vote, sums and shares, weights to turn.

const PIXEL = 22;
const VALUE = 30;
const HALF = 36; // pixels of a bar's chart above and below zero
const POOL = 2;
const LARGEST_BIAS = 12;

const range = (count) => Array.from({ length: count }, (_, i) => i);
const sumOf = (numbers) => numbers.reduce((total, number) => total + number, 0);
// Rounding errors of a sum of decimals must not decide a tie.
const tidy = (value) => Math.round(value * 1e9) / 1e9;

function convolve(image, kernel) {
  const [rows, columns] = [image.length - kernel.length + 1, image[0].length - kernel[0].length + 1];
  const at = (row, column) => sumOf(kernel.flatMap((line, i) => line.map((k, j) => k * image[row + i][column + j])));
  return range(rows).map((row) => range(columns).map((column) => at(row, column)));
}

// ReLU, then the largest value of each window; windows at the edge may be partial.
function pool(map) {
  const largestFrom = (row, column) =>
    Math.max(0, ...map.slice(row, row + POOL).flatMap((line) => line.slice(column, column + POOL)));
  const starts = (length) => range(Math.ceil(length / POOL)).map((i) => i * POOL);
  return starts(map.length).map((row) => starts(map[0].length).map((column) => largestFrom(row, column)));
}

const largest = (rows) => Math.max(...rows.flat().map(Math.abs));

function softmaxOf(logits) {
  const powers = logits.map((logit) => Math.exp(logit - Math.max(...logits)));
  return powers.map((power) => power / sumOf(powers));
}

const signed = (value) => `${value < 0 ? "−" : "+"} ${numberText(Math.abs(value), 2)}`;
const moved = (image, down, right) =>
  image.map((line, row) => line.map((_, column) => image[row - down]?.[column - right] ?? -1));

// The numbers of the widget, worked out anew whenever one of them changes.
class Count {
  constructor(model) {
    this.model = model;
    this.classes = model.get("classes");
    this.channels = model.get("channels");
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
    return this.model.get("kernels").map((kernel) => pool(convolve(this.model.get("image"), kernel)));
  }

  // Channel, row and column of a value, by its number in the flattened row.
  place(number, maps) {
    const [rows, columns] = shapeOf(maps[0]);
    return [Math.floor(number / (rows * columns)), Math.floor(number / columns) % rows, number % columns];
  }

  put(name, value) {
    this.model.set(name, value);
    this.model.save_changes();
  }

  turnWeight(unit, number) {
    this.put("weight", this.weight.map((row, u) => row.map((w, i) => (u === unit && i === this.selected ? number : w))));
  }

  turnBias(unit, number) {
    this.put("bias", this.bias.map((b, u) => (u === unit ? number : b)));
  }

  reset() {
    const { weight, bias } = this.model.get("start");
    this.model.set("weight", weight);
    this.put("bias", bias);
  }
}

// The image: a press or the space bar changes a pixel, arrow keys move.
class Sheet {
  constructor(count) {
    this.count = count;
    this.grid = new Grid(...shapeOf(count.model.get("image")), PIXEL);
    this.cursor = [4, 4].map((place, axis) => Math.min(place, [this.grid.rows, this.grid.columns][axis] - 1));
    const { node } = this.grid;
    node.classList.add("course-pad");
    node.setAttribute("tabindex", "0");
    node.setAttribute("role", "application");
    node.setAttribute("aria-label", "image: arrow keys move, Space changes the pixel");
    node.addEventListener("pointerdown", (event) => this.press(event));
    node.addEventListener("keydown", (event) => this.key(event));
  }

  press(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.grid.node.focus({ preventScroll: true });
    this.cursor = this.grid.at(event);
    this.change();
  }

  key(event) {
    const step = arrow(event.key);
    if (!isPlain(event) || !(step || event.key === " ")) return;
    event.preventDefault();
    if (!step) return this.change();
    const limits = [this.grid.rows, this.grid.columns];
    this.cursor = this.cursor.map((place, axis) => clamp(place + step[axis], 0, limits[axis] - 1));
    this.grid.outline(...this.cursor);
  }

  change() {
    const [row, column] = this.cursor;
    const image = this.count.model.get("image").map((line) => [...line]);
    image[row][column] = image[row][column] > 0 ? -1 : 1;
    this.count.put("image", image);
    this.grid.outline(...this.cursor);
  }

  draw() {
    this.grid.show(this.count.model.get("image"), pixelColour);
    this.grid.outline(...this.cursor);
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
      return figure(`${count.channels[channel]}, ${rows} x ${columns}`, grid, "course-maps");
    });
  }

  draw(maps) {
    const limit = Math.max(1, ...maps.flat(2));
    const [channel, row, column] = this.count.place(this.count.selected, maps);
    this.grids.forEach((grid, index) => {
      grid.show(maps[index], (value) => signedColour(value, limit));
      if (index === channel) grid.outline(row, column);
      if (grid.frame) grid.frame.style.visibility = index === channel ? "visible" : "hidden";
    });
  }
}

// One class: a bar for every vote inside the outline of its weight, the sum, the share.
class Chart {
  constructor(count, unit, size) {
    Object.assign(this, { count, unit });
    this.bars = range(size * count.channels.length).map((number) => this.bar(number));
    const groups = count.channels.map((_, channel) =>
      element("div", "course-channel", {}, ...this.bars.slice(channel * size, (channel + 1) * size).map((bar) => bar.node)));
    this.sum = element("span", "course-tally-sum");
    this.fill = element("div", "course-bar-fill");
    this.share = element("span", "course-tally-share");
    const bar = element("div", "course-tally-bar", { "aria-hidden": "true" }, this.fill);
    this.node = element("div", "course-chart", {},
      element("div", "course-tally", {}, this.sum, bar, this.share),
      element("div", "course-ballot", { "aria-hidden": "true" }, ...groups));
  }

  bar(number) {
    const [fill, edge] = ["fill", "edge"].map((name) => element("div", `course-vote-${name}`));
    const node = element("div", "course-vote", {}, fill, edge);
    node.addEventListener("pointerdown", () => this.count.put("selected", number));
    return { node, fill, edge };
  }

  stand(node, value, limit) {
    const height = (HALF * Math.min(Math.abs(value), limit)) / limit;
    node.style.height = `${height}px`;
    node.style.top = `${HALF + 2 - (value < 0 ? 0 : height)}px`;
    node.style.visibility = height ? "visible" : "hidden";
  }

  draw(values, sum, logit, share, limit) {
    const { count, unit } = this;
    this.bars.forEach(({ node, fill, edge }, number) => {
      const weight = count.weight[unit][number];
      const vote = values[number] * weight;
      this.stand(fill, vote, limit);
      this.stand(edge, weight, limit);
      fill.style.backgroundColor = `rgb(${(vote < 0 ? NEGATIVE : POSITIVE).join(",")})`;
      node.classList.toggle("course-vote-picked", number === count.selected);
    });
    const steps = `${numberText(sum, 2)} ${signed(count.bias[unit])} = ${numberText(logit, 2)}`;
    this.sum.textContent = `votes for ${count.classes[unit]}: ${steps}`;
    this.fill.style.width = `${100 * share}%`;
    this.share.textContent = `share ${numberText(share, 3)}`;
  }
}

// A slider with its name before it and its number behind.
function turn(name, low, high, step, onInput) {
  const input = element("input", "", { type: "range", min: low, max: high, step, "aria-label": name });
  const number = element("span", "course-turn-number");
  input.addEventListener("input", () => onInput(Number(input.value)));
  const node = element("label", "course-turn", {}, element("span", "course-turn-name", {}, name), input, number);
  const show = (value, decimals) => {
    input.value = value;
    number.textContent = numberText(value, decimals);
  };
  return { node, show };
}

class Turns {
  constructor(count, size) {
    this.count = count;
    this.number = turn("value", 0, size - 1, 1, (number) => count.put("selected", number));
    const turns = (name, limit, action) => count.classes.map((label, unit) =>
      turn(`${name} for ${label}`, -limit, limit, 0.01, (number) => action.call(count, unit, number)));
    this.weights = turns("weight", count.limit, count.turnWeight);
    this.biases = turns("bias", LARGEST_BIAS, count.turnBias);
    const nodes = count.classes.flatMap((_, unit) => [this.weights[unit].node, this.biases[unit].node]);
    this.node = element("div", "course-turns", {}, this.number.node, element("span"), ...nodes);
  }

  draw() {
    const { selected, weight, bias } = this.count;
    this.number.show(selected, 0);
    this.weights.forEach((slider, unit) => slider.show(weight[unit][selected], 2));
    this.biases.forEach((slider, unit) => slider.show(bias[unit], 2));
  }
}

function toolbar(count) {
  const letters = new Map(count.model.get("letters"));
  const options = [...letters.keys()].map((name) => element("option", "", { value: name }, name));
  const select = element("select", "course-select", { "aria-label": "image" }, ...options);
  select.addEventListener("change", () => count.put("image", letters.get(select.value)));
  const shift = (text, name, down, right) =>
    button(text, `shift ${name}`, () => count.put("image", moved(count.model.get("image"), down, right)));
  const again = button("draw again", "draw again: the chosen image, as it was", () => count.put("image", letters.get(select.value)));
  const reset = button("reset weights", "reset weights: weights and biases, as they were", () => count.reset());
  return element("div", "course-buttons", { role: "toolbar", "aria-label": "change image and weights" },
    element("label", "course-group", {}, "image ", select),
    element("span", "course-group", {}, "shift ", shift("←", "left", 0, -1), shift("↑", "up", -1, 0),
      shift("↓", "down", 1, 0), shift("→", "right", 0, 1)), again, reset);
}

function verdictOf(classes, logits) {
  const most = Math.max(...logits);
  const winners = classes.filter((_, unit) => logits[unit] === most);
  return winners.length > 1 ? `a tie: ${winners.join(" and ")}, so ${winners[0]}` : `most votes: ${winners[0]}`;
}

function render({ model, el }) {
  const count = new Count(model);
  const first = count.maps;
  const size = first[0].length * first[0][0].length;
  const sheet = new Sheet(count);
  const maps = new Maps(count);
  const charts = count.classes.map((_, unit) => new Chart(count, unit, size));
  const turns = new Turns(count, size * count.channels.length);
  const verdict = element("div", "course-verdict", { role: "status", "aria-live": "polite" });
  const text = element("div", "course-vote-text");
  const names = element("div", "course-channel-names course-chart", {}, ...count.channels.map((name) => element("span", "", {}, name)));
  const above = element("div", "course-line", {}, figure(`image, ${shapeText(model.get("image"))}`, sheet.grid), ...maps.nodes);
  const help = element("div", "course-small", {}, "Press a pixel to change it; press a value or a bar to select it.");
  const root = element("div", "course-widget course-vote-count", { role: "group", "aria-label": "votes" },
    toolbar(count), help, above, verdict, ...charts.map((chart) => chart.node), names, text, turns.node);

  function draw() {
    const stack = count.maps;
    const values = stack.flat(2);
    const sums = count.weight.map((row) => sumOf(row.map((weight, i) => weight * values[i])));
    const logits = sums.map((sum, unit) => tidy(sum + count.bias[unit]));
    const shares = softmaxOf(logits);
    sheet.draw();
    maps.draw(stack);
    turns.draw();
    charts.forEach((chart, unit) => chart.draw(values, sums[unit], logits[unit], shares[unit], count.limit));
    verdict.textContent = verdictOf(count.classes, logits);
    const [channel, row, column] = count.place(count.selected, stack);
    const value = values[count.selected];
    const products = count.classes.map((label, unit) => {
      const weight = count.weight[unit][count.selected];
      return `${numberText(value, 2)} × ${numberText(weight, 2)} = ${numberText(value * weight, 2)} for ${label}`;
    });
    text.textContent = `Value ${count.selected} (${count.channels[channel]}, row ${row}, column ${column}): ${products.join(", ")}`;
  }

  keepKeys(root);
  el.append(root);
  draw();
  for (const name of ["image", "weight", "bias", "selected"]) model.on(`change:${name}`, draw);
}

export default { render };
