// Starts Python as soon as its worker is there; JupyterLite would wait until it has shown the notebook.
// Meanwhile it imports what a lesson's first cell imports.

import { settings } from "./settings.js"; // of the kernel; written when the site is built

const ROOT = new URL("../", import.meta.url); // where JupyterLite is
const started = start();

// What the kernel calls instead of the function in Pyodide's own script.
self.course = {
  async loadPyodide({ stdout, stderr }) {
    const python = await started;
    python.setStdout({ batched: stdout });
    python.setStderr({ batched: stderr });
    return python;
  },
};

async function start() {
  const url = new URL(settings.pyodideUrl, ROOT).href;
  const options = { ...settings.loadPyodideOptions, indexURL: url.slice(0, url.lastIndexOf("/") + 1) };
  if (options.lockFileURL) options.lockFileURL = new URL(options.lockFileURL, ROOT).href;
  const { loadPyodide } = await import(url);
  const python = await loadPyodide(options);
  try {
    python.runPython(`import ${settings.imports.join(", ")}`);
  } catch (error) {
    console.warn(error); // the cell that imports it will say so too
  }
  return python;
}
