// A whistle to bend with sliders, to hear and to see, and what a network hears in it.

const SIDE = 260; // of the picture, in pixels
const LOUDNESS = 0.5;
const SHAPES = { rising: [-1, 0, 1], falling: [1, 0, -1], hill: [-1, 1, -1], valley: [1, -1, 1] };
const TIMES = ["beginning", "middle", "end"];

const bytesOf = (view) => view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);

function slider(words, [min, max, step], unit, get, set) {
  const input = element("input", "course-slider", { type: "range", min, max, step, "aria-label": words });
  const value = element("span", "course-value");
  input.addEventListener("input", () => set(Number(input.value)));
  const draw = () => {
    const text = `${numberText(get(), step < 0.1 ? 2 : step < 1 ? 1 : 0)}${unit}`;
    input.value = get();
    input.setAttribute("aria-valuetext", text);
    value.textContent = text;
  };
  return { node: element("label", "course-knob", {}, element("span", "course-meaning", {}, words), input, value), draw };
}

// The picture: time goes to the right, high sounds are above low ones.
function screen(model) {
  const canvas = element("canvas", "course-sound", { role: "img" });
  canvas.style.width = canvas.style.height = `${SIDE}px`;
  const title = element("div", "course-title");
  const draw = () => {
    const [rows, columns] = model.get("shape");
    const bright = new Uint8Array(bytesOf(model.get("pixels")));
    if (bright.length !== rows * columns) return;
    if (canvas.width !== columns) canvas.width = columns;
    if (canvas.height !== rows) canvas.height = rows;
    const image = new ImageData(columns, rows);
    for (let row = 0; row < rows; row += 1)
      for (let column = 0; column < columns; column += 1) {
        const grey = bright[(rows - 1 - row) * columns + column];
        image.data.set([grey, grey, grey, 255], 4 * (row * columns + column));
      }
    canvas.getContext("2d").putImageData(image, 0, 0);
    title.textContent = `spectrogram, ${rows} x ${columns}`;
    const [first, middle, last] = model.get("pitches").map((pitch) => numberText(pitch, 0));
    canvas.setAttribute("aria-label", `spectrogram of a whistle from ${first} over ${middle} to ${last} swings a second`);
  };
  const below = element("div", "course-small", {}, "time goes to the right · high is above low");
  return { node: element("div", "course-figure", {}, title, canvas, below), draw };
}

// A bar for each label; the longest one's label is bold.
function hearing(model) {
  const rows = model.get("labels").map((label) => {
    const [fill, value] = [element("div", "course-bar-fill"), element("span", "course-value")];
    const node = element("div", "course-heard", {}, element("span", "course-meaning", {}, label),
      element("div", "course-bar", { "aria-hidden": "true" }, fill), value);
    return { node, fill, value };
  });
  const node = element("div", "course-hearing", { role: "status", "aria-live": "polite", "aria-label": "what the network hears" },
    ...rows.map((row) => row.node));
  const draw = () => {
    const shares = model.get("shares");
    const most = Math.max(...shares);
    rows.forEach((row, i) => {
      const known = typeof shares[i] === "number";
      row.fill.style.width = known ? `${100 * clamp(shares[i], 0, 1)}%` : "0";
      row.value.textContent = known ? numberText(shares[i], 2) : "–";
      row.node.classList.toggle("course-heard-best", known && shares[i] === most);
    });
  };
  return { node, draw };
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
  const ranges = model.get("ranges");
  const set = (name, value) => (model.set(name, value), model.save_changes());
  const bend = (place) => (value) => set("pitches", model.get("pitches").map((pitch, i) => (i === place ? value : pitch)));
  const knobs = [
    ...TIMES.map((time, i) => slider(`pitch, ${time}`, ranges.pitches, " Hz", () => model.get("pitches")[i], bend(i))),
    slider("begins at", ranges.start, " s", () => model.get("start"), (value) => set("start", value)),
    slider("noise", ranges.noise, "", () => model.get("noise"), (value) => set("noise", value)),
  ];
  const sound = player(model);
  const kinds = Object.entries(SHAPES).map(([name, course]) =>
    button(name, `whistle: ${name}`, () => set("pitches", course.map((way) => 1600 + 400 * way))));
  const [picture, heard] = [screen(model), hearing(model)];
  const remark = element("div", "course-remark");
  const right = element("div", "course-column", {}, element("div", "course-buttons", {}, sound.node),
    element("div", "course-buttons", { role: "toolbar", "aria-label": "kinds of whistles" }, ...kinds),
    element("div", "course-knobs", { role: "group", "aria-label": "sliders" }, ...knobs.map((knob) => knob.node)), heard.node);
  const root = element("div", "course-widget course-whistle", { role: "group", "aria-label": "a whistle to bend" },
    element("div", "course-line", {}, picture.node, right), remark);
  const parts = [...knobs, picture, heard];
  const draw = () => {
    parts.forEach((part) => part.draw());
    remark.textContent = model.get("trouble");
    remark.classList.toggle("course-trouble", Boolean(model.get("trouble")));
  };
  keepKeys(root);
  el.append(root);
  draw();
  for (const name of ["pitches", "start", "noise", "pixels", "shape", "shares", "trouble"]) model.on(`change:${name}`, draw);
  return () => sound.close();
}

export default { render };
