// A small network as a row of stages: values above, gradients below, and a nudge that is sent through.

const CELL = 15;
const VOTE_CELL = 46;
const STAGES = ["image", "filter", "feature map", "after ReLU", "pooled", "votes", "error"];
const PRINTED = ["votes", "error"]; // stages of so few numbers that there is room for them
const NUDGED = ["image", "filter"];
const BEAM = 0.4; // change of the error that fills half a beam

const largest = (values) => Math.max(1e-12, ...values.flat().map(Math.abs));
const signed = (value, decimals) => (value > 0 ? "+" : "") + numberText(value, decimals);

// One stage: its values above, their gradients below, both with the same outline.
class Stage {
  constructor(name, values, gradients) {
    this.name = name;
    this.gradients = gradients;
    const printed = PRINTED.includes(name);
    const make = () => new Grid(...shapeOf(values), printed ? VOTE_CELL : CELL, { printed, decimals: 2, letters: 5 });
    [this.above, this.below] = [make(), make()];
    this.limit = Math.max(name === "filter" ? 0 : 1, largest(values));
    this.upTo = element("div", "course-up-to");
    this.title = element("div", "course-title");
    this.node = element("div", "course-stage", {}, this.title, this.floor(this.above), this.upTo, this.floor(this.below));
    this.write(name, { votes: "X, O", error: "1 number" }[name] ?? shapeText(values));
  }

  floor(grid) {
    return element("div", "course-floor", {}, grid.node);
  }

  write(name, shape) {
    this.title.textContent = `${name}\n${shape}`;
  }

  show(values, gradients) {
    const colourOf = this.name === "image" ? pixelColour : (value) => signedColour(value, this.limit);
    const strongest = largest(gradients);
    this.above.show(values, colourOf);
    this.below.show(gradients, (value) => signedColour(value, strongest));
    if (!PRINTED.includes(this.name)) this.upTo.textContent = `up to ${numberText(strongest, 2)}`;
  }

  outline(row, column) {
    for (const grid of [this.above, this.below]) {
      if (row !== null) grid.outline(row, column);
      if (grid.frame) grid.frame.style.visibility = row === null ? "hidden" : "visible";
    }
  }
}

class Flow {
  constructor(model) {
    this.model = model;
    this.stages = Object.fromEntries(
      STAGES.map((name) => [name, new Stage(name, model.get("values")[name], model.get("gradients")[name])]),
    );
    for (const name of NUDGED) this.listen(name);
  }

  get place() {
    return this.model.get("place");
  }

  go(name, row, column) {
    const { above } = this.stages[name];
    const place = [name, clamp(row, 0, above.rows - 1), clamp(column, 0, above.columns - 1)];
    if (place.join() === this.place.join()) return;
    this.model.set("place", place);
    this.model.save_changes();
  }

  listen(name) {
    const { node, above, below } = this.stages[name];
    const attributes = { tabindex: "0", role: "application", "aria-label": `${name}: arrow keys choose what is nudged` };
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.classList.add("course-nudged");
    for (const grid of [above, below])
      grid.node.addEventListener("pointerdown", (event) => this.go(name, ...grid.at(event)));
    node.addEventListener("keydown", (event) => {
      const step = arrow(event.key);
      if (!step || !isPlain(event)) return;
      event.preventDefault();
      const [current, row, column] = this.place;
      if (current === name) this.go(name, row + step[0], column + step[1]);
      else this.go(name, 0, 0);
    });
  }

  draw() {
    const [values, gradients] = [this.model.get("values"), this.model.get("gradients")];
    const [name, row, column] = this.place;
    for (const [stage, picture] of Object.entries(this.stages)) {
      picture.show(values[stage], gradients[stage]);
      picture.outline(stage === name ? row : null, column);
    }
    this.stages.filter.write(this.model.get("filter_name"), shapeText(values.filter));
  }
}

// A number as a bar that grows from the middle, blue to the right, vermillion to the left.
class Beam {
  constructor(label) {
    this.fill = element("div", "course-beam-fill");
    this.value = element("span", "course-value");
    this.text = element("span", "course-sum-text");
    const beam = element("div", "course-beam", { "aria-hidden": "true" }, this.fill);
    this.node = element("div", "course-nudge", {}, element("span", "course-label", {}, label), beam, this.value, this.text);
  }

  show(value, text) {
    const share = clamp(Math.abs(value) / BEAM, 0, 1) * 50;
    this.fill.style.width = `${share}%`;
    this.fill.style.left = `${value < 0 ? 50 - share : 50}%`;
    this.fill.style.background = `rgb(${value < 0 ? NEGATIVE : POSITIVE})`;
    this.value.textContent = signed(value, 3);
    this.text.textContent = text;
  }
}

function slider(model) {
  const input = element("input", "course-slider", { type: "range", "aria-label": "nudge" });
  const value = element("span", "course-value");
  const read = () => {
    const farthest = model.get("farthest")[model.get("place")[0]];
    for (const [key, end] of Object.entries({ min: -farthest, max: farthest, step: farthest / 100 })) input[key] = end;
    input.value = model.get("nudge");
    value.textContent = signed(model.get("nudge"), 3);
  };
  input.addEventListener("input", () => {
    model.set("nudge", Number(input.value));
    model.save_changes();
  });
  const back = button("0", "take the nudge back", () => {
    model.set("nudge", 0);
    model.save_changes();
  });
  for (const name of ["nudge", "place"]) model.on(`change:${name}`, read);
  read();
  const last = element("span", "course-sum-text", {}, back);
  return element("div", "course-nudge", {}, element("span", "course-label", {}, "nudge"), input, value, last);
}

function chooser(model) {
  const names = model.get("filter_names");
  const options = names.map((name) => element("option", "", { value: name }, name));
  const select = element("select", "course-select", { "aria-label": "filter" }, ...options);
  const read = () => (select.value = model.get("filter_name"));
  select.addEventListener("change", () => {
    model.set("filter_name", select.value);
    model.save_changes();
  });
  model.on("change:filter_name", read);
  read();
  return element("label", "course-group", {}, "filter ", select);
}

function render({ model, el }) {
  const flow = new Flow(model);
  const [predicted, actual] = [new Beam("predicted change"), new Beam("true change")];
  const help = element("div", "course-small", {}, "Choose a pixel or a weight: click, or arrow keys. Below each stage, its gradient.");
  const name = (text) => element("div", "course-floor", {}, text);
  const names = element("div", "course-stage", {}, element("div", "course-title", {}, " \n "), name("values"),
    element("div", "course-up-to"), name("gradients"));
  const row = element("div", "course-stages", {}, names, ...STAGES.map((name) => flow.stages[name].node));
  const words = element("div", "", { role: "status", "aria-live": "polite" }, predicted.node, actual.node);
  const root = element("div", "course-widget course-flow", { role: "group", "aria-label": "gradients flowing back" },
    chooser(model), help, row, slider(model), words);

  function draw() {
    const { gradient, predicted: guess, true: truth, error } = model.get("change");
    flow.draw();
    predicted.show(guess, `gradient ${numberText(gradient, 3)} · nudge ${numberText(model.get("nudge"), 3)}`);
    actual.show(truth, `error ${numberText(error - truth, 3)} → ${numberText(error, 3)}`);
  }

  keepKeys(root);
  el.append(root);
  draw();
  for (const name of ["values", "gradients", "change", "place", "filter_name"]) model.on(`change:${name}`, draw);
}

export default { render };
