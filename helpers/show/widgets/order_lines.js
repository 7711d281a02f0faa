// The lines of a function in disorder, moved by mouse or by keys, and tried in the order they have.

import { button, element, newId, setAttributes, status, toolbar } from "../parts/dom.js";
import { clamp, plural } from "../parts/numbers.js";
import { follow, present, put } from "../parts/widget.js";

const STEP = 28; // pixels of a level of indentation
const DEEPEST = 6;
const KEYS =
  "Up and down choose a line; with Shift they move it; left and right indent it; " +
  "Delete leaves it out; Enter tries the function.";

// All lines from top to bottom, which of them is chosen, and what can be done with it.
class Order {
  constructor(model) {
    this.model = model;
    this.pieces = model.get("pieces");
    this.chosen = model.get("rows")[0][0];
  }

  get rows() {
    return this.model.get("rows");
  }

  get place() {
    return this.rows.findIndex(([number]) => number === this.chosen);
  }

  // Its place among the lines, counted from 1, and what it is, for those who hear it.
  get words() {
    const [number, depth, used] = this.rows[this.place];
    const where = used ? `indented ${plural(depth, "level")}` : "left out";
    return `line ${number}, place ${this.place + 1} of ${this.rows.length}, ${where}`;
  }

  save(rows) {
    put(this.model, { rows });
  }

  change(depth, used) {
    const inside = clamp(depth, 0, DEEPEST);
    this.save(this.rows.map((row) => (row[0] === this.chosen ? [row[0], inside, used] : row)));
  }

  indent(by) {
    const [, depth, used] = this.rows[this.place];
    this.change(depth + by, used);
  }

  leaveOut() {
    const [, depth, used] = this.rows[this.place];
    this.change(depth, !used);
  }

  moveTo(place) {
    const inside = clamp(place, 0, this.rows.length - 1);
    if (inside === this.place) return;
    const rows = [...this.rows];
    const [row] = rows.splice(this.place, 1);
    rows.splice(inside, 0, row);
    this.save(rows);
  }

  choose(place) {
    this.chosen = this.rows[clamp(place, 0, this.rows.length - 1)][0];
  }
}

// The list of lines on the page.
class Lines {
  constructor(order, changed, tryIt) {
    Object.assign(this, { order, changed });
    const id = newId("line");
    this.items = order.pieces.map((text, index) => this.item(`${id}-${index + 1}`, index + 1, text));
    this.node = element("div", "course-order", { role: "listbox", tabindex: "0", "aria-label": `lines. ${KEYS}` });
    this.node.addEventListener("keydown", (event) => this.onKey(event, tryIt));
    this.node.addEventListener("pointerdown", (event) => this.onDown(event));
    this.node.addEventListener("pointermove", (event) => this.onMove(event));
    for (const name of ["pointerup", "pointercancel"]) this.node.addEventListener(name, () => (this.drag = null));
  }

  item(id, number, text) {
    const grip = element("span", "course-grip", { "aria-hidden": "true" }, "⠿");
    const label = element("span", "course-number", {}, String(number));
    const code = element("code", "course-code", {}, text);
    const item = element("div", "course-piece", { role: "option", id }, grip, label, code);
    item.dataset.number = number;
    return item;
  }

