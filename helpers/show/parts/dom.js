// Elements of the page: made, given attributes, and laid out.

export function setAttributes(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

export function element(tag, className = "", attributes = {}, ...children) {
  const node = document.createElement(tag);
  node.className = className;
  node.append(...children);
  return setAttributes(node, attributes);
}

// An element of a drawing: a line, a circle, a text, or the drawing itself.
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  node.append(...children);
  return setAttributes(node, attributes);
}

export function button(text, label, action) {
  const node = element("button", "course-button", { type: "button", "aria-label": label, title: label }, text);
  node.addEventListener("click", action);
  return node;
}

// A button that is on or off.
export function toggle(text, label, action) {
  const node = button(text, label, action);
  node.classList.add("course-toggle");
  return setAttributes(node, { "aria-pressed": false });
}

export function toolbar(label, ...children) {
  return element("div", "course-buttons", { role: "toolbar", "aria-label": label }, ...children);
}

export const line = (...children) => element("div", "course-line", {}, ...children);
export const column = (...children) => element("div", "course-column", {}, ...children);

// Something that has a node, such as a grid, with its title above; the title of an array also gives its shape.
export function figure(title, { node }, className = "") {
  return element("div", `course-figure ${className}`, {}, element("div", "course-title", {}, title), node);
}

// What is read aloud when it changes.
export const status = (className, ...children) =>
  element("div", className, { role: "status", "aria-live": "polite" }, ...children);

// An id that no other widget on the page has.
export const newId = (name) => `course-${name}-${Math.random().toString(36).slice(2)}`;

// Where in the node the pointer is: shares of its height and its width.
export function pointedAt(event, node) {
  const box = node.getBoundingClientRect();
  return [(event.clientY - box.top) / box.height, (event.clientX - box.left) / box.width];
}
