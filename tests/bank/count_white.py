"""Answers to count_white."""

import numpy as np

from tests.bank import right, wrong


@right
def flattened_and_counted(image):
    return list(image.flatten()).count(1)


@right
def with_where(image):
    rows, _ = np.where(image == 1)
    return len(rows)


@right
def while_loops(image):
    white, row = 0, 0
    while row < image.shape[0]:
        column = 0
        while column < image.shape[1]:
            white += int(image[row][column] == 1.0)
            column += 1
        row += 1
    return white


@right
def unique_values(image):
    values, counts = np.unique(image, return_counts=True)
    return dict(zip(values.tolist(), counts.tolist(), strict=True)).get(1, 0)


@wrong("always_nine_by_nine")
def nine_written_in(image):
    return sum(1 for i in range(9) for j in range(9) if image[i][j] == 1)


@wrong("compares_the_image", says="ValueError")
def asks_the_image(image):
    white = 0
    if image == 1:
        white = white + 1
    return white


@wrong(says="AttributeError.*count")
def counts_like_a_list(image):
    return image.count(1)


@wrong("light_grey")
def positive_ones(image):
    return sum(1 for pixel in image.ravel() if pixel > 0)


@wrong("black")
def minus_ones(image):
    return (image < -0.5).sum() - (image == -0.7).sum()


@wrong("share")
def mean_of_comparison(image):
    return (image == 1).sum() / image.size


@wrong("for_each_row")
def list_per_row(image):
    return np.array([np.sum(row == 1) for row in image])


@wrong("count_begins_again")
def last_row(image):
    for row in image:
        n = 0
        n += np.count_nonzero(row == 1)
    return n


@wrong("printed")
def prints(image):
    print((image == 1).sum())


@wrong(says="NameError")
def misspelt(image):
    return np.sum(imgae == 1)  # noqa: F821


@wrong("first_row_only")
def returns_early(image):
    white = 0
    for row in image:
        for pixel in row:
            white += pixel == 1
        return white


@wrong(says="one too large, in every case")
def starts_at_one(image):
    white = 1
    for pixel in image.flat:
        if pixel == 1:
            white += 1
    return white


@wrong("rows_less_black")
def length_less_black(image):
    black = np.sum(image == -1)
    return len(image) - black


@wrong("rows_with_white")
def rows_that_hold_a_one(image):
    count = 0
    for row in image:
        if 1 in row:
            count += 1
    return count


@wrong("without_the_last_row")
def loop_ends_a_row_early(image):
    n = 0
    for i in range(len(image) - 1):
        n += (image[i] == 1).sum()
    return n


@wrong("without_the_last_column")
def loops_skip_last_column(image):
    n = 0
    for i in range(image.shape[0]):
        for j in range(image.shape[1] - 1):
            if image[i, j] == 1:
                n = n + 1
    return n
