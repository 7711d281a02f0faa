// A remark: a line that says what went wrong or, as long as nothing did, what is usual.

import { status } from "./dom.js";

// `usual` gives the usual sentence; `tell` says a sentence of trouble, and the usual one if it is empty.
export function remarks(usual) {
  const node = status("course-remark");
  const tell = (sentence) => {
    node.textContent = sentence || usual();
    node.classList.toggle("course-trouble", Boolean(sentence));
  };
  return { node, tell };
}
