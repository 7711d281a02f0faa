"""What lesson 01 asks: agreement, nearest_template."""

import numpy as np

from helpers import reference
from helpers.data import O, X, draw_letter
from helpers.exercises.model import Case, Exercise


def _agreement_cases(rng):
    a = np.array([[1.0, -1.0], [-1.0, 1.0]])
    yield Case((a, np.array([[1.0, -1.0], [-1.0, -1.0]])), "two images that differ in one pixel of four")
    yield Case((a, a), "an image and itself")
    yield Case((a, -a), "an image and its negative")
    yield Case(
        (np.ones((2, 3)), np.array([[1.0, 1.0, -1.0], [-1.0, 1.0, -1.0]])), "two rows and three columns"
    )
    yield Case((X, O), "the X and the O")
    for height, width in [(3, 5), (8, 4)]:
        pair = rng.choice([-1.0, 1.0], size=(2, height, width), p=[0.7, 0.3])
        pair[:, 0, :2] = [[1, -1], [1, 1]]
        yield Case(tuple(pair), f"two random images of {height} x {width} pixels")
    greys = rng.choice([-1.0, -0.5, 0.0, 0.5, 1.0], size=(2, 5, 6))
    greys[1, 0] = greys[0, 0]
    yield Case(tuple(greys), "two images with grey pixels")
    yield Case(
        (rng.choice([-1, 1], size=(4, 3)), rng.choice([-1, 1], size=(4, 3))), "images of whole numbers"
    )


agreement = Exercise(
    name="agreement",
    reference=reference.agreement,
    cases=_agreement_cases,
    hints=(
        "`a == b` compares pixel by pixel and gives an array of True and False.",
        "A share is a count divided by the number of all pixels. `a.size` is the number of pixels.",
        "By hand: [[1, -1], [-1, 1]] and [[1, -1], [-1, -1]] are equal in three pixels of four, so their agreement "
        "is 3 / 4 = 0.75.",
    ),
)


@agreement.alternative
def count_and_divide(a, b):
    equal = 0
    for row in range(a.shape[0]):
        for column in range(a.shape[1]):
            if a[row, column] == b[row, column]:
                equal += 1
    return equal / a.size


@agreement.alternative
def one_minus_the_differences(a, b):
    return 1 - np.count_nonzero(a - b) / a.size


@agreement.mistake(
    when="the equal pixels are counted but not divided by the number of pixels",
    hint="A share lies between 0 and 1. Divide the count by `a.size`.",
)
def count_of_equal_pixels(a, b):
    return int(np.sum(a == b))


@agreement.mistake(
    when="the pixels that differ are counted instead of those that are equal",
    hint="`==` is True where two pixels are equal, `!=` where they differ.",
)
def share_of_different_pixels(a, b):
    return np.mean(a != b)


@agreement.mistake(
    when="the products of the pixels are averaged",
    hint="The product of two unequal pixels is -1 and takes away what an equal pair adds. Compare with `==` instead. "
    "(Products have their turn in the next lesson.)",
)
def mean_of_products(a, b):
    return np.mean(a * b)


@agreement.mistake(
    when="the images are compared as wholes",
    hint="The question is not whether all pixels are equal but how large a share of them is. (Dividing with `//` gives "
    "the same: it drops everything after the point.)",
)
def all_or_nothing(a, b):
    return float(np.array_equal(a, b))


@agreement.mistake(
    when="only the pixels that are white in both count as equal",
    hint="Two black pixels agree as well as two white ones.",
)
def white_in_both(a, b):
    return np.mean((a == 1) & (b == 1))


@agreement.mistake(
    when="the count is divided by the number of rows",
    hint="`len(a)` is the number of rows; `a.size` is the number of pixels.",
)
def divided_by_rows(a, b):
    return np.sum(a == b) / len(a)


@agreement.mistake(
    when="the share of each row is taken by itself",
    hint="With an axis, `np.mean` gives one number for each row. Leave the axis out.",
)
def one_share_for_each_row(a, b):
    return np.mean(a == b, axis=1)


@agreement.mistake(
    when="only the first row is compared",
    hint="A `return` inside the loop ends the function in the first round. Move it out of the loop.",
)
def returns_inside_the_loop(a, b):
    for row_a, row_b in zip(a, b, strict=True):
        return np.mean(row_a == row_b)


@agreement.mistake(
    when="the share of each column is taken by itself",
    hint="Python's own `sum` adds up the rows of an array and leaves one number for each column. `np.sum` adds up everything.",
)
def one_share_for_each_column(a, b):
    return sum(a == b) / len(a)


@agreement.mistake(
    when="each column is added up by itself",
    hint="Python's own `sum` adds up the rows of an array and leaves one number for each column. `np.sum` adds up everything.",
)
def one_part_for_each_column(a, b):
    return sum(a == b) / a.size


@agreement.mistake(
    when="the comparison itself is returned",
    hint="`a == b` says for each pixel whether it is equal. What share of these answers is True?",
)
def returns_the_comparison(a, b):
    return a == b


