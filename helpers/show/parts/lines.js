// Lines of words that keep their places: a label, and what is said about it.

import { element, status } from "./dom.js";

export class Lines {
  // `labels`: for each line its label, and the class of the text.
  constructor(className, labels) {
    this.spans = labels.map(([, name]) => element("span", `course-${name}`));
    const row = ([label], i) =>
      element("div", "course-formula", {}, element("span", "course-label", {}, label), this.spans[i]);
    this.node = status(className, ...labels.map(row));
  }

  write(...texts) {
    texts.forEach((text, i) => {
      this.spans[i].textContent = text;
    });
  }
}
