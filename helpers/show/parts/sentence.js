// Sentences with code in them, and small arrays between sentences.

import { element } from "./dom.js";

// The nodes of a text in which `backticks` enclose code.
export function withCode(text) {
  const pieces = text.split("`");
  if (pieces.length % 2 === 0) return [text];
  return pieces.map((piece, i) => (i % 2 ? element("code", "course-code", {}, piece) : piece));
}

// An array of written numbers as a small table.
export function smallTable(rows) {
  const lines = rows.map((row) =>
    element("tr", "", {}, ...row.map((number) => element("td", "course-entry", {}, number))),
  );
  return element("table", "course-entries", {}, element("tbody", "", {}, ...lines));
}

// The nodes of a text or of an array.
export const partOf = (part) => (typeof part === "string" ? withCode(part) : [smallTable(part)]);
