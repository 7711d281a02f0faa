"""What lesson 02 asks: match, filter_image, best_match, filter_bank."""

import numpy as np

from helpers import data, reference
from helpers.data import X
from helpers.exercises.model import Case, Exercise


def _match_cases(rng):
    corner = np.array([[1.0, -1.0], [-1.0, -1.0]])
    yield Case((corner, corner), "a feature and itself")
    yield Case((np.array([[1.0, -1.0], [-1.0, 1.0]]), corner), "one pixel of four that differs")
    yield Case((-corner, corner), "a feature and its negative")
    yield Case((X[:3, :3], data.features["falling"]), "the corner of the X under the falling diagonal")
    yield Case(
        (np.array([[1.0, -1.0, 1.0], [1.0, 1.0, -1.0]]), np.ones((2, 3))), "two rows and three columns"
    )
    yield Case((np.array([[0.5, -1.0], [0.0, 1.0]]), np.array([[1.0, -1.0], [1.0, -0.5]])), "grey pixels")
    yield Case((rng.choice([-1, 1], (3, 2)), rng.choice([-1, 1], (3, 2))), "whole numbers")
    for shape in [(3, 3), (2, 5), (4, 3)]:
        yield Case(tuple(rng.uniform(-1, 1, (2, *shape))), f"random values, {shape[0]} x {shape[1]}")
    yield Case(tuple(rng.uniform(-1, 1, (2, 3, 4)).astype(np.float32)), "random values of type float32")


match = Exercise(
    name="match",
    reference=reference.match,
    cases=_match_cases,
    hints=(
        "Three of the four steps happen here: multiply, add, divide by the number of pixels. (Lining up has been done.)",
        "`patch * feature` multiplies pixel by pixel. Which one NumPy function adds everything and divides by how many?",
        "By hand: [[1, -1], [-1, -1]] times [[1, -1], [-1, 1]] is [[1, 1], [1, -1]]; that adds up to 2, and 2 / 4 = 0.5.",
    ),
)


@match.alternative
def with_two_loops(patch, feature):
    total = 0.0
    for row in range(patch.shape[0]):
        for column in range(patch.shape[1]):
            total += patch[row, column] * feature[row, column]
    return total / patch.size


@match.alternative
def as_a_dot_product(patch, feature):
    return np.dot(patch.ravel(), feature.ravel()) / feature.size


@match.mistake(
    when="the products are added up but not divided by the number of pixels",
    hint="The last of the four steps is missing: divide by how many pixels there are.",
)
def sum_of_products(patch, feature):
    return np.sum(patch * feature)


@match.mistake(
    when="equal pixels are counted instead of products averaged",
    hint="Multiply instead of comparing: a pair that differs must take something away, and grey pixels must count in part.",
)
def share_of_equal_pixels(patch, feature):
    return np.mean(patch == feature)


@match.mistake(
    when="the feature is turned upside down and left to right first",
    hint="Lay the feature on the patch as it is: top left on top left.",
)
def flipped_feature(patch, feature):
    return np.mean(patch * feature[::-1, ::-1])


@match.mistake(
    when="the sum is divided by the number of rows",
    hint="`len(patch)` is the number of rows. `patch.size` is the number of pixels.",
)
def divided_by_rows(patch, feature):
    return np.sum(patch * feature) / len(patch)


@match.mistake(
    when="the products are returned, before they are added up",
    hint="Multiplying is the second step. Add the products, then divide by how many they are.",
)
def returns_the_products(patch, feature):
    return patch * feature


@match.mistake(
    when="each row is averaged by itself",
    hint="With an axis, `np.mean` gives one number for each row. Leave the axis out.",
)
def one_match_for_each_row(patch, feature):
    return np.mean(patch * feature, axis=1)


@match.mistake(
    when="the sign of the result is lost",
    hint="A negative match says something: the patch looks like the feature's negative. Keep the sign.",
)
def without_the_sign(patch, feature):
    return abs(np.mean(patch * feature))


@match.mistake(
    when="the pixels are added to each other instead of multiplied",
    hint="Step two multiplies each pixel of the patch by the pixel of the feature that lies on it.",
)
def adds_the_pixels(patch, feature):
    return np.mean(patch + feature)


@match.mistake(
    when="the whole-number division `//` is used",
    hint="`//` drops everything after the point. Use `/`.",
)
def whole_number_division(patch, feature):
    return np.sum(patch * feature) // patch.size


@match.mistake(
    when="the feature is multiplied into the patch itself",
    hint="`*=` writes the products into `patch`, and the caller's array is spoilt. Make a new array: `patch * feature`.",
)
def in_place(patch, feature):
    patch *= feature
    return np.mean(patch)


