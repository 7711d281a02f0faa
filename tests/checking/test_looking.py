"""Wrong answers that no known mistake explains: the general looks name what kind of wrong they are."""

import numpy as np
import pytest

from helpers import reference
from helpers.checking import explain
from helpers.checking.judging import in_this_process, judge
from helpers.exercises.model import Case, Exercise

ARRAY = np.array([[0.5, -1.25, 2.0, 0.125], [3.3, 0.71, -0.6, 1.0], [1.5, 2.5, -3.0, 4.4]])


def said(expected, function, **options):
    """What is said about a function that takes one argument and should return `expected`."""
    exercise = Exercise(
        name="thing",
        reference=lambda image: expected,
        cases=lambda rng: [Case((np.ones((2, 3)),), "one case"), Case((np.ones((2, 3)),), "another")],
        hints=("Think.",),
        **options,
    )
    verdict = judge(exercise, in_this_process(function), np.random.default_rng(0))
    assert not verdict.passed
    return explain(verdict, function)


def not_quite(array, place, value):
    array = array.copy()
    array[place] = value
    return array


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda right: None, "returns nothing"),
        (lambda right: ..., "still returns `...`"),
        (lambda right: np.sum, "is a function, not a value"),
        (lambda right: 3.0, "should be an array of shape (3, 4), but it is the single number 3"),
        (lambda right: right.tolist(), "it is a list"),
        (lambda right: map(abs, right), "it is a map"),
        (lambda right: right.astype(object), "it holds objects"),
        (lambda right: right > 0, "truth values"),
        (lambda right: right.T, "Rows and columns are swapped"),
        (lambda right: right[None], "axis of length 1"),
        (lambda right: right[:-1, :-1], "One too few"),
        (lambda right: np.pad(right, ((0, 1), (0, 1))), "One too many"),
        (lambda right: np.zeros((7, 2, 2)), "it should be (3, 4)"),
        (lambda right: right / 0, "Is something divided by zero"),
        (lambda right: right * np.nan, "nan (not a number)"),
        (lambda right: right.astype(int), "fractions are gone"),
        (lambda right: -right, "wrong sign"),
        (lambda right: right[::-1], "upside down"),
        (lambda right: right[:, ::-1], "left and right are swapped"),
        (lambda right: right[::-1, ::-1], "half a turn"),
        (lambda right: np.roll(right, 1, axis=1), "one column off"),
        (lambda right: np.roll(right, -1, axis=0), "one row off"),
        (lambda right: 9 * right, "9 times what it should be"),
        (lambda right: right + 1, "1 too large"),
        (lambda right: right - 0.5, "0.5 too small"),
        (lambda right: np.round(right, 2), "rounded to 2 decimals"),
        (lambda right: not_quite(right, (1, 2), 7), "1 of 12 values differs, the one at [1, 2]"),
        (lambda right: not_quite(right, np.s_[-1], 0), "Only the last row is wrong"),
        (lambda right: not_quite(right, np.s_[:, 0], 0), "Only the first column is wrong"),
        (lambda right: right**3 + 17, "None of the 12 values is right"),
        (lambda right: imaeg, "NameError: name 'imaeg' is not defined"),  # noqa: F821
    ],
)
def test_arrays(change, words):
    array = ARRAY.copy()
    assert words in said(ARRAY, lambda image: change(array))


def test_a_print_is_not_a_return():
    assert "prints something but returns nothing" in said(ARRAY, lambda image: print(image))


def test_data_of_the_notebook_is_not_an_argument():
    assert "reads `ARRAY` from the notebook" in said(ARRAY, lambda image: 0.1 * ARRAY**2 + image.sum())


def test_a_changed_argument_is_not_a_result():
    def spoils(image):
        image[0] = 0
        return ARRAY

    assert "changes its argument `image`" in said(ARRAY, spoils)


@pytest.mark.parametrize(
    ("expected", "function", "words"),
    [
        (0.78125, lambda image: ARRAY, "should be one number, but it is an array of shape (3, 4)"),
        (0.78125, lambda image: np.array([0.78125]), "an array of shape (1,)"),
        (0.78125, lambda image: "0.78", "it is a text"),
        (0.78125, lambda image: True, "the truth value True"),
        (0.78125, lambda image: np.inf, "divided by zero"),
        (4, lambda image: 17, "not the expected one"),
        ("X", lambda image: 3, "should be a text such as 'X'"),
        ("X", lambda image: "O", "not the expected one"),
        (True, lambda image: 1, "True or False"),
        ((1, 2), lambda image: (2, 1), "swapped; rows come first"),
        ((1, 2), lambda image: (1, 2, 3), "should have 2 values; it has 3"),
        ((1, 2), lambda image: (1, 4), "Value 2 of 2"),
        ((1, 2), lambda image: 3, "should be 2 values"),
        ([(1, 2), (3,)], lambda image: [(1, 2), (4,)], "Value 2 of 2"),
        ([("A", (1, 2), 3)], lambda image: [("A", (1,), 3)], "Value 1 of 1"),
        ({"a": ARRAY}, lambda image: [ARRAY], "should be a dictionary, but it is a list"),
        ({"a": ARRAY}, lambda image: {"b": ARRAY}, "lacks 'a' and has 'b', which should not be there"),
        ({"a": ARRAY, "b": ARRAY}, lambda image: {"a": ARRAY}, "The dictionary lacks 'b'."),
        ({"a": ARRAY}, lambda image: {"a": ARRAY, 0: 1}, "The dictionary has 0, which should not be there."),
        ({"a": ARRAY}, lambda image: {"a": 2 * ARRAY}, "The entry `a` is not right. Every value is 2 times"),
        ({"a": 1.5}, lambda image: {"a": 2.5}, "The entry `a` is not right."),
    ],
)
def test_other_values(expected, function, words):
    assert words in said(expected, function)


