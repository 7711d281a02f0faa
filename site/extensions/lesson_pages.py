"""What the course changes in the pages that Sphinx, MyST-NB and the theme make."""


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


def setup(app):
    """Sphinx calls this."""
    app.connect("doctree-read", name_cells)
    app.connect("html-page-context", lighten)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
