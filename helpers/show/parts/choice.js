// One of several names, chosen from a list.

import { element } from "./dom.js";

export class Choice {
  constructor(label, names, set) {
    const options = names.map((name) => element("option", "", { value: name }, name));
    this.select = element("select", "course-select", { "aria-label": label }, ...options);
    this.select.addEventListener("change", () => set(this.select.value));
    this.node = element("label", "course-group", {}, `${label} `, this.select);
  }

  get value() {
    return this.select.value;
  }

  show(name) {
    this.select.value = name;
  }
}
