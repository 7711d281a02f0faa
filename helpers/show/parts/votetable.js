// The votes, and the shares that softmax makes of them, one class a line; next to them those of another image.

import { Bar } from "./bar.js";
import { Beam } from "./beam.js";
import { element } from "./dom.js";
import { largest, numberText } from "./numbers.js";

const HEADS = ["", "votes", "", "kept", "shares", "", "kept"];

export class VoteTable {
  // `point` gets what was pointed at, "votes" or "shares", the class's number, and the event.
  constructor(labels, point) {
    this.lines = labels.map((label, i) => this.line(label, i, point));
    const heads = HEADS.map((head) => element("span", "", {}, head));
    const nodes = this.lines.map(({ node }) => node);
    this.head = element("div", "course-poll course-poll-head", {}, ...heads);
    this.node = element("div", "course-polls", {}, this.head, ...nodes);
  }

  line(label, i, point) {
    const [beam, bar] = [new Beam(), new Bar()];
    const spans = ["votes", "otherVotes", "shares", "otherShares"].map(() => element("span", "course-poll-number"));
    const [votes, otherVotes, shares, otherShares] = spans;
    const cells = [beam.node, votes, otherVotes, bar.node, shares, otherShares];
    cells.forEach((cell, place) => {
      const what = place < 3 ? "votes" : "shares";
      for (const kind of ["pointermove", "pointerdown"]) cell.addEventListener(kind, (event) => point(what, i, event));
    });
    const name = element("span", "course-poll-label", {}, label);
    const node = element("div", "course-poll", {}, name, ...cells);
    return { node, label: name, beam, bar, votes, otherVotes, shares, otherShares };
  }

  // Arrays with one number for each class; none where they are unknown.
  show({ votes = [], shares = [], otherVotes = [], otherShares = [] }) {
    const limit = largest([...votes, ...otherVotes]);
    const [best, otherBest] = [votes, otherVotes].map((array) => array.indexOf(Math.max(...array)));
    this.lines.forEach((line, i) => {
      line.beam.show(votes[i] ?? 0, limit);
      line.bar.show(shares[i]);
      line.votes.textContent = votes.length ? numberText(votes[i], 2) : "–";
      line.shares.textContent = shares.length ? numberText(shares[i], 3) : "–";
      line.otherVotes.textContent = otherVotes.length ? numberText(otherVotes[i], 2) : "";
      line.otherShares.textContent = otherShares.length ? numberText(otherShares[i], 3) : "";
      for (const part of [line.label, line.votes, line.shares]) part.classList.toggle("course-best", i === best);
      for (const part of [line.otherVotes, line.otherShares]) part.classList.toggle("course-best", i === otherBest);
    });
    this.head.classList.toggle("course-poll-alone", !otherVotes.length);
  }

  // Outline one vote or one share.
  mark(what, chosen) {
    this.lines.forEach((line, i) => {
      for (const name of ["votes", "shares"])
        line[name].classList.toggle("course-poll-chosen", name === what && i === chosen);
    });
  }
}
