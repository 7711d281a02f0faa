"""The nudge that is sent through a small network, as Python sees it."""

import numpy as np
import pytest
import traitlets

from helpers import data, reference
from helpers.show.widgets import BackwardFlow

KERNELS = {name: feature / 9 for name, feature in data.features.items()}


def flow_of(shape=(9, 9), kernels=KERNELS, label=0, seed=0):
    """A widget on random pixels, with random votes."""
    rng = np.random.default_rng(seed)
    height, width = next(iter(kernels.values())).shape
    features = len(kernels) * ((shape[0] - height) // 2 + 1) * ((shape[1] - width) // 2 + 1)
    return BackwardFlow(rng.uniform(-1, 1, shape), label, kernels, rng.normal(0, 0.3, (2, features)))


def places(flow):
    for name in ("image", "filter"):
        for row, column in np.ndindex(np.shape(flow.values[name])):
            yield [name, row, column]


@pytest.mark.parametrize("shape", [(9, 9), (6, 10)])
@pytest.mark.parametrize("label", [0, 1])
def test_every_gradient_predicts_small_nudges(shape, label):
    flow = flow_of(shape, label=label)
    for name in KERNELS:
        flow.filter_name = name
        for place in places(flow):
            flow.place = place
            flow.nudge = 1e-5
            assert flow.change["true"] == pytest.approx(flow.change["predicted"], abs=1e-8)
            assert flow.change["gradient"] == np.array(flow.gradients[place[0]])[place[1], place[2]]


def test_a_negative_bias_closes_gates():
    open_flow = BackwardFlow(data.X, 0, KERNELS, np.ones((2, 48)) * [[1], [-1]])
    closing = BackwardFlow(data.X, 0, KERNELS, np.ones((2, 48)) * [[1], [-1]], [-0.6, 0, 0])
    maps = np.array(closing.values["feature map"])
    np.testing.assert_allclose(maps, np.array(open_flow.values["feature map"]) - 0.6)
    stopped = np.array(closing.gradients["after ReLU"]) != np.array(closing.gradients["feature map"])
    assert stopped.any()
    assert (maps[stopped] <= 0).all()


def test_a_nudge_runs_through_all_stages_and_leaves_the_gradients():
    flow = flow_of()
    before, gradients = flow.values, flow.gradients
    flow.nudge = 0.7
    for stage in ("image", "feature map", "pooled", "votes", "error"):
        assert not np.array_equal(flow.values[stage], before[stage])
    assert flow.values["filter"] == before["filter"]
    assert flow.gradients == gradients
    assert flow.change["error"] == flow.values["error"][0][0]
    flow.nudge = 0.0
    assert flow.values == before


def test_the_stages_are_those_of_the_reference():
    flow = flow_of()
    flow.filter_name = "rising"
    maps = reference.conv2d(np.array(flow.values["image"])[None, None], KERNELS["rising"][None, None])
    np.testing.assert_allclose(flow.values["feature map"], maps[0, 0])
    assert [np.shape(flow.values[stage]) for stage in ("pooled", "votes", "error")] == [
        (4, 4),
        (2, 1),
        (1, 1),
    ]


def test_from_one_array_to_the_other_the_nudge_starts_again():
    flow = flow_of()
    flow.nudge = 0.7
    flow.place = ["image", 0, 1]
    assert flow.nudge == 0.7
    flow.place = ["filter", 0, 1]
    assert flow.nudge == 0


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("filter_name", "X", "no filter 'X'; choose from falling"),
        ("place", ["pooled", 0, 0], "not of 'pooled'"),
        ("place", ["image", 9, 0], "outside the image of shape"),
        ("place", ["filter", 0], "outside the filter"),
        ("nudge", 1.5, "here a nudge goes from -1 to 1"),
    ],
)
def test_what_cannot_be_chosen_is_refused(name, value, sentence):
    flow = flow_of()
    with pytest.raises((ValueError, traitlets.TraitError), match=sentence):
        setattr(flow, name, value)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"label": 2}, "the label is 0 or 1, not 2"),
        ({"votes": np.zeros((2, 4))}, r"the votes must have the shape \(2, 48\), not \(2, 4\)"),
        (
            {"filters": {"a": np.zeros((3, 3)), "b": np.zeros((2, 3))}},
            "the filters must all have the same shape",
        ),
        ({"filters": {"a": np.zeros((3, 12))}}, r"the filters \(3, 12\) are larger than the image \(9, 9\)"),
        ({"filters": {"a": np.zeros(3)}}, "needs up to 12 rows and columns"),
        ({"biases": [0.5]}, r"3 filters need as many biases, not an array of shape \(1,\)"),
        ({"image": np.full((9, 9), 2.0)}, "pixels of the image must lie between -1 and 1"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(change, sentence):
    arguments = {"image": data.X, "label": 0, "filters": KERNELS, "votes": np.zeros((2, 48))}
    with pytest.raises(ValueError, match=sentence):
        BackwardFlow(**arguments | change)


def test_where_no_widget_can_be_shown_there_is_a_picture():
    flow = flow_of()
    flow.nudge = 0.5
    bundle, about = flow._repr_mimebundle_()
    assert "image/png" in bundle
    alt = about["image/png"]["alt"]
    assert "row 4, column 4 of the image" in alt
    assert f"changes it by {flow.change['true']:.3f}" in alt
