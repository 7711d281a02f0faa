// A training as a film: a slider runs through its moments; filters, maps, votes, curves and mistakes follow.

import { Question } from "../parts/asking.js";
import { Chart, stepFor } from "../parts/chart.js";
import { pixelColour, signedColour } from "../parts/colours.js";
import { button, column, element, figure, line, setAttributes, status, toolbar } from "../parts/dom.js";
import { Elected } from "../parts/elected.js";
import { Filters } from "../parts/filters.js";
import { onKeys } from "../parts/keys.js";
import { Maps } from "../parts/maps.js";
import { clamp, numberText, range } from "../parts/numbers.js";
import { Player } from "../parts/player.js";
import { remarks } from "../parts/remark.js";
import { Slider } from "../parts/slider.js";
import { fittedTile } from "../parts/tile.js";
import { follow, present, put } from "../parts/widget.js";

const TEMPO = 700; // milliseconds between two moments while it plays
const CHART = { width: 300, height: 150, right: 100 };
const IMAGE_SIDE = 126;
const THUMB_SIDE = 36;
const FILTER_SIDE = 36;
const MAPS = { room: 340, most: 11 };
const NOT_FINITE = "The votes are no longer finite numbers: the weights have grown too large.";
const HELP = "Left and right arrow keys step through the training, up and down through the images.";

const SHADES = 127; // the full colour of a map
const COLOURS = range(2 * SHADES + 1).map((i) => signedColour(i - SHADES, SHADES));
const shade = (value) => COLOURS[value + SHADES];
const counted = (count) => count.toLocaleString("en-US");
const percent = (share) => `${numberText(100 * share, 1)} %`;
const rightShare = (model, scene) => 1 - scene.misread / model.get("count");

// A grey pixel, or one of red, green and blue.
const photoColour = (pixel) =>
  Array.isArray(pixel) ? pixel.map((channel) => pixelColour(channel)[0]) : pixelColour(pixel);

const photo = (pixels, side, label) => fittedTile(pixels, side, label, photoColour).node;

// The maps of a layer at one moment, out of the bytes of all moments: each in one row of numbers.
function mapsAt(frame, bytes, [count, rows, columns]) {
  const numbers = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = rows * columns;
  const first = frame * count;
  return range(count).map((map) => [Array.from(numbers.subarray((first + map) * size, (first + map + 1) * size))]);
}

// The moments at which an epoch ends, as many as there is room for, with the epoch's number.
function epochMarks(scenes) {
  const last = Math.max(1, ...scenes.map(({ epoch }) => epoch ?? 0));
  const size = Math.max(1, stepFor(last, 2));
  const isMarked = ({ epoch }) => epoch !== null && (epoch === 1 || epoch % size === 0);
  const found = scenes.map((scene, frame) => isMarked(scene) && [frame, String(scene.epoch)]).filter(Boolean);
  return found.filter(([frame], i) => i === 0 || frame - found[i - 1][0] > scenes.length / 12);
}

// Loss and share read correctly, drawn once; the mark moves.
class Curves {
  constructor(model) {
    const scenes = model.get("scenes");
    const [seen, held] = [0, 1].map((i) => scenes.map(({ losses }, frame) => [frame, losses[i]]));
    const known = [...seen, ...held].map(([, loss]) => loss).filter((loss) => loss !== null);
    const axis = { end: Math.max(1, scenes.length - 1), marked: epochMarks(scenes) };
    this.loss = new Chart("loss at each moment", ["training", "held out"], CHART);
    this.right = new Chart("share read correctly at each moment", ["training", "held out"], {
      ...CHART,
      write: (value) => numberText(value, 1),
    });
    this.loss.show([seen, held], { ...axis, highest: 1.08 * Math.max(...known, 0) || 1 });
    const shares = scenes.map((scene, frame) => [frame, 100 * rightShare(model, scene)]);
    this.right.show([[], shares], { ...axis, highest: 100 });
    this.nodes = [figure("loss, by epoch", this.loss), figure("read correctly (%), by epoch", this.right)];
  }

  show(frame) {
    this.loss.mark(frame);
    this.right.mark(frame);
  }
}

// The chosen image with the maps and votes that it leads to.
class Chosen {
  constructor(model) {
    this.model = model;
    this.title = status("course-title");
    this.place = element("div", "course-photo");
    this.elected = new Elected(model.get("names"));
    this.layers = model.get("layers").map((layer) => new Maps(layer, MAPS));
    this.left = element("div", "course-figure", {}, this.title, this.place, this.elected.node);
    this.maps = this.layers.map(({ node }) => node);
  }

  // A new image.
  begin({ index, pixels, label }) {
    const name = `image ${counted(index)}: ${this.model.get("names")[label]}`;
    this.title.textContent = name;
    this.place.replaceChildren(photo(pixels, IMAGE_SIDE, name));
  }

  show({ maps, votes, shares }, frame) {
    maps.forEach((bytes, i) => {
      this.layers[i].show(mapsAt(frame, bytes, this.model.get("layers")[i].shape), shade);
    });
    const best = shares[frame].indexOf(Math.max(...shares[frame]));
    this.elected.show({ votes: votes[frame], shares: shares[frame], best: this.model.get("names")[best] });
  }
}

