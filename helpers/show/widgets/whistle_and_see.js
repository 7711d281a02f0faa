// A whistle to bend with sliders, to hear and to see, and what a network hears in it.

import { Bar } from "../parts/bar.js";
import { button, column, element, line, status, toolbar } from "../parts/dom.js";
import { numberText } from "../parts/numbers.js";
import { Slider } from "../parts/slider.js";
import { follow, present, put } from "../parts/widget.js";

const SIDE = 260; // of the picture, in pixels
const LOUDNESS = 0.5;
const SHAPES = { rising: [-1, 0, 1], falling: [1, 0, -1], hill: [-1, 1, -1], valley: [1, -1, 1] };
const TIMES = ["beginning", "middle", "end"];

const bytesOf = (view) => view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);

// A slider for one number that `get` finds and `set` changes.
function slider(model, words, range, unit, get, set) {
  const knob = new Slider(words, range, set);
  const step = range[2];
  const decimals = step < 0.1 ? 2 : step < 1 ? 1 : 0;
  follow(model, ["pitches", "start", "noise"], () => knob.show(get(), `${numberText(get(), decimals)}${unit}`));
  return knob.node;
}

function sliders(model) {
  const ranges = model.get("ranges");
  const bend = (place, value) => model.get("pitches").map((pitch, i) => (i === place ? value : pitch));
  const pitches = TIMES.map((time, place) =>
    slider(
      model,
      `pitch, ${time}`,
      ranges.pitches,
      " Hz",
      () => model.get("pitches")[place],
      (value) => put(model, { pitches: bend(place, value) }),
    ),
  );
  return [
    ...pitches,
    slider(
      model,
      "begins at",
      ranges.start,
      " s",
      () => model.get("start"),
      (start) => put(model, { start }),
    ),
    slider(
      model,
      "noise",
      ranges.noise,
      "",
      () => model.get("noise"),
      (noise) => put(model, { noise }),
    ),
  ];
}

// The picture: time goes to the right, high sounds are above low ones.
function screen(model) {
  const canvas = element("canvas", "course-sound", { role: "img" });
  canvas.style.width = canvas.style.height = `${SIDE}px`;
  const title = element("div", "course-title");
  follow(model, ["pixels", "shape", "pitches"], () => {
    const [rows, columns] = model.get("shape");
    const bright = new Uint8Array(bytesOf(model.get("pixels")));
    if (bright.length !== rows * columns) return; // the other one is still on its way
    if (canvas.width !== columns) canvas.width = columns;
    if (canvas.height !== rows) canvas.height = rows;
    paint(canvas, bright);
    title.textContent = `spectrogram (${rows} x ${columns})`;
    const [first, middle, last] = model.get("pitches").map((pitch) => numberText(pitch, 0));
    const label = `spectrogram of a whistle that goes from ${first} through ${middle} to ${last} Hz`;
    canvas.setAttribute("aria-label", label);
  });
  const below = element("div", "course-small", {}, "time goes to the right · high is above low");
  return element("div", "course-figure", {}, title, canvas, below);
}

// Put the greys on the canvas, the first row at the bottom.
function paint(canvas, greys) {
  const { width, height } = canvas;
  const image = new ImageData(width, height);
  for (let row = 0; row < height; row += 1)
    for (let column = 0; column < width; column += 1) {
      const grey = greys[(height - 1 - row) * width + column];
      image.data.set([grey, grey, grey, 255], 4 * (row * width + column));
    }
  canvas.getContext("2d").putImageData(image, 0, 0);
}

// A bar for each label; the longest one's label is bold.
function hearing(model) {
  const rows = model.get("labels").map((label) => {
    const [bar, value] = [new Bar(), element("span", "course-value")];
    const node = element("div", "course-heard", {}, element("span", "course-meaning", {}, label), bar.node, value);
    return { node, bar, value };
  });
  const node = status("course-hearing", ...rows.map((row) => row.node));
  node.setAttribute("aria-label", "what the network hears");
  follow(model, ["shares"], () => {
    const shares = model.get("shares");
    const most = Math.max(...shares);
    rows.forEach((row, i) => {
      row.bar.show(shares[i]);
      row.value.textContent = i in shares ? numberText(shares[i], 2) : "–";
      row.node.classList.toggle("course-heard-best", shares[i] === most);
    });
  });
  return node;
}

function player(model) {
  let context = null;
  const play = () => {
    const samples = new Float32Array(bytesOf(model.get("sound"))).map((sample) => LOUDNESS * sample);
    context ??= new AudioContext();
    const buffer = context.createBuffer(1, samples.length, model.get("rate"));
    buffer.copyToChannel(samples, 0);
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(context.destination);
    context.resume();
    source.start();
  };
  return { node: button("▶ listen", "listen to the whistle", play), close: () => context?.close() };
}

function render({ model, el }) {
  const sound = player(model);
  const kinds = Object.entries(SHAPES).map(([name, course]) =>
    button(name, `whistle: ${name}`, () => put(model, { pitches: course.map((way) => 1600 + 400 * way) })),
  );
  const remark = element("div", "course-remark");
  follow(model, ["trouble"], () => {
    remark.textContent = model.get("trouble");
    remark.classList.toggle("course-trouble", Boolean(model.get("trouble")));
  });
  const knobs = element("div", "course-knobs", { role: "group", "aria-label": "sliders" }, ...sliders(model));
  const right = column(
    element("div", "course-buttons", {}, sound.node),
    toolbar("kinds of whistles", ...kinds),
    knobs,
    hearing(model),
  );
  present(el, "whistle-and-see", "a whistle to bend", line(screen(model), right), remark);
  return () => sound.close();
}

export default { render };
