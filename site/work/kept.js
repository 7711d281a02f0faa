// What JupyterLite keeps in the browser: the same storage, read and written without a kernel.

const RUN = new URL("../run/", import.meta.url);
const PROGRESS = "progress.jsonl";
const store = window.localforage.createInstance({
  name: `JupyterLite Storage - ${RUN.pathname}`,
  storeName: "files",
  version: 1,
  description: "Offline Storage for Files",
});

export const address = (path) => new URL(`notebooks/index.html?path=${encodeURIComponent(path)}`, RUN).href;
export const versions = async () => (await fetch(new URL("versions.json", RUN))).json();

/** All files, by path, newest first. */
export async function files() {
  const found = await Promise.all((await store.keys()).map((path) => store.getItem(path)));
  return found
    .filter((file) => file && file.type !== "directory" && file.content !== null)
    .sort((one, other) => String(other.last_modified).localeCompare(String(one.last_modified)));
}

/** The bytes of a file, as they would be on a disk. */
export function bytes(file) {
  if (file.format === "base64") return Uint8Array.from(atob(file.content), (letter) => letter.charCodeAt(0));
  const isText = typeof file.content === "string";
  return new TextEncoder().encode(isText ? file.content : `${JSON.stringify(file.content, null, 1)}\n`);
}

const text = (file) => new TextDecoder().decode(bytes(file));

/** Keep a notebook; one of that name which is there already stays, under a name with the time. */
export async function keepNotebook(path, notebook) {
  const before = await store.getItem(path);
  if (before && JSON.stringify(before.content) === JSON.stringify(notebook)) return;
  if (before) {
    const time = new Date().toISOString().slice(0, 19).replace("T", " ").replaceAll(":", "-");
    const beside = path.replace(/\.ipynb$/, ` (before ${time}).ipynb`);
    await write(beside, before.content, "notebook", "json");
  }
  await write(path, notebook, "notebook", "json");
}

/** Add to the progress that is here what it lacks; lines are in the order of their times. */
export async function mergeProgress(added) {
  const before = await store.getItem(PROGRESS);
  const lines = `${before ? text(before) : ""}\n${added}`.split("\n").filter((line) => time(line) !== null);
  const merged = [...new Set(lines)].sort((one, other) => time(one).localeCompare(time(other)));
  await write(PROGRESS, merged.map((line) => `${line}\n`).join(""), "file", "text");
}

/** When an event happened; null for a line that is none. */
function time(line) {
  try {
    return String(JSON.parse(line).at ?? "");
  } catch {
    return null;
  }
}

/** Keep a file that is neither a notebook nor the progress, unless one of that name is there. */
export async function keepOther(path, data) {
  if (await store.getItem(path)) return;
  let letters = "";
  for (const byte of data) letters += String.fromCharCode(byte);
  await write(path, btoa(letters), "file", "base64");
}

/** Put the released notebook of a lesson next to the learner's; its path. */
export async function keepNewVersion(lesson) {
  const released = await (await fetch(new URL(`files/${lesson}/${lesson}.ipynb`, RUN))).json();
  const path = `${lesson}/${lesson}_new.ipynb`;
  await keepNotebook(path, released);
  return path;
}

async function write(path, content, type, format) {
  const now = new Date().toISOString();
  const before = await store.getItem(path);
  const size = typeof content === "string" ? content.length : JSON.stringify(content).length;
  const mimetype = type === "notebook" ? "application/json" : "text/plain";
  const created = before?.created ?? now;
  const name = path.split("/").pop();
  await store.setItem(path, {
    name,
    path,
    type,
    format,
    mimetype,
    content,
    size,
    created,
    last_modified: now,
    writable: true,
  });
}
