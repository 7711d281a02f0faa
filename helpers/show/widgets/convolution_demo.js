// A convolution with all its numbers: the window walks, forward to the maps, or backward to the gradients.

import { Question } from "../parts/asking.js";
import { Choice } from "../parts/choice.js";
import { signedColour } from "../parts/colours.js";
import { button, column, element, line, status, toolbar } from "../parts/dom.js";
import { Lines } from "../parts/lines.js";
import { clamp, largest, numberText, range, shapeOf, shapeText } from "../parts/numbers.js";
import { Player } from "../parts/player.js";
import { Sheet } from "../parts/sheet.js";
import { Slider } from "../parts/slider.js";
import { backwardWords, forwardWords, sizeWords, Walk } from "../parts/walk.js";
import { follow, present, put } from "../parts/widget.js";

const TEMPOS = { slow: 1800, normal: 900, fast: 300 }; // milliseconds between two positions while it plays
const MOST_PADDING = 2;
const LIMIT = 1000; // of a number that is typed
const WIDTH = 640; // pixels that the channels share
const GAP = 16;
const [SMALLEST, LARGEST] = [19, 34]; // cells
const HELP = "Double-click a number, or press Enter on it, to change it. On a map, arrow keys move the window.";
const REFUSAL = `is not a number from −${LIMIT} to ${LIMIT}. Escape leaves the old one.`;

const coloursFor = (arrays) => {
  const limit = largest(arrays.flat());
  return (value) => signedColour(value, limit);
};

// The arrays with one number replaced.
const changed = (values, [index, ...rest], number) =>
  values.map((value, i) => (i !== index ? value : rest.length ? changed(value, rest, number) : number));

// So large that the channels share the width or, if there is only one, everything does.
function cellSize(walk) {
  const image = walk.get("image");
  const [width, kernel] = [image[0][0].length + 2 * MOST_PADDING, walk.kernelSize[1]];
  const maps = walk.get("weight").length;
  const alone = width + 2 * kernel + maps * (width - kernel + 1);
  const [cells, gaps] = image.length > 1 ? [image.length * width, image.length - 1] : [alone, maps + 3];
  return clamp(Math.floor((WIDTH - gaps * GAP) / cells), SMALLEST, LARGEST);
}

// Room for a sheet, which never changes, and a title above.
class Room {
  constructor(rows, columns, cell) {
    this.title = element("div", "course-title");
    this.box = element("div", "course-room");
    this.box.style.height = `${rows * cell + 1}px`;
    this.box.style.width = `${columns * cell + 1}px`;
    this.node = element("div", "course-figure", {}, this.title, this.box);
  }

  // Put a sheet `inset` cells from the upper left corner.
  hold(sheet, inset = 0) {
    this.sheet = sheet;
    sheet.grid.node.style.left = sheet.grid.node.style.top = `${inset * sheet.grid.size}px`;
    this.box.replaceChildren(sheet.grid.node);
  }

  show(title, values, colourOf, edge) {
    this.title.textContent = title;
    this.sheet.show(values, colourOf, edge);
  }

  outline(corner, [height, width] = [1, 1]) {
    if (corner) this.sheet.grid.outline(...corner, height, width);
    else this.sheet.grid.removeOutline();
  }
}

// All arrays; `build` makes room for the maps of other knobs, `draw` brings the numbers in line.
class Stage {
  // `change(name, path, number)` and `refuse(text)` get what is typed.
  constructor(walk, change, refuse) {
    Object.assign(this, { walk, change, refuse, cell: cellSize(walk) });
    const [height, width] = shapeOf(walk.get("image")[0]).map((side) => side + 2 * MOST_PADDING);
    const [rows, columns] = walk.kernelSize;
    const make = (each, ...size) => each.map(() => new Room(...size, this.cell));
    const [channels, filters] = [walk.get("image"), walk.get("weight")];
    this.images = make(channels, height, width);
    this.gradients = make(channels, height, width);
    this.kernels = make(channels, rows, columns);
    this.products = make(channels, rows, columns);
    this.maps = make(filters, height - rows + 1, width - columns + 1);
    this.biases = make([0, 1], 1, 1);
    this.sums = channels.map(() => element("div", "course-channel-sum"));
    this.fill();
  }

  // The name of a channel or a kernel, by its number if there are several.
  name(alone, many, number) {
    return this.images.length > 1 ? `${many} ${number}` : alone;
  }

  editable(change, more = {}) {
    return { limit: LIMIT, set: change, refuse: this.refuse, ...more };
  }

