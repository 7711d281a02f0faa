"""Names and sentences from outside, as they are shown."""

import doctest
import unicodedata

import pytest

from helpers.teaching.grading import messages
from helpers.teaching.grading.messages import shown


def test_nothing_that_acts_is_left():
    left = [number for number in range(0x110000) if shown(chr(number)) == chr(number)]
    kinds = {unicodedata.category(chr(number)) for number in left}
    assert not kinds & {"Cc", "Cs", "Zl", "Zp"}
    turning = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    assert not turning & {unicodedata.bidirectional(chr(number)) for number in left}


@pytest.mark.parametrize("text", ["Müller", "王小明", "O'Brien, Pat", "a[b]", "%s", "=1", "", "👩\u200d🔬"])
def test_what_people_are_called_stays(text):
    assert shown(text) == text


def test_other_objects_are_shown_as_text():
    assert shown(1.5) == "1.5"


def test_the_examples_hold():
    assert doctest.testmod(messages).failed == 0
