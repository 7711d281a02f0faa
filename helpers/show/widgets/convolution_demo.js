// A convolution with all its numbers: the window walks, forward to the maps, or backward to the gradients.

import { Question } from "../parts/asking.js";
import { Choice } from "../parts/choice.js";
import { button, column, element, line, toolbar } from "../parts/dom.js";
import { Lines } from "../parts/lines.js";
import { changed, clamp, largest, range, shapeOf, shapeText, shortText } from "../parts/numbers.js";
import { Player } from "../parts/player.js";
import { remarks } from "../parts/remark.js";
import { Room } from "../parts/room.js";
import { Sheet } from "../parts/sheet.js";
import { Slider } from "../parts/slider.js";
import { backwardWords, forwardWords, sizeWords, Walk } from "../parts/walk.js";
import { follow, present, put } from "../parts/widget.js";

const TEMPOS = { slow: 1800, normal: 900, fast: 300 }; // milliseconds between two positions while it plays
const PADDINGS = [0, 1, 2];
const LIMIT = 1000; // of a number that is typed
const [WIDTH, GAP] = [616, 16]; // pixels that the channels share, and between two of them
const [ROOM, LARGEST] = [200, 28]; // pixels of a channel's side, and of a cell, where there are several channels
const [ROOM_ALONE, LARGEST_ALONE] = [170, 46]; // and where there is one
const SMALLEST = 19; // in which three letters can be read
const HELP = "Double-click a number, or press Enter on it, to change it. On a map, arrow keys move the window.";
const REFUSAL = `is not a number from −${LIMIT} to ${LIMIT}. Escape leaves the old one.`;

// The side of a cell by the padding: the padded channel fills its room, as far as it can.
function cellSizes(walk) {
  const image = walk.get("image");
  const isAlone = image.length === 1;
  const cells = Math.max(...shapeOf(image[0]));
  const shared = (WIDTH - (image.length - 1) * GAP) / image.length;
  const room = isAlone ? ROOM_ALONE : Math.min(ROOM, shared);
  const largestCell = isAlone ? LARGEST_ALONE : LARGEST;
  return PADDINGS.map((padding) => clamp(Math.floor(room / (cells + 2 * padding)), SMALLEST, largestCell));
}

// All arrays; `build` makes sheets for other knobs, `draw` brings the numbers in line.
class Stage {
  // `change(name, path, number)` and `refuse(text)` get what is typed.
  constructor(walk, change, refuse) {
    Object.assign(this, { walk, change, refuse, cells: cellSizes(walk) });
    const [channels, filters, kernel] = [walk.get("image"), walk.get("weight"), walk.kernelSize];
    const make = (each, lengths) =>
      each.map(() => new Room(this.cells.map((cell, padding) => lengths(padding).map((length) => length * cell))));
    const padded = (padding) => shapeOf(channels[0]).map((side) => side + 2 * padding);
    this.images = make(channels, padded);
    this.gradients = make(channels, padded);
    this.kernels = make(channels, () => kernel);
    this.products = make(channels, () => kernel);
    this.maps = make(filters, (padding) => padded(padding).map((side, axis) => side - kernel[axis] + 1));
    this.biases = make([0, 1], () => [1, 1]);
    this.sums = channels.map(() => element("div", "course-channel-sum"));
  }

  // The name of a channel or a kernel, with its number if there are several.
  name(alone, many, number) {
    return this.images.length > 1 ? `${many} ${number}` : alone;
  }

  build() {
    this.images.forEach((_, channel) => {
      this.buildChannel(channel);
    });
    this.maps.forEach((_, number) => {
      this.buildMap(number);
    });
    const set = (_row, _column, number) => this.change("bias", [this.walk.get("filter_number")], number);
    this.biases[0].hold(this.sheet("bias", [1, 1], { set }));
    this.biases[1].hold(this.sheet("gradient of the bias", [1, 1]));
  }

  sheet(name, size, more) {
    return new Sheet(name, size, this.cells[this.walk.knobs[1]], { limit: LIMIT, refuse: this.refuse, ...more });
  }

  buildChannel(channel) {
    const { walk } = this;
    const [border, size] = [walk.knobs[1], shapeOf(walk.get("image")[0])];
    const [image, kernel] = ["image", "kernel"].map((name) =>
      this.name(name, name.replace("image", "channel"), channel),
    );
    const setPixel = (row, at, number) => this.change("image", [channel, row, at], number);
    const setWeight = (row, at, number) => this.change("weight", [walk.get("filter_number"), channel, row, at], number);
    const third = walk.isBackward ? `gradient of ${kernel}` : `products of ${image}`;
    this.images[channel].hold(this.sheet(image, size, { set: setPixel, border }));
    this.gradients[channel].hold(this.sheet(`gradient of ${image}`, size, { border }));
    this.kernels[channel].hold(this.sheet(kernel, walk.kernelSize, { set: setWeight }));
    this.products[channel].hold(this.sheet(third, walk.kernelSize));
  }

