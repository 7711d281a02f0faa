// All layers of a network as maps, one cursor over them, and where the value under it comes from.

import { Question } from "../parts/asking.js";
import { Choice } from "../parts/choice.js";
import { pixelColour, signedColour } from "../parts/colours.js";
import { button, element, figure, setAttributes, status, toggle, toolbar } from "../parts/dom.js";
import { Explanation } from "../parts/explanation.js";
import { keepKeys, makeMovable } from "../parts/keys.js";
import { isRow, MapSheet } from "../parts/mapsheet.js";
import { numberText, shapeOf, shapeText, threeDigits } from "../parts/numbers.js";
import { remarks } from "../parts/remark.js";
import { Scope } from "../parts/scope.js";
import { padTools, SoftPad } from "../parts/softpad.js";
import { Thumbnails } from "../parts/thumbnails.js";
import { VoteTable } from "../parts/votetable.js";
import { follow, present, put } from "../parts/widget.js";

const ROOM = 550; // pixels for one layer's maps
const PAD = 160;
const IMAGE = { alone: 160, beside: 82 }; // the image among the layers
const SCALES = ["each map", "each layer", "all layers"];
const VALUES = "values";
const HELP =
  "Point at any value, or use the arrow keys. A click holds it while you point elsewhere; drag on the drawing to change it.";
const KEYS =
  "layers: arrow keys move within a map, Page Up and Page Down change the layer, Home and End the map, " +
  "Enter holds the value, Escape lets it go";

// The sheets of all layers, of one image or of two side by side, under the cursor.
class Layers {
  constructor(scope, pad, thumbnails) {
    this.scope = scope;
    this.top = element("div", "course-scope-top");
    this.rows = element("div", "course-scope-rows");
    this.aside = [pad, thumbnails];
    this.node = element("div", "course-scope-layers", {}, this.top, this.rows);
    const others = {
      PageUp: () => scope.changeLayer(-1),
      PageDown: () => scope.changeLayer(1),
      Home: () => scope.changeMap(-1),
      End: () => scope.changeMap(1),
      Enter: () => scope.go(scope.place, true),
      " ": () => scope.go(scope.place, true),
      Escape: () => put(scope.model, { pinned: false }),
    };
    makeMovable(this.node, KEYS, (step) => this.move(step), others);
    this.build();
  }

  // An arrow key; in rows of units that are broken into lines, up and down lead to the next line.
  move([down, right]) {
    const [stage, map, row, column] = this.scope.place;
    const sheet = this.sheets[stage]?.[0];
    const isVote = this.scope.stages[stage].is_vote;
    const across = isVote ? down + right : right + (sheet.isRow ? down * sheet.inARow : 0);
    this.scope.go([stage, map, row + down, column + across]);
  }

  build() {
    const { stages, isComparing } = this.scope;
    this.comparing = isComparing;
    this.sheets = stages.map((stage, number) => (stage.is_vote ? null : this.pair(stage, number)));
    const [image, ...rows] = this.sheets.map((pair, number) => pair && this.row(stages[number].title, pair));
    this.top.replaceChildren(this.aside[0], image, this.aside[1]);
    this.rows.replaceChildren(...rows.filter(Boolean));
  }

  // A layer's sheet, and next to it that of the other image.
  pair({ shape }, number) {
    const room = this.comparing ? ROOM / 2 - 4 : ROOM;
    return (this.comparing ? [0, 1] : [0]).map(() => {
      const sheet = number ? new MapSheet(shape, room) : new MapSheet(shape, this.imageRoom, 24);
      const point = (event) => {
        const cell = sheet.at(event);
        if (event.type === "pointerdown") this.node.focus({ preventScroll: true });
        if (cell) this.point([number, ...cell], event);
      };
      for (const kind of ["pointermove", "pointerdown"]) sheet.node.addEventListener(kind, point);
      return sheet;
    });
  }