@match.mistake(
    when="the sum is always divided by 9",
    hint="Features come in other sizes than 3 x 3. `patch.size` is the number of pixels.",
)
def divided_by_nine(patch, feature):
    return np.sum(patch * feature) / 9


@match.mistake(
    when="the size 3 x 3 is written into the loops",
    hint="Patches come in other sizes than 3 x 3. `patch.shape` tells how many rows and columns there are.",
)
def loops_over_three(patch, feature):
    total = 0
    for row in range(3):
        for column in range(3):
            total += patch[row, column] * feature[row, column]
    return total / 9


@match.mistake(
    when="each product replaces the one before instead of being added to it",
    hint="`total = ...` forgets what was there. `total += ...` adds to it.",
)
def only_the_last_product(patch, feature):
    total = 0
    for row in range(patch.shape[0]):
        for column in range(patch.shape[1]):
            total = patch[row, column] * feature[row, column]
    return total / patch.size


@match.mistake(
    when="the two arrays are multiplied as matrices, with `np.dot`",
    hint="`np.dot` multiplies rows by columns. `*` multiplies each pixel by the pixel that lies on it.",
)
def matrix_product(patch, feature):
    return np.mean(np.dot(patch, feature))


@match.mistake(
    when="the two arrays are multiplied as matrices, with `@`",
    hint="`@` multiplies rows by columns. `*` multiplies each pixel by the pixel that lies on it.",
)
def matrix_product_by_operator(patch, feature):
    return np.mean(patch @ feature)


@match.mistake(
    when="the products are added with Python's own `sum`, which adds up each column by itself",
    hint="`sum` goes through an array row by row and adds the rows. `np.sum` adds all entries.",
)
def sum_of_rows(patch, feature):
    return sum(patch * feature) / patch.size


@match.mistake(
    when="the mean of the patch is multiplied by the mean of the feature",
    hint="The order matters: multiply pixel by pixel first, then take the mean.",
)
def product_of_means(patch, feature):
    return np.mean(patch) * np.mean(feature)


@match.mistake(
    when="the match is computed from the share of equal pixels",
    hint="Twice the agreement minus one is the match for pixels of +1 and -1 only. For grey pixels you need the products.",
)
def twice_the_agreement_minus_one(patch, feature):
    return 2 * np.mean(patch == feature) - 1


@match.mistake(
    when="the match is rounded to two decimals",
    hint="Round only for showing. Later steps build on the exact value.",
)
def rounded(patch, feature):
    return np.round(np.mean(patch * feature), 2)


def _filter_cases(rng):
    image = np.array([[1.0, -1.0, -1.0, 1.0], [-1.0, 1.0, 1.0, 1.0]])
    yield Case((image, np.array([[1.0, -1.0]])), "a feature of one row")
    image = np.array([[1.0, -1.0, -1.0], [-1.0, 1.0, -1.0], [1.0, -1.0, 1.0]])
    yield Case((image, np.array([[1.0, -1.0], [-1.0, 1.0]])), "a 3 x 3 image and a 2 x 2 feature")
    yield Case((image, image), "a feature as large as the image")
    yield Case((rng.choice([-1.0, 1.0], (4, 6)), np.array([[1.0, -1.0], [1.0, 1.0]])), "4 rows and 6 columns")
    yield Case((X, data.features["falling"]), "the X under the falling diagonal")
    yield Case((X, data.features["centre"]), "the X under its centre")
    yield Case((rng.choice([-1, 1], (5, 4)), rng.choice([-1, 1], (2, 3))), "whole numbers")
    for shape, size in [((6, 4), (3, 2)), ((5, 8), (2, 4)), ((7, 7), (1, 1))]:
        name = f"a random {shape[0]} x {shape[1]} image and a {size[0]} x {size[1]} feature"
        yield Case((rng.uniform(-1, 1, shape), rng.uniform(-1, 1, size)), name)
    pair = rng.uniform(-1, 1, (5, 6)).astype(np.float32), rng.uniform(-1, 1, (3, 3)).astype(np.float32)
    yield Case(pair, "random values of type float32")


filter_image = Exercise(
    name="filter_image",
    reference=reference.filter_image,
    cases=_filter_cases,
    hints=(
        "Make an empty map first. How many positions does the feature have in a row, and how many rows of positions?",
        "At position (row, column) the patch is `image[row:row + height, column:column + width]`, where (height, width) "
        "is the shape of the feature. The map has `image.shape[0] - height + 1` rows.",
        "By hand: a feature of 1 x 2 pixels fits twice into a row of three, at columns 0 and 1: 3 - 2 + 1 = 2.",
    ),
)


