"""How nbgrader works in this folder: `solutions/` is its source, `notebooks/` its release."""

import os

c = get_config()  # noqa: F821 - nbgrader defines it

c.CourseDirectory.course_id = "convnet-course"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"
c.CourseDirectory.ignore.append("grading.json")  # what `course grade` keeps next to a notebook

# A blank is "not started": running it is not an error.
c.ClearSolutions.code_stub = {"python": "...  # your code here"}
c.ClearSolutions.text_stub = "*Write your answer here.*"

# One cell may train a small network; a loop without end costs its own exercise only.
c.Execute.timeout = 120

# What late work costs is said in dates.toml next to this file, if there is one; see docs/dates.md.
c.AssignLatePenalties.plugin_class = "helpers.teaching.grading.dates.plugin.DatesPlugin"
c.DatesPlugin.folder = os.path.dirname(os.path.abspath(__file__))

# Exercises that differ by student: name the term here to switch them on, for instance "2026-spring"; see
# docs/variants.md. Do not change the name before the term is over.
c.Variants.term = ""
c.Autograde.sanitize_preprocessors.append("helpers.teaching.grading.variants.plugin.Variants")