  get imageRoom() {
    return this.comparing ? IMAGE.beside : IMAGE.alone;
  }

  point(place, { type }) {
    if (type === "pointerdown") this.scope.go(place, true);
    else if (!this.scope.model.get("pinned")) this.scope.go(place);
  }

  row(title, pair) {
    const said = this.comparing ? `${title}, and of the kept image` : title;
    const head = element("div", "course-title", {}, said);
    const sheets = element("div", "course-scope-pair", {}, ...pair.map(({ node }) => node));
    return element("div", "course-scope-row", {}, head, sheets);
  }

  paint() {
    const { scope } = this;
    if (scope.isComparing !== this.comparing) this.build();
    const limitOf = scope.limits();
    this.sheets.forEach((pair, stage) => {
      pair?.forEach((sheet, which) => {
        const values = scope.drawn[which][stage];
        if (!values) return;
        const isImage = stage === 0 && !scope.gradientOf;
        const colour = isImage ? pixelColour : (value, map) => signedColour(value, limitOf(stage, map));
        sheet.show(values, colour);
      });
    });
  }

  // The cursor at once, and as soon as Python has answered what it looks at.
  outline() {
    const { place, model } = this.scope;
    const { at = [], fields = [] } = model.get("explanation");
    const isKnown = at.join() === place.join();
    const [stage, map, row, column] = place;
    this.sheets.forEach((pair, number) => {
      const own = number === stage ? [[[map], row, column, row, column]] : [];
      const found = isKnown && number < stage ? [fields[number]] : own;
      for (const sheet of pair ?? []) sheet.outline(found);
    });
  }
}

// The words about the value in hand, and how it comes about.
class Panel {
  // `follow` is called when the reader goes from a number to the value that it comes from.
  constructor(scope, follow) {
    this.scope = scope;
    this.explanation = new Explanation({
      choose: (channel) => put(scope.model, { channel }),
      go: (place) => {
        scope.go(place);
        follow();
      },
    });
    this.lines = ["head", "sum", "onward", "gradient", "kept"].map((name) => element("div", `course-scope-${name}`));
    const said = status("course-scope-words", ...this.lines);
    this.node = element("div", "course-scope-panel", {}, this.tools(), said, this.explanation.node);
  }

  tools() {
    const { scope } = this;
    this.pin = toggle("hold", "hold: the value stays in hand", () => scope.go(scope.place, true));
    return toolbar(
      "move the cursor",
      button("◂ layer", "layer before", () => scope.changeLayer(-1)),
      button("layer ▸", "layer after", () => scope.changeLayer(1)),
      button("◂ map", "map before", () => scope.changeMap(-1)),
      button("map ▸", "map after", () => scope.changeMap(1)),
      this.pin,
    );
  }

  show() {
    const { model, stages, labels } = this.scope;
    setAttributes(this.pin, { "aria-pressed": model.get("pinned") });
    const found = model.get("explanation");
    if (found.at) {
      const more = { labels, source_name: stages[found.source]?.title };
      const sum = this.explanation.show({ ...found, ...more }, model.get("channel"));
      this.write(this.head(found), sum, this.onward(found), this.gradient(found), this.kept(found));
    } else this.write("–", "", "", "", "");
  }

  write(...texts) {
    texts.forEach((text, i) => {
      if (this.lines[i].textContent !== text) this.lines[i].textContent = text;
    });
  }

  head({ at: [stage, map, row, column], value }) {
    const { name, shape, is_vote: isVote } = this.scope.stages[stage];
    const unit = isVote ? this.scope.labels[column] : `unit ${column}`;
    const place = isRow(shape) ? unit : `map ${map}, row ${row}, column ${column}`;
    return `${name}, ${place}: ${numberText(value, 3)}`;
  }

  onward({ onward, agrees, value }) {
    return agrees ? onward : `Your network has ${numberText(value, 3)} here: its function computes something else.`;
  }

