// One question at a time over the whole class. What students wrote is only ever put on the page as text.

const LETTERS = "abcdfghijklm"; // e leads into the comment
const byId = (id) => document.getElementById(id);

let lesson = null;
let current = 0; // which question
let saving = Promise.resolve();

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

function say(text, trouble = false) {
  byId("status").textContent = text;
  byId("status").classList.toggle("trouble", trouble);
}

// -- what is known -----------------------------------------------------------------------------------------------

const question = () => lesson.questions[current];
const isDone = (card) => card.answers.every((answer) => !answer.toRead);
const left = (one) => one.cards.filter((card) => !isDone(card)).reduce((sum, card) => sum + card.answers.length, 0);
const all = (one) => one.cards.reduce((sum, card) => sum + card.answers.length, 0);

/** What all answers of a card have; undefined where they differ. */
function common(card, what) {
  const values = new Set(card.answers.map((answer) => answer[what]));
  return values.size === 1 ? [...values][0] : undefined;
}

// -- talking to the server ---------------------------------------------------------------------------------------

async function fetched(address, options) {
  const reply = await fetch(address, options).catch(() => null);
  if (reply === null)
    return { trouble: "`course read` does not answer any more. Start it again; what was saved is saved." };
  if (!(reply.headers.get("Content-Type") || "").startsWith("application/json")) return { trouble: await reply.text() };
  return reply.json();
}

async function load() {
  const found = await fetched("/answers");
  if (found.trouble) {
    say(found.trouble, true);
    return false;
  }
  lesson = found;
  document.title = `${lesson.lesson}: answers in words`;
  document.querySelector("h1").textContent = lesson.lesson;
  byId("names-label").hidden = !lesson.names;
  draw();
  return true;
}

/** Gives points, a comment, or both to all answers of some cards, one request after another; `what` says which. */
function give(cards, what) {
  const asked = question();
  saving = saving.then(async () => {
    const { points, comment } = what();
    const answers = cards.flatMap((card) => card.answers);
    const changes = answers.map((answer) => ({
      id: answer.id,
      points: points === undefined ? answer.points : points,
      comment: comment === undefined ? answer.comment : comment,
      seen: { points: answer.points, comment: answer.comment },
    }));
    const body = JSON.stringify({ question: asked.name, changes });
    const reply = await fetched("/marks", { method: "POST", headers: { "Content-Type": "application/json" }, body });
    if (reply.trouble) {
      await load();
      say(reply.trouble, true);
      return;
    }
    const now = new Map(reply.given.map((one) => [one.id, one]));
    for (const answer of answers) Object.assign(answer, now.get(answer.id));
    cards.forEach(refresh);
    tell(asked);
  });
  return saving;
}

// -- drawing -----------------------------------------------------------------------------------------------------

function tell(asked) {
  const blank = asked.blank ? `, ${asked.blank} blank (0 points already)` : "";
  const lost = asked.lost ? `, ${asked.lost} not found in a graded notebook` : "";
  say(`Saved. ${left(asked)} of ${all(asked)} still to be read${blank}${lost}.`);
  drawQuestions();
}

function drawQuestions() {
  const buttons = lesson.questions.map((one, place) =>
    element(
      "button",
      {
        type: "button",
        "aria-current": place === current ? "true" : null,
        onclick: () => {
          current = place;
          draw();
        },
      },
      `${one.name} (${left(one)})`,
    ),
  );
  byId("questions").replaceChildren(...buttons);
}

function draw() {
  drawQuestions();
  drawAbout(question());
  drawCards();
  tell(question());
  byId("status").textContent = byId("status").textContent.replace("Saved. ", "");
}

function titled(title, ...children) {
  return [element("h2", {}, title), ...children];
}

function drawAbout(one) {
  const parts = [...titled("The question", element("p", { class: "text" }, one.asked))];
  if (one.model) parts.push(...titled("A model answer", element("p", { class: "text" }, one.model)));
  if (one.rubric) {
    const points = one.rubric.points.map((point) =>
      element("li", {}, point.there, element("br"), element("span", { class: "dim" }, `Not: ${point.not_there}`)),
    );
    parts.push(...titled(`One point for each (${one.most})`, element("ol", {}, ...points)));
    const examples = one.rubric.examples.map((example) =>
      element(
        "li",
        {},
        element("strong", {}, `${example.points}: `),
        example.text,
        " ",
        element("em", { class: "dim" }, example.why),
      ),
    );
    parts.push(...titled("Examples", element("ul", {}, ...examples)));
    if (one.rubric.note) parts.push(element("p", { class: "dim" }, one.rubric.note));
  } else {
    parts.push(element("p", { class: "dim" }, `This question has no rubric; it is worth ${one.most}.`));
  }
  byId("about").replaceChildren(...parts);
}

function drawCards() {
  const unread = byId("unread").checked;
  const groups = new Map();
  for (const card of question().cards) {
    if (unread && isDone(card)) continue;
    if (!groups.has(card.group)) groups.set(card.group, []);
    groups.get(card.group).push(card);
  }
  const sections = [...groups.values()].map((cards) => {
    const count = cards.reduce((sum, card) => sum + card.answers.length, 0);
    const heading = cards.length > 1 ? element("h2", {}, `${count} answers that are alike`) : null;
    return element("section", { class: "group" }, heading, ...cards.map(drawCard));
  });
  const none = element("p", { class: "dim" }, "There is nothing to read here.");
  byId("cards").replaceChildren(...(sections.length ? sections : [none]));
}

