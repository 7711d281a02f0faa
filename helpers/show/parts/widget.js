// A widget: its outermost element, what it tells Python, and what it listens to.

import { element } from "./dom.js";
import { keepKeys } from "./keys.js";

// Put the widget on the page; `name` is also the class that its own style begins with.
export function present(el, name, label, ...children) {
  const root = element("div", `course-widget course-${name}`, { role: "group", "aria-label": label }, ...children);
  keepKeys(root);
  el.append(root);
}

// Set attributes here and in Python.
export function put(model, values) {
  for (const [name, value] of Object.entries(values)) model.set(name, value);
  model.save_changes();
}

// Draw now, and again whenever one of the attributes changes; anywidget ends this when the widget goes.
export function follow(model, names, draw) {
  draw();
  for (const name of names) model.on(`change:${name}`, draw);
}