NUMBERS = (0.78125, -1.40625, 2.0, 3.15625)


def said_of_numbers(change, numbers=NUMBERS):
    """What is said about a function that takes a number, and should return it as it is."""
    exercise = Exercise(
        name="thing",
        reference=lambda number: number,
        cases=lambda rng: [Case((number,), f"{number}") for number in numbers],
        hints=("Think.",),
    )
    return explain(judge(exercise, in_this_process(change), np.random.default_rng(0)), change)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda number: -number, "wrong sign"),
        (lambda number: round(number, 2), "rounded to 2 decimals"),
        (lambda number: 3 * number, "3 times what it should be"),
    ],
)
def test_numbers(change, words):
    assert words in said_of_numbers(change)


def test_whole_numbers_that_are_off_by_one():
    assert "one too large, in every case" in said_of_numbers(lambda number: number + 1, (3, 5, 4, 9))
    assert "one too small, in every case" in said_of_numbers(lambda number: number - 1, (3, 5, 4, 9))


@pytest.mark.parametrize(
    "change",
    [
        lambda number: 5 if number == 4 else 9,
        lambda number: 0.0,
        lambda number: 5,
    ],
)
def test_accidents_in_single_cases_are_not_told(change):
    sentence = said_of_numbers(change, (4, 7, 1.25))
    assert not any(word in sentence for word in ("too large", "too small", "rounded", "times", "sign"))


def test_a_ramp_shows_nothing():
    """Whatever is done to a ramp, its values are all too large by the same."""

    def sums(image):
        return image + image[0, 1] - image[0, 0] + 1

    exercise = Exercise(
        name="thing",
        reference=lambda image: image,
        cases=lambda rng: [Case((np.arange(6.0).reshape(2, 3) * step,), f"{step}") for step in (1, 2)],
        hints=("Think.",),
    )
    verdict = judge(exercise, in_this_process(sums), np.random.default_rng(0))
    assert "too large" not in explain(verdict, sums)


def test_unfinished_work_is_asked_about():
    assert "Nothing but zeros" in said(ARRAY, lambda image: np.zeros((3, 4)))
    assert "argument `image`, unchanged" in said(ARRAY, lambda image: image)


@pytest.mark.parametrize("start", [np.zeros_like, np.copy])
def test_what_is_right_in_some_case_is_not_asked_whether_it_is_finished(start):
    exercise = Exercise(
        name="thing",
        reference=lambda image, shift: image + shift,
        cases=lambda rng: [Case((ARRAY, shift), f"{shift}") for shift in (2, 0.5)],
        hints=("Think.",),
    )

    def right_for_whole_numbers(image, shift):
        return image + shift if shift == 2 else start(image)

    verdict = judge(exercise, in_this_process(right_for_whole_numbers), np.random.default_rng(0))
    assert "finished" not in explain(verdict, right_for_whole_numbers)


def test_an_axis_of_length_one_is_spoken_of_only_if_that_holds_in_every_case():
    exercise = Exercise(
        name="thing",
        reference=lambda image: image,
        cases=lambda rng: [Case((image,), "") for image in (ARRAY[:1], ARRAY)],
        hints=("Think.",),
    )

    def of(function):
        return explain(judge(exercise, in_this_process(function), np.random.default_rng(0)))

    assert "an axis of length 1" in of(lambda image: image[None])
    assert "an axis of length 1" not in of(np.ravel)


def test_zeros_count_as_unfinished_beside_a_single_value():
    exercise = Exercise(
        name="thing",
        reference=lambda image: image,
        cases=lambda rng: [Case((image,), "") for image in (ARRAY[:1, :1], ARRAY)],
        hints=("Think.",),
    )
    verdict = judge(exercise, in_this_process(np.zeros_like), np.random.default_rng(0))
    assert "Nothing but zeros" in explain(verdict)


