"""Formulas that are ready in the page: MathML, with a font that has their signs.

Browsers draw MathML themselves, and screen readers read it. So a page needs no script for its formulas.
"""

import json
import logging
import shutil
import subprocess
import unicodedata
from pathlib import Path

from docutils import nodes
from fontTools import subset
from sphinx.errors import ExtensionError

_TRANSLATE = """
const temml = require(process.argv[1]);
require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
    const { formula, displayMode } = JSON.parse(line);
    let answer;
    try {
        answer = { mathml: temml.renderToString(formula, { displayMode, strict: true, throwOnError: true }) };
    } catch (error) {
        answer = { error: error.message };
    }
    console.log(JSON.stringify(answer));
});
"""

ROOT = "√"  # which browsers draw for <msqrt>, without its being written


class Translator:
    """Temml in node, which turns one formula after another from LaTeX to MathML."""

    def __init__(self, script):
        try:
            self.process = subprocess.Popen(
                ["node", "-e", _TRANSLATE, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
        except OSError as error:
            raise ExtensionError("Formulas are translated by node, which is not on this machine.") from error
        self.said = ""  # all that it has answered

    def mathml(self, formula, display):
        """The MathML of one formula."""
        self.process.stdin.write(json.dumps({"formula": formula, "displayMode": display}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            raise ExtensionError(f"The formula {formula!r} is not understood: {answer['error']}")
        self.said += answer["mathml"]
        return answer["mathml"]

    def stop(self):
        """End node."""
        self.process.communicate()


def _render(translator, node, display):
    app = translator.builder.app
    if not hasattr(app, "formulas"):
        app.formulas = Translator(app.config.temml)
    tag = "div" if display else "span"
    mathml = app.formulas.mathml(node.astext(), display)
    translator.body.append(f'<{tag} class="formula">{mathml}</{tag}>')
    raise nodes.SkipNode


def _inline(translator, node):
    _render(translator, node, display=False)


def _block(translator, node):
    _render(translator, node, display=True)


def write_font(characters, font, target):
    """The font with these characters only, and its letters in italics, which browsers take for variables."""
    italics = (sign for sign in map(chr, [0x210E, *range(0x1D434, 0x1D714)]) if _is_italic(sign))
    wanted = {*characters, *(sign for sign in italics if unicodedata.normalize("NFKC", sign) in characters)}
    logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells all that it does
    options = subset.Options(flavor="woff2", layout_features=["*"], notdef_outline=True)
    loaded = subset.load_font(str(font), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted(wanted)))
    subsetter.subset(loaded)
    target.mkdir(parents=True, exist_ok=True)
    subset.save_font(loaded, str(target / "formulas.woff2"), options)


def _is_italic(sign):
    return sign == "\u210e" or "MATHEMATICAL ITALIC" in unicodedata.name(sign, "")


def _finish(app, exception):
    """End node; write the font, with its licence."""
    if not hasattr(app, "formulas"):
        return
    app.formulas.stop()
    if not exception:
        font, target = Path(app.config.formula_font), Path(app.outdir, "_static", "formulas")
        write_font({*app.formulas.said, ROOT}, font, target)
        shutil.copy(font.parents[1] / "LICENSE", target)


def setup(app):
    """Sphinx calls this."""
    app.add_config_value("temml", "", "html", str)
    app.add_config_value("formula_font", "", "html", str)
    app.add_html_math_renderer("formulas", (_inline, None), (_block, None))
    app.connect("build-finished", _finish)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
