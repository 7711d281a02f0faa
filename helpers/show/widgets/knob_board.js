// Knobs as sliders, the layers that they make, and a button that trains; Python counts and trains.

import { button, column, element, line, status } from "../parts/dom.js";
import { Slider } from "../parts/slider.js";
import { follow, present, put } from "../parts/widget.js";

const INVITATION = "accuracy of each training; pressed again, train takes the next seed";

// One slider; the values of all knobs travel together.
function knob(model, name, [low, high]) {
  const set = (value) => put(model, { values: { ...model.get("values"), [name]: value } });
  const slider = new Slider(name, [low, high, 1], set);
  follow(model, ["values"], () => slider.show(model.get("values")[name]));
  return slider.node;
}

function table(model) {
  const node = status("course-board-table");
  node.setAttribute("aria-label", "layers");
  const row = (...texts) =>
    element("div", "course-board-row", {}, ...texts.map((text) => element("span", "", {}, text)));
  follow(model, ["table", "total"], () => {
    const layers = model
      .get("table")
      .map(([name, shape, count]) => row(name, shape, count ? count.toLocaleString("en") : ""));
    const sum = element("span", "course-board-sum", {}, model.get("total"));
    node.replaceChildren(...layers, element("div", "course-board-row course-board-total", {}, sum));
  });
  follow(model, ["fits"], () => node.classList.toggle("course-board-old", !model.get("fits")));
  return node;
}

// The button that asks for one training; it rests until the result is there, and while the knobs do not fit.
function trainer(model) {
  let isTraining = false;
  const train = button("train", "train once", () => {
    isTraining = true;
    allow();
    train.textContent = "training ...";
    put(model, { asked: model.get("asked") + 1 });
  });
  train.classList.add("course-train");
  const runs = element("div", "course-board-runs", { role: "log", "aria-label": "results" });
  const allow = () => {
    train.disabled = isTraining || !model.get("fits");
  };
  follow(model, ["fits"], allow);
  follow(model, ["runs", "answered"], () => {
    isTraining = false;
    allow();
    train.textContent = "train";
    runs.textContent = model.get("runs").join("\n") || INVITATION;
  });
  return { train, runs };
}

function render({ model, el }) {
  const knobs = Object.entries(model.get("ranges")).map(([name, range]) => knob(model, name, range));
  const { train, runs } = trainer(model);
  const trouble = status("course-board-trouble");
  follow(model, ["trouble"], () => {
    trouble.textContent = model.get("trouble");
    trouble.classList.toggle("course-trouble", Boolean(model.get("trouble")));
  });
  present(el, "knob-board", "knobs of a network", line(column(...knobs, train), table(model)), trouble, runs);
}

export default { render };
