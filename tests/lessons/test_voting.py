"""What lesson 09 says in words: the numbers of its prose, measured."""

import numpy as np
import pytest

from helpers import data, reference

LETTERS = np.stack([data.X, data.O])[:, None]
KERNELS = np.stack(list(data.features.values()))[:, None] / 9
LIMITS = {
    "translation": {"shift": 2},
    "scaling": {"scale": (0.6, 1.4)},
    "rotation": {"rotation": 30},
    "weight": {"weight": (0.5, 3)},
}


def pooled_maps(images, kernels=KERNELS):
    return reference.max_pool2d(reference.relu(reference.conv2d(images, kernels)), partial=True)


def rows_of(images):
    return reference.flatten(pooled_maps(images))


ROWS = rows_of(LETTERS)
FOR_X = ROWS[0] - ROWS[1]
WEIGHT = np.stack([FOR_X, -FOR_X])
BIAS = -reference.linear(ROWS, WEIGHT).mean(axis=0)
BETTER = np.array([-2.25, 2.25])


def crisp(images):
    return np.where(images > 0, 1.0, -1.0)


@pytest.fixture(scope="module", params=[1, 2], ids=["seed 1", "fresh"])
def drawn(request):
    """For each change 500 letters, crisp, and their labels."""
    letters = {}
    for name, change in LIMITS.items():
        images, labels = data.sample_letters(500, np.random.default_rng(request.param), **change)
        letters[name] = crisp(images), labels
    return letters


def shares_right(letters, bias):
    """The share of letters named right, by change, rounded as the prose states them."""
    answers = {
        name: reference.predict(reference.linear(rows_of(images), WEIGHT, bias))
        for name, (images, labels) in letters.items()
    }
    return [round(float(np.mean(answers[name] == labels)), 2) for name, (_, labels) in letters.items()]


def test_no_result_depends_on_a_rounding_error(drawn):
    """All votes are whole 81sts; no logit of a letter is so near to the bias that rounding could turn it."""
    for images, _ in drawn.values():
        votes = rows_of(images) @ FOR_X
        np.testing.assert_allclose(votes * 81, (votes * 81).round(), atol=1e-9)
        for lead in (0.75, 1.5, 2.25, 3.01, BIAS[1]):
            assert np.abs(votes - lead).min() > 1e-3


def test_a_value_for_the_x_and_one_for_the_o():
    maps = pooled_maps(LETTERS)
    assert maps.shape == (2, 3, 4, 4)
    assert maps[:, 2, 1, 1].round(2).tolist() == [1.0, 0.11]
    assert maps[:, 0, 0, 2].round(2).tolist() == [0.56, 1.0]
    assert maps[0, 2, 1].round(2).tolist() == [0.33, 1.0, 0.56, 0.11]
    assert maps[1, 2, 1].round(2).tolist() == [0.11] * 4


def test_the_place_in_the_row():
    assert 2 * 4 * 4 + 1 * 4 + 1 == 37
    np.testing.assert_array_equal(ROWS[:, 37], pooled_maps(LETTERS)[:, 2, 1, 1])


def test_the_photographs_row_and_its_parameters():
    piece = data.photograph(colour=True)[75:107, 130:162]
    row = reference.flatten(reference.to_nchw(piece[None]))
    assert row.shape == (1, 3072)
    np.testing.assert_array_equal(row[0, :1024], piece[:, :, 0].ravel())
    assert 10 * 3072 + 10 == 30_730
    assert reference.conv_parameters(3, 10, 3) == 280


def test_the_hand_set_weights():
    assert (FOR_X > 1e-9).sum() == 26
    assert (FOR_X < -1e-9).sum() == 4
    assert (np.abs(FOR_X) < 1e-9).sum() == 18
    falling, rising, centre = np.abs(FOR_X).reshape(3, 16).sum(axis=1)
    assert rising > falling > centre  # `rising` knows most
    assert WEIGHT.size == 96
    assert WEIGHT.size + BIAS.size == 98


def test_votes_by_hand():
    assert FOR_X[36:40].round(2).tolist() == [0.22, 0.89, 0.44, 0.0]
    votes = ROWS[0, 36:40] * FOR_X[36:40]
    assert votes.round(2).tolist() == [0.07, 0.89, 0.25, 0.0]
    assert round(votes.sum(), 2) == 1.21
    assert round(ROWS[1, 36:40] @ FOR_X[36:40], 2) == 0.17


def test_the_bias_takes_the_lead_away():
    for_x = reference.linear(ROWS, WEIGHT)[:, 0]
    assert for_x.round(2).tolist() == [6.1, -0.07]
    assert round(float(for_x.mean()), 2) == 3.01
    assert round((rows_of(np.full((1, 1, 9, 9), -1.0)) @ FOR_X).item(), 2) == 1.33
    logits = reference.linear(ROWS, WEIGHT, BIAS)
    assert logits.round(2).tolist() == [[3.09, -3.09], [-3.09, 3.09]]
    assert reference.softmax(logits).round(3).tolist() == [[0.998, 0.002], [0.002, 0.998]]


def test_softmax_by_hand():
    assert round(np.e, 2) == 2.72
    assert round(np.e + 1, 2) == 3.72
    assert reference.softmax(np.array([[1.0, 0.0]])).round(2).tolist() == [[0.73, 0.27]]


