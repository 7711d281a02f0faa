"""How Sphinx makes the readable part; `helpers/teaching/site/pages.py` writes what it reads, and calls it."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "extensions"))

project = "Build a convolutional neural network"
author = "the authors of Build a Convolutional Neural Network"
project_copyright = f"2026, {author}. Text and pictures: CC BY 4.0. Code: BSD licence"
language = "en"

extensions = ["myst_nb", "formulas", "glossary_links", "lesson_pages"]
myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 3
nb_execution_mode = "off"

html_theme = "furo"
html_title = project
html_favicon = "static/favicon.svg"
html_static_path = ["static"]
templates_path = ["templates"]
html_css_files = ["course.css"]
html_js_files = [("course.js", {"defer": "defer"})]
html_math_renderer = "formulas"
html_copy_source = False
html_show_sourcelink = False
html_use_index = False
html_domain_indices = False
html_permalinks = False
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
