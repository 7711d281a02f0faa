// Knobs as sliders, the layers that they make, and a button that trains; Python counts and trains.

// One slider with its name and its value; the values of all knobs travel together.
function knob(model, name, [low, high]) {
  const value = element("span", "course-knob-value");
  const input = element("input", "course-slider", { type: "range", min: low, max: high, step: 1, "aria-label": name });
  input.addEventListener("input", () => {
    model.set("values", { ...model.get("values"), [name]: Number(input.value) });
    model.save_changes();
  });
  const draw = () => {
    input.value = model.get("values")[name];
    value.textContent = input.value;
  };
  return { node: element("label", "course-knob", {}, element("span", "course-knob-name", {}, name), input, value), draw };
}

function table(model) {
  const node = element("div", "course-board-table", { role: "status", "aria-live": "polite", "aria-label": "layers" });
  const row = (className, ...texts) =>
    element("div", `course-board-row ${className}`, {}, ...texts.map((text) => element("span", "", {}, text)));
  const draw = () => node.replaceChildren(
    ...model.get("table").map(([name, shape, count]) => row("", name, shape, count ? count.toLocaleString("en") : "")),
    row("course-board-total", "", "", ""));
  return { node, draw: () => {
    draw();
    node.lastChild.replaceChildren(element("span", "course-board-sum", { style: "width: 280px; text-align: right" }, model.get("total")));
  } };
}

function render({ model, el }) {
  const knobs = Object.entries(model.get("ranges")).map(([name, range]) => knob(model, name, range));
  const layers = table(model);
  const trouble = element("div", "course-board-trouble", { role: "status", "aria-live": "polite" });
  const runs = element("div", "course-board-runs", { role: "log", "aria-label": "results" });
  let training = false;
  const train = button("train", "train once", () => {
    if (train.disabled) return;
    training = true;
    allow();
    train.textContent = "training ...";
    model.set("asked", model.get("asked") + 1);
    model.save_changes();
  });
  train.classList.add("course-train");
  // Knobs that do not fit have no table, and nothing that could be trained.
  const allow = () => {
    train.disabled = training || !model.get("fits");
    layers.node.classList.toggle("course-board-old", !model.get("fits"));
  };
  const rest = () => {
    training = false;
    allow();
    train.textContent = "train";
    runs.textContent = model.get("runs").join("\n") || "accuracy of each training";
  };
  const say = () => {
    trouble.textContent = model.get("trouble");
    trouble.classList.toggle("course-trouble", Boolean(model.get("trouble")));
  };
  const left = element("div", "course-column", {}, ...knobs.map(({ node }) => node), train);
  const root = element("div", "course-widget course-board", { role: "group", "aria-label": "knobs of a network" },
    element("div", "course-line", {}, left, layers.node), trouble, runs);
  keepKeys(root);
  el.append(root);
  const draw = () => [...knobs, layers].forEach((part) => part.draw());
  draw();
  rest();
  say();
  for (const name of ["values", "table", "total"]) model.on(`change:${name}`, draw);
  for (const name of ["runs", "answered"]) model.on(`change:${name}`, rest);
  model.on("change:trouble", say);
  model.on("change:fits", allow);
}

export default { render };
