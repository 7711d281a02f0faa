"""What the site saves of a notebook: the same as JupyterLab's hook, which does not run in a browser."""

import copy
import json
import shutil
import subprocess

import pytest

from helpers.teaching.building.saved_outputs import WIDGET_VIEW, keep_pictures
from helpers.teaching.site.fetch import ROOT
from tests.conftest import give_up

SAVE = """\
import {{ saveStills }} from "{script}";
const given = {given};
const before = JSON.stringify(given);
let saved = null;
const contents = {{ save: async (path, options) => (saved = [path, options]) }};
saveStills(contents);
await contents.save("a.ipynb", given);
console.log(JSON.stringify({{ saved, untouched: before === JSON.stringify(given) }}));
"""
BUNDLES = (
    {WIDGET_VIEW: {"model_id": "1"}, "text/html": "<p>a question</p>", "text/plain": "a question"},
    {WIDGET_VIEW: {"model_id": "2"}, "image/png": "iVBO", "text/plain": "a pad"},
    {WIDGET_VIEW: {"model_id": "3"}, "text/plain": "a slider"},
    {"text/html": "<p>a panel</p>"},
)
STREAM = {"output_type": "stream", "name": "stdout", "text": "hello"}


def saved(options):
    """What is saved, once our script has seen to it, and whether the open notebook stays as it is."""
    node = shutil.which("node") or give_up("there is no Node.js on this machine")
    script = (ROOT / "site" / "run" / "saved.js").as_uri()
    code = SAVE.format(script=script, given=json.dumps(options))
    done = subprocess.run([node, "--input-type=module", "-"], input=code, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_widget_is_saved_as_its_still_form_and_the_open_notebook_keeps_it():
    outputs = [STREAM, *({"output_type": "display_data", "data": dict(bundle)} for bundle in BUNDLES)]
    cells = [{"cell_type": "markdown", "source": ""}, {"cell_type": "code", "outputs": outputs}]
    model = {"type": "notebook", "format": "json", "content": {"cells": cells, "metadata": {"a": 1}}}
    found = saved(model)
    expected = copy.deepcopy(model)
    keep_pictures(expected)
    assert found == {"saved": ["a.ipynb", expected], "untouched": True}
    kept = found["saved"][1]["content"]["cells"][1]["outputs"]
    assert [WIDGET_VIEW in output.get("data", {}) for output in kept] == [False, False, False, True, False]


@pytest.mark.parametrize("options", [{"type": "file", "content": "text"}, {"type": "notebook"}, None])
def test_all_else_is_saved_as_it_is(options):
    assert saved(options) == {"saved": ["a.ipynb", options], "untouched": True}
