// A scope: what Python has sent about a network, and the value in hand.

import { floats } from "./buffers.js";
import { originOf } from "./explanation.js";
import { clamp, largest } from "./numbers.js";
import { put } from "./widget.js";

export class Scope {
  constructor(model) {
    Object.assign(this, { model, stages: model.get("stages"), labels: model.get("labels") });
    this.read();
  }

  // The numbers of both images: what is drawn, and the values behind it.
  read() {
    const result = this.model.get("result");
    const unpack = (name) => (result[name] ?? []).map(floats);
    this.values = [unpack("values"), unpack("other_values")];
    const gradients = [unpack("gradients"), unpack("other_gradients")];
    this.drawn = this.gradientOf ? gradients : this.values;
  }

  get gradientOf() {
    return this.model.get("gradient_of");
  }

  get isComparing() {
    return this.model.get("other").length > 0;
  }

  get place() {
    return this.model.get("place");
  }

  // Where a value is in the flat array of its stage.
  index([stage, map, row, column]) {
    const [, rows, columns] = this.stages[stage].shape;
    return (map * rows + row) * columns + column;
  }

  valueOf(which, place) {
    return this.values[which][place[0]]?.[this.index(place)];
  }

  go(place, hold = false) {
    const [stage, ...cell] = place;
    const inside = cell.map((at, i) => clamp(at, 0, this.stages[stage].shape[i] - 1));
    const same = [stage, ...inside].join() === this.place.join();
    const pinned = hold ? !(same && this.model.get("pinned")) : this.model.get("pinned");
    if (!same || pinned !== this.model.get("pinned")) put(this.model, { place: [stage, ...inside], pinned });
  }

  // To the value in the layer before that this one comes from; else to the one at the same place, if there is one.
  changeLayer(step) {
    const origin = step < 0 && this.origin;
    if (origin) {
      this.go(origin);
      return;
    }
    const [stage, map, row, column] = this.place;
    const next = clamp(stage + step, 0, this.stages.length - 1);
    const [[, height, width], [, rows, columns]] = [this.stages[stage].shape, this.stages[next].shape];
    const scaled = (at, from, to) => Math.floor(((at + 0.5) * to) / from);
    this.go([next, map, scaled(row, height, rows), scaled(column, width, columns)]);
  }

  get origin() {
    const found = this.model.get("explanation");
    return found.at?.join() === this.place.join() ? originOf(found, this.model.get("channel")) : null;
  }

  changeMap(step) {
    const [stage, map, row, column] = this.place;
    this.go([stage, map + step, row, column]);
  }

  // What has the full colour in each map of each stage.
  limits() {
    const scale = this.model.get("scale");
    const both = this.drawn.filter((arrays) => arrays.length);
    const size = (stage, map) => {
      const count = this.stages[stage].shape[1] * this.stages[stage].shape[2];
      const part = (array) => (map === null ? array : array.subarray(map * count, (map + 1) * count));
      return Math.max(...both.map((arrays) => largest(part(arrays[stage]))));
    };
    const shown = this.stages.map((_, stage) => stage).filter((stage) => !this.stages[stage].is_vote);
    if (scale === "each map") return size;
    const sizes = shown.map((stage) => size(stage, null));
    const all = Math.max(...sizes.slice(this.gradientOf ? 0 : 1));
    return (stage) => (scale === "each layer" ? sizes[stage] : all);
  }
}
