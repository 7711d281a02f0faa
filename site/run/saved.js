// What is saved of a notebook: a widget ends with its Python, so where it has a still form, that is kept in its place.

const VIEW = "application/vnd.jupyter.widget-view+json";

/** Let `contents`, which keeps files, save notebooks without the views of widgets that have a still form. */
export function saveStills(contents) {
  const save = contents.save.bind(contents);
  contents.save = (path, options) => {
    const isNotebook = options?.type === "notebook" && options.content?.cells;
    return save(path, isNotebook ? { ...options, content: withStills(options.content) } : options);
  };
}

/** A notebook in which each output is as it should be found when the notebook is opened again. */
export function withStills(notebook) {
  const cells = notebook.cells.map((cell) => (cell.outputs ? { ...cell, outputs: cell.outputs.map(still) } : cell));
  return { ...notebook, cells };
}

function still(output) {
  const { [VIEW]: view, ...others } = output.data ?? {};
  return view && ("text/html" in others || "image/png" in others) ? { ...output, data: others } : output;
}