@pytest.mark.parametrize(
    ("got", "words"),
    [
        ((ARRAY, ARRAY + 1, None), "`weight` is not right. Every value is 1 too large."),
        ((ARRAY, ARRAY.T, None), "`weight` is not right. The result has shape (4, 3)"),
        ((3.0, ARRAY, None), "`x` is not right. The result should be an array of shape (3, 4)"),
        ((ARRAY, ARRAY, ARRAY), "`bias` should be None, but it is an array of shape (3, 4)."),
        ((ARRAY, ARRAY), "The result should have 3 values; it has 2."),
    ],
)
def test_of_several_named_answers_the_wrong_one_is_named(got, words):
    assert words in said((ARRAY, ARRAY, None), lambda image: got, returns=("x", "weight", "bias"))


def test_whole_numbers_where_they_are_needed():
    assert "not a whole number for Python" in said(4, lambda image: 4.0, whole_numbers=True)
    assert "must be whole numbers (int)" in said((1, 2), lambda image: (1.0, 2), whole_numbers=True)
    assert "whole numbers (int)" in said([(1, 2), (3,)], lambda image: [(1, 2), (3.0,)], whole_numbers=True)


def test_whole_numbers_in_an_array():
    right = np.array([0, 2, 1])
    sentence = said(right, lambda image: right.astype(float), whole_numbers=True)
    assert "must be whole numbers (int); the array is of type float64" in sentence


def test_two_values_swapped_by_accident_in_one_case():
    """The second largest of 2 x 2 may sit at (1, 0) where the largest is at (0, 1): nothing is swapped."""

    def second_largest(feature_map):
        place = np.unravel_index(np.argsort(feature_map.ravel())[-2], feature_map.shape)
        return tuple(map(int, place))

    exercise = Exercise(
        name="thing",
        reference=reference.best_match,
        cases=lambda rng: [
            Case((np.array([[1.0, 4.0], [3.0, 2.0]]),), "2 x 2"),
            Case((np.array([[1.0, 2.0, 9.0], [3.0, 8.0, 4.0]]),), "2 x 3"),
        ],
        hints=("Think.",),
    )
    verdict = judge(exercise, in_this_process(second_largest), np.random.default_rng(0))
    assert verdict.expected == (0, 1)
    assert verdict.outcome.returned == (1, 0)
    assert "swapped" not in explain(verdict, second_largest)


def test_a_right_but_slow_function_is_told_so():
    import time

    def slow(image):
        end = time.process_time() + 0.06
        while time.process_time() < end:
            pass
        return ARRAY

    assert "takes too long" in said(ARRAY, slow, time_limit=0.1) or "stopped" in said(
        ARRAY, slow, time_limit=0.1
    )


def test_a_loop_is_told_with_its_line():
    def loops(image):
        while True:
            image = image + 0

    sentence = said(ARRAY, loops, time_limit=0.1)
    assert "did not finish" in sentence
    assert "in line" in sentence


def said_of_steps(function):
    """What is said about a function that is asked to pick only some columns of an image."""

    def cases(rng):
        for step in (1, 1, 2, 1, 3, 1, 2):
            yield Case((ARRAY * len(ARRAY), step, None), f"steps of {step}")

    def picked(image, step, bias=None):
        return image[:, ::step]

    exercise = Exercise(name="picked", reference=picked, cases=cases, hints=("Think.",))
    return explain(judge(exercise, in_this_process(function), np.random.default_rng(0)), function)


def test_what_the_right_cases_have_in_common_is_said():
    sentence = said_of_steps(lambda image, step, bias=None: image)
    assert "It is right in the 4 cases in which `step` is 1, and wrong in all 3 others." in sentence


def test_nothing_is_said_of_the_right_cases_where_they_have_nothing_in_common():
    assert "It is right" not in said_of_steps(lambda image, step, bias=None: 2 * image[:, ::step])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda right: right[:, :-1], "One column too few"),
        (lambda right: np.pad(right, ((0, 1), (0, 0))), "One row too many"),
        (lambda right: np.where(right > 2, 0, right), "All the values that are wrong are 0"),
        (lambda right: np.repeat(right[-1:], 3, axis=0), "All rows of the result are the same"),
        (lambda right: np.sort(right, axis=1), "the right ones, but in other places"),
    ],
)
def test_more_of_arrays(change, words):
    assert words in said(ARRAY, lambda image: change(ARRAY.copy()))


def test_one_list_for_all_entries_is_seen():
    def one_list(image):
        entry, entries = [0, 0], []
        for number in (1, 2, 3):
            entry[:] = [number, number**2]
            entries.append(entry)
        return entries

    right = [[1, 1], [2, 4], [3, 9]]
    assert "All 3 entries of the result are what the last one should be" in said(right, one_list)
    assert "what the last one should be" not in said(right, lambda image: [[1, 1], [3, 9], [3, 9]])


def test_what_is_wrong_within_all_entries_is_said():
    right = [("a", 1, 5), ("b", 2, 6), ("c", 3, 7)]
    assert "it is number 2 of 3" in said(right, lambda image: [(name, 9, last) for name, _, last in right])
