"""The feature map: the match of the feature with the image at every position where it fits."""

import numpy as np

from helpers import data, reference
from helpers.exercises import common
from helpers.exercises.filtering.match import match
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """From a feature of one row to other shapes, the X, grey values and whole numbers."""
    row = np.array([[1.0, -1.0, -1.0, 1.0], [-1.0, 1.0, 1.0, 1.0]])
    yield Case((row, np.array([[1.0, -1.0]])), "a feature of one row")
    column = np.array([[1.0, 0.5], [-1.0, 1.0], [1.0, -0.5]])
    yield Case((column, np.array([[1.0], [0.5]])), "a feature of one column, grey pixels")
    image = np.array([[1.0, -1.0, -1.0], [0.5, 1.0, -1.0]])
    yield Case((image, np.array([[1.0, -1.0], [-0.5, 1.0]])), "a 2 x 3 image and a 2 x 2 feature")
    small = np.array([[0.3, -1.0, 0.2], [1.0, 0.7, -0.4]])
    yield Case((small, np.array([[1.0, 0.5, -1.0], [-0.6, 1.0, 1.0]])), "a feature as large as the image")
    yield Case((np.array([[0.9, -0.4], [-0.7, 0.1]]), np.array([[0.5]])), "a feature of one pixel")
    yield Case((np.array([[3, 1, 2, 5], [0, 2, -1, 4]]), np.array([[1, 0], [1, 1]])), "whole numbers")
    yield Case(
        (np.array([[3, 0], [1, 4], [-2, 1], [2, 6]]), np.array([[2], [1], [-1]])), "one column of three"
    )
    low = np.array([[1.0, -0.5, 0.2, 1.0, -1.0, 0.6]])
    yield Case((low, np.array([[0.5, -1.0, 1.0]])), "a single row, and three of its pixels")
    pair = (
        np.array([[1.0, -1.0, -1.0], [-1.0, 1.0, -1.0], [1.0, -1.0, 1.0]]),
        np.array([[1.0, -1.0], [-1.0, 1.0]]),
    )
    yield Case(pair, "a 3 x 3 image and a 2 x 2 feature")
    yield Case((pair[0].copy(), -pair[0]), "a square feature as large as the image")
    yield Case((rng.choice([-1.0, 1.0], (4, 6)), np.array([[1.0, -1.0], [1.0, 1.0]])), "4 rows and 6 columns")
    yield Case((data.X, data.features["falling"]), "the X under the falling diagonal")
    yield Case((data.X.copy(), data.features["centre"]), "the X under its centre")
    yield Case((rng.choice([-1, 1], (5, 4)), rng.choice([-1, 1], (2, 3))), "random whole numbers")
    for shape, size in [((6, 4), (3, 2)), ((5, 8), (2, 4)), ((7, 7), (1, 1))]:
        about = f"a random {shape[0]} x {shape[1]} image and a {size[0]} x {size[1]} feature"
        yield Case((rng.uniform(-1, 1, shape), rng.uniform(-1, 1, size)), about)
    pair = rng.uniform(-1, 1, (5, 6)).astype(np.float32), rng.uniform(-1, 1, (3, 3)).astype(np.float32)
    yield Case(pair, "random values of type float32")


exercise = Exercise(
    reference.filter_image,
    cases,
    minutes=9,
    hints=(
        "Make an empty map first. How many positions does the feature have in a row, and how many rows of positions?",
        "At position (row, column) the patch is `image[row:row + height, column:column + width]`, where (height, width) "
        "is the shape of the feature. The map has `image.shape[0] - height + 1` rows.",
        "By hand: a feature of 1 x 2 pixels fits twice into a row of three, at columns 0 and 1: 3 - 2 + 1 = 2.",
    ),
)


@exercise.model
def filter_image(image, feature):
    height, width = feature.shape
    rows, columns = image.shape[0] - height + 1, image.shape[1] - width + 1
    feature_map = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            patch = image[row : row + height, column : column + width]
            feature_map[row, column] = match(patch, feature)
    return feature_map


@exercise.alternative
def one_position_after_the_other(image, feature):
    """Asks the finished map how large it is: no size has to be remembered."""
    height, width = feature.shape
    feature_map = np.zeros((image.shape[0] - height + 1, image.shape[1] - width + 1))
    for row in range(feature_map.shape[0]):
        for column in range(feature_map.shape[1]):
            feature_map[row, column] = np.mean(image[row : row + height, column : column + width] * feature)
    return feature_map


