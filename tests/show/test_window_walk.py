"""The window that walks on the way back, as Python sees it."""

import numpy as np
import pytest
import traitlets

from helpers import reference
from helpers.show.widgets import WindowWalk

IMAGE = np.arange(1.0, 10).reshape(3, 3)
KERNEL = np.array([[1.0, 2.0], [3.0, 4.0]])
G = np.array([[1.0, 10.0], [100.0, 1000.0]])


@pytest.mark.parametrize(("shape", "kernel"), [((3, 3), (2, 2)), ((4, 6), (3, 2)), ((2, 5), (1, 5))])
def test_the_last_frame_is_the_backward_pass(shape, kernel):
    rng = np.random.default_rng(0)
    out = [side - of_kernel + 1 for side, of_kernel in zip(shape, kernel, strict=True)]
    image, weights, upstream = rng.normal(size=shape), rng.normal(size=kernel), rng.normal(size=out)
    walk = WindowWalk(image, weights, upstream)
    assert len(walk.frames) == upstream.size + 1
    grad_image, grad_kernel, _ = reference.conv2d_backward(
        upstream[None, None], image[None, None], weights[None, None]
    )
    np.testing.assert_allclose(walk.frames[-1]["image"], grad_image[0, 0])
    np.testing.assert_allclose(walk.frames[-1]["kernel"], grad_kernel[0, 0])


def test_each_window_adds_to_what_is_there():
    walk = WindowWalk(IMAGE, KERNEL, G)
    assert walk.frames[0]["image"] == np.zeros((3, 3)).tolist()
    assert walk.frames[1]["image"] == [[1, 2, 0], [3, 4, 0], [0, 0, 0]]
    assert walk.frames[2]["image"] == [[1, 12, 20], [3, 34, 40], [0, 0, 0]]
    assert walk.frames[1]["kernel"] == [[1, 2], [4, 5]]


@pytest.mark.parametrize("step", [-1, 5])
def test_it_visits_no_more_positions_than_there_are(step):
    with pytest.raises((ValueError, traitlets.TraitError), match=f"visits 0 to 4 positions, not {step}"):
        WindowWalk(IMAGE, KERNEL, G).step = step


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"kernel": np.zeros((4, 2))}, r"the kernel \(4, 2\) is larger than the image \(3, 3\)"),
        (
            {"grad_output": np.zeros((2, 3))},
            r"the upstream gradient needs the shape \(2, 2\), not \(2, 3\)",
        ),
        ({"image": np.zeros(3)}, "the image needs rows and columns"),
        ({"image": np.zeros((7, 3))}, "the widget shows at most 6"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(change, sentence):
    with pytest.raises(ValueError, match=sentence):
        WindowWalk(**{"image": IMAGE, "kernel": KERNEL, "grad_output": G} | change)


@pytest.mark.parametrize(
    ("shape", "steps"), [((3, 3), "1, 2, 3, 4"), ((4, 4), "2, 4, 7, 9"), ((2, 3), "1, 2")]
)
def test_where_no_widget_can_be_shown_there_are_frames(shape, steps):
    out = [side - 1 for side in shape]
    _, about = WindowWalk(np.ones(shape), KERNEL, np.ones(out))._repr_mimebundle_()
    assert f"gradient after {steps} of {np.prod(out)} windows" in about["image/png"]["alt"]
