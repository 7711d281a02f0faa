// Judges in the browser's Python, run by Node: node judge.mjs FOLDER JUDGED.PY REQUEST.JSON ANSWER.JSON
import fs from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, judged, request, answer] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`));
const python = await loadPyodide({ indexURL: `${folder}/`, packages: ["helpers", "scipy"] });
python.runPython(fs.readFileSync(judged, "utf8"));
python.globals.set("request", fs.readFileSync(request, "utf8"));
fs.writeFileSync(answer, python.runPython("answered(request)"));