def test_sums_instead_of_means_give_81_times_the_votes():
    rows = reference.flatten(pooled_maps(LETTERS, 9 * KERNELS))
    for_x = rows[0] - rows[1]
    weight = np.stack([for_x, -for_x])
    bias = -reference.linear(rows, weight).mean(axis=0)
    logits = reference.linear(rows, weight, bias)
    np.testing.assert_allclose(logits, 81 * reference.linear(ROWS, WEIGHT, BIAS))
    assert logits.round().tolist() == [[250, -250], [-250, 250]]


def test_where_exp_overflows():
    with np.errstate(over="ignore"):
        assert np.isinf(np.exp(np.float32(250)))
        assert np.isfinite(np.exp(709.0))
        assert np.isinf(np.exp(710.0))


def test_pixels_that_vote_are_the_nearest_template(drawn):
    templates = {0: data.X, 1: data.O}
    for images, _ in drawn.values():
        votes = reference.linear(reference.flatten(images), reference.flatten(LETTERS))
        nearest = [reference.nearest_template(image[0], templates) for image in images]
        np.testing.assert_array_equal(reference.predict(votes), nearest)


@pytest.mark.parametrize("drawn", [1], indirect=True)
def test_pieces_against_pixels(drawn):
    pixels = [
        np.mean(
            reference.predict(reference.linear(reference.flatten(images), reference.flatten(LETTERS)))
            == labels
        )
        for images, labels in drawn.values()
    ]
    assert np.round(pixels, 2).tolist() == [0.54, 0.74, 0.85, 1.0]
    assert shares_right(drawn, BIAS) == [0.76, 1.0, 0.77, 0.69]
    assert shares_right(drawn, np.array([-3.01, 3.01])) == [0.76, 1.0, 0.77, 0.69]
    assert shares_right(drawn, BETTER) == [0.84, 0.96, 0.93, 0.97]


@pytest.mark.parametrize("drawn", [2], indirect=True)
def test_the_better_bias_holds_on_fresh_letters(drawn):
    assert shares_right(drawn, BETTER) == [0.83, 0.97, 0.94, 0.97]


def test_mistakes_are_of_one_kind_where_the_bias_is_large_or_small(drawn):
    for images, labels in drawn.values():
        for lead, safe in ((3.01, 1), (0.75, 0)):
            answers = reference.predict(reference.linear(rows_of(images), WEIGHT, np.array([-lead, lead])))
            assert (answers[labels == safe] == safe).all()


def shifted(image, columns):
    """The image moved to the right, as the widget does it."""
    return np.pad(image, ((0, 0), (columns, 0)), constant_values=-1)[:, : image.shape[1]]


def test_what_one_finds_with_the_widget():
    """The X turns into an O at the third step; one weight cannot flip it, one bias can."""
    answers = [
        reference.predict(reference.linear(rows_of(shifted(data.X, step)[None, None]), WEIGHT, BETTER)).item()
        for step in range(4)
    ]
    assert answers == [0, 0, 0, 1]
    shares = [
        reference.softmax(reference.linear(rows_of(shifted(data.X, step)[None, None]), WEIGHT, BETTER))
        for step in (1, 2, 3)
    ]
    assert [round(float(share[0, 0]), 2) for share in shares] == [0.97, 0.71, 0.15]
    weight = WEIGHT.copy()
    weight[0, np.abs(FOR_X).argmax()] = -1
    share = reference.softmax(reference.linear(ROWS[:1], weight, BETTER))
    assert round(float(share[0, 0]), 3) == 0.997
    assert reference.predict(reference.linear(ROWS[:1], WEIGHT, np.array([-12, 2.25]))) == 1
    assert reference.predict(reference.linear(ROWS[:1], WEIGHT, np.array([-2.25, 12]))) == 1


def test_a_convolution_is_a_linear_layer():
    matrix = reference.conv2d(np.eye(81).reshape(81, 1, 9, 9), KERNELS[:1]).reshape(81, 49).T
    assert (np.count_nonzero(matrix), matrix.size) == (441, 3969)
    assert np.unique(matrix.round(2)).tolist() == [-0.11, 0.0, 0.11]


def test_two_layers_of_votes_need_a_relu():
    four = reference.flatten(np.concatenate([LETTERS, -LETTERS]))
    second = np.array([[1, 0, 1, 0], [0, 1, 0, 1]])
    hidden = reference.linear(four, four, np.full(4, -60.0))
    assert (reference.linear(hidden, second) == -120).all()
    assert (second @ four == 0).all()
    votes = reference.linear(reference.relu(hidden), second)
    assert votes.tolist() == [[21, 0], [0, 21], [21, 0], [0, 21]]


@pytest.mark.parametrize("drawn", [1], indirect=True)
def test_another_order_gives_nonsense_without_an_error(drawn):
    other = reference.flatten(reference.to_nhwc(pooled_maps(LETTERS)))
    logits = reference.linear(other, WEIGHT, BETTER)
    assert reference.softmax(logits)[:, 0].round(2).tolist() == [0.91, 0.62]
    assert reference.predict(logits).tolist() == [0, 0]
    images, labels = drawn["rotation"]
    turned = reference.flatten(reference.to_nhwc(pooled_maps(images)))
    answers = reference.predict(reference.linear(turned, WEIGHT, BETTER))
    assert round(np.mean(answers == labels), 2) == 0.2


def test_the_bold_x_casts_few_votes():
    bold = crisp(data.draw_letter("X", weight=3))[None, None]
    assert round(pooled_maps(bold).max(), 2) == 0.33
    assert round((rows_of(bold) @ FOR_X).item(), 2) == 1.51
    shares = reference.softmax(reference.linear(rows_of(bold), WEIGHT, BETTER))
    assert shares.round(2).tolist() == [[0.18, 0.82]]
