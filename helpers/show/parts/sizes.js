// Output sizes: the formula with its numbers, and whether the windows reach every pixel.

import { plural } from "./numbers.js";

export const steps = (side, { F, S, P }) => Math.floor((side + 2 * P - F) / S) + 1;
export const leftOver = (side, { F, S, P }) => (side + 2 * P - F) % S;

// "(9 − 3 + 2 · 1) / 2 + 1 = 5", or with "→" where it had to be rounded down.
export function sizeText(side, { F, S, P }) {
  const exact = (side - F + 2 * P) / S + 1;
  const value = Number.isInteger(exact) ? `${exact}` : `${exact.toFixed(2)} → ${Math.floor(exact)}`;
  return `(${side} − ${F} + 2 · ${P}) / ${S} + 1 = ${value}`;
}

// Whether the windows tile the image, by the rows and columns that are left over and the gaps between windows.
export function tilesText(rows, columns, gap = 0) {
  const parts = [];
  if (rows) parts.push(plural(rows, "row"));
  if (columns) parts.push(plural(columns, "column"));
  const over = parts.length ? `no: ${parts.join(" and ")} left over` : "yes: the last window ends at the edge";
  return gap ? `${over}, gaps of ${gap}` : over;
}
