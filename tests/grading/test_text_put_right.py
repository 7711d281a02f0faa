"""A whole notebook is read whatever is around it, in any encoding, and with any kind of sources."""

import gzip
import json
import re

import nbformat
import pytest

from helpers import exercises
from helpers.teaching.grading.repair import cell_text
from helpers.teaching.grading.repair.mending import repair
from helpers.teaching.grading.repair.reading import Unreadable, read
from tests.grading.lessons import notebook, of, plan, released, solutions, solved

LESSON = "02_filtering"
WHOLE = nbformat.writes(solved(LESSON))
BLANK = released(LESSON)
TIGHT = json.dumps(solved(LESSON))


def repaired(content):
    """A handed-in file as the judge sees it, and what was said about it."""
    got = repair(read(content if isinstance(content, bytes) else content.encode()), plan(LESSON))
    return got.notebook, " ".join(got.repairs)


def is_json(text):
    """Whether a text can be read as it is."""
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def require_solved(content, said=""):
    """Have a file read; it must be the solved notebook, and something must be said."""
    book, sentence = repaired(content)
    assert {name: of(book, name).source for name in solutions(LESSON)} == solutions(LESSON)
    assert re.search(said, sentence)
    assert sentence or not said
    return sentence


class TestAround:
    @pytest.mark.parametrize(
        "content",
        [
            WHOLE + BLANK[-900:],
            WHOLE + "\0" * 4096,
            "\0" * 4096 + WHOLE,
            WHOLE + ",",
            WHOLE + "\n}\n]}",
            WHOLE + "\n// the end",
            WHOLE + "\n\x1a",
            "# exported\n" + WHOLE,
            "// {my notebook}\n" + WHOLE,
            "Here is my work: " + WHOLE + " Best wishes",
            "notebook = " + WHOLE + ";",
            f"```json\n{WHOLE}\n```\n",
            "{ oops\n" + TIGHT,
        ],
    )
    def test_what_lies_around_is_left_out(self, content):
        require_solved(content, "There was other text around the notebook in the file; it was left out.")

    @pytest.mark.parametrize("glue", ["", "\n", ",\n", "\n\n----\n"])
    @pytest.mark.parametrize("parts", [(WHOLE, BLANK), (BLANK, WHOLE), (WHOLE, WHOLE), (BLANK, BLANK, WHOLE)])
    def test_of_several_notebooks_the_one_with_most_work_counts(self, parts, glue):
        sentence = require_solved(glue.join(parts), "one after another; number")
        assert f"number {parts.index(WHOLE) + 1}," in sentence

    def test_what_comes_after_half_a_notebook_counts(self):
        require_solved(BLANK[:9000] + "\n" + WHOLE, "other text around")

    @pytest.mark.parametrize(
        "content",
        [
            re.sub(r"\n (\}|\])", r",\n \1", WHOLE),
            re.sub(r"\},\n  \{", "}\n  {", WHOLE, count=3),
            re.sub(r',\n(  +"cell_type")', r",,\n\1", WHOLE, count=3),
            WHOLE.replace("{", "{ // by hand", 1),
            WHOLE.replace('"cells"', '/* all of\n them */ "cells"', 1),
            re.sub(r'\\n",\n', r'\\n"\n', WHOLE, count=3),
        ],
    )
    def test_commas_and_comments_are_put_right(self, content):
        assert content != WHOLE
        require_solved(content, "too many or too few commas, or comments")

    @pytest.mark.parametrize(
        "line", ['   "source": [', '  "nbgrader": {', '   "outputs": []', '   "cell_type": "code"']
    )
    @pytest.mark.parametrize("length", [150, 1000, 5000])
    def test_a_part_that_is_in_the_file_twice_is_left_out_once(self, line, length):
        begin = WHOLE.index(line, len(WHOLE) // 3)
        twice = (WHOLE[: begin + length + more] + WHOLE[begin:] for more in range(100))
        content = next(text for text in twice if not is_json(text))  # between two lines it may still be JSON
        require_solved(content, "A part of the file was in it twice")

    @pytest.mark.parametrize("cut", [1, 2])
    def test_an_end_without_its_brackets_is_completed(self, cut):
        require_solved(WHOLE.rstrip()[:-cut].rstrip(), "The end of the file was missing")

    def test_an_end_without_its_cells_is_not(self):
        cut = WHOLE.index('"id": "x_or_o"')
        with pytest.raises(Unreadable, match=r"breaks off in the middle.* hand it in again"):
            read(WHOLE[:cut].encode())

    @pytest.mark.parametrize(
        "content",
        [
            json.dumps({"type": "notebook", "name": "a", "content": json.loads(WHOLE)}),
            json.dumps(WHOLE),
            f"[{WHOLE}]",
            json.dumps(json.loads(WHOLE)["cells"]),
        ],
    )
    def test_a_notebook_within_json_is_found(self, content):
        require_solved(content)

    @pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-16", "utf-8-sig"])
    def test_encodings_with_and_without_a_mark(self, encoding):
        require_solved(WHOLE.encode(encoding), "read as UTF")

    def test_a_compressed_file(self):
        require_solved(gzip.compress(WHOLE.encode()), "compressed")
        with pytest.raises(Unreadable, match="50 MB"):
            read(gzip.compress(bytes(60_000_000)))
        with pytest.raises(Unreadable, match="cannot be unpacked"):
            read(b"\x1f\x8b" + WHOLE.encode())

    @pytest.mark.parametrize(
        ("content", "kind"),
        [
            ("<!DOCTYPE html><html>", "web page"),
            ("# %%\nimport numpy", "script"),
            ("# Databricks notebook source\nx = 1", "script"),
            ("%PDF-1.7", "PDF"),
        ],
    )
    def test_what_is_not_a_notebook_is_named(self, content, kind):
        with pytest.raises(Unreadable, match=rf"{kind}.*Hand in the \.ipynb file"):
            read(content.encode())


@pytest.mark.slow
class TestSizes:
    def test_large_outputs_are_left_out(self):
        book = solved(LESSON)
        book.cells[3].outputs = [
            nbformat.v4.new_output("stream", name="stdout", text='0.1 ]}"\\ ' * 6_500_000)
        ]
        require_solved(nbformat.writes(book), "its outputs count for no mark and were left out")

    def test_outputs_of_some_megabytes_are_not_worth_a_word(self):
        book = solved(LESSON)
        book.cells[3].outputs = [nbformat.v4.new_output("stream", name="stdout", text="0.1 " * 2_000_000)]
        assert repaired(nbformat.writes(book))[1] == ""

    def test_pictures_in_a_text_are_left_out_beyond_some_megabytes(self):
        book = solved(LESSON)
        picture = f"![photo](data:image/png;base64,{'iVBORw0KGgo' * 400_000})\n\n"
        of(book, "x_or_o").source = "Look: " + picture * 3
        got, said = repaired(nbformat.writes(book))
        answer = of(got, "x_or_o").source
        assert answer.startswith("Look: ![photo](data:image/png;base64,iVBOR")
        assert answer.count("![photo](data:,)") == 2
        assert "Pictures beyond 5 MB were left out of the texts" in said

    def test_attached_pictures_are_left_out_beyond_some_megabytes(self):
        book = solved(LESSON)
        pictures = {f"{n}.png": {"image/png": "iVBORw0KGgo" * 300_000} for n in range(20)}
        of(book, "x_or_o").attachments = pictures
        content = nbformat.writes(book)
        assert len(content) > 60_000_000
        require_solved(content, "large pictures count for no mark")

    def test_one_picture_is_kept(self):
        book = solved(LESSON)
        of(book, "x_or_o").source = "![mine](data:image/png;base64,iVBORw0KGgo=)"
        assert repaired(nbformat.writes(book)) == (book, "")


class TestSources:
    def code_cell(self, source):
        made = {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": "7"}
        return read(
            json.dumps({"cells": [made], "metadata": None, "nbformat": 4, "nbformat_minor": 5}).encode()
        )

    def test_lines_without_ends(self):
        document = json.loads(WHOLE)
        for number, cell in enumerate(document["cells"]):
            cell["source"] = "".join(cell["source"]).split("\n")
            cell["id"] = f"#VSC-{number:08x}"
        require_solved(json.dumps(document), "Lines had no line ends")

    @pytest.mark.parametrize(
        ("lines", "text"),
        [
            (["a = 1", "", "b = 2\n"], "a = 1\n\nb = 2\n"),
            (["a = 1\n", "b = ", "2"], "a = 1\nb = 2"),
            (["a = 1"], "a = 1"),
            (["a = '\u2028", "'"], "a = '\u2028'"),
            (["a = 1\r\n", "b\r\n"], "a = 1\nb\n"),
        ],
    )
    def test_lines_are_split_only_where_none_of_them_ends(self, lines, text):
        assert self.code_cell(lines).cells[0].source == text

    @pytest.mark.parametrize(
        ("source", "text"),
        [
            ("def f(x):\n\u00a0\u00a0\u00a0\u00a0return\u202fx", "def f(x):\n    return x"),
            ("x\u200b = \ufeff1", "x = 1"),
            ("a = 1\u2028b = 2\x0bc = 3", "a = 1\nb = 2\nc = 3"),
            ("if a:\n\u3000\u3000b = 1", "if a:\n  b = 1"),
        ],
    )
    def test_odd_characters_are_replaced_in_code(self, source, text):
        got = self.code_cell(source)
        assert got.cells[0].source == text
        assert got.mended == [cell_text.ODD]

    @pytest.mark.parametrize(
        "source",
        [
            "x = '10\u00a0km'",
            '"""10\u00a0km\u2028"""',
            "'''it's\u00a0'''",
            "# a\u00a0b",
            "f(x)  # f(x)",
            "abab",
            "step()\nstep()",
            "x = 1\nx = 1",
            "a = b\nif a:\n    if a:\n        b",
            "print('-' * 10)\nprint('-' * 10)",
            "#----#----",
            "'ababababab'",
            "total += row; total += row;",
            "[[1, 2], [1, 2]]",
        ],
    )
    def test_nothing_else_is_changed(self, source):
        got = self.code_cell(source)
        assert (got.cells[0].source, got.mended) == (source, [])

    @pytest.mark.parametrize(
        ("source", "text"),
        [
            ("def match(a, b):def match(a, b):\n    return 1", "def match(a, b):\n    return 1"),
            ("def f(x):\n    return x    return x", "def f(x):\n    return x"),
            ("def f(x):\n    return xreturn x", "def f(x):\n    return x"),
            ("total = 1total = 1total = 1", "total = 1"),
            ("print(total)print(total)", "print(total)"),
            ("def f(x):\n    return 1def f(x):\n    return 1", "def f(x):\n    return 1"),
            ("def f(x):\ndef f(x):\n    return 1", "def f(x):\n    return 1"),
            (
                "def f(x):\ndef f(x):\n    x += 1\n    x += 1\n    return x\n    return x",
                "def f(x):\n    x += 1\n    return x",
            ),
        ],
    )
    def test_what_is_twice_on_a_line_is_put_right(self, source, text):
        got = self.code_cell(source)
        assert got.cells[0].source == text
        assert got.mended == [cell_text.TWICE]

    @pytest.mark.parametrize("lesson", exercises.LESSONS)
    def test_a_lessons_own_cells_and_solutions_are_not_touched(self, lesson):
        for book in (notebook(lesson), solved(lesson)):
            for cell in book.cells:
                assert cell_text.code(cell.source) == (cell.source, [])

    def test_null_for_everything(self):
        got = self.code_cell(None)
        assert got.cells[0].source == ""
        assert got.metadata == {}