// The images that are misread most often, each in its place; those that are read correctly now are faint.
class Mistakes {
  constructor(model, choose) {
    this.model = model;
    this.thumbs = model.get("mistakes").map((mistake) => this.thumb(mistake, choose));
    this.title = element("div", "course-title");
    const shelf = element("div", "course-thumbs", {}, ...this.thumbs.map(({ node }) => node));
    this.node = element(
      "div",
      "course-figure",
      { role: "group", "aria-label": "images misread most often" },
      this.title,
      shelf,
    );
  }

  thumb({ index, pixels, label }, choose) {
    const node = button("", "", () => choose(index));
    const said = element("span", "course-said");
    node.classList.add("course-thumb");
    const picture = photo(pixels, THUMB_SIDE, "");
    picture.setAttribute("aria-hidden", "true");
    node.replaceChildren(picture, said);
    return { index, label, node, said };
  }

  show(frame, image) {
    const scene = this.model.get("scenes")[frame];
    const names = this.model.get("names");
    this.thumbs.forEach(({ index, label, node, said }, i) => {
      const isWrong = scene.said[i] !== label;
      const name = `image ${counted(index)}: ${names[label]} read as ${names[scene.said[i]]}`;
      setAttributes(node, { "aria-label": name, title: name, "aria-pressed": index === image });
      node.classList.toggle("course-learned", !isWrong);
      said.textContent = isWrong ? `✗ ${names[scene.said[i]]}` : names[scene.said[i]];
    });
    const here = this.thumbs.filter(({ label }, i) => scene.said[i] !== label).length;
    this.title.textContent = `the ${this.thumbs.length} hardest images: ${here} misread at this moment (✗: as what)`;
  }
}

// Where the film is, and how well the network does there.
function words(model) {
  const scene = model.get("scenes")[model.get("frame")];
  const [seen, held] = scene.losses.map((loss) => (loss === null ? null : `${numberText(loss, 3)} on`));
  const losses = [seen && `${seen} training images`, held && `${held} held-out ones`].filter(Boolean).join(", ");
  const wrong = `${counted(scene.misread)} of ${counted(model.get("count"))} held-out images misread`;
  return `${scene.name}: ${wrong} (${percent(rightShare(model, scene))} read correctly). Loss ${losses || "unknown"}.`;
}

// Play, step and slider.
function controls(model, go, player) {
  const last = model.get("scenes").length - 1;
  const slider = new Slider("moment", [0, last, 1], (frame) => {
    player.pause();
    put(model, { frame });
  });
  const tools = [
    player.tool("◂ step", "step back: the moment before", () => go(-1)),
    player.tool("step ▸", "step: the next moment", () => go(1)),
  ];
  follow(model, ["frame"], () => slider.show(model.get("frame"), model.get("scenes")[model.get("frame")].name));
  return toolbar("run through the training", player.button, ...tools, slider.node);
}

function playerFor(model) {
  const last = model.get("scenes").length - 1;
  const advance = () => {
    put(model, { frame: Math.min(last, model.get("frame") + 1) });
    return model.get("frame") === last;
  };
  return new Player(TEMPO, advance, () => model.get("frame") === last && put(model, { frame: 0 }), "moment");
}

function render({ model, el }) {
  const { node: remark, tell } = remarks(() => words(model));
  const help = element("div", "course-small", {}, HELP);
  const question = new Question(model, "image", tell);
  const player = playerFor(model);
  const go = (step) => put(model, { frame: clamp(model.get("frame") + step, 0, model.get("scenes").length - 1) });
  const choose = (image) => question.ask(clamp(image, 0, model.get("count") - 1));
  const [curves, chosen, mistakes] = [new Curves(model), new Chosen(model), new Mistakes(model, choose)];
  const { filters } = model.get("scenes")[0];
  const shelf = filters.length ? new Filters(filters, FILTER_SIDE) : null;

  const images = toolbar(
    "choose an image",
    button("◂ image", "image before", () => choose(model.get("image") - 1)),
    button("image ▸", "next image", () => choose(model.get("image") + 1)),
  );
  const stage = element(
    "div",
    "course-stage",
    { tabindex: "0", role: "group", "aria-label": `training film. ${HELP}` },
    element("div", "course-pictures", {}, chosen.left, column(...(shelf ? [shelf.node] : []), ...chosen.maps)),
    line(...curves.nodes),
  );
  onKeys(stage, ([down, right]) => {
    player.pause();
    if (right) go(right);
    else choose(model.get("image") + down);
  });
  present(
    el,
    "training-film",
    "training film",
    controls(model, go, player),
    remark,
    help,
    stage,
    images,
    mistakes.node,
  );

  const draw = () => {
    const frame = model.get("frame");
    const { answer } = question;
    if (!answer.sentence) chosen.show(answer, frame);
    shelf?.show(model.get("scenes")[frame].filters, model.get("limit"));
    curves.show(frame);
    mistakes.show(frame, answer.index);
    tell(answer.sentence || (model.get("scenes")[frame].finite ? "" : NOT_FINITE));
  };
  follow(model, ["result"], () => {
    chosen.begin(question.answer);
    draw();
  });
  model.on("change:frame", draw);
  return () => {
    player.pause();
    question.stopWaiting();
  };
}

export default { render };
