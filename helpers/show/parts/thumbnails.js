// Thumbnails: the images that the map in hand answers most; each can be loaded.

import { pixelColour } from "./colours.js";
import { button, element, setAttributes, toggle } from "./dom.js";
import { numberText } from "./numbers.js";
import { fittedTile } from "./tile.js";
import { put } from "./widget.js";

const THUMB = 40;

export class Thumbnails {
  constructor(scope, load) {
    Object.assign(this, { scope, load });
    const { model } = scope;
    const label = "find the images that this map answers most";
    this.button = toggle("strongest images", label, () => put(model, { ranked: !model.get("ranked") }));
    this.place = element("div", "course-thumbs", { role: "group", "aria-label": "images, the strongest answer first" });
    this.node = element("div", "course-figure course-scope-thumbs", {}, this.button, this.place);
    this.node.hidden = model.get("searched") === 0;
  }

  show() {
    const { model } = this.scope;
    const isRanked = model.get("ranked");
    setAttributes(this.button, { "aria-pressed": isRanked });
    this.place.replaceChildren(...(isRanked ? model.get("top").map((found) => this.thumb(found)) : []));
  }

  thumb({ image, number, value, label, place }) {
    const tile = fittedTile(image[0], THUMB, `image ${number}`, pixelColour);
    const said = `load image ${number}${label && `, a ${label}`}: ${numberText(value, 2)}`;
    const node = button("", said, () => this.load(image, place));
    node.classList.add("course-thumb");
    node.append(tile.node, `${label && `${label}: `}${numberText(value, 2)}`);
    return node;
  }
}
