// A question with choices or a number to type, and how sure one is; it is answered once.

import { button, element, newId, setAttributes, status } from "../parts/dom.js";
import { isPlain } from "../parts/keys.js";
import { partOf, withCode } from "../parts/sentence.js";
import { follow, present, put } from "../parts/widget.js";

const USUALLY = 1; // which of the words for how sure one is has the focus first
const UNSURE = "Type a number, such as 12 or 0.5.";

// One of several buttons in a row or a column: digits and arrow keys lead to each, only one of them by the tab key.
class Row {
  constructor(name, labelled, parts, choose) {
    this.buttons = parts.map((part, i) => {
      const node = element("button", "course-button course-choice", { type: "button", role: "radio" });
      const key = element("span", "course-key", { "aria-hidden": "true" }, `${i + 1}`);
      node.append(key, element("span", "course-chosen-part", {}, ...partOf(part)));
      node.addEventListener("click", () => choose(i));
      return node;
    });
    this.node = element("div", name, { role: "radiogroup", ...labelled }, ...this.buttons);
    this.node.addEventListener("keydown", (event) => this.key(event, choose));
    this.mark(-1);
  }

  key(event, choose) {
    if (!isPlain(event)) return;
    const at = this.buttons.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const number = Number(event.key) - 1;
    if (step) this.focus((at + step + this.buttons.length) % this.buttons.length);
    else if (this.buttons[number]) choose(number);
    else return;
    event.preventDefault();
  }

  focus(index) {
    this.buttons.forEach((node, i) => {
      node.tabIndex = i === index ? 0 : -1;
    });
    this.buttons[index].focus();
  }

  // Show which one was chosen, -1 for none, and whether others may still be.
  mark(chosen, isOver = false) {
    this.buttons.forEach((node, i) => {
      setAttributes(node, { "aria-checked": i === chosen, "aria-disabled": isOver });
      node.tabIndex = i === Math.max(chosen, 0) ? 0 : -1;
    });
  }
}

// A field for a number, which Enter or the button hands in.
class Field {
  constructor(labelled, choose) {
    const label = "your number";
    this.input = element("input", "course-number-field", { type: "text", inputmode: "decimal", "aria-label": label });
    this.remark = status("course-small");
    this.enter = button("enter", "enter: this is my number", () => this.read(choose));
    this.input.addEventListener("keydown", (event) => event.key === "Enter" && this.read(choose));
    const attributes = { role: "group", ...labelled };
    this.node = element("div", "course-choices-row", attributes, this.input, this.enter, this.remark);
  }

  read(choose) {
    const text = this.input.value.trim().replace("−", "-").replace(",", ".");
    const number = text === "" ? Number.NaN : Number(text);
    this.remark.textContent = Number.isFinite(number) ? "" : UNSURE;
    if (Number.isFinite(number)) choose(number);
    else this.input.focus();
  }

  focus() {
    this.input.focus();
  }

  mark(number, isOver) {
    if (isOver) this.input.value = `${number}`;
    this.input.readOnly = isOver;
    this.enter.disabled = isOver;
  }
}

// The parts of a question one below the other; arrays under titles that end with a colon stand side by side.
function laidOut(parts) {
  const isTitle = (part, i) => typeof part === "string" && part.endsWith(":") && Array.isArray(parts[i + 1]);
  return parts.flatMap((part, i) => {
    if (isTitle(part, i)) return element("div", "course-titled", {}, ...partOf(part), ...partOf(parts[i + 1]));
    return i > 0 && isTitle(parts[i - 1], i - 1) ? [] : element("div", "", {}, ...partOf(part));
  });
}

// What a question is about, as a heading; null if that is not said.
function headingOf(words, id) {
  const attributes = { role: "heading", "aria-level": 4, id };
  return words ? element("div", "course-heading", attributes, ...withCode(words)) : null;
}

