// A convolution on its way back: the window walks once more, and both gradients fill.

import { signedColour } from "../parts/colours.js";
import { element, toolbar } from "../parts/dom.js";
import { figure, Grid } from "../parts/grid.js";
import { Lines } from "../parts/lines.js";
import { largest, numberText, shapeOf, shapeText, termText } from "../parts/numbers.js";
import { Player } from "../parts/player.js";
import { Slider } from "../parts/slider.js";
import { follow, present, put } from "../parts/widget.js";

const CELL = 46;
const TEMPO = 900; // milliseconds between two positions while it plays

// The position that was visited last, or null before the first.
function placeOf(model) {
  const step = model.get("step");
  const columns = model.get("grad_output")[0].length;
  return step === 0 ? null : [Math.floor((step - 1) / columns), (step - 1) % columns];
}

function newGrid(values) {
  return new Grid(...shapeOf(values), CELL, { printed: true, letters: 4 });
}

function show(grid, values) {
  const limit = largest(values);
  grid.show(values, (value) => signedColour(value, limit));
}

// The five arrays; `draw` brings them in line with the step.
class Stage {
  constructor(model) {
    this.model = model;
    const { image: gradient, kernel: ofKernel } = model.get("frames")[0];
    this.fixed = ["image", "kernel", "grad_output"].map((name) => [model.get(name), newGrid(model.get(name))]);
    this.filled = [newGrid(gradient), newGrid(ofKernel)];
    const titles = ["image", "kernel", "upstream G"];
    this.nodes = this.fixed.map(([values, grid], i) => figure(`${titles[i]} (${shapeText(values)})`, grid));
    this.below = ["gradient of the image", "gradient of the kernel"].map((name, i) => figure(name, this.filled[i]));
    for (const [values, grid] of this.fixed) show(grid, values);
  }

  draw() {
    const frame = this.model.get("frames")[this.model.get("step")];
    [frame.image, frame.kernel].forEach((values, i) => {
      show(this.filled[i], values);
    });
    const place = placeOf(this.model);
    const size = shapeOf(this.model.get("kernel"));
    const [image, , upstream] = this.fixed.map(([, grid]) => grid);
    for (const [grid, extent] of [
      [image, size],
      [this.filled[0], size],
      [upstream, [1, 1]],
    ]) {
      if (place) grid.outline(...place, ...extent);
      else grid.removeOutline();
    }
  }
}

const lastOf = (model) => model.get("frames").length - 1;

// Visits one position after another until the last one; from there it begins again.
function playerFor(model) {
  const isAtEnd = () => model.get("step") === lastOf(model);
  const advance = () => {
    put(model, { step: Math.min(lastOf(model), model.get("step") + 1) });
    return isAtEnd();
  };
  return new Player(TEMPO, advance, () => isAtEnd() && put(model, { step: 0 }));
}

function controls(model, player) {
  const last = lastOf(model);
  const slider = new Slider("windows", [0, last, 1], (step) => {
    player.pause();
    put(model, { step });
  });
  follow(model, ["step"], () => slider.show(model.get("step"), `${model.get("step")} of ${last}`));
  const step = player.tool("step", "step: visit the next position", () => {
    put(model, { step: (model.get("step") + 1) % (last + 1) });
  });
  return toolbar("move the window", player.button, step, slider.node);
}

// What the window adds to either gradient: its upstream gradient, and one entry written out.
function words(model) {
  const place = placeOf(model);
  if (!place) return ["no window yet", "all 0", "all 0"];
  const [row, column] = place;
  const upstream = model.get("grad_output")[row][column];
  const [image, kernel] = [model.get("image"), model.get("kernel")];
  const [before, now] = model.get("frames").slice(model.get("step") - 1, model.get("step") + 1);
  const sum = (old, factor, result) =>
    `${numberText(old)} ${termText(upstream)} · ${numberText(factor)} = ${numberText(result)}`;
  return [
    `row ${row}, column ${column}: G = ${numberText(upstream)}`,
    `G · kernel; its corner: ${sum(before.image[row][column], kernel[0][0], now.image[row][column])}`,
    `G · patch; its corner: ${sum(before.kernel[0][0], image[row][column], now.kernel[0][0])}`,
  ];
}

function render({ model, el }) {
  const stage = new Stage(model);
  const player = playerFor(model);
  const said = new Lines("course-walk-words", [
    ["window", "place"],
    ["image +=", "sum"],
    ["kernel +=", "sum"],
  ]);
  const grids = (...nodes) => element("div", "course-line course-walk-grids", {}, ...nodes);
  const help = element("div", "course-small", {}, "Press step, or move the slider, and watch what is added.");
  present(
    el,
    "window-walk",
    "window that walks back",
    controls(model, player),
    help,
    grids(...stage.nodes),
    grids(...stage.below, said.node),
  );
  follow(model, ["step", "frames"], () => {
    stage.draw();
    said.write(...words(model));
  });
  return () => player.pause();
}

export default { render };
