"""Learners' texts in marked notebooks: what is harmful is broken up, the rest stays to the last byte."""

import re

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.teaching.grading.harmless_pages import clean_cells, clean_html, clean_markdown, is_harmless
from tests.grading.harmful_texts import HARMFUL, HARMLESS
from tests.grading.lessons import plan

PICTURES = ("p.png",)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_harmless_stays_as_it_is(text):
    assert clean_markdown(text, PICTURES) == text


@pytest.mark.parametrize("text", HARMFUL, ids=lambda text: text[:40])
def test_what_is_harmful_is_broken_up_and_its_words_are_kept(text):
    made = clean_markdown(text, PICTURES)
    assert made != text
    assert letters(text) in letters(made)
    assert made.startswith("```") or clean_markdown(made, PICTURES) == made


@pytest.mark.parametrize("text", HARMFUL, ids=lambda text: text[:40])
def test_a_raw_cell_is_harmless_html(text):
    made = clean_html(text)
    assert is_harmless(made)
    if made != text and "&lt;" not in made:
        assert letters(made) == letters(text)


def letters(text):
    return re.sub(r"\s", "", text)


PIECES = """
< > / " ' = ` $ ( ) [ ] : ! - * # | & ; x \\
<b <a href= javascript: onclick= <img src=x </ <!-- --> ``` <svg <script
]( ]: &#106; <div style=' <? attachment:
"""


@settings(max_examples=400)
@given(st.lists(st.sampled_from([*PIECES.split(), " ", "\n", "\n\n"]), max_size=25).map("".join))
def test_no_mixture_of_pieces_gets_through(text):
    made = clean_markdown(text)
    assert letters(text) in letters(made)
    assert made.startswith("```") or clean_markdown(made) == made


def test_the_lessons_own_texts_stay_as_they_are():
    for lesson in ("00_start_here", "10_nudging", "18_pytorch"):
        texts = [cell.source for cell in plan(lesson).cells if cell.cell_type == "markdown"]
        assert len(texts) > 10
        for cell in nbformat.reads(plan(lesson).notebook, as_version=4).cells:
            if cell.cell_type == "markdown":
                assert clean_markdown(cell.source, tuple(cell.get("attachments", {}))) == cell.source


def test_only_what_a_page_needs_is_left_of_a_notebook():
    picture = {"image/png": "iVBORw0KGgo="}
    cell = nbformat.v4.new_markdown_cell(
        "![p](attachment:p.png) ![q](attachment:q.svg)",
        metadata={
            "nbgrader": {"grade_id": "q", "grade": True, "comment": "<script>", "score": 9},
            "tags": ["a", "b"],
            "magics_language": "x'><script>",
            "raw_mimetype": "text/html",
            "collapsed": True,
        },
    )
    cell.attachments = {"p.png": picture, "q.svg": {"image/svg+xml": "<svg onload=ran(1)>"}, "r": 7}
    odd = nbformat.v4.new_raw_cell("<script>", metadata={"tags": ["a'><script>"], "format": "text/html"})
    notebook = nbformat.v4.new_notebook(metadata={"language_info": {"name": "x'><script>"}, "title": "<b>"})
    notebook.cells = [cell, odd]
    clean_cells(notebook)
    assert cell.attachments == {"p.png": picture}
    assert cell.source == "![p](attachment:p.png) ![q] (attachment:q.svg)"
    assert cell.metadata == {
        "nbgrader": {"grade_id": "q", "grade": True},
        "tags": ["a", "b"],
        "collapsed": True,
    }
    assert odd.metadata == {}
    assert "<script>" not in str(notebook)
    nbformat.validate(notebook)
