"""The texts that come with Python."""

import subprocess
import sys

from helpers import data


def test_the_zen_has_nineteen_sayings_without_signs():
    zen = data.zen()
    assert len(zen) == 19
    assert zen[14] == ["now", "is", "better", "than", "never"]
    assert zen[15] == ["although", "never", "is", "often", "better", "than", "right", "now"]
    assert zen[7][2] == "aren't"
    assert all(word.strip("'").replace("'", "").isalpha() for saying in zen for word in saying)


def test_reading_the_zen_prints_nothing():
    code = "from helpers import data; data.zen()"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == ""


def test_passages_are_distinct_and_of_one_length():
    passages = data.handbook_passages(8)
    assert len(passages) > 4000
    assert len(set(map(tuple, passages))) == len(passages)
    assert {len(passage) for passage in passages} == {8}
    assert all(word == word.lower() for passage in passages for word in passage)