@exercise.alternative
def as_a_sum_of_shifted_pictures(image, feature):
    """Loops over the few pixels of the feature and not over all positions: fast on large images."""
    height, width = feature.shape
    rows, columns = image.shape[0] - height + 1, image.shape[1] - width + 1
    total = 0
    for i in range(height):
        for j in range(width):
            total = total + feature[i, j] * image[i : i + rows, j : j + columns]
    return total / feature.size


@exercise.alternative
def with_nested_lists(image, feature):
    """Builds the map row by row: no array has to be made and filled."""
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


SIZES = "image.shape[0] - height + 1, image.shape[1] - width + 1"
PATCH = "image[row : row + height, column : column + width]"
MATCH = "match(patch, feature)"

# -- how many positions there are, and how large the map is --------------------------------------------------

exercise.slip(
    ("height + 1", "height"),
    ("width + 1", "width"),
    name="without_the_last_positions",
    when="the last row and the last column of positions are left out",
    hint="A feature of height 3 fits into an image of height 9 at rows 0 to 6. That is 9 - 3 + 1 = 7 rows.",
)


@exercise.form("without_the_last_positions")
def lists_without_the_last_positions(image, feature):
    height, width = feature.shape
    rows, columns = range(image.shape[0] - height), range(image.shape[1] - width)
    return np.array([[match(image[r : r + height, c : c + width], feature) for c in columns] for r in rows])


exercise.slip(
    "width + 1",
    "width",
    name="without_the_last_column",
    when="the last column of positions is left out",
    hint="Down you count right. Across it is the same: a feature of width 3 fits into an image of width 9 at columns 0 to 6, "
    "and that is 9 - 3 + 1 = 7.",
)
exercise.slip(
    "height + 1",
    "height",
    name="without_the_last_row",
    when="the last row of positions is left out",
    hint="Across you count right. Down it is the same: a feature of height 3 fits into an image of height 9 at rows 0 to 6, "
    "and that is 9 - 3 + 1 = 7.",
)
exercise.slip(
    SIZES,
    "image.shape",
    name="every_pixel",
    when="the feature is put on every pixel, also where it extends over the edge",
    hint="The last rows and columns leave no room for the whole feature. The map is smaller than the image.",
)
exercise.slip(
    "np.zeros((rows, columns))",
    "np.zeros(image.shape)",
    name="as_large_as_the_image",
    when="the map is made as large as the image and its last rows and columns stay 0",
    hint="The map is smaller than the image: the feature must fit wholly inside.",
)
exercise.slip(
    "np.zeros((rows, columns))",
    "np.zeros((7, 7))",
    name="always_seven",
    when="the map is always made 7 x 7",
    hint="7 is the answer for 9 rows and a feature of 3. For other shapes compute it: rows of the image, minus rows of the "
    "feature, plus one.",
)
exercise.slip(
    f"rows, columns = {SIZES}",
    "rows = columns = image.shape[0] - height + 1",
    **common.SQUARE,
)
exercise.slip(
    "image.shape[1]",
    "image.shape[0]",
    name="only_square_images",
    when="the image's height is used for its width as well",
    hint="Images need not be square: `image.shape[0]` is the height, `image.shape[1]` the width.",
)
exercise.slip(
    "height, width = feature.shape",
    "height = width = feature.shape[0]",
    name="only_square_features",
    when="the feature's height is used for its width as well",
    hint="Features need not be square: `height, width = feature.shape`.",
)
exercise.slip(
    "height, width = feature.shape",
    "height, width = 3, 3",
    name="features_of_three",
    when="every feature is taken to be 3 x 3",
    hint="Features come in other sizes: `height, width = feature.shape`.",
)
exercise.slip(
    ("height, width = feature.shape", "height, width = 3, 3"),
    (SIZES, "7, 7"),
    name="sizes_of_the_x",
    when="the sizes of the X and its features are written in: 7 positions, and patches of 3",
    hint="There are other images and features. `image.shape` and `feature.shape` say how large they are.",
)
exercise.slip(
    "height, width = feature.shape",
    "width, height = feature.shape",
    name="height_and_width_swapped",
    when="the feature's height and width are swapped",
    hint="A shape names the rows first: `height, width = feature.shape`.",
)
exercise.slip(
    ("image.shape[0]", "image.shape[1]"),
    ("image.shape[1] - width", "image.shape[0] - width"),
    name="image_height_and_width_swapped",
    when="the image's height and width are swapped",
    hint="A shape names the rows first: `image.shape[0]` is the height, `image.shape[1]` the width.",
)
exercise.slip(
    (SIZES, "image.shape[0] - 2 * (height // 2), image.shape[1] - 2 * (width // 2)"),
    name="odd_features_only",
    when="half a feature is taken away at each edge, which is right for odd sizes only",
    hint="A feature of 2 fits into 4 pixels at 3 places: 4 - 2 + 1.",
)
exercise.slip(
    (SIZES, "(image.shape[0] - height) // height + 1, (image.shape[1] - width) // width + 1"),
    (PATCH, "image[row * height : row * height + height, column * width : column * width + width]"),
    name="jumps_by_its_own_size",
    when="the feature jumps by its own size instead of moving on by one pixel",
    hint="The feature moves by one pixel at a time; neighbouring patches overlap.",
)
exercise.slip(
    "    rows, columns =",
    "    image = np.pad(image, ((height // 2, (height - 1) // 2), (width // 2, (width - 1) // 2)))\n    rows, columns =",
    name="with_a_border",
    when="a border of zeros is put around the image first",
    hint="Padding comes in the next lesson. Here the feature stays inside the image.",
)