@agreement.mistake(
    when="the count is divided by 81, whatever the size of the images",
    hint="Only a 9x9 image has 81 pixels. `a.size` is the number of pixels of any image.",
)
def divided_by_81(a, b):
    return np.sum(a == b) / 81


@agreement.mistake(
    when="the count is divided by height plus width",
    hint="How many pixels do 2 rows of 3 have? Multiply, or use `a.size`.",
)
def divided_by_height_plus_width(a, b):
    return np.sum(a == b) / (a.shape[0] + a.shape[1])


@agreement.mistake(
    when="the count is divided by the number of rows twice",
    hint="That is right for square images only. The pixels are height times width, `a.size`.",
)
def divided_by_rows_squared(a, b):
    return np.sum(a == b) / len(a) ** 2


@agreement.mistake(
    when="both loops run over the number of rows",
    hint="`len(a)` is the number of rows. The columns are `a.shape[1]`.",
)
def as_many_columns_as_rows(a, b):
    equal = 0
    for row in range(len(a)):
        for column in range(len(a)):
            if a[row, column] == b[row, column]:
                equal += 1
    return equal / a.size


@agreement.mistake(
    when="the function returns at the first equal pixel",
    hint="A `return` ends the function. Let both loops finish first, and return below them, less indented.",
)
def returns_at_the_first_equal_pixel(a, b):
    equal = 0
    for row in range(a.shape[0]):
        for column in range(a.shape[1]):
            if a[row, column] == b[row, column]:
                equal += 1
                return equal / a.size


@agreement.mistake(
    when="two greys count as partly equal if they are near each other",
    hint="A pixel is equal or it is not, with nothing between; ask with `==`.",
)
def nearly_equal(a, b):
    return 1 - np.mean(np.abs(a - b)) / 2


agreement.equivalent_mutant(
    "float(np.mean(a == b)) -> np.mean(a == b)",
    because="a number of NumPy's is as good an answer as one of Python's",
)


def _template_cases(rng):
    falling, rising = np.array([[1.0, -1.0], [-1.0, 1.0]]), np.array([[-1.0, 1.0], [1.0, -1.0]])
    small = {"falling": falling, "rising": rising}
    yield Case(
        (np.array([[1.0, -1.0], [-1.0, -1.0]]), small), "three pixels of four as in the first template"
    )
    yield Case(
        (np.array([[-1.0, 1.0], [-1.0, -1.0]]), small), "three pixels of four as in the second template"
    )
    yield Case((np.array([[1.0, 1.0], [-1.0, -1.0]]), small), "a tie, in which the first template wins")
    dark = np.array([[1.0, -1.0, -1.0], [-1.0, -1.0, -1.0]])
    yield Case((dark, {"bold": np.ones((2, 3)), "thin": dark[:, ::-1]}), "an image that is mostly black")
    letters = {"X": X, "O": O}
    yield Case((X, letters), "the X itself")
    yield Case((O, letters), "the O itself")
    yield Case((O, {"O": O, "X": X}), "the templates in another order")
    noisy = np.where(rng.random(O.shape) < 0.2, -O, O)
    yield Case((noisy, letters), "an O with a fifth of its pixels turned over, more or less")
    yield Case((draw_letter("X", rotation=45.0), letters), "an X that has been turned")
    labels = ["third", "first", "second", "zeroth"]
    for height, width in [(3, 5), (6, 4)]:
        templates = {label: rng.choice([-1.0, 1.0], size=(height, width)) for label in labels}
        for label in labels[1:3]:
            image = templates[label].copy()
            image[0, rng.integers(width)] *= -1
            yield Case((image, templates), f"four random templates of {height} x {width} pixels")
    tied = {"p": np.ones((2, 3)), "q": np.ones((2, 3)), "r": -np.ones((2, 3))}
    yield Case((np.ones((2, 3)), tied), "two templates that are the same")
    yield Case(
        (np.ones((2, 3)), {"r": -np.ones((2, 3)), "p": np.ones((2, 3)), "o": np.ones((2, 3))}), "a late tie"
    )
    yield Case((np.ones((2, 2)), {"only": -np.ones((2, 2))}), "one template, with which nothing agrees")


nearest_template = Exercise(
    name="nearest_template",
    reference=reference.nearest_template,
    cases=_template_cases,
    hints=(
        "Walk through the templates and keep the label whose agreement with the image is the highest so far.",
        "`for label, template in templates.items()` gives one label and one image in each round. Start with a "
        "highest agreement below 0, and replace it only when a template does better.",
        "By hand: an image that agrees with X in 0.9 and with O in 0.6 of its pixels is nearest to X, so the "
        'function returns "X".',
    ),
)


@nearest_template.alternative
def keep_the_best(image, templates):
    best_label, best_share = None, -1
    for label, template in templates.items():
        share = np.mean(image == template)
        if share > best_share:
            best_label, best_share = label, share
    return best_label


@nearest_template.alternative
def with_argmax(image, templates):
    shares = [np.mean(image == template) for template in templates.values()]
    return list(templates)[int(np.argmax(shares))]


