"""The label of the template with which an image agrees in most pixels."""

import numpy as np

from helpers import reference
from helpers.data import O, X, draw_letter
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise
from helpers.reference import agreement


def cases(rng):
    """Two small templates, ties, then the letters, and random templates under odd labels."""
    falling, rising = np.array([[1.0, -1.0], [-1.0, 1.0]]), np.array([[-1.0, 1.0], [1.0, -1.0]])
    small = {"falling": falling, "rising": rising}
    yield Case(
        (np.array([[1.0, -1.0], [-1.0, -1.0]]), small), "three pixels of four as in the first template"
    )
    yield Case(
        (np.array([[-1.0, 1.0], [-1.0, -1.0]]), small), "three pixels of four as in the second template"
    )
    yield Case((np.array([[1.0, 1.0], [-1.0, -1.0]]), small), "a tie, in which the first template wins")
    greys = {"left": np.array([[1.0, -1.0, -1.0]]), "right": np.array([[-1.0, 1.0, 1.0]])}
    yield Case((np.array([[1.0, 0.9, 0.8]]), greys), "grey pixels: only the first equals one of a template's")
    shades = {"grey": np.array([[0.5, 0.0, -1.0]]), "white": np.array([[1.0, 1.0, -1.0]])}
    yield Case((np.array([[0.5, 0.5, -1.0]]), shades), "a grey template and a brighter one")
    dark = {"bold": np.ones((1, 3)), "thin": -np.ones((1, 3))}
    yield Case((np.array([[1.0, -1.0, -1.0]]), dark), "an image that is mostly black")
    single = np.array([[1.0, -1.0], [1.0, 1.0]])
    yield Case((single, {"only": -single}), "one template, with which nothing agrees")
    better = {"good": np.array([1.0, 1.0, -1.0]), "best": np.array([1.0, -1.0, -1.0])}
    better = {label: template[None] for label, template in better.items()}
    yield Case((np.array([[1.0, -1.0, -1.0]]), better), "the first agrees well, the second better")
    fading = {"good": np.array([1.0, -1.0, -1.0]), "bad": np.array([-1.0, 1.0, 1.0])}
    fading = {label: template[None] for label, template in fading.items()}
    fading["middling"] = np.array([[1.0, 1.0, 1.0]])
    yield Case((np.array([[1.0, -1.0, -1.0]]), fading), "a good template, a bad one and one in between")
    letters = {"X": X, "O": O}
    yield Case((X.copy(), letters), "the X itself")
    yield Case((O.copy(), letters), "the O itself")
    yield Case((O.copy(), {"O": O, "X": X}), "the templates in another order")
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
    late = {"r": -np.ones((2, 3)), "p": np.ones((2, 3)), "o": np.ones((2, 3))}
    yield Case((np.ones((2, 3)), late), "a late tie")


exercise = Exercise(
    reference.nearest_template,
    cases,
    minutes=7,
    hints=(
        "Go through the templates and keep the label whose agreement with the image is the highest so far.",
        "`for label, template in templates.items()` gives one label and one image at a time. Start with a "
        "highest agreement below 0, and replace it only when a template does better.",
        "By hand: an image that agrees with X in 0.9 and with O in 0.6 of its pixels is nearest to X, so the "
        'function returns "X".',
    ),
)


@exercise.model
def nearest_template(image, templates):
    best_label, best_share = None, -1
    for label, template in templates.items():
        if agreement(image, template) > best_share:
            best_label, best_share = label, agreement(image, template)
    return best_label


@exercise.alternative
def with_max_and_a_key(image, templates):
    """Python's own search for the best: short, and it cannot mix up label and share."""
    return max(templates, key=lambda label: np.mean(image == templates[label]))


@exercise.alternative
def with_argmax(image, templates):
    """Keeps all shares in a list: good when you also want the second best."""
    shares = [np.mean(image == template) for template in templates.values()]
    return list(templates)[int(np.argmax(shares))]


# -- which template is kept ----------------------------------------------------------------------------------