# -- the patch -----------------------------------------------------------------------------------------------

exercise.slip(
    ("row + height", "row + 3"),
    ("column + width", "column + 3"),
    name="patches_of_three",
    when="the patch is always cut 3 pixels high and wide",
    hint="Features come in other sizes than 3 x 3. Cut as many rows and columns as `feature.shape` says.",
)
exercise.slip(
    ("row + height", "height"),
    ("column + width", "width"),
    name="slices_that_do_not_move_on",
    when="the slices end at the feature's size instead of one size further than they start",
    hint="A slice names where it starts and where it ends. If it starts at `row`, it ends `height` rows later.",
)
exercise.slip(
    ("row : row + height", ": height"),
    ("column : column + width", ": width"),
    name="always_the_first_patch",
    when="the patch at the top left is matched at every position",
    hint="At position (row, column) the patch starts in row `row` and column `column`.",
)
exercise.slip(
    ("row + height", "row + height - 1"),
    ("column + width", "column + width - 1"),
    name="patches_too_small",
    when="each patch ends one row and one column too early",
    hint="A slice does not include its end: `[row:row + height]` has `height` rows.",
)
exercise.slip(
    (PATCH, "image[column : column + height, row : row + width]"),
    name="row_and_column_swapped",
    when="the patch is cut out at (column, row) instead of (row, column)",
    hint="In an index the row comes first.",
)
exercise.slip(
    PATCH,
    "image[row, column]",
    name="single_pixels",
    when="a single pixel is taken instead of a patch",
    hint="A patch is as large as the feature: it needs two slices, one for its rows and one for its columns.",
)
exercise.slip(
    MATCH,
    "match(image, feature)",
    name="the_whole_image",
    when="the whole image is handed to `match` instead of the patch",
    hint="`match` compares two arrays of the same shape: the patch and the feature.",
)

# -- the match -----------------------------------------------------------------------------------------------

exercise.slip(
    MATCH,
    "np.sum(patch * feature)",
    name="sums",
    when="the products are added up but not divided by the number of pixels",
    hint="Every entry of the map is a match: a mean, not a sum.",
)
exercise.slip(
    MATCH,
    "np.sum(patch * feature) / image.size",
    name="divided_by_the_image",
    when="the sum is divided by the number of pixels of the whole image",
    hint="Divide by the pixels that were multiplied: those of the feature.",
)
exercise.slip(
    MATCH,
    "np.sum(patch * feature) / 9",
    name="divided_by_nine",
    when="the sum is always divided by 9",
    hint="Features come in other sizes than 3 x 3. `feature.size` is the number of pixels.",
)
exercise.slip(
    MATCH,
    "np.mean(patch == feature)",
    name="equal_pixels",
    when="pixels are compared instead of multiplied",
    hint="Call your `match` on each patch, or take the mean of `patch * feature`.",
)
exercise.slip(
    MATCH,
    "match(patch, feature[::-1, ::-1])",
    name="flipped",
    when="the feature is turned upside down and left to right",
    hint="Put the feature on the patch as it is: top left on top left.",
)
exercise.slip(
    MATCH,
    "patch * feature",
    name="products_in_one_entry",
    when="the products are put into the map before they are added up and divided",
    hint="One entry of the map holds one number: the match of the patch.",
)
exercise.slip(
    MATCH,
    "np.mean((patch - feature) ** 2)",
    name="squared_differences",
    when="the squared differences are averaged",
    hint="That measures how much patch and feature differ. The match is the mean of the products.",
)
exercise.slip(
    MATCH,
    "None",
    name="match_not_written",
    when="the `match` that it calls returns nothing",
    hint="Write `match` first and run its cell, or call `reference.match` here.",
)

