// A button below a panel that asks Python for more, and shows what comes back above itself.

import { button, element, line, newId } from "../parts/dom.js";
import { follow, present, put } from "../parts/widget.js";

function render({ model, el }) {
  const id = newId("asks");
  const page = element("div", "course-page", { "aria-live": "polite" });
  const words = element("input", "course-words", { type: "text", id, maxlength: 500 });
  const question = element("label", "", { for: id });
  const go = button("", "", () => press());
  const asked = element("div", "course-asked", {}, question, words);

  function press() {
    if (go.getAttribute("aria-disabled") === "true") return;
    go.setAttribute("aria-disabled", "true");
    put(model, { pressed: [model.get("pressed")[0] + 1, words.value] });
  }

  words.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter") press();
  });
  present(el, "unfold", "more", page, asked, line(go));
  follow(model, ["page", "label", "asks"], () => {
    const [label, asks] = [model.get("label"), model.get("asks")];
    const hadFocus = el.contains(document.activeElement);
    if (page.innerHTML !== model.get("page")) page.innerHTML = model.get("page");
    go.textContent = label;
    go.title = label;
    go.setAttribute("aria-label", label);
    go.hidden = !label;
    asked.hidden = !asks;
    question.textContent = asks;
    if (hadFocus && !label) page.setAttribute("tabindex", "-1");
    if (hadFocus && !label) page.focus();
  });
  follow(model, ["answered"], () => {
    words.value = "";
    go.removeAttribute("aria-disabled");
  });
}

export default { render };