  // The sheets that are as large with all knobs.
  fill() {
    const chosen = () => this.walk.get("filter_number");
    const size = this.walk.kernelSize;
    this.kernels.forEach((room, channel) => {
      const set = (row, at, number) => this.change("weight", [chosen(), channel, row, at], number);
      const name = this.name("kernel", "kernel", channel);
      room.hold(new Sheet(name, size, this.cell, this.editable(set)));
      this.products[channel].hold(new Sheet(`products or gradient of ${name}`, size, this.cell));
    });
    const set = (_row, _column, number) => this.change("bias", [chosen()], number);
    this.biases[0].hold(new Sheet("bias", [1, 1], this.cell, this.editable(set)));
    this.biases[1].hold(new Sheet("gradient of the bias", [1, 1], this.cell));
  }

  // The sheets whose size or use changes.
  build() {
    const { walk, cell } = this;
    const [border, size] = [walk.knobs[1], shapeOf(walk.get("image")[0])];
    this.images.forEach((room, channel) => {
      const set = (row, at, number) => this.change("image", [channel, row, at], number);
      const name = this.name("image", "channel", channel);
      room.hold(new Sheet(name, size, cell, this.editable(set, { border })), MOST_PADDING - border);
      this.gradients[channel].hold(new Sheet(`gradient of ${name}`, size, cell, { border }), MOST_PADDING - border);
    });
    this.maps.forEach((room, number) => {
      const set = (row, at, value) => this.change("grad_output", [number, row, at], value);
      const go = (row, at) => this.choose(number, row, at);
      const more = { go, move: (step) => walk.move(step) };
      const name = walk.isBackward ? `upstream gradient of map ${number}` : `map ${number}`;
      room.hold(new Sheet(name, walk.mapSize, cell, walk.isBackward ? this.editable(set, more) : more));
    });
  }

  choose(number, row, at) {
    put(this.walk.model, { filter_number: number });
    this.walk.go(row, at);
  }

  draw() {
    const { walk } = this;
    const images = walk.get("image");
    const padded = shapeOf(images[0]).map((side) => side + 2 * walk.knobs[1]);
    const [ofImage, ofKernel] = [coloursFor(images), coloursFor(walk.filter)];
    this.images.forEach((room, channel) => {
      room.show(`${this.name("image", "channel", channel)} (${padded.join(" x ")})`, images[channel], ofImage);
      room.outline(walk.corner, walk.kernelSize);
      this.kernels[channel].show(this.name("kernel", "kernel", channel), walk.filter[channel], ofKernel);
    });
    const bias = [[walk.get("bias")[walk.get("filter_number")]]];
    this.biases[0].show("bias", bias, coloursFor([bias]));
    if (walk.isBackward) this.drawBackward();
    else this.drawForward();
  }

  drawForward() {
    const { walk } = this;
    const products = this.products.map((_, channel) => walk.products(channel));
    const colourOf = coloursFor(products);
    this.products.forEach((room, channel) => {
      room.show("products", products[channel], colourOf);
      this.sums[channel].textContent = walk.place ? `sum ${numberText(walk.sum(channel))}` : "";
    });
    this.drawMaps("map", walk.visited);
  }

  drawBackward() {
    const { walk } = this;
    const [, { image, weight, bias }] = walk.frames;
    const number = walk.get("filter_number");
    const [ofImage, ofKernel, ofBias] = [image, weight[number], [[bias]]].map(coloursFor);
    this.gradients.forEach((room, channel) => {
      room.show(`gradient of ${this.name("the image", "channel", channel)}`, image[channel], ofImage, null);
      room.outline(walk.corner, walk.kernelSize);
      this.products[channel].show("gradient", weight[number][channel], ofKernel);
      this.sums[channel].textContent = "";
    });
    this.biases[1].show("gradient", [[bias[number]]], ofBias);
    this.drawMaps("G, map", walk.get("grad_output"));
  }

  drawMaps(title, maps) {
    const { walk } = this;
    const colourOf = coloursFor(maps);
    this.maps.forEach((room, number) => {
      const isChosen = number === walk.get("filter_number");
      room.sheet.cursor = walk.place ?? [0, 0];
      room.show(`${title} ${number} (${shapeText(maps[number])})`, maps[number], colourOf);
      room.outline(isChosen || walk.isBackward ? walk.place : null);
      room.node.classList.toggle("course-chosen", isChosen && this.maps.length > 1);
    });
  }

  // The nodes of all rooms, laid out.
  get nodes() {
    const channels = this.images.map((room, channel) => {
      const pair = element("div", "course-kernels", {}, this.kernels[channel].node, this.products[channel].node);
      return element("div", "course-a-channel", {}, room.node, column(pair, this.sums[channel]));
    });
    const classes = `course-line course-channels${channels.length > 1 ? "" : " course-alone"}`;
    const biases = element("div", "course-biases", {}, ...this.biases.map((room) => room.node));
    return [element("div", classes, {}, ...channels), biases, ...this.maps.map((room) => room.node)];
  }
}

