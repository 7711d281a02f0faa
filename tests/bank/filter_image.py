"""Answers to filter_image."""

import numpy as np

from helpers import reference
from helpers.exercises.filtering.match import match
from tests.bank import right, wrong


@right
def rows_of_lists(image, feature):
    h, w = feature.shape
    out = []
    for top in range(len(image) - h + 1):
        line = []
        for left in range(len(image[0]) - w + 1):
            line.append(float((image[top : top + h, left : left + w] * feature).sum()) / (h * w))
        out.append(line)
    return np.asarray(out)


@right
def four_loops(image, feature):
    H, W = image.shape
    h, w = feature.shape
    out = np.zeros((H - h + 1, W - w + 1))
    for r in range(H - h + 1):
        for c in range(W - w + 1):
            for i in range(h):
                for j in range(w):
                    out[r][c] += image[r + i][c + j] * feature[i][j]
    return out / (h * w)


@right
def flat_and_reshaped(image, feature):
    h, w = feature.shape[0], feature.shape[1]
    matches = []
    for r in range(image.shape[0]):
        for c in range(image.shape[1]):
            patch = image[r : r + h, c : c + w]
            if patch.shape == feature.shape:
                matches.append(match(patch, feature))
    return np.array(matches).reshape(image.shape[0] - h + 1, -1)


@right
def windows_and_tensordot(image, feature):
    windows = np.lib.stride_tricks.sliding_window_view(image, feature.shape)
    return np.tensordot(windows, feature, axes=((2, 3), (0, 1))) / feature.size


@wrong("sizes_of_the_x", says="ValueError.*of its cell")
def sizes_written_in(image, feature):
    feature_map = np.zeros((7, 7))
    for r in range(7):
        for c in range(7):
            feature_map[r, c] = match(image[r : r + 3, c : c + 3], feature)
    return feature_map


@wrong("every_pixel")
def over_all_pixels(image, feature):
    H, W = image.shape
    h, w = feature.shape
    result = np.zeros((H, W))
    for r in range(H):
        for c in range(W):
            result[r, c] = match(image[r : r + h, c : c + w], feature)
    return result


@wrong("patches_of_three")
def three_by_three(image, feature):
    h, w = feature.shape
    out = np.zeros((image.shape[0] - h + 1, image.shape[1] - w + 1))
    for r, c in np.ndindex(*out.shape):
        out[r, c] = match(image[r : r + 3, c : c + 3], feature)
    return out


@wrong("square", never="last position")
def n_by_n(image, feature):
    n = image.shape[0] - feature.shape[0] + 1
    out = np.zeros((n, n))
    for r in range(n):
        for c in range(n):
            out[r, c] = match(image[r : r + feature.shape[0], c : c + feature.shape[1]], feature)
    return out


@wrong("without_the_last_positions", says="exactly")
def one_too_few(image, feature):
    h, w = feature.shape
    return np.array(
        [
            [match(image[r : r + h, c : c + w], feature) for c in range(image.shape[1] - w)]
            for r in range(image.shape[0] - h)
        ]
    )


@wrong("slices_that_do_not_move_on")
def fixed_ends(image, feature):
    h, w = feature.shape
    rows, cols = image.shape[0] - h + 1, image.shape[1] - w + 1
    feature_map = np.zeros((rows, cols))
    for row in range(rows):
        for col in range(cols):
            feature_map[row, col] = match(image[row:h, col:w], feature)
    return feature_map


@wrong("returned_in_the_loop")
def back_too_soon(image, feature):
    h, w = feature.shape
    out = np.zeros((image.shape[0] - h + 1, image.shape[1] - w + 1))
    for r in range(len(out)):
        for c in range(len(out[0])):
            out[r, c] = np.mean(feature * image[r : r + h, c : c + w])
            return out


@wrong("written_to_column_row")
def x_before_y(image, feature):
    h, w = feature.shape
    rows, cols = image.shape[0] - h + 1, image.shape[1] - w + 1
    out = np.zeros((rows, cols))
    for y in range(rows):
        for x in range(cols):
            out[x, y] = (image[y : y + h, x : x + w] * feature).mean()
    return out


@wrong("one_long_list")
def appended(image, feature):
    h, w = feature.shape
    out = []
    for r in range(image.shape[0] - h + 1):
        for c in range(image.shape[1] - w + 1):
            out.append(match(image[r : r + h, c : c + w], feature))
    return out


@wrong("one_long_row")
def appended_as_an_array(image, feature):
    h, w = feature.shape
    out = np.array([])
    for r in range(image.shape[0] - h + 1):
        for c in range(image.shape[1] - w + 1):
            out = np.append(out, match(image[r : r + h, c : c + w], feature))
    return out