// A button that stands alone until it is pressed; the question then takes its place.
class Folded {
  constructor(model, root) {
    const words = model.get("folded");
    this.model = model;
    this.button = button(words, words, () => put(model, { unfolded: model.get("unfolded") + 1 }));
    this.said = status("course-said-so");
    root.replaceChildren(this.button, this.said);
  }

  focus() {
    this.button.focus();
  }

  draw() {
    this.said.replaceChildren(...withCode(this.model.get("said")));
  }
}

// One question from its first sight to its answer.
class Card {
  constructor(model, root) {
    Object.assign(this, { model, chosen: null, handsOver: false });
    const parts = model.get("choices");
    const id = newId("question");
    const texts = laidOut(model.get("question"));
    const question = element("div", "course-question", { id }, ...texts);
    const choose = (value) => this.choose(value);
    const heading = headingOf(model.get("heading"), `${id}-heading`);
    const labelled = { "aria-labelledby": heading ? `${heading.id} ${id}` : id };
    this.choices = parts.length ? new Row("course-choices", labelled, parts, choose) : new Field(labelled, choose);
    const words = model.get("sure");
    const doubt = { "aria-label": "how sure are you?" };
    this.sure = words.length ? new Row("course-choices-row", doubt, words, (i) => this.beSure(i)) : null;
    this.doubt = element("div", "course-doubt", {}, element("span", "", {}, "How sure are you?"));
    if (this.sure) this.doubt.append(this.sure.node);
    this.said = status("course-said-so");
    this.onward = button("", "", () => this.goOn());
    const asked = [...(heading ? [heading] : []), question, this.choices.node];
    root.replaceChildren(...asked, ...(this.sure ? [this.doubt] : []), this.said, this.onward);
    this.doubt.addEventListener("keydown", (event) => event.key === "Escape" && this.choices.focus(this.chosen));
    this.draw();
  }

  get isOver() {
    return Object.keys(this.model.get("answer")).length > 0;
  }

  get isNumber() {
    return this.choices instanceof Field;
  }

  choose(value) {
    if (this.isOver) return;
    this.chosen = value;
    if (!this.sure) this.finish(0);
    else {
      this.draw();
      this.sure.focus(USUALLY);
    }
  }

  beSure(index) {
    if (this.isOver || this.chosen === null) return;
    this.sure.focus(index);
    this.finish(index + 1);
  }

  // The button goes, and with it the focus, before the next question is there to take it.
  goOn() {
    this.handsOver = true;
    put(this.model, { pressed: this.model.get("pressed") + 1 });
  }

  finish(sure) {
    put(this.model, { answer: { [this.isNumber ? "number" : "choice"]: this.chosen, sure } });
  }

  focus() {
    this.choices.focus(0);
  }

  draw() {
    const answer = this.model.get("answer");
    const chosen = answer.choice ?? answer.number ?? this.chosen;
    this.choices.mark(chosen ?? -1, this.isOver);
    this.sure?.mark((answer.sure ?? 0) - 1, this.isOver || chosen === null);
    this.doubt.classList.toggle("course-waiting", chosen === null);
    const right = this.model.get("right");
    if (!this.isNumber)
      this.choices.buttons.forEach((node, i) => {
        node.classList.toggle("course-right", i === right);
      });
    this.said.replaceChildren(...withCode(this.model.get("said")));
    const onward = this.model.get("onward");
    this.onward.textContent = onward;
    setAttributes(this.onward, { "aria-label": onward, title: onward });
    this.onward.hidden = !onward || !this.isOver;
  }
}

function render({ model, el }) {
  present(el, "choice-card", "question");
  const root = el.lastElementChild;
  const open = () => (model.get("folded") ? new Folded(model, root) : new Card(model, root));
  let card = open();
  follow(model, ["answer", "said", "right", "onward"], () => card.draw());
  model.on("change:turn", () => {
    const hadFocus = card.handsOver || root.contains(document.activeElement);
    card = open();
    if (hadFocus) card.focus();
  });
}

export default { render };
