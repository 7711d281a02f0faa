// A line for each label: its votes, and its share as a bar and a number.

import { Bar } from "./bar.js";
import { element, status } from "./dom.js";
import { numberText } from "./numbers.js";

export class Elected {
  constructor(labels) {
    this.lines = labels.map((label) => this.line(label));
    this.verdict = status("course-verdict");
    const heads = ["", "votes", "share"].map((head) => element("span", "", {}, head));
    const head = element("div", "course-elect", {}, ...heads);
    this.node = element("div", "course-elected", {}, this.verdict, head, ...this.lines.map(({ node }) => node));
  }

  line(label) {
    const [votes, share] = ["votes", "share"].map((name) => element("span", `course-elect-${name}`));
    const bar = new Bar();
    const name = element("span", "course-elect-label", {}, label);
    return { label, votes, share, bar, node: element("div", "course-elect", {}, name, votes, share, bar.node) };
  }

  // The verdict is said once, and not again with every picture that does not change it.
  show({ votes, shares, best }) {
    const verdict = `most votes: ${best || "–"}`;
    if (this.verdict.textContent !== verdict) this.verdict.textContent = verdict;
    this.lines.forEach((line, i) => {
      line.votes.textContent = votes.length ? numberText(votes[i], 2) : "–";
      line.share.textContent = votes.length ? numberText(shares[i], 3) : "–";
      line.bar.show(shares[i]);
      line.node.classList.toggle("course-best", line.label === best);
    });
  }
}
