"""Links between the documents lead to files, and to headings, that are there."""

import re
from pathlib import Path

import pytest

from helpers.teaching.grading.dates.file import read_dates
from tests.documents.pages import text_of, without_code
from tests.grading.classes import ROOT

LINK = re.compile(r"\[[^\]]*\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]+))?\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
DOCUMENTS = ("README.md", "CONTRIBUTING.md", *sorted(f"docs/{path.name}" for path in ROOT.glob("docs/*.md")))


def anchors(page):
    """The anchors of a page's headings, as GitHub makes them."""
    headings = HEADING.findall(without_code(page))
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", DOCUMENTS)
def test_links_lead_somewhere(page):
    for file, anchor in LINK.findall(without_code(page)):
        target = (ROOT / page).parent / file if file else ROOT / page
        assert target.exists(), file
        if anchor:
            goal = target.resolve().relative_to(ROOT)
            assert anchor in anchors(goal), f"{file}#{anchor}"


def test_every_document_can_be_found_from_the_readme():
    found, left = set(), ["README.md"]
    while left:
        page = left.pop()
        if page not in found and page in DOCUMENTS:
            found.add(page)
            links = [(ROOT / page).parent / file for file, _ in LINK.findall(without_code(page)) if file]
            left += [Path(link).resolve().relative_to(ROOT).as_posix() for link in links]
    assert found == set(DOCUMENTS)


def test_the_extensions_of_the_page_on_accommodations_are_understood(tmp_path):
    _, fenced, rest = text_of("docs/accommodations.md").partition("```text\n")
    assert fenced
    groups = '[groups]\nmore_time = ["bob"]\n'
    (tmp_path / "dates.toml").write_text(
        f'time_zone = "Europe/Berlin"\n[due]\n02 = 2026-04-27\n{groups}{rest.partition("```")[0]}',
        encoding="utf-8",
    )
    found = read_dates(tmp_path, ["02_filtering"]).extensions
    assert [(one.students, one.lessons) for one in found] == [
        (("ada",), ("02_filtering",)),
        (("bob",), ()),
    ]
