"""Tests of the boxes that volumes are drawn as."""

import numpy as np
import pytest

from helpers import show

SHAPES = [(3, 32, 32), (3, 5, 5), (10, 28, 28)]


def fronts(picture):
    """Width and height of every front face, in inches; patches left out."""
    axes = picture.figure.axes[0]
    corners = [patch.get_xy() for patch in axes.patches if patch.get_fill()]
    return [np.ptp(points, axis=0).tolist() for points in corners[::3]]


def test_all_boxes_share_one_scale():
    sizes = np.array(fronts(show.volumes(SHAPES)))
    expected = np.array([shape[:0:-1] for shape in SHAPES])
    np.testing.assert_allclose(sizes / sizes[0, 0], expected / 32)


def test_text_names_every_volume_and_patch():
    picture = show.volumes(SHAPES[:2], ["input", "filter"], patches=[(4, 6, 5, 5), None])
    assert repr(picture) == (
        "Boxes, drawn to scale: input (3 x 32 x 32) with a window of 5 x 5 at row 4, column 6; "
        "filter (3 x 5 x 5)."
    )
    written = {text.get_text() for text in picture.figure.axes[0].texts}
    assert {"input (3 x 32 x 32)", "filter (3 x 5 x 5)", "32", "5", "3"} <= written


def test_a_patch_lies_where_it_is_said():
    axes = show.volumes([(2, 10, 10)], patches=[(1, 2, 3, 4)]).figure.axes[0]
    box, patch = axes.patches[0].get_xy(), axes.patches[3].get_xy()
    pixel = np.ptp(box[:, 0]) / 10
    assert (patch[:, 0].min() - box[:, 0].min()) / pixel == pytest.approx(2)
    assert (box[:, 1].max() - patch[:, 1].max()) / pixel == pytest.approx(1)
    np.testing.assert_allclose(np.ptp(patch, axis=0) / pixel, [4, 3])


@pytest.mark.parametrize("shapes", [SHAPES, [(1, 1, 1)], [(512, 7, 7), (1, 224, 224)], [(3, 9, 9)] * 5])
def test_everything_stays_on_the_sheet(shapes):
    picture = show.volumes(shapes, ["a name"] * len(shapes))
    width, height = picture.figure.get_size_inches()
    assert width <= 10
    for patch in picture.figure.axes[0].patches:
        points = patch.get_xy()
        assert points.min() >= 0
        assert (points.max(axis=0) <= (width, height)).all()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (([],), "0 shapes"),
        ((SHAPES, ["one"]), "3 shapes, 1 titles"),
        (([(3, 5)],), r"not the shape \(3, 5\)"),
        (([(0, 5, 5)],), r"not the shape \(0, 5, 5\)"),
    ],
)
def test_what_cannot_be_drawn_is_told(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        show.volumes(*arguments)
