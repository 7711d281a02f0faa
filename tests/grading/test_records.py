"""What is left of a graded submission on disk, and whether it is believed."""

import json

import pytest

from helpers.teaching.grading.ledger.records import Record
from helpers.teaching.grading.marks import Mark, Marks
from tests.grading.classes import submission, submit


@pytest.fixture
def graded(folder, grade, tmp_path):
    """A graded submission; call it with what has become of its notebook, for how often it was graded then."""
    log = tmp_path / "log"
    submit(folder, "ada", ["match"], orders=[f"log {log}"])
    grade()

    def graded(damage):
        path = submission(folder, "ada").notebook
        path.write_bytes(damage(path.read_bytes()))
        grade()
        return len(log.read_text().splitlines())

    return graded


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[: len(content) // 2],
        lambda content: bytes(len(content)),
        lambda content: content[:4096] + bytes(len(content) - 4096),
        lambda content: content[:-1],
    ],
)
def test_a_notebook_that_a_power_failure_left_in_pieces_is_made_again(graded, damage):
    assert graded(damage) == 2


def test_a_notebook_that_a_person_has_saved_again_is_left_alone(graded):
    assert graded(lambda content: json.dumps(json.loads(content), indent=2).encode() + b"\n") == 1


@pytest.mark.parametrize("text", ["M\udcfcller", "\ud800", "\x00", "=1", "王"])
def test_a_record_can_be_written_whatever_is_in_it(text):
    mark = Mark("check_match", "match", 0.0, 2.0, "wrong", text)
    record = Record("work", "plan", Marks("02_filtering", "fake", (mark,), repairs=(text,)), {"x_or_o": True})
    kept = json.loads(record.text().encode("utf-8"))
    assert kept["marks"]["marks"][0]["sentence"] == kept["marks"]["repairs"][0] == text
    assert len(record.digest(text)) == 64
