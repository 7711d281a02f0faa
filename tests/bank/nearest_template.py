"""Answers to nearest_template."""

import itertools

import numpy as np

from tests.bank import right, wrong


@right
def sorted_stably(image, templates):
    return sorted(templates, key=lambda label: -np.mean(image == templates[label]))[0]


@right
def fewest_differences(image, templates):
    fewest, name = image.size + 1, ""
    for label in templates:
        different = int(np.sum(image != templates[label]))
        if different < fewest:
            fewest, name = different, label
    return name


@right
def lists_side_by_side(image, templates):
    labels, shares = [], []
    for label, template in templates.items():
        labels.append(label)
        shares.append((image == template).mean())
    return labels[shares.index(max(shares))]


@wrong("begins_again", never="name of its own")
def best_set_in_the_loop(image, templates):
    for label, template in templates.items():
        best = 0
        share = np.mean(image == template)
        if share > best:
            best = share
            answer = label
    return answer


@wrong("never_raised")
def best_never_kept(image, templates):
    best, answer = -1, None
    for label in templates:
        if (image == templates[label]).mean() > best:
            answer = label
    return answer


@wrong("the_agreement")
def the_share(image, templates):
    return np.max([np.mean(image == template) for template in templates.values()])


@wrong("last_on_a_tie")
def later_wins(image, templates):
    shares = {np.mean(image == template): label for label, template in templates.items()}
    return shares[max(shares)]


@wrong("only_x_and_o", says="KeyError")
def letters_only(image, templates):
    x = np.sum(image == templates["X"])
    o = np.sum(image == templates["O"])
    if x >= o:
        return "X"
    return "O"


@wrong("the_place")
def number(image, templates):
    return int(np.argmax([np.sum(image == t) for t in templates.values()]))


@wrong("starts_at_zero", says="nothing|starts at 0")
def zero_first(image, templates):
    best, answer = 0, None
    for label in templates:
        share = np.sum(image == templates[label])
        if share > best:
            best, answer = share, label
    return answer


@wrong("farthest")
def smallest(image, templates):
    return min(templates, key=lambda label: (image == templates[label]).sum())


@wrong("printed")
def prints(image, templates):
    print(max(templates, key=lambda label: np.mean(image == templates[label])))


@wrong("first_label")
def at_once(image, templates):
    for label, template in templates.items():
        share = np.mean(image == template)
        if share >= 0:
            return label


@wrong("differences_summed")
def least_difference(image, templates):
    return min(templates, key=lambda label: np.sum(np.abs(image - templates[label])))


@wrong("products_summed")
def largest_product(image, templates):
    return max(templates, key=lambda label: (image * templates[label]).sum())


@wrong("largest_difference")
def takes_the_largest_distance(image, templates):
    return max(templates, key=lambda name: np.abs(templates[name] - image).sum())


@wrong("products_summed")
def cosine_similarity(image, templates):
    best, label = -9, None
    for k, t in templates.items():
        s = np.dot(image.ravel(), t.ravel()) / np.linalg.norm(image) / np.linalg.norm(t)
        if s > best:
            best, label = s, k
    return label


@wrong("compared_with_the_one_before")
def compares_with_previous_only(image, templates):
    labels = list(templates)
    best = labels[0]
    for prev, cur in itertools.pairwise(labels):
        if np.mean(image == templates[cur]) > np.mean(image == templates[prev]):
            best = cur
    return best
