"""Whatever is handed in is read as a notebook, or refused in one sentence."""

import json

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.teaching.grading.repair.reading import Unreadable, read
from tests.grading.lessons import notebook, released

LESSON = "02_filtering"


def document(**changes):
    """A notebook of one code cell as JSON, with some keys changed or, by None, dropped."""
    cell = {
        "cell_type": "code",
        "id": "a",
        "metadata": {},
        "source": "x = 1",
        "outputs": [],
        "execution_count": 3,
    }
    made = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5} | changes
    return {key: value for key, value in made.items() if value is not None}


def bytes_of(**changes):
    return json.dumps(document(**changes)).encode()


def bytes_of_cell(**changes):
    cell = document()["cells"][0] | changes
    return bytes_of(cells=[{key: value for key, value in cell.items() if value is not None}])


def cell_of(**changes):
    return read(bytes_of_cell(**changes)).cells[0]


def why(content, **settings):
    """The sentence with which a file is refused."""
    with pytest.raises(Unreadable) as refused:
        read(content, **settings)
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def test_a_released_notebook_is_read_as_it_is():
    got = read(released(LESSON).encode())
    assert got.pop("mended") == []
    assert got == notebook(LESSON)


def test_outputs_and_widgets_are_left_behind():
    output = {"output_type": "stream", "name": "stdout", "text": "points: 100"}
    got = read(
        bytes_of(cells=[document()["cells"][0] | {"outputs": [output]}], metadata={"widgets": {"state": {}}})
    )
    assert got.cells[0].outputs == []
    assert got.cells[0].execution_count is None
    assert got.metadata == {}
    assert got.mended == []


class TestRefusals:
    def test_nothing(self):
        assert why(None) == "No notebook was handed in."

    @pytest.mark.parametrize("content", [b"", b" \n\n", b"\x00\x00\x00"])
    def test_empty(self, content):
        assert why(content).startswith("The file is empty. Open it in Jupyter, save it")

    def test_too_large(self):
        sentence = why(b"x" * 2_500_000, largest=1_000_000)
        assert sentence.startswith("The file is 2.5 MB in size; at most 1 MB are read. Take out")

    @pytest.mark.slow
    def test_a_hundred_megabytes(self):
        assert "100.0 MB" in why(bytes(100_000_000))

    @pytest.mark.slow
    def test_millions_of_pieces(self):
        assert "5,000,000 pieces" in why(b'{"cells": [' + b"[]," * 2_600_000 + b"[]]}")

    def test_too_many_cells(self):
        assert "6,000 cells" in why(bytes_of(cells=document()["cells"] * 6000))

    def test_too_much_text(self):
        assert "12.0 MB of text; at most 10 MB" in why(bytes_of_cell(source="#\n" * 6_000_000))

    @pytest.mark.parametrize("depth", [70, 900, 100_000])
    def test_too_deep(self, depth):
        assert "nested too deeply" in why(b'{"cells": ' + b"[" * depth + b"]" * depth + b"}")

    def test_broken_off(self):
        text = released(LESSON).encode()
        for cut in range(200, len(text), 5003):
            assert "breaks off" in why(text[:cut]) or "breaks in line" in why(text[:cut])

    def test_broken_in_the_middle_names_the_place(self):
        assert "line 2, column" in why(b'{"cells": [],\n oops}')

    def test_an_unfinished_merge(self):
        assert "<<<<<<<" in why(b'{"cells": [\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> mine\n]}')

    @pytest.mark.parametrize(
        "content", [b"<!DOCTYPE html><html>", b"%PDF-1.7", b"PK\x03\x04", b"import numpy\n", b"\xff\xd8\xff"]
    )
    def test_another_kind_of_file(self, content):
        assert "does not begin as one" in why(content)

    @pytest.mark.parametrize("content", [b"[]", b"[{}]", b"  [1]"])
    def test_json_of_another_kind(self, content):
        assert "not a notebook" in why(content)

    @pytest.mark.parametrize("cells", [None, {}, "x", 5])
    def test_no_list_of_cells(self, cells):
        assert "no list of cells" in why(bytes_of(cells=cells))

    @pytest.mark.parametrize("cells", [[], [5], ["x", None]])
    def test_no_cells(self, cells):
        assert why(bytes_of(cells=cells)) == "The notebook has no cells."

    def test_an_endless_number(self):
        assert "thousands of digits" in why(b'{"cells": [' + b"7" * 5000 + b"]}")