// Visits one position after another until the last one; from there it begins again.
function playerFor(walk) {
  const isAtEnd = () => walk.step === walk.last;
  const advance = () => {
    walk.visit(walk.step + 1);
    return isAtEnd();
  };
  const player = new Player(TEMPOS[walk.get("speed")], advance, () => isAtEnd() && walk.visit(0));
  walk.model.on("change:speed", () => player.setTempo(TEMPOS[walk.get("speed")]));
  return player;
}

function walkTools(walk, player) {
  const slider = new Slider("windows", [0, walk.last, 1], (step) => {
    player.pause();
    walk.visit(step);
  });
  follow(walk.model, ["step", "result"], () => {
    slider.setRange([0, walk.last, 1]);
    slider.show(walk.step, `${walk.step} of ${walk.last}`);
  });
  const back = player.tool("back", "back: to the position before", () => walk.visit(walk.step - 1));
  const step = player.tool("step", "step: visit the next position", () =>
    walk.visit((walk.step + 1) % (walk.last + 1)),
  );
  return [player.button, back, step, slider.node];
}

// A list of choices that follows an attribute, and hands on what is chosen.
function chooser(model, name, label, options, send) {
  const texts = options.map(String);
  const choice = new Choice(label, texts, (text) => send({ [name]: options[texts.indexOf(text)] }));
  follow(model, [name], () => choice.show(String(model.get(name))));
  return choice.node;
}

function knobTools(model, send) {
  const here = (values) => put(model, values);
  const backward = button("backward", "backward: the window hands gradients back", () => {
    send({ backward: !model.get("backward") });
  });
  follow(model, ["backward"], () => backward.setAttribute("aria-pressed", model.get("backward")));
  return [
    chooser(model, "filter_number", "filter", range(model.get("weight").length), here),
    chooser(model, "stride", "stride", [1, 2], send),
    chooser(model, "padding", "padding", range(MOST_PADDING + 1), send),
    chooser(model, "speed", "speed", Object.keys(TEMPOS), here),
    backward,
  ];
}

// What is said about the position in hand, forward or backward.
class Words {
  constructor(walk) {
    const lines = (...labels) =>
      new Lines(
        "course-lines",
        labels.map((label) => [label, "said"]),
      );
    this.walk = walk;
    this.forward = lines("window", "value");
    this.backward = lines("window", "image +=", "filter +=", "bias +=");
    this.node = element("div", "course-words", {}, this.forward.node, this.backward.node);
  }

  draw() {
    const { isBackward } = this.walk;
    this.forward.node.hidden = isBackward;
    this.backward.node.hidden = !isBackward;
    if (isBackward) this.backward.write(...backwardWords(this.walk));
    else this.forward.write(...forwardWords(this.walk));
  }
}

// The line under the knobs: what went wrong or, as long as nothing did, what one can do.
function remarks() {
  const node = status("course-remark");
  const tell = (sentence) => {
    node.textContent = sentence || HELP;
    node.classList.toggle("course-trouble", Boolean(sentence));
  };
  return { node, tell };
}

function render({ model, el }) {
  const walk = new Walk(model);
  const { node, tell } = remarks();
  const question = new Question(model, "image", tell);
  const change = (name, path, number) => question.send({ [name]: changed(walk.get(name), path, number) });
  const stage = new Stage(walk, change, (text) => tell(`${text} ${REFUSAL}`));
  const [player, words, size] = [playerFor(walk), new Words(walk), element("div", "course-small")];
  const below = element("div", "course-line course-channels", {}, ...stage.gradients.map((room) => room.node));
  present(
    el,
    "convolution-demo",
    "convolution with all its numbers",
    toolbar("move the window", ...walkTools(walk, player)),
    toolbar("choose", ...knobTools(model, (values) => question.send(values))),
    size,
    node,
    line(...stage.nodes, words.node),
    below,
  );
  let built = "";
  const draw = () => {
    const now = [...walk.knobs, walk.isBackward].join();
    if (now !== built) stage.build();
    built = now;
    stage.draw();
    words.draw();
    below.hidden = !walk.isBackward;
    size.textContent = sizeWords(walk);
  };
  follow(model, ["result"], () => tell(question.answer.sentence));
  follow(model, ["result", "step", "image", "weight", "bias", "grad_output", "filter_number"], draw);
  return () => player.pause();
}

export default { render };
