// A small network as a row of stages: values above, gradients below, and a nudge that is sent through.

import { Beam } from "../parts/beam.js";
import { Choice } from "../parts/choice.js";
import { pixelColour, signedColour } from "../parts/colours.js";
import { button, element, status } from "../parts/dom.js";
import { Grid } from "../parts/grid.js";
import { largest, numberText, shapeOf, shapeText } from "../parts/numbers.js";
import { Slider } from "../parts/slider.js";
import { steer } from "../parts/steering.js";
import { follow, present, put } from "../parts/widget.js";

const CELL = 15;
const VOTE_CELL = 46;
const STAGES = ["image", "filter", "feature map", "after ReLU", "pooled", "votes", "error"];
const PRINTED = ["votes", "error"]; // stages of so few numbers that there is room for them
const NUDGED = ["image", "filter"];
const BEAM = 0.4; // change of the error that fills half a beam

const signed = (value, decimals) => (value > 0 ? "+" : "") + numberText(value, decimals);
const floor = (...children) => element("div", "course-floor", {}, ...children);

// One stage: its values above, their gradients below, both with the same outline.
class Stage {
  constructor(name, values) {
    this.name = name;
    this.isPrinted = PRINTED.includes(name);
    const options = { printed: this.isPrinted, decimals: 2, letters: 5 };
    const make = () => new Grid(...shapeOf(values), this.isPrinted ? VOTE_CELL : CELL, options);
    [this.above, this.below] = [make(), make()];
    this.limit = Math.max(name === "filter" ? 0 : 1, largest(values));
    this.upTo = element("div", "course-up-to");
    this.title = element("div", "course-title");
    this.node = element(
      "div",
      "course-stage",
      {},
      this.title,
      floor(this.above.node),
      this.upTo,
      floor(this.below.node),
    );
    this.write(name, { votes: "X, O", error: "1 number" }[name] ?? shapeText(values));
  }

  write(name, shape) {
    this.title.textContent = `${name}\n${shape}`;
  }

  show(values, gradients) {
    const colourOf = this.name === "image" ? pixelColour : (value) => signedColour(value, this.limit);
    const strongest = largest(gradients);
    this.above.show(values, colourOf);
    this.below.show(gradients, (value) => signedColour(value, strongest));
    if (!this.isPrinted) this.upTo.textContent = `up to ${numberText(strongest, 2)}`;
  }

  outline(row, column) {
    for (const grid of [this.above, this.below]) grid.outline(row, column);
  }

  removeOutline() {
    for (const grid of [this.above, this.below]) grid.removeOutline();
  }
}

class Flow {
  constructor(model) {
    this.model = model;
    const values = model.get("values");
    this.stages = Object.fromEntries(STAGES.map((name) => [name, new Stage(name, values[name])]));
    for (const name of NUDGED) this.listen(name);
  }

  go(name, row, column) {
    const place = [name, ...this.stages[name].above.inside(row, column)];
    if (place.join() !== this.model.get("place").join()) put(this.model, { place });
  }

  // A press or the arrow keys choose what is nudged.
  listen(name) {
    const { node, above, below } = this.stages[name];
    const move = (step) => {
      const [current, row, column] = this.model.get("place");
      if (current === name) this.go(name, row + step[0], column + step[1]);
      else this.go(name, 0, 0);
    };
    steer(
      node,
      `${name}: arrow keys choose what is nudged`,
      () => [above, below],
      (cell) => this.go(name, ...cell),
      move,
      ["pointerdown"],
    );
  }

  draw() {
    const [values, gradients] = [this.model.get("values"), this.model.get("gradients")];
    const [name, row, column] = this.model.get("place");
    for (const [stage, picture] of Object.entries(this.stages)) {
      picture.show(values[stage], gradients[stage]);
      if (stage === name) picture.outline(row, column);
      else picture.removeOutline();
    }
    this.stages.filter.write(this.model.get("filter_name"), shapeText(values.filter));
  }
}

// One line: what it is, something drawn, a number, and how it comes about.
const row = (name, ...children) =>
  element("div", "course-nudge", {}, element("span", "course-label", {}, name), ...children);

// A number as a bar and as text, with what it comes from.
class Change {
  constructor(label) {
    this.beam = new Beam();
    this.value = element("span", "course-value");
    this.text = element("span", "course-sum-text");
    this.node = row(label, this.beam.node, this.value, this.text);
  }

  show(value, text) {
    this.beam.show(value, BEAM);
    this.value.textContent = signed(value, 3);
    this.text.textContent = text;
  }
}

function nudger(model) {
  const set = (nudge) => put(model, { nudge });
  const slider = new Slider("nudge", [-1, 1, 0.01], set);
  const back = element(
    "span",
    "course-sum-text",
    {},
    button("0", "take the nudge back", () => set(0)),
  );
  follow(model, ["nudge", "place"], () => {
    const farthest = model.get("farthest")[model.get("place")[0]];
    slider.setRange([-farthest, farthest, farthest / 100]);
    slider.show(model.get("nudge"), signed(model.get("nudge"), 3));
  });
  return row("nudge", slider.input, slider.value, back);
}

function chooser(model) {
  const choice = new Choice("filter", model.get("filter_names"), (name) => put(model, { filter_name: name }));
  follow(model, ["filter_name"], () => choice.show(model.get("filter_name")));
  return choice.node;
}

function render({ model, el }) {
  const flow = new Flow(model);
  const [predicted, actual] = [new Change("predicted change"), new Change("true change")];
  const help = element(
    "div",
    "course-small",
    {},
    "Choose a pixel or a weight: click, or arrow keys. Below each stage, its gradient.",
  );
  const names = element(
    "div",
    "course-stage",
    {},
    element("div", "course-title", {}, " \n "),
    floor("values"),
    element("div", "course-up-to"),
    floor("gradients"),
  );
  const stages = element("div", "course-stages", {}, names, ...STAGES.map((name) => flow.stages[name].node));
  present(
    el,
    "backward-flow",
    "gradients flowing back",
    chooser(model),
    help,
    stages,
    nudger(model),
    status("", predicted.node, actual.node),
  );
  follow(model, ["values", "gradients", "change", "place", "filter_name"], () => {
    const { gradient, predicted: guess, true: truth, error } = model.get("change");
    flow.draw();
    predicted.show(guess, `gradient ${numberText(gradient, 3)} · nudge ${numberText(model.get("nudge"), 3)}`);
    actual.show(truth, `error ${numberText(error - truth, 3)} → ${numberText(error, 3)}`);
  });
}

export default { render };
