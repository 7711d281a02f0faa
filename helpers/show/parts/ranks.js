// Ranks: a list that scrolls in a box of its own; each line has a name, a bar, a number, and how it comes about.

import { Beam } from "./beam.js";
import { element, newId, setAttributes } from "./dom.js";
import { onKeys } from "./keys.js";
import { clamp, largest } from "./numbers.js";

export class Ranks {
  // `pick` gets the key of the line that is chosen, `enter` that of one that is chosen a second time.
  constructor(label, pick, enter = () => {}) {
    Object.assign(this, { pick, enter, keys: [], lines: [], id: newId("ranks") });
    this.node = element("div", "course-ranks", { role: "listbox", tabindex: "0", "aria-label": label });
    onKeys(this.node, ([down]) => this.move(down), { Enter: () => this.keys.length && this.enter(this.picked) });
  }

  get place() {
    return this.keys.indexOf(this.picked);
  }

  move(down) {
    const next = this.keys[clamp(this.place + down, 0, this.keys.length - 1)];
    if (down && next !== undefined) this.pick(next);
  }

  line(number) {
    const [name, value, text] = ["name", "number", "text"].map((part) => element("span", `course-rank-${part}`));
    const beam = new Beam();
    const attributes = { role: "option", id: `${this.id}-${number}` };
    const node = element("div", "course-rank", attributes, name, beam.node, value, text);
    node.addEventListener("click", () => {
      const key = this.keys[number];
      (key === this.picked ? this.enter : this.pick)(key);
    });
    return { node, name, beam, value, text };
  }

  // `rows`: key, name, value, its text, and what comes after it.
  show(rows, picked) {
    const moved = this.picked !== picked;
    [this.keys, this.picked] = [rows.map(({ key }) => key), picked];
    while (this.lines.length < rows.length) this.lines.push(this.line(this.lines.length));
    if (this.node.children.length !== rows.length)
      this.node.replaceChildren(...this.lines.slice(0, rows.length).map(({ node }) => node));
    const limit = largest(rows.map(({ value }) => value));
    rows.forEach(({ key, name, value, number, text }, i) => {
      const line = this.lines[i];
      [line.name.textContent, line.value.textContent, line.text.textContent] = [name, number, text];
      line.beam.show(value, limit);
      setAttributes(line.node, { "aria-selected": key === picked });
    });
    this.node.setAttribute("aria-activedescendant", this.place < 0 ? "" : `${this.id}-${this.place}`);
    if (moved) this.reveal();
  }

  // Scroll to the chosen line, within the box only.
  reveal() {
    const node = this.lines[this.place]?.node;
    if (!node) return;
    const [top, bottom] = [
      node.offsetTop - this.node.offsetTop,
      node.offsetTop - this.node.offsetTop + node.offsetHeight,
    ];
    const { scrollTop, clientHeight } = this.node;
    if (top < scrollTop) this.node.scrollTop = top;
    else if (bottom > scrollTop + clientHeight) this.node.scrollTop = bottom - clientHeight;
  }
}
