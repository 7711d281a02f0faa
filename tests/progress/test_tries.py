"""What was tried at an exercise that can be answered better and better is kept, and shown as a table."""

import pytest

from helpers import check, progress, reference
from helpers.exercises.knobs import design_rule
from helpers.learning import progress_file
from helpers.learning.errors import NotPassed


def lessons_plan(input_shape, classes):
    stack = "INPUT -> CONV -> RELU -> POOL -> FC"
    return reference.describe_layers(stack, filters=8, units=classes, kernel=5, window=4)


def small(input_shape, classes):
    stack = "INPUT -> CONV -> RELU -> POOL -> FC"
    return reference.describe_layers(stack, filters=4, units=classes, kernel=5, window=12)


def test_each_design_is_kept_once_with_its_parameters_and_its_accuracy():
    for design in (lessons_plan, lessons_plan):
        with pytest.raises(NotPassed):
            check("design_network", design)
    check("design_network", small)
    too_large, passed = progress_file.answers("design_network")
    assert too_large == {
        "layers": "CONV, filters = 8, kernel = 5 -> RELU -> POOL, window = 4 -> FC, units = 2",
        "parameters": 354,
    }
    assert passed["parameters"] == 114
    assert passed["accuracy"] >= design_rule.TARGET
    assert progress_file.state()["design_network"] == "passed"
    first, second, third = repr(progress.tries("design_network")).splitlines()
    assert first.split() == ["parameters", "accuracy", "layers"]
    assert second.split()[:2] == ["114", f"{passed['accuracy']:.1%}"]
    assert third.split()[:3] == ["354", "not", "trained"]


def test_only_designs_are_kept():
    for answer in (None, [], [{}], [reference.relu_layer()], [reference.fc_layer(3)]):
        assert design_rule.summary(answer) is None


def test_settings_that_are_not_the_usual_ones_are_named():
    layers = [reference.conv_layer(2, 3, stride=2, padding=1), reference.pool_layer(3, stride=2)]
    assert design_rule.summary([*layers, reference.fc_layer(2)])["layers"] == (
        "CONV, filters = 2, kernel = 3, stride = 2, padding = 1 -> POOL, window = 3, stride = 2"
        " -> FC, units = 2"
    )


def test_an_odd_line_in_the_file_is_passed_over_or_shown_as_it_is():
    assert repr(progress.tries("design_network")) == "Nothing was checked yet."
    for answer in ("text", {"layers": "<b>", "accuracy": "high"}, {"parameters": None}):
        progress_file.note({"exercise": "design_network", "answer": answer})
    table = progress.tries("design_network")._repr_html_()
    assert "&lt;b&gt;" in table
    assert table.count("not trained") == 2


def test_exercises_with_one_right_answer_keep_nothing():
    check("relu", lambda x: x * (x > 0))
    assert progress_file.answers("relu") == []
