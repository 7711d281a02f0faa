"""The folder's documents as pages of the site: their links lead to pages, and sections of them are reused."""

import posixpath
import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from helpers.teaching.course import Course

_LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!\w+:|#)([^)#\s]+)(#[^)]*)?\)")
_INSERT = re.compile(r"^<!-- (\S+): (.+) -->$", re.MULTILINE)  # a file, and the heading of a section
_TERM = re.compile(r"^\| \*\*(.+?)\*\* \| (.+) \|$", re.MULTILINE)
_ITEM = re.compile(r"^(\| .+ \| )(\d\d_\w+)( \| )(.+) \|$", re.MULTILINE)
_LISTED = re.compile(r"^\| \[(\d\d [^\]]+)\]\(notebooks/(\w+)/", re.MULTILINE)  # a row of the README's table
_CELL = re.compile(r"`([\w-]+)`")
_NO_HTML = "---\nmyst:\n  disable_syntax: [html_block, html_inline]\n---\n\n"  # tags in attacks.md are words
_FOLDERS = {".md": "teaching", ".png": "pictures"}  # of what is in docs/
_PLACES = {"GLOSSARY.md": "glossary.md", "SYLLABUS.md": "teaching/syllabus.md", "README.md": "index.md"}


def document_pages(course: Course) -> dict[str, str]:
    """The text of each page that is not a lesson, by its place on the site.

    They are the pages in ``site/pages``, the documents in ``docs``, the glossary and the syllabus.
    """
    own = course.root / "site" / "pages"
    pages = {
        path.relative_to(own).as_posix(): _with_sections(_text(path), path.relative_to(own), course.root)
        for path in sorted(own.rglob("*.md"))
    }
    for path in sorted((course.root / "docs").glob("*.md")):
        place = f"teaching/{path.name}"
        pages[place] = _NO_HTML + with_links(_text(path), f"docs/{path.name}", place)
    pages["glossary.md"] = glossary_page(_text(course.glossary))
    pages["teaching/syllabus.md"] = syllabus_page(_text(course.root / "SYLLABUS.md"))
    pages["index.md"] = with_lists(pages["index.md"], labels(course.root), pages)
    return pages


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def with_lists(text: str, lessons: Mapping[str, str], places: Iterable[str]) -> str:
    """The front page with its lists of pages: the lessons, and the documents that it does not name itself.

    >>> text = "<!-- lessons -->\\nteaching/a\\n<!-- other documents -->"
    >>> print(with_lists(text, {"01_x": "01 X"}, ["index.md", "teaching/a.md", "teaching/b.md"]))
    01 X <lessons/01_x>
    teaching/a
    teaching/b
    """
    named = text.splitlines()
    teaching = [place.removesuffix(".md") for place in places if place.startswith("teaching/")]
    others = "\n".join(place for place in teaching if place not in named)
    listed = "\n".join(f"{label} <lessons/{name}>" for name, label in lessons.items())
    return text.replace("<!-- lessons -->", listed).replace("<!-- other documents -->", others)


def _with_sections(text: str, place: Path, root: Path) -> str:
    """A page with the sections that it takes from the folder's documents."""

    def inserted(found: re.Match[str]) -> str:
        file, heading = found.groups()
        return with_links(section(_text(root / file), heading), file, place.as_posix())

    return _INSERT.sub(inserted, text)


def labels(root: Path) -> dict[str, str]:
    """What the README's table calls each lesson, such as "06 ReLU"."""
    rows = _LISTED.findall(_text(root / "README.md"))
    return {name: label for label, name in rows}


def section(text: str, heading: str) -> str:
    """What is below a heading of the second level, up to the next.

    >>> section("# A\\n\\n## B\\n\\nfirst\\n\\n## C\\n", "B")
    'first'
    """
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if not found:
        raise ValueError(f"a page of the site needs the section {heading!r}, which is not there any more")
    return found[1].strip()


def with_links(text: str, file: str, place: str) -> str:
    """A document's text on the site: its links lead to pages, or become words where there is no page.

    >>> with_links("[a](docs/grading.md) and [b](Makefile)", "README.md", "teaching/index.md")
    '[a](grading.md) and b'
    """

    def moved(found: re.Match[str]) -> str:
        image, words, link, anchor = found.groups()
        goal = place_of(posixpath.normpath(PurePosixPath(file).parent / link))
        if not goal:
            return words
        return f"{image}[{words}]({posixpath.relpath(goal, PurePosixPath(place).parent)}{anchor or ''})"

    return _LINK.sub(moved, text)


def place_of(file: str) -> str | None:
    """Where a file of the folder is on the site, if it is there.

    >>> place_of("notebooks/02_filtering/02_filtering.ipynb"), place_of("docs/dates.example.toml")
    ('lessons/02_filtering.ipynb', None)
    """
    path = PurePosixPath(file)
    if path.suffix == ".ipynb":
        return f"lessons/{path.name}"
    if path.parent.name == "docs" and path.suffix in _FOLDERS:
        return f"{_FOLDERS[path.suffix]}/{path.name}"
    return _PLACES.get(path.name)


def glossary_page(table: str) -> str:
    """The glossary as a list of terms, to which the lessons can link."""
    title = table.partition("| word |")[0].strip()
    entries = ("\n".join(found[1].split(", ")) + f"\n  {found[2]}" for found in _TERM.finditer(table))
    return f"{title}\n\n```{{glossary}}\n" + "\n\n".join(entries) + "\n```\n"


def syllabus_page(table: str) -> str:
    """The syllabus with links to the lessons and their cells."""

    def linked(found: re.Match[str]) -> str:
        item, lesson, gap, cells = found.groups()
        anchors = _CELL.sub(rf'<a href="../lessons/{lesson}.html#cell-\1"><code>\1</code></a>', cells)
        return f"{item}[{lesson}](../lessons/{lesson}.ipynb){gap}{anchors} |"

    return _ITEM.sub(linked, table)
