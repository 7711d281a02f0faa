// Colours: each means one thing in the whole course.

export const POSITIVE = [0, 114, 178];
export const NEGATIVE = [213, 94, 0];
export const WHITE = [255, 255, 255];

export const css = (colour) => `rgb(${colour.join(",")})`;
export const signColour = (value) => (value < 0 ? NEGATIVE : POSITIVE);

function mix(from, to, share) {
  return from.map((channel, i) => Math.round(channel + (to[i] - channel) * share));
}

// -1 is black, 0 mid grey, +1 white.
export function pixelColour(value) {
  return mix([0, 0, 0], WHITE, (Math.max(-1, Math.min(1, value)) + 1) / 2);
}

// Blue above zero, white at zero, vermillion below; `limit` has the full colour.
export function signedColour(value, limit) {
  return mix(WHITE, signColour(value), Math.min(1, Math.abs(value) / limit));
}

// The ink, black or white, that stands out more from the colour (contrast as in WCAG 2).
export function inkOn(colour) {
  const linear = colour.map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  const luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  return luminance > 0.179 ? "#000" : "#fff";
}