  buildMap(number) {
    const { walk } = this;
    const set = (row, at, value) => this.change("grad_output", [number, row, at], value);
    const more = { go: (row, at) => this.choose(number, row, at), move: (step) => walk.move(step) };
    const name = walk.isBackward ? `upstream gradient of map ${number}` : `map ${number}`;
    this.maps[number].hold(this.sheet(name, walk.mapSize, walk.isBackward ? { ...more, set } : more));
  }

  choose(number, row, at) {
    put(this.walk.model, { filter_number: number });
    this.walk.go(row, at);
  }

  draw() {
    const { walk } = this;
    const images = walk.get("image");
    const padded = shapeOf(images[0]).map((side) => side + 2 * walk.knobs[1]);
    const [ofImage, ofKernel] = [largest(images), largest(walk.filter)];
    this.images.forEach((room, channel) => {
      room.show(`${this.name("image", "channel", channel)} (${padded.join(" x ")})`, images[channel], ofImage);
      room.outline(walk.corner, walk.kernelSize);
      this.kernels[channel].show(this.name("kernel", "kernel", channel), walk.filter[channel], ofKernel);
    });
    const bias = [[walk.get("bias")[walk.get("filter_number")]]];
    this.biases[0].show("bias", bias, largest(bias));
    if (walk.isBackward) this.drawBackward();
    else this.drawForward();
  }

  drawForward() {
    const { walk } = this;
    const products = this.products.map((_, channel) => walk.products(channel));
    const strongest = largest(products);
    this.products.forEach((room, channel) => {
      room.show("products", products[channel], strongest);
      this.sums[channel].textContent = walk.place ? `sum ${shortText(walk.sum(channel))}` : "";
    });
    this.drawMaps("map", walk.visited);
  }

  drawBackward() {
    const { walk } = this;
    const [, { image, weight, bias }] = walk.frames;
    const number = walk.get("filter_number");
    const [ofImage, ofKernel, ofBias] = [image, weight[number], [[bias]]].map(largest);
    this.gradients.forEach((room, channel) => {
      room.show(`gradient of ${this.name("the image", "channel", channel)}`, image[channel], ofImage, null);
      room.outline(walk.corner, walk.kernelSize);
      this.products[channel].show("gradient", weight[number][channel], ofKernel);
      this.sums[channel].textContent = "";
    });
    this.biases[1].show("gradient", [[bias[number]]], ofBias);
    this.drawMaps(this.maps.length > 1 ? "G of map" : "upstream G", walk.get("grad_output"));
  }

  drawMaps(title, maps) {
    const { walk } = this;
    const strongest = largest(walk.isBackward ? maps : walk.get("result").output);
    this.maps.forEach((room, number) => {
      const isChosen = number === walk.get("filter_number");
      room.sheet.cursor = walk.place ?? [0, 0];
      const name = this.maps.length > 1 ? `${title} ${number}` : title;
      room.show(`${name} (${shapeText(maps[number])})`, maps[number], strongest);
      room.outline(isChosen || walk.isBackward ? walk.place : null);
      room.node.classList.toggle("course-chosen", isChosen && this.maps.length > 1);
    });
  }

  // The channels, each with its kernel and its products, and what comes out.
  get nodes() {
    const channels = this.images.map((room, channel) => {
      const pair = element("div", "course-kernels", {}, this.kernels[channel].node, this.products[channel].node);
      return element("div", "course-a-channel", {}, room.node, column(pair, this.sums[channel]));
    });
    const classes = `course-line course-channels${channels.length > 1 ? "" : " course-alone"}`;
    const biases = element("div", "course-biases", {}, ...this.biases.map((room) => room.node));
    const maps = line(...this.maps.map((room) => room.node));
    return [element("div", classes, {}, ...channels), element("div", "course-maps", {}, biases, maps)];
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
    chooser(model, "padding", "padding", PADDINGS, send),
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

function render({ model, el }) {
  const walk = new Walk(model);
  const { node, tell } = remarks(() => HELP);
  const question = new Question(model, "image", tell);
  const change = (name, path, number) => question.send({ [name]: changed(walk.get(name), path, number) });
  const refuse = (text) => tell(text === null ? question.answer.sentence : `"${text}" ${REFUSAL}`);
  const stage = new Stage(walk, change, refuse);
  const [player, words, size] = [playerFor(walk), new Words(walk), element("div", "course-small course-size")];
  const [channels, maps] = stage.nodes;
  const below = element("div", "course-line course-channels", {}, ...stage.gradients.map((room) => room.node));
  present(
    el,
    "convolution-demo",
    "convolution with all its numbers",
    toolbar("move the window", ...walkTools(walk, player)),
    toolbar("choose", ...knobTools(model, (values) => question.send(values))),
    size,
    node,
    line(channels, element("div", "course-line course-outputs", {}, maps, words.node)),
    below,
  );
  let built = "";
  const draw = () => {
    const now = [...walk.knobs, walk.isBackward].join();
    if (now !== built) stage.build();
    built = now;
    stage.draw();
    words.draw();
    for (const node of [below, stage.biases[1].node]) node.hidden = !walk.isBackward;
    size.textContent = sizeWords(walk);
  };
  follow(model, ["result"], () => tell(question.answer.sentence));
  follow(model, ["result", "step", "image", "weight", "bias", "grad_output", "filter_number"], draw);
  return () => player.pause();
}

export default { render };
