// The line above a lesson that runs: back to reading, download this notebook, all work. It also saves without being asked.

import { saveStills } from "./saved.js";

const ROOT = new URL("../", import.meta.url); // where JupyterLite is
const bar = document.createElement("nav");
bar.className = "course-bar";
bar.setAttribute("aria-label", "The course");
bar.innerHTML = `<a target="_top" href="${new URL("../index.html", ROOT).href}">All lessons</a>
  <button type="button" disabled>Download this notebook</button>
  <a target="_top" href="${new URL("../work.html", ROOT).href}">Your work: download and upload</a>
  <span class="course-notice"></span>
  <span role="status">Your work is kept in this browser only.</span>`;
document.body.prepend(bar);

const app = await started();
saveStills(app.serviceManager.contents);
const download = bar.querySelector("button");
download.disabled = false;
download.addEventListener("click", async () => {
  await app.commands.execute("docmanager:save");
  await app.commands.execute("docmanager:download");
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") app.commands.execute("docmanager:save");
});
await app.restored;
warnIfNothingIsKept();
await offerNewVersion();

async function started() {
  while (!window.jupyterapp) await new Promise((done) => setTimeout(done, 100));
  return window.jupyterapp;
}

/** Without a service worker Python's files, and so the progress, end with the page. */
function warnIfNothingIsKept() {
  setTimeout(() => {
    if (!navigator.serviceWorker.controller) {
      bar.querySelector("[role=status]").textContent =
        "This browser keeps no progress here. Reload the page; if this line stays, download your notebook.";
    }
  }, 10_000);
}

/** Say so if this notebook was begun with an earlier version of the lesson. */
async function offerNewVersion() {
  const context = app.shell.currentWidget?.context;
  await context?.ready;
  const begun = context?.model?.toJSON?.().metadata?.course?.version;
  const [lesson] = (context?.path ?? "").split("/");
  const versions = await (await fetch(new URL("versions.json", ROOT))).json();
  if (begun && versions[lesson] && begun !== versions[lesson]) {
    const link = document.createElement("a");
    link.target = "_top"; // a lesson may run within the page that one reads
    link.href = new URL(`../work.html#${lesson}`, ROOT).href;
    link.textContent = "There is a newer version of this lesson";
    bar.querySelector(".course-notice").append(link);
  }
}
