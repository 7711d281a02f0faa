// A pad to draw on, beside the templates that the drawing is compared with.

const TEMPLATE_CELL = 20;
const LEGEND = "Orange corners mark pixels that disagree.";

function shifted(values, down, right) {
  return values.map((line, row) => line.map((_, column) => values[row - down]?.[column - right] ?? -1));
}

// One template with the disagreeing pixels crossed out, and the agreement as a bar and a number.
class Template {
  constructor(label, values) {
    Object.assign(this, { label, values });
    this.grid = new Grid(...shapeOf(values), TEMPLATE_CELL);
    this.grid.show(values, pixelColour);
    this.bar = element("div", "course-bar-fill");
    this.share = element("span", "course-number");
    this.differing = element("div", "course-small");
    this.node = figure(`${label}, ${shapeText(values)}`, this.grid, "course-template");
    const number = element("div", "course-share", {}, "agreement ", this.share);
    this.node.append(element("div", "course-bar", { "aria-hidden": "true" }, this.bar), number, this.differing);
  }

  compare(image) {
    let count = 0;
    image.forEach((line, row) =>
      line.forEach((value, column) => {
        const differs = value !== this.values[row][column];
        this.grid.cells[row][column].classList.toggle("course-differs", differs);
        count += differs;
      }),
    );
    this.differing.textContent = `${count} of ${image.length * image[0].length} pixels disagree`;
  }

  score(share, isNearest) {
    const known = typeof share === "number";
    this.bar.style.width = known ? `${100 * clamp(share, 0, 1)}%` : "0";
    this.share.textContent = known ? numberText(share, 2) : "–";
    this.node.classList.toggle("course-nearest", isNearest);
  }
}

function toolbar(pad, templates) {
  const change = (make) => () => pad.onChange(make(pad.values));
  const copies = templates.map(({ label, values }) => button(label, `draw the template ${label}`, change(() => values)));
  const shift = (text, name, down, right) => button(text, `shift ${name}`, change((v) => shifted(v, down, right)));
  return element(
    "div",
    "course-buttons",
    { role: "toolbar", "aria-label": "change the drawing" },
    element("span", "course-group", {}, button("clear", "clear the drawing", change(blank)), ...copies),
    element("span", "course-group", {}, "shift ", shift("←", "left", 0, -1), shift("↑", "up", -1, 0),
      shift("↓", "down", 1, 0), shift("→", "right", 0, 1)),
  );
}

function render({ model, el }) {
  const templates = model.get("templates").map(([label, values]) => new Template(label, values));
  const pad = new Pad(model.get("image"), draw);
  const headline = element("div", "course-headline", { role: "status", "aria-live": "polite" });
  const remark = element("div", "course-remark");
  let waiting = null;

  function draw(values) {
    if (JSON.stringify(values) === JSON.stringify(model.get("image"))) return;
    model.set("image", values);
    model.set("_turn", model.get("_turn") + 1);
    model.save_changes();
    clearTimeout(waiting);
    waiting = setTimeout(() => tell({ shares: {}, nearest: "", sentence: SILENCE }), PATIENCE);
  }

  function tell({ shares, nearest, sentence }) {
    headline.textContent = `nearest template: ${nearest || "–"}`;
    remark.textContent = sentence || LEGEND;
    remark.classList.toggle("course-trouble", Boolean(sentence));
    for (const template of templates) template.score(shares[template.label], template.label === nearest);
  }

  function onImage() {
    pad.show(model.get("image"));
    for (const template of templates) template.compare(model.get("image"));
  }

  function onResult() {
    if (model.get("result").turn === model.get("_turn")) clearTimeout(waiting);
    tell(model.get("result"));
  }

  const keys = element("div", "course-small", {}, "Drag to draw, or use the arrow keys and Space.");
  const left = element("div", "course-column", {}, figure(`your drawing, ${shapeText(pad.values)}`, pad.grid),
    toolbar(pad, templates), keys);
  const shelf = element("div", "course-line", {}, ...templates.map((template) => template.node));
  const right = element("div", "course-column", {}, headline, shelf, remark);
  const root = element("div", "course-widget course-draw-pad", { role: "group", "aria-label": "drawing pad" }, left, right);
  left.style.width = `${Math.max(pad.grid.columns * PAD_CELL + 1, 288)}px`;
  keepKeys(root);
  el.append(root);
  onImage();
  onResult();
  model.on("change:image", onImage);
  model.on("change:result", onResult);
  return () => clearTimeout(waiting);
}

export default { render };