@wrong("whole_numbers")
def zeros_of_int(image, feature):
    h, w = feature.shape
    out = np.zeros((image.shape[0] - h + 1, image.shape[1] - w + 1), int)
    for r, c in np.ndindex(out.shape):
        out[r, c] = match(image[r : r + h, c : c + w], feature)
    return out


@wrong("image_height_and_width_swapped")
def width_first(image, feature):
    width, height = image.shape
    h, w = feature.shape
    out = np.zeros((height - h + 1, width - w + 1))
    for r in range(height - h + 1):
        for c in range(width - w + 1):
            out[r, c] = match(image[r : r + h, c : c + w], feature)
    return out


@wrong("row_and_column_swapped")
def column_slices_first(image, feature):
    h, w = feature.shape
    rows, cols = image.shape[0] - h + 1, image.shape[1] - w + 1
    out = np.zeros((rows, cols))
    for r in range(rows):
        for c in range(cols):
            out[r, c] = match(image[c : c + h, r : r + w], feature)
    return out


@wrong("equal_pixels")
def compared(image, feature):
    windows = np.lib.stride_tricks.sliding_window_view(image, feature.shape)
    return (windows == feature).mean(axis=(2, 3))


@wrong("flipped")
def true_convolution(image, feature):
    windows = np.lib.stride_tricks.sliding_window_view(image, feature.shape)
    return (windows * np.rot90(feature, 2)).mean(axis=(2, 3))


@wrong("sums", "without_the_last_positions", says="Two things together")
def sums_of_fewer(image, feature):
    h, w = feature.shape
    out = np.zeros((image.shape[0] - h, image.shape[1] - w))
    for r in range(image.shape[0] - h):
        for c in range(image.shape[1] - w):
            out[r, c] = np.sum(image[r : r + h, c : c + w] * feature)
    return out


@wrong("only_the_last_column")
def wrongly_indented(image, feature):
    h, w = feature.shape
    out = np.zeros((image.shape[0] - h + 1, image.shape[1] - w + 1))
    for r in range(out.shape[0]):
        for c in range(out.shape[1]):
            patch = image[r : r + h, c : c + w]
        out[r, c] = match(patch, feature)
    return out


@wrong("type_of_the_input")
def typed_as_the_image(image, feature):
    h, w = feature.shape
    out = np.zeros_like(image[: image.shape[0] - h + 1, : image.shape[1] - w + 1])
    for r, c in np.ndindex(out.shape):
        out[r, c] = match(image[r : r + h, c : c + w], feature)
    return out


@wrong("the_whole_image", says="ValueError")
def whole_picture(image, feature):
    rows, columns = image.shape[0] - feature.shape[0] + 1, image.shape[1] - feature.shape[1] + 1
    out = np.empty((rows, columns))
    for i in range(rows):
        for j in range(columns):
            out[i, j] = match(image, feature)
    return out


@wrong("without_the_last_column")
def off_by_one_in_the_columns_only(image, feature):
    h, w = feature.shape
    return np.array(
        [
            [reference.match(image[y : y + h, x : x + w], feature) for x in range(image.shape[1] - w)]
            for y in range(image.shape[0] - h + 1)
        ]
    )


@wrong("with_a_border")
def uses_padding_same(image, feature):
    h, w = feature.shape
    out = np.zeros(image.shape)
    pad = np.pad(image, ((h // 2, h // 2), (w // 2, w // 2)))
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            p = pad[i : i + h, j : j + w]
            if p.shape == feature.shape:
                out[i, j] = (p * feature).mean()
    return out


@wrong(says="All the values that are wrong are 0")
def last_row_never_filled(image, feature):
    h, w = feature.shape
    out = np.zeros((image.shape[0] - h + 1, image.shape[1] - w + 1))
    for i in range(image.shape[0] - h):
        for j in range(image.shape[1] - w + 1):
            out[i, j] = (image[i : i + h, j : j + w] * feature).mean()
    return out


@wrong(says="All rows of the result are the same")
def one_row_cleared_and_filled_again(image, feature):
    h, w = feature.shape
    rows, row = [], []
    for i in range(image.shape[0] - h + 1):
        row.clear()
        for j in range(image.shape[1] - w + 1):
            row.append((image[i : i + h, j : j + w] * feature).mean())
        rows.append(row)
    return np.array(rows)


@wrong("divided_as_if_square")
def height_squared(image, feature):
    windows = np.lib.stride_tricks.sliding_window_view(image, feature.shape)
    sums = np.tensordot(windows, feature, axes=2)
    return sums / feature.shape[0] ** 2


@wrong("mean_taken_away")
def each_patch_centred(image, feature):
    windows = np.lib.stride_tricks.sliding_window_view(image, feature.shape)
    centred = windows - windows.mean(axis=(2, 3), keepdims=True)
    return (centred * feature).mean(axis=(2, 3))
