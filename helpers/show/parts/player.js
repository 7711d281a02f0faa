// Playing: a button that visits one position after another until the last one.

import { button } from "./dom.js";

export class Player {
  // `advance` visits the next position and says whether it is the last; `begin` is called before the first.
  constructor(tempo, advance, begin = () => {}, what = "position") {
    Object.assign(this, { tempo, advance, begin, timer: null });
    const label = `play: visit one ${what} after another`;
    this.button = button("play", label, () => (this.timer ? this.pause() : this.play()));
    this.button.classList.add("course-play");
  }

  play() {
    this.begin();
    this.button.textContent = "pause";
    this.start();
  }

  start() {
    this.timer = setInterval(() => this.advance() && this.pause(), this.tempo);
  }

  // Play faster or slower from now on.
  setTempo(tempo) {
    this.tempo = tempo;
    if (!this.timer) return;
    clearInterval(this.timer);
    this.start();
  }

  pause() {
    clearInterval(this.timer);
    this.timer = null;
    this.button.textContent = "play";
  }

  // A button that does something by hand: the playing stops.
  tool(text, label, action) {
    return button(text, label, () => {
      this.pause();
      action();
    });
  }
}
