// Numbers: worked with, and written as people write them.

export const clamp = (value, low, high) => Math.max(low, Math.min(high, value));
export const range = (count) => Array.from({ length: count }, (_, i) => i);
export const sumOf = (numbers) => numbers.reduce((total, number) => total + number, 0);

// Rounding errors of a sum of decimals must not show up as 0.30000000000000004, nor decide a tie.
export const tidy = (value) => Math.round(value * 1e9) / 1e9;

// Rows of numbers.
export const table = (rows, columns, entry) =>
  range(rows).map((row) => range(columns).map((column) => entry(row, column)));
export const shapeOf = (values) => [values.length, values[0].length];
export const shapeText = (values) => shapeOf(values).join(" x ");
// Rows of numbers, or rows of such rows, with one number replaced.
export const changed = (values, [index, ...rest], number) =>
  values.map((value, i) => (i !== index ? value : rest.length ? changed(value, rest, number) : number));
// The size of the largest number in an array of any depth; never 0, so that one can divide by it.
export const largest = (values) =>
  values.reduce((most, value) => Math.max(most, value?.length ? largest(value) : Math.abs(value)), 1e-12);

// "7", "−1" or "0.35": whole numbers stay whole, a true minus sign, and never "−0.00".
export function numberText(value, decimals = Number.isInteger(value) ? 0 : 2) {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

// Three digits that count, for numbers of any size: "0.00432", "−12.3", "1.62 · 10^13".
export function threeDigits(value) {
  const size = Math.abs(value);
  if (size === 0 || (size >= 0.001 && size < 1e5))
    return numberText(value, size === 0 ? 0 : clamp(2 - Math.floor(Math.log10(size)), 0, 5));
  const [digits, power] = value.toExponential(2).replaceAll("-", "−").split("e");
  return `${digits} · 10^${power.replace("+", "")}`;
}

// "0.25", "4" or "0.3": at most so many decimals, and as few as it needs.
export function shortText(value, most = 2) {
  const enough = range(most).find((digits) => Math.abs(Number(value.toFixed(digits)) - value) < 1e-9);
  return numberText(value, enough ?? most);
}

// "+ 7" or "− 1": the number as the next term of a sum.
export const termText = (value, decimals) => `${value < 0 ? "−" : "+"} ${numberText(Math.abs(value), decimals)}`;

export const plural = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