# -- where it is written, and what is returned ---------------------------------------------------------------

exercise.slip(
    "feature_map[row, column]",
    "feature_map[column, row]",
    name="written_to_column_row",
    when="the match is written to `[column, row]`",
    hint="The match at position (row, column) is written to `feature_map[row, column]`.",
)
exercise.slip("return feature_map", "return feature_map.T", **common.SWAPPED)
exercise.slip("    return feature_map", "            return feature_map", **common.IN_THE_LOOP)
exercise.slip(
    "    return feature_map",
    "        return feature_map",
    name="only_the_first_row",
    when="only the first row of positions is filled in",
    hint="A `return` inside the loop over rows ends it after the first row.",
)
exercise.slip(
    "            feature_map[row",
    "        feature_map[row",
    name="only_the_last_column",
    when="the match is written after the inner loop, so that only the last position of each row is filled in",
    hint="Indent that line as far as the one above it: both must run at every position.",
)
exercise.slip(
    ("    feature_map = np.zeros((rows, columns))\n", ""),
    ("        for column", "        feature_map = np.zeros((rows, columns))\n        for column"),
    **common.STARTED_AGAIN,
)
exercise.slip("(rows, columns))", "(rows, columns), dtype=image.dtype)", **common.TYPE_OF_THE_INPUT)
exercise.slip("(rows, columns))", "(rows, columns), dtype=int)", **common.WHOLE_NUMBERS)
exercise.slip(
    "return feature_map",
    "return feature_map.ravel()",
    name="one_long_row",
    when="all matches come in one long row",
    hint="The map has rows and columns. Make an empty map of that shape first, and fill in one entry after another.",
)
exercise.slip("return feature_map", "return feature_map.tolist()", **common.LIST)
exercise.slip(
    "return feature_map",
    "return feature_map.ravel().tolist()",
    name="one_long_list",
    when="all matches come in one long list",
    hint="The map has rows and columns, and it is an array. Make an empty map with `np.zeros` first, and fill in one entry "
    "after another.",
)
exercise.slip(
    "return feature_map",
    "return np.max(feature_map)",
    name="only_the_best_match",
    when="only the best match is returned",
    hint="The feature map keeps the match at every position. Finding the best one is the next exercise.",
)
exercise.slip(
    "return feature_map",
    "return np.round(feature_map, {})",
    name="rounded",
    when="the map is rounded, as by `np.round(..., {})`",
    hint="Round only for showing. Later steps build on the exact values.",
    values=(2, 1, 3),
)
exercise.slip(
    "return feature_map",
    "return np.maximum(0, feature_map)",
    name="without_negative_matches",
    when="negative matches are set to 0",
    hint="Keep them: they say that the patch looks like the feature's negative. What to do with them is lesson 06.",
)
exercise.slip("return feature_map", "print(feature_map)", **common.PRINTED)

exercise.slip(
    "match(patch, feature)",
    "match(patch - patch.mean(), feature)",
    name="mean_taken_away",
    when="the mean of each patch is taken away before it is matched",
    hint="The patch is matched as it is: its brightness counts.",
)

exercise.equivalent_mutant(
    "(2, 3) -> (3, 2)",
    because="The mean over two axes does not depend on the order in which they are named.",
)
exercise.slip(
    "match(patch, feature)",
    "np.sum(patch * feature) / height**2",
    name="divided_as_if_square",
    when="the sums are divided by the square of the feature's height",
    hint="The feature may have more columns than rows: it has `feature.size` pixels.",
)
