// Compiles the packages in a folder of Pyodide's with that Pyodide: node compile.mjs FOLDER INTO IMPORTS NAME...
import fs from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, into, imports, ...names] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`));
const packages = ["piplite", "pyodide-kernel", "helpers"];
const python = await loadPyodide({ indexURL: `${folder}/`, packages });
python.mountNodeFS("/from", folder);
python.mountNodeFS("/into", into);
python.globals.set("imports", python.toPy(imports.split(",")));
python.globals.set("names", python.toPy(names));
python.runPython(fs.readFileSync(new URL("compile_wheels.py", import.meta.url), "utf8"));
