"""What docs/own_lesson.md says to write and to run gives a lesson that is built and graded."""

import re
from contextlib import ExitStack

import pytest

from tests.documents.pages import blocks, text_of
from tests.documents.visit import Visit

PAGE = "docs/own_lesson.md"
FILE = re.compile(r"^`([\w/.]+)`:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EDITS = (  # what the page says in words: file, what is there, and what is put in front of it
    (
        "helpers/reference/__init__.py",
        "from helpers.reference.convolution",
        "from helpers.reference.borders import count_changes\n",
    ),
    ("helpers/reference/__init__.py", '    "count_white",', '    "count_changes",\n'),
    ("helpers/exercises/__init__.py", ")\n\n__all__", '    "20_borders",\n'),
    ("lessons/term.toml", '],\n]\n"Ten weeks', ', "20"'),
    ("lessons/term.toml", '],\n]\n"Six weeks', ', "20"'),
)


def write(folder):
    """Write the page's files, make its changes to others, and append what belongs at the ends of two."""
    text = text_of(PAGE)
    for name, content in FILE.findall(text):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    for name, there, new in EDITS:
        before = (folder / name).read_text(encoding="utf-8")
        assert before.count(there) == 1
        (folder / name).write_text(before.replace(there, new + there), encoding="utf-8")
    for name, language in (("lessons/term.toml", "toml\n[20"), ("SYLLABUS.md", "text\n|")):
        lines = text.partition(f"```{language}")[2].partition("```")[0]
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(language.partition("\n")[2] + lines)


@pytest.mark.slow
def test_the_lesson_is_built_released_and_graded(tmp_path):
    with ExitStack() as stack:
        visit = Visit(tmp_path, stack)
        write(visit.folder)
        for block in blocks(PAGE):
            if block.language == "":
                visit.run(block)
        assert visit.column("points.csv", "score") == {"ada": 2.0, "bob": 0.0}
        assert "copy of the lesson's solutions" in (visit.folder / "points.csv").read_text(encoding="utf-8")
        for student, said in (("ada", "All 6 cases are right"), ("bob", "not started")):
            page = visit.folder / "feedback" / student / "20_borders" / "20_borders.html"
            assert said in page.read_text(encoding="utf-8")
        assert "[20 Borders](notebooks/" in (visit.folder / "README.md").read_text(encoding="utf-8")
