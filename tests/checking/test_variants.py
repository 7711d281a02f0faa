"""What learners meet in a copy of a lesson that asks for variants of exercises."""

import numpy as np
import pytest

from helpers import check, hint, progress, reference, variants, yours
from helpers.checking import NotPassed, Unusable
from helpers.exercises.variants import in_variant
from helpers.learning.variants import VARIABLE, _in_use, written


@pytest.fixture(autouse=True)
def copy_of_a_lesson(tmp_path, monkeypatch):
    """A notebook's kernel, which has run the copy's first cell."""
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "progress.jsonl"))
    variants.use(best_match="last_in_reading_order", spectrogram="hamming_window")
    yield
    _in_use.clear()


def first(feature_map):
    return divmod(int(np.argmax(feature_map)), feature_map.shape[1])


def last(feature_map):
    return divmod(feature_map.size - 1 - int(np.argmax(feature_map.ravel()[::-1])), feature_map.shape[1])


def hamming(signal, window, hop):
    starts = range(0, len(signal) - window + 1, hop)
    pieces = [signal[start : start + window] * np.hamming(window) for start in starts]
    return np.abs(np.fft.rfft(pieces)).T


def test_the_copys_own_answer_passes_and_a_neighbours_is_named(capsys):
    check("best_match", last)
    with pytest.raises(NotPassed, match="comes out when the first of several equal values wins"):
        check("best_match", first)
    assert "Other copies of this lesson ask for that, but not yours" in capsys.readouterr().out


def test_in_any_other_notebook_it_is_the_other_way_round():
    _in_use.clear()
    check("best_match", first)
    with pytest.raises(NotPassed, match="the last of several equal values wins"):
        check("best_match", last)


def test_hints_are_those_of_the_variant(capsys):
    for _ in range(4):
        hint("spectrogram")
    said = capsys.readouterr().out
    assert "np.hamming" in said
    assert "np.hanning" not in said


def test_later_lessons_use_the_courses_own(capsys):
    check("best_match", last)
    assert (
        "later lessons cannot call it on its own: in your copy of its lesson the last of"
        in capsys.readouterr().out
    )
    assert progress.own("best_match") is reference.best_match
    assert progress.own("match") is None


def test_the_lesson_itself_uses_it_unless_its_text_would_be_contradicted(capsys):
    check("best_match", last)
    check("spectrogram", hamming)
    capsys.readouterr()
    assert yours("best_match", last) is last
    assert not capsys.readouterr().out
    assert yours("spectrogram", hamming) is reference.spectrogram
    assert "In your copy of this lesson the pieces are faded with `np.hamming`." in capsys.readouterr().out


def test_the_variant_that_is_as_published_is_kept_for_later_lessons(capsys):
    variants.use(best_match="first_in_reading_order")
    check("best_match", first)
    assert "later lessons" not in capsys.readouterr().out
    assert progress.own("best_match")(np.array([[1, 1]])) == (0, 0)


def test_while_nbgrader_grades_only_the_environment_counts(monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    monkeypatch.delenv(VARIABLE, raising=False)
    check("best_match", first)
    monkeypatch.setenv(VARIABLE, written({"best_match": "last_in_reading_order"}))
    variants.use(best_match="first_in_reading_order")
    check("best_match", last)
    with pytest.raises(NotPassed):
        check("best_match", first)


@pytest.mark.parametrize("chosen", [{"best_match": "another"}, {"match": "last_in_reading_order"}])
def test_a_copy_for_another_version_of_the_course_says_so(chosen):
    with pytest.raises(Unusable, match="does not know this copy's"):
        variants.use(**chosen)


def test_the_courses_own_function_is_not_an_answer():
    with pytest.raises(Unusable, match="the course's own"):
        check("best_match", reference.best_match)


def test_other_ways_and_puzzles_show_only_what_a_learner_can_run(capsys):
    from helpers import puzzle
    from helpers.learning.other_ways import other_ways_than

    variants.use(dropout="exactly_p_dropped")
    puzzle("best_match")
    assert "Your copy of the lesson asks for its own `best_match`" in capsys.readouterr().out
    ways = other_ways_than(in_variant("best_match", "last_in_reading_order"), last)
    assert [way.name for way in ways] == [way.name for way in ways if "ties." not in way.code]
    puzzle("dropout")
    assert "numbers > p" in capsys.readouterr().out