  onKey(event, tryIt) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { order } = this;
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const side = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by && event.shiftKey) order.moveTo(order.place + by);
    else if (by) order.choose(order.place + by);
    else if (side) order.indent(side);
    else if (event.key === "Delete" || event.key === "Backspace" || event.key === " ") order.leaveOut();
    else if (event.key === "Enter" && !event.shiftKey) tryIt();
    else return;
    event.preventDefault();
    event.stopPropagation();
    this.changed();
  }

  onDown(event) {
    const item = event.target.closest(".course-piece");
    if (!item || event.button !== 0) return;
    this.order.chosen = Number(item.dataset.number);
    this.changed();
    if (event.pointerType !== "mouse" && !event.target.closest(".course-grip")) return;
    const depth = this.order.rows[this.order.place][1];
    this.drag = { x: event.clientX, depth };
    this.node.setPointerCapture(event.pointerId);
  }

  onMove(event) {
    if (!this.drag) return;
    const boxes = [...this.node.children].map((item) => item.getBoundingClientRect());
    const before = boxes.filter((box) => box.top + box.height / 2 < event.clientY).length;
    const own = this.order.place;
    const inOwn = event.clientY >= boxes[own].top && event.clientY <= boxes[own].bottom;
    if (!inOwn) this.order.moveTo(before > own ? before - 1 : before);
    const depth = this.drag.depth + Math.round((event.clientX - this.drag.x) / STEP);
    const [, now, used] = this.order.rows[this.order.place];
    if (depth !== now) this.order.change(depth, used);
    this.changed();
  }

  draw(stuck) {
    const ordered = this.order.rows.map(([number, depth, used], place) => {
      const item = this.items[number - 1];
      item.style.setProperty("--course-depth", depth);
      item.classList.toggle("course-out", !used);
      item.classList.toggle("course-stuck", number === stuck);
      const where = used ? `level ${depth}` : "left out";
      const trouble = number === stuck ? ", cannot stay here" : "";
      return setAttributes(item, {
        "aria-selected": number === this.order.chosen,
        "aria-label": `line ${number}, place ${place + 1}, ${where}${trouble}: ${this.order.pieces[number - 1]}`,
      });
    });
    const moved = ordered.some((item, place) => this.node.children[place] !== item);
    if (moved) this.node.replaceChildren(...ordered);
    this.node.setAttribute("aria-activedescendant", this.items[this.order.chosen - 1].id);
  }
}

// A button that copies the comments; where the browser does not let it, they are selected.
function copyButton(model, page) {
  const copy = button("copy the comments", "copy the comments", async () => {
    try {
      await navigator.clipboard.writeText(model.get("result").faded);
      copy.textContent = "copied";
    } catch {
      getSelection().selectAllChildren(page.querySelector("pre"));
    }
  });
  return copy;
}

function render({ model, el }) {
  const order = new Order(model);
  const said = status("course-heard");
  const page = element("div", "course-page", { role: "status", "aria-live": "polite" });
  const copy = copyButton(model, page);
  const go = button("try it", "try the function", () => tryIt());
  let shownFor = null; // the order to which the result belongs

  const lines = new Lines(
    order,
    () => draw(true),
    () => tryIt(),
  );
  const act = (action) => () => {
    action();
    draw(true);
  };
  const out = button(
    "leave out",
    "leave the chosen line out, or take it back",
    act(() => order.leaveOut()),
  );
  const tools = toolbar(
    "the chosen line",
    button(
      "↑",
      "move the chosen line up",
      act(() => order.moveTo(order.place - 1)),
    ),
    button(
      "↓",
      "move the chosen line down",
      act(() => order.moveTo(order.place + 1)),
    ),
    button(
      "←",
      "indent the chosen line less",
      act(() => order.indent(-1)),
    ),
    button(
      "→",
      "indent the chosen line more",
      act(() => order.indent(1)),
    ),
    out,
    go,
  );

  function tryIt() {
    if (go.getAttribute("aria-disabled") === "true") return;
    go.setAttribute("aria-disabled", "true");
    shownFor = JSON.stringify(order.rows);
    put(model, { tried: model.get("tried") + 1 });
  }

  function draw(aloud) {
    const isOld = shownFor !== JSON.stringify(order.rows);
    const result = model.get("result");
    lines.draw(isOld ? 0 : result.stuck);
    page.classList.toggle("course-old", isOld && Boolean(shownFor));
    out.textContent = order.rows[order.place][2] ? "leave out" : "take back";
    if (aloud) said.textContent = order.words;
  }

  const header = element("code", "course-header", {}, model.get("header"));
  const hint = element("div", "course-keys", {}, "Drag a line by mouse, or use the buttons or the keys. ", KEYS);
  const intro = element("div", "", {}, model.get("intro"));
  present(el, "order-lines", `puzzle: ${model.get("name")}`, intro, header, lines.node, tools, hint, said, page, copy);
  follow(model, ["rows"], () => draw(false));
  follow(model, ["result"], () => {
    const result = model.get("result");
    page.innerHTML = result.page ?? "";
    copy.hidden = !result.faded;
    copy.textContent = "copy the comments";
    go.removeAttribute("aria-disabled");
    draw(false);
  });
}

export default { render };
