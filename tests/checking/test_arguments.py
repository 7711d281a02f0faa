"""A right answer does not pass if its function spoils an argument, in whatever way."""

import copy

import numpy as np
import pytest

from helpers import exercises
from helpers.checking.calling.comparing import identical
from helpers.checking.diagnosis.looks import look
from helpers.checking.judging import in_this_process, judge

ARRAYS = {
    "another value": lambda array: array.__setitem__(..., array + 1),
    "cut off": lambda array: array.resize((0,), refcheck=False),
    "another shape": lambda array: setattr(array, "shape", (1, *array.shape)),
    "another type": lambda array: setattr(array, "dtype", np.uint8),
    "no longer to be written to": lambda array: array.setflags(write=False),
    "bytes swapped": lambda array: array.byteswap(inplace=True),
}
DICTIONARIES = {
    "emptied": dict.clear,
    "an entry more": lambda table: table.update(more=len),
    "an entry less": dict.popitem,
    "a function for an entry": lambda table: table.update({next(iter(table)): len}),
    "an unwilling entry": lambda table: table.update({next(iter(table)): pytest}),
    "an array within": lambda table: [array.fill(7.25) for array in table.values() if hasattr(array, "fill")],
}
LISTS = {
    "emptied": list.clear,
    "shortened": list.pop,
    "lengthened": lambda layers: layers.append(layers[0]),
    "turned round": list.reverse,
    "a function for an entry": lambda layers: layers.__setitem__(0, len),
    "a setting within": lambda layers: [layer.clear() for layer in layers],
}


def spoiling(exercise, position, spoil):
    """A function that answers as the reference does, and spoils one argument on the way."""

    def answer(*arguments):
        right = exercise.reference(*copy.deepcopy(arguments))
        spoil(arguments[position])
        return right

    return answer


def rows(name, position, ways):
    return [pytest.param(name, position, ways[way], id=f"{name}-{way}") for way in ways]


@pytest.mark.parametrize(
    ("name", "position", "spoil"),
    [
        *rows("filter_image", 0, ARRAYS),
        *rows("relu", 0, ARRAYS),
        *rows("conv2d_backward", 2, ARRAYS),
        *rows("nearest_template", 1, DICTIONARIES),
        *rows("to_torch", 0, DICTIONARIES),
        *rows("parameter_table", 0, LISTS),
        *rows("conv_out_features", 0, LISTS),
    ],
)
def test_a_spoilt_argument_is_seen(name, position, spoil):
    exercise = exercises.find(name)
    verdict = judge(exercise, in_this_process(spoiling(exercise, position, spoil)), np.random.default_rng(1))
    assert not verdict.passed
    assert verdict.outcome.changed == (position,)
    assert f"changes its argument `{exercise.parameters[position]}`" in look(verdict, None)


def test_drawing_numbers_and_calling_functions_changes_no_argument():
    given = (np.random.default_rng(1), len, {"call": print})
    same = copy.deepcopy(given)
    same[0].normal()
    assert identical(given, same)
    assert not identical(given, (given[0], 3, given[2]))


def test_a_copy_that_shares_memory_is_not_a_copy():
    exercise = exercises.find("to_torch")

    def shares(parameters, names, dtype="float32"):
        state = exercise.reference(parameters, names, dtype)
        return {
            key: old if old.dtype == new.dtype else new
            for (key, new), old in zip(state.items(), parameters.values(), strict=True)
        }

    verdict = judge(exercise, in_this_process(shares), np.random.default_rng(1))
    assert verdict.case.about == "of type float64"
    assert verdict.mistake.name == "not_copied"
    assert "they share the memory of an argument" in look(verdict, None)
