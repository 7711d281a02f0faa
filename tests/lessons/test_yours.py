"""What lesson 19 says in words, held to what the built lesson shows, and its sums worked out again."""

import re
from pathlib import Path

import nbformat
import numpy as np
import pytest

from helpers import data, reference

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "solutions" / "19_yours" / "19_yours.ipynb"


@pytest.fixture(scope="module")
def shown():
    """By the id of a cell: what it printed, and the text of its picture."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    return {
        cell.id: "".join(
            output.get("text", "") + output.get("data", {}).get("text/plain", "") for output in cell.outputs
        )
        for cell in notebook.cells
        if cell.cell_type == "code"
    }


def lesson_text():
    return (ROOT / "lessons" / "19_yours.py").read_text(encoding="utf-8")


def test_the_page_is_cut_into_its_digits(shown):
    assert "80 pieces of paper with ink, 80 labels" in shown["page"]
    assert "[8 8 8 8 8 8 8 8 8 8]" in shown["which-digits"]
    page, _ = data.page_of_digits()
    assert page.shape == (432, 528)
    heights = [piece.shape[0] for piece in data.cut_out(page)[0]]
    assert 38 < np.mean(heights) < 46


def test_one_threshold_drowns_the_last_digit(shown):
    shares = [int(share) for share in re.findall(r"darker than 0: (\d+)%", shown["one-threshold"])]
    assert shares[2] > 95
    assert max(shares[:2]) < 25


def test_the_pens_differ(shown):
    yours, theirs = (float(share) for share in re.findall(r"share of ink (0\.\d+)", shown["prepared"]))
    assert (yours, theirs) == (0.13, 0.31)


def test_the_digits_fill_their_rows():
    images, _ = data.digits()
    ink = images[:, 0] > -1
    assert ink.any(axis=2).all()  # each of the 8 rows of every digit has ink
    lefts = ink.any(axis=1).argmax(axis=1)
    rights = 7 - ink.any(axis=1)[:, ::-1].argmax(axis=1)
    assert abs((lefts + rights).mean() / 2 - 3.5) < 0.5


def test_the_worked_example():
    """Ink of 3 rows and 1 column, size 2."""
    image = reference.prepare_scan(np.array([[0.9, -0.7], [0.8, -0.8], [0.9, -0.9]]), 2)
    assert image.tolist() == [[0, -1], [-0.5, -1]]
    wide = np.array([[0.9, -0.7, 0.9], [0.8, -0.8, 0.9], [0.9, -0.9, 0.9]])
    assert reference.prepare_scan(wide, 2)[0, 0] == 0


def test_what_comes_out_as_it_is_told(shown):
    first = re.search(r"(\d+) of 80 right", shown["first-reading"])
    assert 52 <= int(first[1]) <= 60  # "7 of 10"
    assert re.search(r"9[89]\.\d% of 450", shown["learn-digits"])
    old = dict(re.findall(r"^(.*?) +(\d+\.\d)% of the old", shown["compare"], re.MULTILINE))
    assert float(old["as it was"]) > 98
    assert float(old["yours alone"]) < float(old["yours and 200 old"]) - 2
    assert float(old["yours and 200 old"]) > 97.5
    means = re.findall(r"(?:five halves: |; )([a-z0-9 ]+) (0\.\d+) \(", shown["compare"])
    yours = {name: float(mean) for name, mean in means}
    assert yours["as it was"] < yours["nearest neighbour"] < yours["from scratch"] < yours["yours alone"]
    assert yours["yours and 200 old"] >= 0.95


def test_the_second_layer_misses_the_broad_strokes(shown):
    """Of a misread digit and of one of theirs: the means after two layers, and the largest votes."""
    numbers = re.findall(r"(\d+\.\d+), theirs (\d+\.\d+)", shown["microscope"])
    (first, first_theirs), (second, second_theirs), votes = (tuple(map(float, pair)) for pair in numbers)
    assert (first, first_theirs) == (0.40, 0.44)
    assert (second, second_theirs) == (0.36, 0.87)
    assert votes == (2.2, 21.3)


def test_the_percentages_in_the_folded_answer_are_those_of_the_cell(shown):
    text = re.search(r"What we found, with the course's page(.*?)</details>", lesson_text(), re.DOTALL)[1]
    compared = shown["compare"]
    told = {f"{int(share)}" for share in re.findall(r"(\d+) %", text)}
    printed = {f"{float(share):.0f}" for share in re.findall(r"(\d+\.\d)% of the old", compared)}
    printed |= {f"{100 * float(share):.0f}" for share in re.findall(r" (0\.\d+) \(", compared)}
    assert told <= printed


def test_the_saved_network_is_the_same(shown):
    assert "What came out: 0." in shown["save-and-load"]
    assert "8 arrays, 43,082 numbers" in shown["save-and-load"]
    assert "PyTorch is not installed" in shown["to-pytorch"]


def test_the_card_says_how_its_numbers_were_measured(shown):
    assert "of 450 digits that 13 people wrote" in shown["card"]
    assert "five halves" in shown["card"]
    assert "before it had seen my writing" in shown["card"]


def test_five_digits_in_a_row():
    assert round(0.97**5, 2) == 0.86
    assert 1 / 40 == 0.025
