"""What the course changes in the pages that Sphinx, MyST-NB and the theme make."""

import re

_EMPTY_HEAD = re.compile(r"<th\b[^>]*>(<p></p>)?</th>")


def name_cells(app, doctree):
    """Give each cell of code the id that it has in the notebook, after `cell-`: the syllabus links to it."""
    for cell in doctree.findall(
        lambda node: getattr(node, "attributes", {}).get("nb_element") == "cell_code"
    ):
        name = cell["cell_metadata"].get("course_id")
        if name:
            cell["ids"].append(f"cell-{name}")


def lighten(app, pagename, templatename, context, doctree):
    """Leave out MyST-NB's style, as large as all others together; course.css has what is needed."""
    context["css_files"] = [file for file in context["css_files"] if "mystnb" not in str(file.filename)]


def level_captions(app, pagename, templatename, context, doctree):
    """Give the captions in the list of pages a level: Sphinx makes headings of them, without one."""
    tree = context.get("furo_navigation_tree", "")
    context["furo_navigation_tree"] = tree.replace('role="heading"', 'role="heading" aria-level="2"')


def empty_corners(app, pagename, templatename, context, doctree):
    """An empty cell in the head of a table is the head of nothing."""
    context["body"] = _EMPTY_HEAD.sub("<td></td>", context.get("body", ""))


def setup(app):
    """Sphinx calls this."""
    app.connect("doctree-read", name_cells)
    app.connect("html-page-context", lighten)
    app.connect("html-page-context", empty_corners)
    app.connect("html-page-context", level_captions, priority=900)  # when the theme has made the list
    return {"parallel_read_safe": True, "parallel_write_safe": True}