@filter_image.alternative
def one_position_after_the_other(image, feature):
    height, width = feature.shape
    feature_map = np.zeros((image.shape[0] - height + 1, image.shape[1] - width + 1))
    for row in range(feature_map.shape[0]):
        for column in range(feature_map.shape[1]):
            feature_map[row, column] = np.mean(image[row : row + height, column : column + width] * feature)
    return feature_map


@filter_image.alternative
def as_a_sum_of_shifted_pictures(image, feature):
    height, width = feature.shape
    rows, columns = image.shape[0] - height + 1, image.shape[1] - width + 1
    total = 0
    for i in range(height):
        for j in range(width):
            total = total + feature[i, j] * image[i : i + rows, j : j + columns]
    return total / feature.size


@filter_image.alternative
def with_nested_lists(image, feature):
    height, width = feature.shape
    return np.array(
        [
            [
                np.mean(image[r : r + height, c : c + width] * feature)
                for c in range(image.shape[1] - width + 1)
            ]
            for r in range(image.shape[0] - height + 1)
        ]
    )


def _walk(image, feature, value, rows=None, columns=None):
    """A map filled with `value(patch, feature)`; the frame that the mistakes below share."""
    height, width = feature.shape
    rows = image.shape[0] - height + 1 if rows is None else rows
    columns = image.shape[1] - width + 1 if columns is None else columns
    feature_map = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            feature_map[row, column] = value(image[row : row + height, column : column + width], feature)
    return feature_map


@filter_image.mistake(
    when="the products are added up but not divided by the number of pixels",
    hint="Every entry of the map is a match: a mean, not a sum.",
)
def map_of_sums(image, feature):
    return _walk(image, feature, lambda patch, feature: np.sum(patch * feature))


@filter_image.mistake(
    when="the feature is turned upside down and left to right",
    hint="Lay the feature on the patch as it is: top left on top left.",
)
def map_of_flipped_feature(image, feature):
    return _walk(image, feature[::-1, ::-1], lambda patch, feature: np.mean(patch * feature))


@filter_image.mistake(
    when="pixels are compared instead of multiplied",
    hint="Call your `match` on each patch, or take the mean of `patch * feature`.",
)
def map_of_equal_pixels(image, feature):
    return _walk(image, feature, lambda patch, feature: np.mean(patch == feature))


@filter_image.mistake(
    when="the sum is divided by the number of pixels of the whole image",
    hint="Divide by the pixels that were multiplied: those of the feature.",
)
def divided_by_the_image(image, feature):
    return _walk(image, feature, lambda patch, feature: np.sum(patch * feature) / image.size)


@filter_image.mistake(
    when="the last row and the last column of positions are left out",
    hint="A feature of height 3 fits into an image of height 9 at rows 0 to 6. That is 9 - 3 + 1 = 7 rows.",
)
def without_the_last_position(image, feature):
    rows, columns = image.shape[0] - feature.shape[0], image.shape[1] - feature.shape[1]
    return _walk(image, feature, lambda patch, feature: np.mean(patch * feature), rows, columns)


@filter_image.mistake(
    when="the map is filled in column by column, so that rows and columns are exchanged",
    hint="The match at position (row, column) belongs into `feature_map[row, column]`.",
)
def exchanged_map(image, feature):
    return _walk(image, feature, lambda patch, feature: np.mean(patch * feature)).T


@filter_image.mistake(
    when="the map is made as large as the image and its last rows and columns stay 0",
    hint="The map is smaller than the image: the feature must fit wholly inside.",
)
def as_large_as_the_image(image, feature):
    feature_map = np.zeros(image.shape)
    inner = _walk(image, feature, lambda patch, feature: np.mean(patch * feature))
    feature_map[: inner.shape[0], : inner.shape[1]] = inner
    return feature_map