class TestMending:
    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
    def test_byte_order_marks(self, encoding):
        got = read(json.dumps(document(), ensure_ascii=False).encode(encoding))
        assert got.cells[0].source == "x = 1"
        assert "byte order mark" in got.mended[0]

    def test_western_letters(self):
        content = json.dumps(
            document(cells=[{"cell_type": "markdown", "source": "caf\u00e9 \u2212"}]), ensure_ascii=False
        )
        mixed = content.encode().replace("\u00e9".encode(), b"\xe9")
        got = read(mixed)
        assert got.cells[0].source == "caf\u00e9 \u2212"
        assert "Western European" in got.mended[0]

    def test_windows_line_ends(self):
        got = read(bytes_of_cell(source=["x = 1\r\n", "y = 2\r\n", "z"]))
        assert got.cells[0].source == "x = 1\ny = 2\nz"
        assert got.mended == ["Windows line ends were replaced."]
        assert read(json.dumps(document(), indent=1).replace("\n", "\r\n").encode()).mended == []

    @pytest.mark.parametrize(
        ("source", "text"),
        [("a\nb", "a\nb"), (["a\n", "b"], "a\nb"), (None, ""), (5, ""), (["a", 5, None], "a")],
    )
    def test_sources(self, source, text):
        assert cell_of(source=source).source == text

    @pytest.mark.parametrize("minor", range(5))
    def test_older_formats(self, minor):
        got = read(bytes_of(nbformat_minor=minor))
        assert got.mended == [f"The notebook was saved in format 4.{minor}; it was read as format 4.5."]

    def test_format_three(self):
        cells = [
            {"cell_type": "heading", "level": 2, "metadata": {}, "source": "Title"},
            {
                "cell_type": "code",
                "input": ["x = 1\n", "y"],
                "language": "python",
                "outputs": [],
                "prompt_number": 1,
            },
        ]
        got = read(
            json.dumps({"worksheets": [{"cells": cells}], "nbformat": 3, "nbformat_minor": 0}).encode()
        )
        assert [(cell.cell_type, cell.source) for cell in got.cells] == [
            ("markdown", "## Title"),
            ("code", "x = 1\ny"),
        ]
        assert "format 3.0" in got.mended[0]

    def test_colab(self):
        cell = {
            "cell_type": "code",
            "source": ["x = 1"],
            "metadata": {"id": "Ab_9", "outputId": "z"},
            "outputs": [],
        }
        got = read(
            bytes_of(
                cells=[cell], nbformat_minor=0, metadata={"colab": {"provenance": []}, "accelerator": "GPU"}
            )
        )
        assert got.cells[0].id == "Ab_9"
        assert "by Google Colab in format 4.0" in got.mended[0]

    @pytest.mark.parametrize("given", ["#VSC-1", "", "a b", 5, None, "x" * 65, ["a"]])
    def test_an_id_that_is_none_is_dropped(self, given):
        assert "id" not in cell_of(id=given)

    @pytest.mark.parametrize(
        ("level", "marks"), [(3, "###"), (2.0, "##"), (True, "#"), (0, "#"), (7, "#"), ([], "#"), (None, "#")]
    )
    def test_a_heading_has_its_level_or_else_the_first(self, level, marks):
        assert cell_of(cell_type="heading", level=level, source="Title").source == f"{marks} Title"

    @pytest.mark.parametrize("kind", ["heading", "sql"])
    def test_a_cell_of_unknown_type_is_text(self, kind):
        assert cell_of(cell_type=kind).cell_type in ("raw", "markdown")

    @pytest.mark.parametrize("kind", [None, 5, [], {}, "Code"])
    def test_a_cell_that_does_not_say_its_type_is_code_if_it_was_run(self, kind):
        assert cell_of(cell_type=kind).cell_type == "code"
        without = cell_of(cell_type=kind, outputs=None, execution_count=None)
        assert without.cell_type == ("code" if kind == "Code" else "raw")

    def test_lone_surrogates_and_odd_numbers_can_be_written_again(self):
        got = read(
            bytes_of_cell(
                source="a\ud800b", metadata={"x": float("nan"), "y": float("inf"), "\udfff": "\ud83d"}
            )
        )
        text = nbformat.writes(got)
        text.encode("utf-8")
        json.loads(text, parse_constant=pytest.fail)

    @pytest.mark.parametrize("tags", [5, ["a", "a", "b,c", 5, ""], {"a": 1}])
    def test_metadata_that_breaks_the_format_is_dropped(self, tags):
        assert cell_of(metadata={"tags": tags, "collapsed": 1, "nbgrader": []}).metadata in (
            {},
            {"tags": ["a"]},
        )

    def test_metadata_of_no_ordinary_size_is_dropped(self):
        assert cell_of(metadata={str(number): 0 for number in range(20_000)}).metadata == {}
        widgets = {"widgets": {"state": "x" * 200_000}, "mine": 1}
        assert read(bytes_of(metadata=widgets)).metadata == {"mine": 1}

    def test_pictures_in_texts_are_kept(self):
        got = cell_of(cell_type="markdown", attachments={"a.png": {"image/png": ["AB", "C"]}, "b": 5})
        assert got.attachments == {"a.png": {"image/png": "ABC"}}


KEYS = ["cells", "metadata", "nbformat", "nbformat_minor", "source", "cell_type", "id", "tags"]
KEYS += ["nbgrader", "attachments", "worksheets", "level", "input", "jupyter", "name"]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(KEYS),
            inner,
            max_size=6,
        )
    ),
    max_leaves=40,
)


@given(
    ANYTHING, st.lists(st.dictionaries(st.sampled_from(["cell_type", "source", "metadata", "id"]), ANYTHING))
)
def test_no_json_ends_otherwise_than_read_or_refused(rest, cells):
    for value in (rest, {"cells": cells, "metadata": rest}):
        try:
            got = read(json.dumps(value).encode())
        except Unreadable:
            continue
        assert all(cell.cell_type in ("code", "markdown", "raw") for cell in got.cells)
        assert all(isinstance(cell.source, str) for cell in got.cells)
        json.dumps(got, allow_nan=False).encode("utf-8")


@given(st.binary())
def test_no_bytes_end_otherwise_than_refused(content):
    why(content)
