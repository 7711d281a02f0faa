// Starts Python as soon as its worker is there; JupyterLite would wait until it has shown the notebook.
// Meanwhile it imports what a lesson's first cell imports; and what the next ones do, while one reads.

import { settings } from "./settings.js"; // of the kernel; written when the site is built

const ROOT = new URL("../", import.meta.url); // where JupyterLite is
const READING = 2000; // milliseconds; a cell that is run before runs first
const PAUSE = 100; // for cells that are run meanwhile
const bundle = settings.bundle ? unpacked(new URL(settings.bundle, ROOT)) : null;
const started = start();

// What the kernel calls instead of the function in Pyodide's own script.
self.course = {
  async loadPyodide({ stdout, stderr }) {
    const python = await started;
    python.setStdout({ batched: stdout });
    python.setStderr({ batched: stderr });
    importLater(python, settings.nextImports, READING);
    return python;
  },
};

async function start() {
  const url = new URL(settings.pyodideUrl, ROOT).href;
  const options = { ...settings.loadPyodideOptions, indexURL: url.slice(0, url.lastIndexOf("/") + 1) };
  if (options.lockFileURL) options.lockFileURL = new URL(options.lockFileURL, ROOT).href;
  const { loadPyodide } = await import(url);
  const python = await loadPyodide({ ...options, packages: [] });
  const contents = await bundle;
  if (contents) {
    addPackages(python, contents);
  } else {
    await python.loadPackage(options.packages);
  }
  importNow(python, settings.imports);
  return python;
}

/** The file with all packages, which the browser's own code unpacks fast; without it Pyodide loads each of them. */
async function unpacked(url) {
  try {
    const { body } = await fetch(url);
    const contents = new Response(body.pipeThrough(new DecompressionStream("gzip")));
    return new Uint8Array(await contents.arrayBuffer());
  } catch (error) {
    console.warn(error);
    return null;
  }
}

/** Lay out the files; helpers/teaching/site/bundle.py says how they are packed. */
function addPackages(python, contents) {
  let start = 4 + new DataView(contents.buffer).getUint32(0, true);
  const { packages, folders, files } = JSON.parse(new TextDecoder().decode(contents.subarray(4, start)));
  const site = python.runPython("import sys; next(path for path in sys.path if path.endswith('/site-packages'))");
  for (const folder of folders) python.FS.mkdirTree(`${site}/${folder}`);
  for (const [place, size] of files) {
    python.FS.writeFile(`${site}/${place}`, contents.subarray(start, start + size), { canOwn: true });
    start += size;
  }
  for (const name of packages) python.loadedPackages[name] = "default channel";
  python.runPython("import importlib; importlib.invalidate_caches()");
}

function importNow(python, names) {
  try {
    python.runPython(`import ${names.join(", ")}`);
  } catch (error) {
    console.warn(error); // the cell that imports it will say so too
  }
}

/** One after another, so that a cell that is run meanwhile need not wait for all. */
function importLater(python, [name, ...others], wait) {
  if (name === undefined) return;
  setTimeout(() => {
    importNow(python, [name]);
    importLater(python, others, PAUSE);
  }, wait);
}