exercise.slip(
    "> best_share",
    ">= best_share",
    name="last_on_a_tie",
    when="the last of several equally good templates wins",
    hint="On a tie the first one stays. `>=` replaces it, `>` does not.",
)
exercise.slip(
    ("None, -1", "None, 2"),
    ("> best_share", "< best_share"),
    name="farthest",
    when="the template with the lowest agreement is taken",
    hint="The nearest template is the one that agrees in most pixels.",
)
exercise.slip(
    "None, -1",
    "None, 0",
    name="starts_at_zero",
    when="the highest agreement so far starts at 0",
    hint="A template with an agreement of 0 then never gets in, even if it is the only one. Start below 0.",
)
exercise.slip(
    "        if agreement",
    "        best_share = 0\n        if agreement",
    name="begins_again",
    when="the highest agreement so far is set back in each turn of the loop, so that nearly every template beats it",
    hint="Set the start once, above the loop.",
)
exercise.slip(
    "best_label, best_share = label, agreement(image, template)",
    "best_label = label",
    name="never_raised",
    when="the last template is always returned, because the highest agreement so far is not kept",
    hint="When a template does better, keep two things: its label, and its agreement as the new highest. After the loop, "
    "`label` is the last label, whichever did best.",
)
exercise.slip(
    "        if agreement(image, template) > best_share:\n            best_label, best_share = label, agreement(image, template)",
    "        if agreement(image, template) > best_share:\n            best_label = label\n"
    "        best_share = agreement(image, template)",
    name="compared_with_the_one_before",
    when="each template is compared with the one before it, and not with the best so far",
    hint="After a bad template even a poor one looks good. Keep the highest agreement *so far*, and change it only when it is beaten.",
)
exercise.slip(
    "> best_share:\n            best_label, best_share = label, agreement(image, template)",
    "> 0.5:\n            return label",
    name="first_above_a_half",
    when="the first template that agrees well enough, such as in more than half of the pixels, is returned",
    hint="A later template may agree even more. Compare with the highest agreement so far instead of with a half.",
)
exercise.slip(
    "> best_share:\n            best_label, best_share = label, agreement(image, template)",
    "== 1:\n            return label",
    name="only_equal_images",
    when="only a perfect agreement counts",
    hint="No two handwritten X's are the same in every pixel. Look for the highest agreement, not for an agreement of 1.",
)
exercise.slip(
    "    return best_label",
    "        return best_label",
    name="first_label",
    when="the first template is returned without looking at the others",
    hint="A `return` inside the loop ends it the first time round.",
)

# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip(
    "return best_label",
    "return best_share",
    name="the_agreement",
    when="the agreement is returned instead of the label",
    hint="Keep two things as you go: the highest agreement so far, and whose it is. Return the second.",
)
exercise.slip(
    "return best_label",
    "return templates[best_label]",
    name="the_template",
    when="the template itself is returned instead of its label",
    hint="The key of the dictionary is the label, its value the template.",
)
exercise.slip(
    "return best_label",
    "return list(templates).index(best_label)",
    name="the_place",
    when="the place of the template is returned instead of its label",
    hint="`list(templates)` is the list of the labels; take the one at that place.",
)
exercise.slip(
    "return best_label",
    "return best_label, best_share",
    name="label_and_agreement",
    when="the agreement is returned together with the label",
    hint="Return the label alone.",
)


@exercise.form("label_and_agreement")
def agreement_and_label(image, templates):
    return max((np.mean(image == template), label) for label, template in templates.items())


exercise.slip("return best_label", "print(best_label)", **common.PRINTED)


@exercise.mistake(
    when="the agreements are all returned, in a dictionary",
    hint="That is useful; now, which label has the largest value? Return that label alone.",
)
def all_agreements(image, templates):
    return {label: np.mean(image == template) for label, template in templates.items()}


# -- what is counted -----------------------------------------------------------------------------------------

exercise.slip(
    ("None, -1", "None, -np.inf"),
    ("agreement(image, template)", "-np.abs(image - template).sum()", 2),
    name="differences_summed",
    when="the template with the smallest sum of differences, or of squared differences, is taken",
    hint="Agreement is the share of pixels that are equal. By how much the others differ does not matter.",
)
exercise.slip(
    ("None, -1", "None, -np.inf"),
    ("agreement(image, template)", "(image * template).sum()", 2),
    name="products_summed",
    when="the template with the largest sum of products is taken",
    hint="Agreement is the share of pixels that are equal. Products come in the next lesson.",
)