  gradient({ gradient }) {
    return gradient === null ? "" : `gradient of the vote for ${this.scope.gradientOf}: ${threeDigits(gradient)}`;
  }

  kept({ at }) {
    const value = this.scope.isComparing ? this.scope.valueOf(1, at) : undefined;
    return value === undefined ? "" : `the same value for the kept image: ${numberText(value, 3)}`;
  }
}

// What is drawn and in which colours; the image as it was, and kept to compare.
function controls(scope, pad, ask) {
  const { model, labels } = scope;
  const names = [VALUES, ...labels.map((label) => `gradient of the vote for ${label}`)];
  const shown = new Choice("show", names, (name) => put(model, { gradient_of: ["", ...labels][names.indexOf(name)] }));
  const scale = new Choice("full colour", SCALES, (name) => put(model, { scale: name }));
  const keep = toggle("keep to compare", "keep this image to compare it with another", () =>
    put(model, { other: scope.isComparing ? [] : model.get("image") }),
  );
  follow(model, ["gradient_of", "scale", "other"], () => {
    shown.show(names[["", ...labels].indexOf(scope.gradientOf)]);
    scale.show(model.get("scale"));
    setAttributes(keep, { "aria-pressed": scope.isComparing });
  });
  const reset = button("reset", "reset: the first image again", () => ask(model.get("start")));
  return toolbar("change image and view", ...(pad ? padTools(pad) : []), reset, keep, shown.node, scale.node);
}

// A pad for images of one channel; the arrow keys in it move nothing else.
function padOf(model, ask) {
  const [first] = model.get("image");
  if (model.get("image").length > 1) return [null, ""];
  const cell = Math.max(3, Math.floor(PAD / Math.max(...shapeOf(first))));
  const pad = new SoftPad(first, (values) => ask([values]), model.get("brush"), cell);
  const node = figure(`your drawing (${shapeText(first)})`, pad.grid);
  keepKeys(node);
  follow(model, ["image"], () => pad.show(model.get("image")[0]));
  return [pad, node];
}

function render({ model, el }) {
  const { node: remark, tell } = remarks(() => HELP);
  const question = new Question(model, "image", tell);
  const ask = (image) => question.ask(image);
  const scope = new Scope(model);
  const [pad, drawing] = padOf(model, ask);
  const load = (image, place) => {
    ask(image);
    scope.go(place);
  };
  const thumbnails = new Thumbnails(scope, load);
  const layers = new Layers(scope, drawing, thumbnails.node);
  const panel = new Panel(scope, () => layers.node.focus({ preventScroll: true }));
  const point = (what, i, event) => layers.point([scope.stages.length - (what === "votes" ? 2 : 1), 0, 0, i], event);
  const table = new VoteTable(scope.labels, point);
  const right = element("div", "course-scope-right", {}, panel.node, table.node);
  present(el, "microscope", "microscope on a network", remark, controls(scope, pad, ask), layers.node, right);
  follow(model, ["result", "scale"], () => {
    scope.read();
    layers.paint();
    showVotes(scope, table);
    tell(question.answer.sentence);
  });
  follow(model, ["place", "explanation"], () => {
    layers.outline();
    const [stage, , , column] = scope.place;
    const name = { 2: "votes", 1: "shares" }[scope.stages.length - stage];
    table.mark(scope.labels.length ? name : "", column);
  });
  follow(model, ["explanation", "result", "pinned", "channel"], () => panel.show());
  follow(model, ["ranked", "top"], () => thumbnails.show());
  return () => question.stopWaiting();
}

function showVotes({ values, labels }, table) {
  if (!labels.length) return;
  const [[votes, shares], [otherVotes, otherShares]] = values.map((arrays) =>
    arrays.slice(-2).map((part) => [...part]),
  );
  table.show({ votes, shares, otherVotes, otherShares });
}

export default { render };
