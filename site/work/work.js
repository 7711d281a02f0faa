// The page "Your work": what the browser keeps, to download and to upload.

import { unzipSync, zipSync } from "./fflate.js";
import { address, bytes, files, keepNewVersion, keepNotebook, keepOther, mergeProgress, versions } from "./kept.js";

const said = document.querySelector("#said");
const current = await versions();

document.querySelector("#download-all").addEventListener("click", downloadAll);
document.querySelector("#upload").addEventListener("change", upload);
await show();

async function show() {
  const kept = await files();
  document.querySelector("#download-all").disabled = kept.length === 0;
  const table = document.querySelector("table");
  table.hidden = kept.length === 0;
  table.tBodies[0].replaceChildren(...kept.map(row));
  if (kept.length === 0)
    said.textContent = "Nothing is kept in this browser yet. What you change in a lesson will be listed here.";
}

function row(file) {
  const line = document.createElement("tr");
  const name = Object.assign(document.createElement("th"), { scope: "row", textContent: file.path });
  const changed = Object.assign(document.createElement("td"), {
    textContent: new Date(file.last_modified).toLocaleString(),
  });
  const actions = document.createElement("td");
  if (file.type === "notebook") actions.append(link("Open", address(file.path), file.path));
  actions.append(button("Download", file.path, () => offer(bytes(file), file.name)));
  const [lesson] = file.path.split("/");
  const begun = file.content?.metadata?.course?.version;
  if (file.name === `${lesson}.ipynb` && current[lesson] && begun !== current[lesson]) {
    line.id = lesson;
    actions.append(button("Open the new version as well", file.path, () => openNew(lesson)));
  }
  line.append(name, changed, actions);
  return line;
}

function link(text, href, about) {
  const made = Object.assign(document.createElement("a"), { href, textContent: text });
  made.setAttribute("aria-label", `${text} ${about}`);
  return made;
}

function button(text, about, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
  made.setAttribute("aria-label", `${text}: ${about}`);
  made.addEventListener("click", act);
  return made;
}

async function openNew(lesson) {
  location.href = address(await keepNewVersion(lesson));
}

async function downloadAll() {
  const kept = await files();
  const content = Object.fromEntries(kept.map((file) => [file.path, bytes(file)]));
  offer(zipSync(content), `course-work-${new Date().toISOString().slice(0, 10)}.zip`);
}

/** Let the browser save bytes as a file. */
function offer(data, name) {
  const href = URL.createObjectURL(new Blob([data]));
  Object.assign(document.createElement("a"), { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

async function upload(event) {
  const told = [];
  for (const file of event.target.files) {
    try {
      const data = new Uint8Array(await file.arrayBuffer());
      const contents = file.name.endsWith(".zip") ? unzipSync(data) : { [file.name]: data };
      for (const [path, part] of Object.entries(contents)) if (!path.endsWith("/")) await take(path, part);
      told.push(`${file.name} is here.`);
    } catch (problem) {
      told.push(`${file.name} could not be read: ${problem.message}.`);
    }
  }
  event.target.value = "";
  await show();
  said.textContent = told.join(" ");
}

/** Keep one uploaded file where the lessons look for it. */
async function take(path, data) {
  const name = path.split("/").pop();
  const text = new TextDecoder();
  if (name.endsWith(".jsonl")) return mergeProgress(text.decode(data));
  if (!name.endsWith(".ipynb")) return keepOther(path, data);
  const notebook = JSON.parse(text.decode(data));
  if (!Array.isArray(notebook.cells)) throw new Error(`${name} is not a notebook`);
  const lesson = Object.keys(current).find((lesson) => name.startsWith(lesson));
  // A browser that had a file of this name adds a number: "02_filtering (1).ipynb".
  const plain = name.replace(/ ?\(\d+\)(?=\.ipynb$)/, "");
  return keepNotebook(lesson ? `${lesson}/${plain}` : path, notebook);
}