exercise.slip(
    ("agreement(image, template)", "np.abs(image - template).sum()", 2),
    name="largest_difference",
    when="the template that differs most from the image is taken: the largest sum of differences wins",
    hint="The less two images differ, the nearer they are. And only whether pixels are equal counts: use the agreement.",
)
exercise.slip(
    ("None, -1", "None, -np.inf"),
    ("agreement(image, template)", "-((image - template) ** 2).sum()", 2),
    name="differences_summed",
    when="the template with the smallest sum of differences, or of squared differences, is taken",
    hint="Agreement is the share of pixels that are equal. By how much the others differ does not matter.",
)

# -- what is compared ----------------------------------------------------------------------------------------

exercise.slip(
    ("agreement(image, template) >", "-abs(np.sum(template == 1) - np.sum(image == 1)) >"),
    ("None, -1", "None, -np.inf"),
    ("label, agreement(image, template)", "label, -abs(np.sum(template == 1) - np.sum(image == 1))"),
    name="similar_count_of_white",
    when="the template with the most similar number of white pixels is taken",
    hint="Where the white pixels are counts, not how many there are. Use the agreement.",
)
exercise.slip(
    ("agreement(image, template)", "np.sum((image == 1) & (template == 1))", 2),
    name="most_white_in_common",
    when="the template that shares the most white pixels with the image is taken",
    hint="Two black pixels agree as well as two white ones.",
)


@exercise.mistake(
    when="only the templates called X and O are looked at",
    hint="The function gets the templates as an argument and must work with whatever labels they have.",
)
def only_x_and_o(image, templates):
    return "X" if np.mean(image == templates["X"]) >= np.mean(image == templates["O"]) else "O"


@exercise.mistake(
    when="the label that comes last in the alphabet wins a tie",
    hint="When pairs of agreement and label are compared, the labels decide between equal agreements. Let the first one stay.",
)
def alphabet_on_a_tie(image, templates):
    return max((np.mean(image == template), label) for label, template in templates.items())[1]


@exercise.mistake(
    when="the labels are compared and not the images",
    hint="`max(templates)` is the last label in the alphabet. Compare the agreements.",
)
def last_in_the_alphabet(image, templates):
    return max(templates)


exercise.equivalent_mutant(
    "agreement(image, templates[label]) -> agreement(templates[label], image)",
    because="the share of equal pixels does not depend on which image comes first",
)

# -- variants ------------------------------------------------------------------------------------------------

exercise.can_be("first_on_a_tie", when="the first of several equally good templates wins")
exercise.can_be(
    "last_on_a_tie",
    when="the last of several equally good templates wins",
    asked=(
        ("in most pixels; the first of them on a tie", "in most pixels; the last of them on a tie"),
        ("on a tie the first template wins", "on a tie the last template wins"),
    ),
    edits=(
        ("> best_share", ">= best_share"),
        ("return max(templates, ", "return max(reversed(templates), "),
        ("np.argmax", "ties.argmax"),
        (
            'return "X" if np.mean(image == templates["X"]) >=',
            'return "X" if np.mean(image == templates["X"]) >',
        ),
    ),
    without=("starts_at_zero", "begins_again"),  # with `>=` the first is right, the second another mistake
    said=(
        ("in which the first template wins", "in which the last template wins"),
        ("replace it only when a template does better", "replace it when a template does as well or better"),
        ("When a template does better, keep", "When a template does as well or better, keep"),
        ("change it only when it is beaten", "change it only when it is equalled or beaten"),
        ("Let the first one stay.", "Let the last one win."),
    ),
    gone=("the first template wins", "first of them", "only when it is beaten", "first one stay"),
)


@exercise.example_from
def example(rng):
    """Two templates, and an image that agrees with both in as many pixels."""
    one = rng.permutation([1, 1, -1, -1])
    image = np.array([one[0], one[1], -one[2], -one[3]])
    templates = {"one": one.tolist(), "other": (-one).tolist()}
    written = ", ".join(f'"{label}": np.array([{values}])' for label, values in templates.items())
    return (f"templates = {{{written}}}", f"nearest_template(np.array([{image.tolist()}]), templates)")