@filter_image.mistake(
    when="a border of zeros is put around the image first",
    hint="Padding comes in the next lesson. Here the feature stays inside the image.",
)
def with_a_border(image, feature):
    height, width = feature.shape
    padded = np.pad(image, ((height // 2, (height - 1) // 2), (width // 2, (width - 1) // 2)))
    return _walk(padded, feature, lambda patch, feature: np.mean(patch * feature))


@filter_image.mistake(
    when="the feature's height is used for its width as well",
    hint="Features need not be square: `height, width = feature.shape`.",
)
def only_square_features(image, feature):
    size = feature.shape[0]
    feature_map = np.zeros((image.shape[0] - size + 1, image.shape[1] - size + 1))
    for row in range(feature_map.shape[0]):
        for column in range(feature_map.shape[1]):
            feature_map[row, column] = np.mean(image[row : row + size, column : column + size] * feature)
    return feature_map


@filter_image.mistake(
    when="the patch is always cut 3 pixels high and wide",
    hint="Features come in other sizes than 3 x 3. Cut as many rows and columns as `feature.shape` says.",
)
def patches_of_three(image, feature):
    rows, columns = image.shape[0] - feature.shape[0] + 1, image.shape[1] - feature.shape[1] + 1
    feature_map = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            feature_map[row, column] = np.mean(image[row : row + 3, column : column + 3] * feature)
    return feature_map


@filter_image.mistake(
    when="every feature is taken to be 3 x 3",
    hint="Features come in other sizes: `height, width = feature.shape`.",
)
def features_of_three(image, feature):
    rows, columns = image.shape[0] - 3 + 1, image.shape[1] - 3 + 1
    feature_map = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            feature_map[row, column] = np.mean(image[row : row + 3, column : column + 3] * feature)
    return feature_map


@filter_image.mistake(
    when="the map is always made 7 x 7",
    hint="7 is the answer for 9 rows and a feature of 3. For other shapes compute it: rows of the image, minus rows of the "
    "feature, plus one.",
)
def always_seven(image, feature):
    feature_map = np.zeros((7, 7))
    inner = _walk(image, feature, lambda patch, feature: np.mean(patch * feature))
    feature_map[: inner.shape[0], : inner.shape[1]] = inner
    return feature_map


@filter_image.mistake(
    when="the feature's height and width are exchanged",
    hint="A shape names the rows first: `height, width = feature.shape`.",
)
def exchanged_height_and_width(image, feature):
    width, height = feature.shape
    rows, columns = image.shape[0] - height + 1, image.shape[1] - width + 1
    feature_map = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            feature_map[row, column] = np.mean(image[row : row + height, column : column + width] * feature)
    return feature_map


@filter_image.mistake(
    when="the slices end at the feature's size instead of one size further than they start",
    hint="A slice names where it starts and where it ends. If it starts at `row`, it ends `height` rows later.",
)
def slices_that_do_not_move_on(image, feature):
    height, width = feature.shape
    rows, columns = image.shape[0] - height + 1, image.shape[1] - width + 1
    feature_map = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            feature_map[row, column] = np.mean(image[row:height, column:width] * feature)
    return feature_map


@filter_image.mistake(
    when="the match is written to `[column, row]`",
    hint="The match at position (row, column) belongs into `feature_map[row, column]`.",
)
def column_before_row_in_the_map(image, feature):
    height, width = feature.shape
    rows, columns = image.shape[0] - height + 1, image.shape[1] - width + 1
    feature_map = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            feature_map[column, row] = np.mean(image[row : row + height, column : column + width] * feature)
    return feature_map


@filter_image.mistake(
    when="the products are put into the map before they are added up and divided",
    hint="One entry of the map holds one number: the match of the patch.",
)
def products_in_one_entry(image, feature):
    return _walk(image, feature, lambda patch, feature: patch * feature)


@filter_image.mistake(
    when="all matches stand in one long row",
    hint="The map has rows and columns. Make an empty map of that shape first, and fill in one entry after the other.",
)
def one_long_row(image, feature):
    return _walk(image, feature, lambda patch, feature: np.mean(patch * feature)).ravel()


@filter_image.mistake(
    when="a list of rows is returned",
    hint="Turn the list into an array with `np.array`, so that it has a shape.",
)
def list_of_rows(image, feature):
    return _walk(image, feature, lambda patch, feature: np.mean(patch * feature)).tolist()


@filter_image.mistake(
    when="the `match` that it calls returns nothing",
    hint="Write `match` first and run its cell, or call `reference.match` here.",
)
def match_not_written(image, feature):
    return _walk(image, feature, lambda patch, feature: None)


@filter_image.mistake(
    when="only the first position is filled in",
    hint="A `return` inside the inner loop ends it at the first position. It belongs below both loops.",
)
def only_the_first_position(image, feature):
    feature_map = np.zeros((image.shape[0] - feature.shape[0] + 1, image.shape[1] - feature.shape[1] + 1))
    feature_map[0, 0] = np.mean(image[: feature.shape[0], : feature.shape[1]] * feature)
    return feature_map


@filter_image.mistake(
    when="the image's height is used for its width as well",
    hint="Images need not be square: `image.shape[0]` is the height, `image.shape[1]` the width.",
)
def only_square_images(image, feature):
    rows, columns = image.shape[0] - feature.shape[0] + 1, image.shape[0] - feature.shape[1] + 1
    return _walk(image, feature, lambda patch, feature: np.mean(patch * feature), rows, columns)


@filter_image.mistake(
    when="the map is made with the image's type, which for whole numbers cuts off every fraction",
    hint="Make the map with `np.zeros((rows, columns))`. `np.zeros_like` or `dtype=image.dtype` takes over whole numbers.",
)
def map_of_the_images_type(image, feature):
    return _walk(image, feature, lambda patch, feature: np.mean(patch * feature)).astype(image.dtype)


@filter_image.mistake(
    when="only the first row of positions is filled in",
    hint="A `return` inside the loop over rows ends it after the first row.",
)
def only_the_first_row(image, feature):
    height, width = feature.shape
    feature_map = np.zeros((image.shape[0] - height + 1, image.shape[1] - width + 1))
    for column in range(feature_map.shape[1]):
        feature_map[0, column] = np.mean(image[:height, column : column + width] * feature)
    return feature_map


@filter_image.mistake(
    when="the feature jumps by its own size instead of moving on by one pixel",
    hint="The feature moves by one pixel at a time; neighbouring patches overlap.",
)
def jumps_by_its_own_size(image, feature):
    feature_map = _walk(image, feature, lambda patch, feature: np.mean(patch * feature))
    return feature_map[:: feature.shape[0], :: feature.shape[1]]


@filter_image.mistake(
    when="only the best match is returned",
    hint="The feature map keeps the match at every position. Finding the best one is the next exercise.",
)
def only_the_best_match(image, feature):
    return np.max(_walk(image, feature, lambda patch, feature: np.mean(patch * feature)))


@filter_image.mistake(
    when="the map is rounded to two decimals",
    hint="Round only for showing. Later steps build on the exact values.",
)
def rounded_map(image, feature):
    return np.round(_walk(image, feature, lambda patch, feature: np.mean(patch * feature)), 2)


@filter_image.mistake(
    when="negative matches are set to 0",
    hint="Keep them: they say that the patch looks like the feature's negative. What to do with them is lesson 05.",
)
def without_negative_matches(image, feature):
    return np.maximum(0, _walk(image, feature, lambda patch, feature: np.mean(patch * feature)))


filter_image.equivalent_mutant(
    "(2, 3) -> (3, 2)",
    because="the mean over two axes does not depend on the order in which they are named",
)


def _best_cases(rng):
    yield Case((np.array([[0.1, 0.9], [0.3, 0.2]]),), "the largest value at the top right")
    yield Case((np.array([[0.1, 0.2, 0.3], [0.9, 0.5, 0.4]]),), "two rows and three columns")
    yield Case((np.array([[-0.9, -0.2], [-0.5, -0.7]]),), "only negative values")
    yield Case((np.array([[-1.0, 0.5, 0.2], [0.1, 0.3, 0.0]]),), "a large negative value")
    yield Case((np.array([[-4.0, -5.0], [-2.0, -3.0], [-6.0, -7.0]]),), "values below -1, as sums have")
    yield Case(
        (np.array([[0.0, 1.0, 0.2], [1.0, 0.3, 1.0]]),), "a tie, in which the first in reading order wins"
    )
    yield Case((np.array([[0.0, 0.2, 1.0], [1.0, 0.3, 0.1]]),), "a tie between the end of a row and the next")
    yield Case((np.zeros((2, 3)),), "all values the same")
    yield Case((reference.filter_image(X, data.features["centre"]),), "the X under its centre")
    yield Case((np.array([[3, 7], [9, 1], [8, 9]]),), "whole numbers")
    for shape in [(4, 7), (7, 3), (1, 6), (5, 1)]:
        yield Case((rng.uniform(-1, 1, shape),), f"a random map, {shape[0]} x {shape[1]}")


best_match = Exercise(
    name="best_match",
    reference=reference.best_match,
    cases=_best_cases,
    whole_numbers=True,
    hints=(
        "Walk over all positions and keep the largest value so far together with its row and column.",
        "`np.argmax` gives the place of the largest value, counted through the rows one after the other. How often does "
        "the width of the map fit into that place, and what is left over?",
        "By hand: in a map of 2 x 3 the place 4 is row 4 // 3 = 1, column 4 % 3 = 1. `np.unravel_index` does this for you.",
    ),
)


@best_match.alternative
def keep_the_largest(feature_map):
    best = (0, 0)
    for row in range(feature_map.shape[0]):
        for column in range(feature_map.shape[1]):
            if feature_map[row, column] > feature_map[best]:
                best = (row, column)
    return best


@best_match.alternative
def with_divmod(feature_map):
    return divmod(int(np.argmax(feature_map)), feature_map.shape[1])


@best_match.alternative
def first_place_of_the_maximum(feature_map):
    return tuple(np.argwhere(feature_map == feature_map.max())[0])


@best_match.mistake(
    when="the place is counted through all rows and not taken apart into row and column",
    hint="`np.argmax` numbers the entries from 0 through all rows. Divide by the width: the quotient is the row, the "
    "remainder the column.",
)
def place_in_one_number(feature_map):
    return int(np.argmax(feature_map))


@best_match.mistake(
    when="the column is returned before the row",
    hint="Rows come first, in shapes, in indices and here.",
)
def column_before_row(feature_map):
    row, column = divmod(int(np.argmax(feature_map)), feature_map.shape[1])
    return column, row


@best_match.mistake(
    when="the largest value is returned instead of its position",
    hint="The question is where, not how much.",
)
def largest_value(feature_map):
    return feature_map.max()


@best_match.mistake(
    when="the last of several equal values wins",
    hint="On a tie the first one in reading order stays: use `>`, not `>=`.",
)
def last_in_reading_order(feature_map):
    return tuple(int(i) for i in np.argwhere(feature_map == feature_map.max())[-1])


@best_match.mistake(
    when="the first of several equal values is looked for column by column",
    hint="Reading order goes along the rows: the loop over rows is the outer one.",
)
def first_column_by_column(feature_map):
    column, row = divmod(int(np.argmax(feature_map.T)), feature_map.shape[0])
    return row, column


@best_match.mistake(
    when="the sign is ignored, so that a strong negative match wins",
    hint="A match of -1 is the worst there is. Look for the largest value, sign included.",
)
def largest_without_sign(feature_map):
    return divmod(int(np.argmax(np.abs(feature_map))), feature_map.shape[1])


@best_match.mistake(
    when="the smallest value is looked for",
    hint="The best match is the largest value.",
)
def smallest_value(feature_map):
    return divmod(int(np.argmin(feature_map)), feature_map.shape[1])


@best_match.mistake(
    when="the place is divided by the number of rows instead of the number of columns",
    hint="A row holds as many entries as there are columns: `feature_map.shape[1]`.",
)
def divided_by_the_height(feature_map):
    return divmod(int(np.argmax(feature_map)), feature_map.shape[0])


@best_match.mistake(
    when="the search starts from 0, so that a map of negative values has no best match",
    hint="Start from the first entry of the map, not from 0: matches may all be negative.",
)
def starts_from_zero(feature_map):
    largest, best = 0, (0, 0)
    for row in range(feature_map.shape[0]):
        for column in range(feature_map.shape[1]):
            if feature_map[row, column] > largest:
                largest, best = feature_map[row, column], (row, column)
    return best


@best_match.mistake(
    when="the search starts from -1, so that nothing is found among smaller values",
    hint="Start from the first entry of the map: nothing says how small its values are.",
)
def starts_from_minus_one(feature_map):
    largest, best = -1, (0, 0)
    for row in range(feature_map.shape[0]):
        for column in range(feature_map.shape[1]):
            if feature_map[row, column] > largest:
                largest, best = feature_map[row, column], (row, column)
    return best


@best_match.mistake(
    when="the position is remembered but the largest value so far is not",
    hint="Where a larger value is found, two things change: the position and the largest value so far.",
)
def forgets_the_largest(feature_map):
    largest, best = feature_map[0, 0], (0, 0)
    for row in range(feature_map.shape[0]):
        for column in range(feature_map.shape[1]):
            if feature_map[row, column] > largest:
                best = (row, column)
    return best


@best_match.mistake(
    when="the best row and the best column are looked for independently",
    hint="Where several values are equal, the best row of one and the best column of another do not belong together. "
    "Find one position, then take it apart.",
)
def row_and_column_apart(feature_map):
    return int(np.argmax(feature_map.max(axis=1))), int(np.argmax(feature_map.max(axis=0)))


@best_match.mistake(
    when="the map is taken to be 7 columns wide",
    hint="Maps come in all widths: `feature_map.shape[1]`.",
)
def always_seven_columns(feature_map):
    return divmod(int(np.argmax(feature_map)), 7)


@best_match.mistake(
    when="a value of exactly 1 is looked for",
    hint="The largest value of a map may be smaller than 1, or larger.",
)
def looks_for_one(feature_map):
    for row in range(feature_map.shape[0]):
        for column in range(feature_map.shape[1]):
            if feature_map[row, column] == 1:
                return row, column


@best_match.mistake(
    when="the first of all positions with a value of exactly 1 is taken",
    hint="The largest value of a map may be smaller than 1, or larger.",
)
def first_of_the_ones(feature_map):
    return tuple(np.argwhere(feature_map == 1)[0])


@best_match.mistake(
    when="the answer of `np.where` is returned as it is: all rows, then all columns",
    hint="`np.where` answers for every position at which the condition holds. You want one row and one column: the first.",
)
def answer_of_where(feature_map):
    return np.where(feature_map == feature_map.max())


@best_match.mistake(
    when="all positions of the largest value are returned",
    hint="`np.argwhere` lists every position at which the condition holds. You want the first.",
)
def all_positions(feature_map):
    return np.argwhere(feature_map == feature_map.max())


@best_match.mistake(
    when="the largest value is looked for in each column",
    hint="With an axis, `np.argmax` answers for each column by itself. Leave the axis out and take the place apart.",
)
def largest_in_each_column(feature_map):
    return np.argmax(feature_map, axis=0)


@best_match.mistake(
    when="the largest value is looked for in each row",
    hint="With an axis, `np.argmax` answers for each row by itself. Leave the axis out and take the place apart.",
)
def largest_in_each_row(feature_map):
    return np.argmax(feature_map, axis=1)


@best_match.mistake(
    when="the row is found by dividing with `/`, which gives a fraction",
    hint="`//` divides without a remainder and gives a whole number, `%` gives the remainder.",
)
def fractional_row(feature_map):
    place = int(np.argmax(feature_map))
    return place / feature_map.shape[1], place % feature_map.shape[1]


@best_match.mistake(
    when="rows and columns are counted from 1",
    hint="Python counts from 0: the top left entry is (0, 0).",
)
def counted_from_one(feature_map):
    row, column = divmod(int(np.argmax(feature_map)), feature_map.shape[1])
    return row + 1, column + 1


for name in ("row", "column"):
    best_match.equivalent_mutant(
        f"int({name}) -> {name}",
        because="a whole number of NumPy's indexes as well as one of Python's",
    )


def _bank_cases(rng):
    image = np.array([[1.0, -1.0, 1.0], [-1.0, 1.0, 1.0]])
    yield Case((image, np.array([[[1.0]], [[-1.0]]])), "two features of one pixel")
    small = np.array([[[1.0, -1.0]], [[-1.0, 1.0]], [[1.0, 1.0]]])
    yield Case((np.array([[1.0, -1.0, 1.0], [-1.0, 1.0, 1.0]]), small), "three features of one row")
    yield Case((X, np.array(list(data.features.values()))), "the X under its three features")
    yield Case((X, data.features["rising"][None]), "a stack of one feature")
    yield Case((rng.choice([-1, 1], (4, 5)), rng.choice([-1, 1], (2, 3, 2))), "whole numbers")
    for count, shape, size in [(4, (5, 7), (2, 3)), (3, (6, 4), (3, 1)), (2, (4, 4), (4, 4))]:
        name = f"{count} random features of {size[0]} x {size[1]} pixels"
        yield Case((rng.uniform(-1, 1, shape), rng.uniform(-1, 1, (count, *size))), name)


filter_bank = Exercise(
    name="filter_bank",
    reference=reference.filter_bank,
    cases=_bank_cases,
    hints=(
        "You have a function that makes one feature map. Call it once for each feature.",
        "Collect the maps in a list, then turn the list into one array: `np.stack` or `np.array`.",
        "Shapes: a 9 x 9 image and three 3 x 3 features give three maps of 7 x 7, one array of shape (3, 7, 7).",
    ),
)


@filter_bank.alternative
def fill_a_stack(image, features):
    count, height, width = features.shape
    maps = np.zeros((count, image.shape[0] - height + 1, image.shape[1] - width + 1))
    for index in range(count):
        maps[index] = reference.filter_image(image, features[index])
    return maps


@filter_bank.alternative
def stack_a_list(image, features):
    return np.stack(
        [_walk(image, feature, lambda patch, feature: np.mean(patch * feature)) for feature in features]
    )


@filter_bank.alternative
def all_at_once(image, features):
    patches = np.lib.stride_tricks.sliding_window_view(image, features.shape[1:])
    return np.einsum("rchw,nhw->nrc", patches, features) / features[0].size


@filter_bank.mistake(
    when="only the first feature is used",
    hint="A `return` inside the loop ends it after the first feature.",
)
def only_the_first_feature(image, features):
    for feature in features:
        return np.array([reference.filter_image(image, feature)])


@filter_bank.mistake(
    when="only the last feature's map is kept",
    hint="In each round the map of the round before is overwritten. Append it to a list.",
)
def only_the_last_feature(image, features):
    for feature in features:
        feature_map = reference.filter_image(image, feature)
    return feature_map


@filter_bank.mistake(
    when="the maps are added up",
    hint="Keep the maps apart: one layer of the stack for each feature.",
)
def sum_of_maps(image, features):
    return sum(reference.filter_image(image, feature) for feature in features)


@filter_bank.mistake(
    when="the maps are averaged",
    hint="Keep the maps apart: one layer of the stack for each feature.",
)
def mean_of_maps(image, features):
    return np.mean([reference.filter_image(image, feature) for feature in features], axis=0)


@filter_bank.mistake(
    when="the features are stacked along the last axis",
    hint="The feature is the first axis: shape (number of features, height, width).",
)
def stacked_last(image, features):
    return np.stack([reference.filter_image(image, feature) for feature in features], axis=-1)


@filter_bank.mistake(
    when="the features are stacked along the middle axis",
    hint="The feature is the first axis: shape (number of features, height, width).",
)
def stacked_in_the_middle(image, features):
    return np.stack([reference.filter_image(image, feature) for feature in features], axis=1)


@filter_bank.mistake(
    when="the list of maps is emptied in each round",
    hint="`maps = []` belongs above the loop; inside, it throws away what was collected.",
)
def list_emptied(image, features):
    for feature in features:
        maps = []
        maps.append(reference.filter_image(image, feature))
    return np.array(maps)


@filter_bank.mistake(
    when="the `filter_image` that it calls returns nothing",
    hint="Write `filter_image` first and run its cell, or call `reference.filter_image` here.",
)
def filter_image_not_written(image, features):
    return np.stack([None for feature in features])


@filter_bank.mistake(
    when="the stack is filled by a `filter_image` that returns nothing",
    hint="Write `filter_image` first and run its cell, or call `reference.filter_image` here.",
)
def filled_with_nothing(image, features):
    count, height, width = features.shape
    return np.full((count, image.shape[0] - height + 1, image.shape[1] - width + 1), np.nan)


@filter_bank.mistake(
    when="all features are handed to `filter_image` at once",
    hint="`filter_image` takes one feature, of two dimensions. Call it once for each: `for feature in features`.",
)
def all_features_at_once(image, features):
    height, width = features.shape
    return np.zeros((height, width))


@filter_bank.mistake(
    when="the stack is always made (3, 7, 7)",
    hint="There may be other features, and images of other shapes. Collect the maps in a list: it is as long as needed.",
)
def always_three_by_seven(image, features):
    maps = np.zeros((3, 7, 7))
    for index in range(3):
        maps[index] = reference.filter_image(image, features[index])
    return maps


@filter_bank.mistake(
    when="the three features of the X are used instead of those that are handed in",
    hint="Use the argument `features`. It holds other features in other calls.",
)
def features_of_the_x(image, features):
    return np.stack(
        [
            _walk(image, feature, lambda patch, feature: np.mean(patch * feature))
            for feature in data.features.values()
        ]
    )


@filter_bank.mistake(
    when="the maps are joined side by side instead of stacked",
    hint="`np.hstack` widens an axis; `np.stack` makes a new one.",
)
def joined_side_by_side(image, features):
    return np.hstack([reference.filter_image(image, feature) for feature in features])


@filter_bank.mistake(
    when="the maps are joined one below the other instead of stacked",
    hint="`np.concatenate` and `np.vstack` lengthen an axis; `np.stack` makes a new one.",
)
def joined_below(image, features):
    return np.concatenate([reference.filter_image(image, feature) for feature in features])


@filter_bank.mistake(
    when="a list of maps is returned",
    hint="Turn the list into one array with `np.stack`, so that it has a shape.",
)
def list_of_maps(image, features):
    return [reference.filter_image(image, feature) for feature in features]


@filter_bank.mistake(
    when="the maps come in the opposite order",
    hint="Map 0 belongs to feature 0.",
)
def opposite_order(image, features):
    return np.stack([reference.filter_image(image, feature) for feature in features[::-1]])


@filter_bank.mistake(
    when="at each position only the best feature's match is kept",
    hint="Keep all maps: one layer of the stack for each feature.",
)
def best_feature_at_each_position(image, features):
    return np.max([reference.filter_image(image, feature) for feature in features], axis=0)


@filter_bank.mistake(
    when="each feature is applied to the map of the one before",
    hint="Every feature looks at the image itself.",
)
def one_after_the_other(image, features):
    maps = []
    for feature in features:
        image = reference.filter_image(image, feature)
        maps.append(image)
    return maps[-1]


@filter_bank.mistake(
    when="the matches are added up but not divided by the number of pixels",
    hint="Every entry is a match: a mean, not a sum. Your `filter_image` does it.",
)
def maps_of_sums(image, features):
    return np.stack([reference.filter_image(image, feature) * feature.size for feature in features])