function drawCard(card) {
  card.node = element("article", { tabindex: "0" });
  card.node.card = card;
  card.node.addEventListener("keydown", (event) => onKey(event, card));
  refresh(card);
  return card.node;
}

function refresh(card) {
  const one = question();
  if (!one.cards.includes(card) || !card.node) return;
  const typing = card.comment === document.activeElement && card.comment;
  const kept = typing ? typing.value : null;
  const held = card.node.contains(document.activeElement) && !typing;
  const number = one.cards.indexOf(card) + 1;
  card.node.setAttribute("aria-label", `Answer ${number}, ${isDone(card) ? "read" : "to be read"}`);
  card.node.classList.toggle("done", isDone(card));
  const parts = [
    who(card),
    element("p", { class: "text" }, card.text),
    card.picture ? element("p", { class: "dim" }, "There is a picture or a link with it: see Formgrader.") : null,
    pointButtons(card, one),
    readyButtons(card, one),
    commentBox(card),
  ];
  card.node.replaceChildren(...parts.filter((part) => part !== null));
  if (kept !== null) {
    card.comment.value = kept;
    card.comment.focus();
  } else if (held) card.node.focus({ preventScroll: true });
}

function who(card) {
  const count = card.answers.length;
  const names = card.answers.map((answer) => answer.name || answer.student).filter(Boolean);
  const said = count > 1 ? `${count} with these words` : "";
  const shown = byId("names").checked && lesson.names ? names.join(", ") : "";
  return element("p", { class: "dim row" }, [said, shown].filter(Boolean).join(": "));
}

function pointButtons(card, one) {
  const given = common(card, "points");
  const buttons = Array.from({ length: Math.floor(one.most) + 1 }, (_, points) =>
    element(
      "button",
      { type: "button", "aria-pressed": String(given === points), onclick: () => mark(card, points) },
      String(points),
    ),
  );
  const again = !isDone(card) && given !== null ? "to be looked at again" : null;
  const differ = given === undefined ? "these have different points" : null;
  return element("div", { class: "row", role: "group", "aria-label": "Points" }, ...buttons, differ ?? again);
}

function readyButtons(card, one) {
  const ready = one.rubric?.comments.slice(0, LETTERS.length) ?? [];
  const said = common(card, "comment") ?? "";
  const buttons = ready.map((text, place) =>
    element(
      "button",
      {
        type: "button",
        class: "ready",
        "aria-pressed": String(said.includes(text)),
        onclick: () => toggle(card, text),
      },
      element("kbd", {}, LETTERS[place]),
      ` ${text}`,
    ),
  );
  return buttons.length
    ? element("div", { class: "row", role: "group", "aria-label": "Ready-made comments" }, ...buttons)
    : null;
}

function commentBox(card) {
  const differ = common(card, "comment") === undefined;
  const placeholder = differ ? "these have different comments" : "comment";
  card.comment = element("textarea", { rows: "1", "aria-label": "Comment", placeholder });
  card.comment.value = common(card, "comment") ?? "";
  card.comment.addEventListener("change", () => write(card, card.comment.value));
  return card.comment;
}

// -- what people do ----------------------------------------------------------------------------------------------

function write(card, text) {
  give([card], () => ({ comment: text.trim() || null }));
}

function toggle(card, text) {
  give([card], () => {
    const said = common(card, "comment") ?? "";
    const without = said.replace(text, "").replace(/ {2,}/g, " ").trim();
    return { comment: (said.includes(text) ? without : `${said} ${text}`.trim()) || null };
  });
}

async function mark(card, points) {
  step(card, (other) => !isDone(other) && other !== card);
  await give([card], () => ({ points }));
}

function markGroup(card, points) {
  const alike = question().cards.filter((other) => other.group === card.group && (other === card || !isDone(other)));
  step(card, (other) => !isDone(other) && !alike.includes(other));
  return give(alike, () => ({ points }));
}

/** The focus goes to the next card on the page that is wanted, or stays. */
function step(card, wanted = () => true, by = 1) {
  const nodes = [...document.querySelectorAll("article")];
  for (let place = nodes.indexOf(card.node) + by; place >= 0 && place < nodes.length; place += by) {
    if (wanted(nodes[place].card)) {
      nodes[place].focus();
      nodes[place].scrollIntoView({ block: "nearest" });
      return;
    }
  }
}

function onKey(event, card) {
  if (event.target === card.comment) {
    if (event.key === "Escape") card.node.focus();
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code);
  const ready = question().rubric?.comments[LETTERS.indexOf(event.key)];
  const does = {
    ArrowDown: () => step(card),
    ArrowUp: () => step(card, undefined, -1),
    Backspace: () => give([card], () => ({ points: null })),
    e: () => card.comment.focus(),
  }[event.key];
  if (digit && Number(digit[1]) <= question().most) (event.shiftKey ? markGroup : mark)(card, Number(digit[1]));
  else if (does) does();
  else if (event.key.length === 1 && LETTERS.includes(event.key) && ready) toggle(card, ready);
  else return;
  event.preventDefault();
}

byId("unread").addEventListener("change", drawCards);
byId("names").addEventListener("change", drawCards);
document.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" && document.activeElement === document.body) {
    document.querySelector("article")?.focus();
    event.preventDefault();
  }
});
load();