@nearest_template.mistake(
    when="the template with the lowest agreement is taken",
    hint="The nearest template is the one that agrees in most pixels.",
)
def farthest_template(image, templates):
    return min(templates, key=lambda label: np.mean(image == templates[label]))


@nearest_template.mistake(
    when="the agreement is returned instead of the label",
    hint="Keep two things while you walk: the highest agreement so far, and whose it is. Return the second.",
)
def returns_the_agreement(image, templates):
    return max(np.mean(image == template) for template in templates.values())


@nearest_template.mistake(
    when="the last of several equally good templates wins",
    hint="On a tie the first one stays. `>=` replaces it, `>` does not.",
)
def last_on_a_tie(image, templates):
    best_label, best_share = None, -1
    for label, template in templates.items():
        share = np.mean(image == template)
        if share >= best_share:
            best_label, best_share = label, share
    return best_label


@nearest_template.mistake(
    when="every template gets compared but the last one is always returned",
    hint="After the loop, `label` is the last label. Keep the best one under a name of its own.",
)
def last_label(image, templates):
    for label in templates:
        np.mean(image == templates[label])
    return label


@nearest_template.mistake(
    when="the first template is returned without looking at the others",
    hint="A `return` inside the loop ends it in the first round.",
)
def returns_the_first_label(image, templates):
    for label in templates:
        return label


@nearest_template.mistake(
    when="the template itself is returned instead of its label",
    hint="The key of the dictionary is the label, its value the template.",
)
def returns_the_template(image, templates):
    return max(templates.values(), key=lambda template: np.mean(image == template))


@nearest_template.mistake(
    when="the place of the template is returned instead of its label",
    hint="`list(templates)` is the list of the labels; take the one at that place.",
)
def returns_the_place(image, templates):
    return int(np.argmax([np.mean(image == template) for template in templates.values()]))


@nearest_template.mistake(
    when="only the templates called X and O are looked at",
    hint="The function gets the templates as an argument and must work with whatever labels they have.",
)
def only_x_and_o(image, templates):
    return "X" if np.mean(image == templates["X"]) >= np.mean(image == templates["O"]) else "O"


@nearest_template.mistake(
    when="only a perfect agreement counts",
    hint="No two handwritten X are the same in every pixel. Look for the highest agreement, not for an agreement of 1.",
)
def only_equal_images(image, templates):
    for label, template in templates.items():
        if np.array_equal(image, template):
            return label


@nearest_template.mistake(
    when="the highest agreement so far starts at 0",
    hint="A template with an agreement of 0 then never gets in, even if it is the only one. Start below 0.",
)
def starts_at_zero(image, templates):
    best_label, best_share = None, 0
    for label, template in templates.items():
        share = np.mean(image == template)
        if share > best_share:
            best_label, best_share = label, share
    return best_label


@nearest_template.mistake(
    when="the first template that agrees in more than half of the pixels is returned",
    hint="A later template may agree even more. Compare with the highest agreement so far instead of with a half.",
)
def first_above_a_half(image, templates):
    for label, template in templates.items():
        if np.mean(image == template) > 0.5:
            return label


@nearest_template.mistake(
    when="the agreements are all returned, in a dictionary",
    hint="Good to have; now which label has the largest value? Return that label alone.",
)
def returns_all_agreements(image, templates):
    return {label: np.mean(image == template) for label, template in templates.items()}


@nearest_template.mistake(
    when="the agreement is returned together with the label",
    hint="Return the label alone. (And when pairs are compared, equal agreements are decided by the alphabet.)",
)
def returns_agreement_and_label(image, templates):
    return max((np.mean(image == template), label) for label, template in templates.items())


@nearest_template.mistake(
    when="the label that comes last in the alphabet wins a tie",
    hint="When pairs of agreement and label are compared, the labels decide between equal agreements. Let the first one stay.",
)
def alphabet_on_a_tie(image, templates):
    return max((np.mean(image == template), label) for label, template in templates.items())[1]


@nearest_template.mistake(
    when="the labels are compared and not the images",
    hint="`max(templates)` is the last label in the alphabet. Compare the agreements.",
)
def last_in_the_alphabet(image, templates):
    return max(templates)


@nearest_template.mistake(
    when="the template with the most similar number of white pixels is taken",
    hint="Where the white pixels are counts, not how many there are. Use the agreement.",
)
def similar_count_of_white(image, templates):
    white = np.sum(image == 1)
    return min(templates, key=lambda label: abs(np.sum(templates[label] == 1) - white))


@nearest_template.mistake(
    when="the template is taken that shares most white pixels with the image",
    hint="Two black pixels agree as well as two white ones.",
)
def most_white_in_common(image, templates):
    return max(templates, key=lambda label: np.sum((image == 1) & (templates[label] == 1)))


nearest_template.equivalent_mutant(
    "agreement(image, templates[label]) -> agreement(templates[label], image)",
    because="the share of equal pixels does not depend on which image comes first",
)
