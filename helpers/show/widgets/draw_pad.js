// A pad to draw on, next to the templates that the drawing is compared with.

import { Question } from "../parts/asking.js";
import { Bar } from "../parts/bar.js";
import { pixelColour } from "../parts/colours.js";
import { button, column, element, figure, line, status, toolbar } from "../parts/dom.js";
import { Grid } from "../parts/grid.js";
import { numberText, shapeOf, shapeText } from "../parts/numbers.js";
import { blank, PAD_CELL, Pad } from "../parts/pad.js";
import { shiftButtons } from "../parts/shifting.js";
import { follow, present } from "../parts/widget.js";

const TEMPLATE_CELL = 20;
const LEGEND = "Orange corners mark pixels that disagree.";

// One template with the disagreeing pixels crossed out, and the agreement as a bar and a number.
class Template {
  constructor(label, values) {
    Object.assign(this, { label, values });
    this.grid = new Grid(...shapeOf(values), TEMPLATE_CELL);
    this.grid.show(values, pixelColour);
    this.bar = new Bar();
    this.share = element("span", "course-number");
    this.differing = element("div", "course-small");
    this.node = figure(`${label} (${shapeText(values)})`, this.grid, "course-template");
    this.node.append(this.bar.node, element("div", "course-share", {}, "agreement ", this.share), this.differing);
  }

  compare(image) {
    let count = 0;
    this.grid.forEach((cell, row, column) => {
      const differs = image[row][column] !== this.values[row][column];
      cell.classList.toggle("course-differs", differs);
      count += differs;
    });
    this.differing.textContent = `${count} of ${image.length * image[0].length} pixels disagree`;
  }

  score(share, isNearest) {
    this.bar.show(share);
    this.share.textContent = share === undefined ? "–" : numberText(share, 2);
    this.node.classList.toggle("course-nearest", isNearest);
  }
}

function tools(pad, templates) {
  const draw = (text, label, values) => button(text, label, () => pad.onChange(values()));
  const copies = templates.map(({ label, values }) => draw(label, `draw the template ${label}`, () => values));
  const clear = draw("clear", "clear the drawing", () => blank(pad.values));
  return toolbar(
    "change the drawing",
    element("span", "course-group", {}, clear, ...copies),
    shiftButtons(() => pad.values, pad.onChange),
  );
}

function render({ model, el }) {
  const templates = model.get("templates").map(([label, values]) => new Template(label, values));
  const question = new Question(model, "image", (sentence) => tell({ shares: {}, nearest: "", sentence }));
  const pad = new Pad(model.get("image"), (values) => question.ask(values));
  const headline = status("course-headline");
  const remark = element("div", "course-remark");

  function tell({ shares, nearest, sentence }) {
    headline.textContent = `nearest template: ${nearest || "–"}`;
    remark.textContent = sentence || LEGEND;
    remark.classList.toggle("course-trouble", Boolean(sentence));
    for (const template of templates) template.score(shares[template.label], template.label === nearest);
  }

  const keys = element("div", "course-small", {}, "Drag to draw, or use the arrow keys and Space.");
  const left = column(figure(`your drawing (${shapeText(pad.values)})`, pad.grid), tools(pad, templates), keys);
  left.style.width = `${Math.max(pad.grid.columns * PAD_CELL + 1, 288)}px`;
  const right = column(headline, line(...templates.map((template) => template.node)), remark);
  present(el, "draw-pad", "drawing pad", left, right);
  follow(model, ["image"], () => {
    pad.show(model.get("image"));
    for (const template of templates) template.compare(model.get("image"));
  });
  follow(model, ["result"], () => tell(question.answer));
  return () => question.stopWaiting();
}

export default { render };
