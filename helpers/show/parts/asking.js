// Asking: a value goes to Python with a number, and its answer comes back as `result` with the same number.

import { put } from "./widget.js";

const PATIENCE = 4000; // milliseconds until the widget says that Python has not answered
const SILENCE = "Python has not answered yet: it is busy, or the cell above needs to be run again.";

export class Question {
  // `onSilence` gets a sentence when no answer has come for a while.
  constructor(model, name, onSilence) {
    Object.assign(this, { model, name, onSilence, waiting: null });
  }

  ask(value) {
    if (JSON.stringify(value) === JSON.stringify(this.model.get(this.name))) return;
    this.send({ [this.name]: value });
  }

  // Ask about several attributes at once, or about one that nobody asks about twice.
  send(values) {
    put(this.model, { ...values, _turn: this.model.get("_turn") + 1 });
    this.stopWaiting();
    this.waiting = setTimeout(() => this.onSilence(SILENCE), PATIENCE);
  }

  // What Python answered last; if that answers the last question, the waiting ends.
  get answer() {
    const result = this.model.get("result");
    if (result.turn === this.model.get("_turn")) this.stopWaiting();
    return result;
  }

  stopWaiting() {
    clearTimeout(this.waiting);
  }
}
