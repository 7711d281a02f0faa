"""Links from each lesson to the glossary: where it names a term in bold, or else first uses the word."""

import re

from docutils import nodes

LESSONS = "lessons/"
# Words of everyday English, which are linked only where a lesson names them in bold.
EVERYDAY = {
    "agreement", "array", "attention", "axis", "budget", "class", "cosine", "depth", "flip",
    "forgetting", "frame", "image", "layer", "linear", "match", "patch", "seed", "slope", "spread",
    "stack", "template", "test", "tile", "threshold", "training", "validation", "vanish", "explode",
    "velocity", "weight", "frequency",
}  # fmt: skip
_NOT_IN = (nodes.literal, nodes.reference, nodes.title, nodes.literal_block, nodes.raw, nodes.math)


def link_terms(app, doctree, docname):
    """Link the first use of each term; what is bold already counts before everything else."""
    if not docname.startswith(LESSONS):
        return
    terms = app.env.domaindata["std"]["terms"]  # in lower case: the page and the anchor of each
    strong = {_singular(node.astext(), terms): node for node in reversed(list(doctree.findall(nodes.strong)))}
    for word in sorted(terms, key=len, reverse=True):
        page, anchor = terms[word]
        address = f"{app.builder.get_relative_uri(docname, page)}#{anchor}"
        if word in strong:
            _wrap(strong[word], address)
        elif word not in EVERYDAY:
            _link_first(doctree, word, address)


def _singular(text, terms):
    text = text.lower()
    return text if text in terms else text.removesuffix("s")


def _wrap(node, address):
    link = _link(address)
    node.parent.replace(node, link)
    link += node


def _link_first(doctree, word, address):
    pattern = re.compile(rf"\b{re.escape(word)}s?\b", re.IGNORECASE)
    for text in doctree.findall(nodes.Text):
        found = pattern.search(text)
        if found and not any(isinstance(above, _NOT_IN) for above in _above(text)):
            link = _link(address)
            link += nodes.Text(found[0])
            pieces = [nodes.Text(text[: found.start()]), link, nodes.Text(text[found.end() :])]
            text.parent.replace(text, pieces)
            return


def _link(address):
    return nodes.reference("", "", internal=True, refuri=address, classes=["term"])


def _above(node):
    while node.parent is not None:
        node = node.parent
        yield node


def setup(app):
    """Sphinx calls this."""
    app.connect("doctree-resolved", link_terms)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
