"""The first setting whose mean accuracy is as good as the best, give or take one standard error."""

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """Two runs without spread, ties, more runs than settings and the reverse, lucky runs, then at random."""
    yield Case((np.array([[0.5, 0.5], [0.9, 0.9]]),), "two settings without any spread")
    few = np.array([[0.5, 0.7], [0.82, 0.84], [0.8, 1.0]])
    yield Case((few,), "a cheaper setting that is less than a standard error worse")
    many_runs = np.array([[0.74, 0.76, 0.72, 0.73, 0.77, 0.74], [0.7, 0.9, 0.75, 0.85, 0.71, 0.91]])
    yield Case((many_runs,), "two settings, six runs: the first is too far away")
    many = np.array([[0.3, 0.4], [0.5, 0.6], [0.4, 0.6], [0.86, 0.84], [0.82, 0.78], [0.8, 1.0]])
    yield Case((many,), "six settings, two runs: the fourth is near enough")
    apart = np.array([[0.2, 0.3], [0.52, 0.6], [0.2, 1.0]])
    yield Case((apart,), "runs that are far apart: the first is near enough")
    yield Case((np.array([[0.5, 0.625], [0.75, 1.0], [0.8125, 0.9375]]),), "two equal means")
    yield Case((np.array([[0.9, 0.92], [0.8, 0.83], [0.7, 0.72]]),), "the cheapest is the best")
    yield Case((np.array([[0.5, 0.52], [0.6, 0.63], [0.7, 0.72]]),), "the most expensive is the best, by far")
    lucky = np.array([[0.7, 0.98, 0.72, 0.72], [0.9, 0.88, 0.89, 0.91], [0.86, 0.88, 0.87, 0.85]])
    yield Case((lucky,), "one lucky run")
    uneven = np.array([[0.6, 1.0, 0.85], [0.85, 0.87, 0.89], [0.9, 0.92, 0.91]])
    yield Case((uneven,), "a cheap setting with a large spread")
    yield Case((np.array([[0.8, 0.82], [0.9, 0.92], [0.908, 0.924]]),), "only the second is near enough")
    yield Case((np.array([[0.52, 0.96], [0.5, 0.7], [0.84, 0.86]]),), "only the best has a small spread")
    spread = np.array([[0.79, 0.81, 0.8], [0.84, 0.86, 0.85], [0.8, 0.9, 0.91]])
    yield Case((spread,), "the best setting has a large spread")
    several = np.array([[0.5, 0.52], [0.8, 0.82], [0.74, 0.96], [0.8, 0.83]])
    yield Case((several,), "three are near enough: the first of them counts")
    wide = [0.7, 0.9, 0.9, 1.0, 1.0]  # mean 0.9, deviation 0.122, standard error 0.055
    for low, about in ((0.06, "a little too far"), (0.052, "only just near enough"), (0.04, "near enough")):
        yield Case((np.array([[0.9 - low, 0.91 - low, 0.89 - low, 0.88 - low, 0.92 - low], wide]),), about)
    for settings, count in ((3, 4), (6, 5), (12, 3), (2, 9), (12, 8)):
        levels = 0.9 - 0.3 * np.sort(rng.random(settings))[::-1] ** 2
        runs = levels[:, None] + rng.normal(0, 0.03, (settings, count))
        yield Case((runs,), f"{settings} settings, {count} random runs")


exercise = Exercise(
    reference.best_setting,
    cases,
    minutes=9,
    whole_numbers=True,
    hints=(
        "First a mean for each row. Which row has the largest? How far may another fall below it and still count as equal?",
        "The standard error comes from the runs of the best row alone: their `.std(ddof=1)`, divided by the square root of "
        "the number of runs, which is the number of columns. The number of settings plays no part in it. "
        "`np.argmax` of an array of True and False gives the place of the first True.",
        "By hand: rows (0.8, 0.8) and (0.8, 1.0). Means 0.8 and 0.9. The second row's runs are 0.1 below and above: the "
        "squares add up to 0.02, divided by 2 - 1, the root is 0.141; divided by the root of 2 runs it is 0.1. So 0.8 is "
        "near enough.",
    ),
)


@exercise.mistake(
    when="the setting that is best in the most runs wins",
    hint="A setting may win many runs by very little. Take the mean of each row first, and then ask what is near enough to the best.",
)
def most_runs_won(accuracies):
    winners = accuracies.argmax(axis=0)
    return int(np.bincount(winners).argmax())


exercise.equivalent_mutant(
    "int(np.argmax(means >= means[best] - error)) -> np.argmax(means >= means[best] - error)",
    because="one of NumPy's whole numbers is as good an index as one of Python's",
)


@exercise.model
def best_setting(accuracies):
    means = accuracies.mean(axis=1)
    best = means.argmax()
    error = accuracies[best].std(ddof=1) / np.sqrt(accuracies.shape[1])
    return int(np.argmax(means >= means[best] - error))


@exercise.alternative
def in_a_loop(accuracies):
    """Plain Python, step by step: it needs no NumPy to be understood."""
    runs = len(accuracies[0])
    means = [sum(row) / runs for row in accuracies]
    best = accuracies[means.index(max(means))]
    squares = sum((value - max(means)) ** 2 for value in best)
    error = (squares / (runs - 1) / runs) ** 0.5
    for index, mean in enumerate(means):
        if mean >= max(means) - error:
            return index


@exercise.alternative
def by_the_variance(accuracies):
    """Sorts all settings: good when you also want the second best."""
    order = np.argsort(-accuracies.mean(axis=1), kind="stable")
    best = accuracies[order[0]]
    low = best.mean() - np.sqrt(best.var(ddof=1) / best.size)
    return int(np.flatnonzero(accuracies.mean(axis=1) >= low)[0])


ERROR, NEAR = "accuracies[best].std(ddof=1)", "means >= means[best] - error"

# -- the standard error --------------------------------------------------------------------------------------

exercise.slip(
    f"np.argmax({NEAR})",
    "best",
    name="largest_mean",
    when="the largest mean wins, whatever the spread",
    hint="A mean that is smaller by less than the standard error is as good. Of those, take the first.",
)
exercise.slip(
    " / np.sqrt(accuracies.shape[1])",
    "",
    name="deviation_for_error",
    when="the standard deviation is taken for the standard error: it is not divided by the square root of the number of runs",
    hint="A mean of many runs is surer than one run. Divide the standard deviation by the square root of the number of runs.",
)
exercise.slip(
    "shape[1]",
    "shape[0]",
    name="root_of_the_settings",
    when="the standard deviation is divided by the square root of the number of settings, not of runs",
    hint="The error is that of one mean, so only the runs in that mean count: a row has as many as there are columns.",
)
exercise.slip(
    "np.sqrt(accuracies.shape[1])",
    "accuracies.shape[1]",
    name="divided_by_runs",
    when="the standard deviation is divided by the number of runs, not by its square root",
    hint="Four times as many runs make the error half as large: that is a square root.",
)
exercise.slip(
    "np.sqrt(accuracies.shape[1])",
    "accuracies.shape[0]",
    name="divided_by_settings",
    when="the standard deviation is divided by the number of settings",
    hint="Divide by the square root of the number of runs in a row, which is the number of columns.",
)
exercise.slip(
    "shape[1]",
    "size",
    name="root_of_all_results",
    when="the standard deviation is divided by the square root of the number of all results in the table",
    hint="The best mean was taken over one row only: its runs count, and no others.",
)
exercise.slip(
    "(ddof=1)",
    "()",
    name="without_ddof",
    when="the spread is divided by the number of runs instead of one less (`ddof=1` is missing)",
    hint="`.std()` divides by the number of runs unless you say `ddof=1`; with few runs that makes the spread too small.",
)
exercise.slip(
    ".std(",
    ".var(",
    name="variance_for_deviation",
    when="the variance is taken instead of the standard deviation",
    hint="The standard deviation is the square root of the variance: `.std`, not `.var`.",
)
exercise.slip(
    ERROR,
    "accuracies.std(axis=1, ddof=1)",
    name="own_error",
    when="every row is allowed its own standard error, instead of the best row's",
    hint="A row must not be accepted because of its own large spread. The standard error is the best row's, for all rows.",
)
exercise.slip(
    (f"    error = {ERROR}", "    error = accuracies.std(axis=1, ddof=1)"),
    (NEAR, "means + error >= means[best] - error[best]"),
    name="overlapping_errors",
    when="a setting counts as near enough if its mean plus its own standard error reaches the best less one",
    hint="Two errors that overlap allow for too much. Only the best mean is lowered, by its own standard error; the other "
    "means are taken as they are.",
)
exercise.slip(
    "means.argmax()",
    "means.argmin()",
    name="smallest_mean",
    when="the smallest mean is taken for the best",
    hint="These are accuracies, not losses: the largest mean is the best.",
)
exercise.slip(
    ERROR,
    "accuracies.std(ddof=1)",
    name="error_of_all_runs",
    when="the spread is that of the whole table instead of the best row",
    hint="Differences between settings are not luck. Take the spread of the best row alone.",
)
exercise.slip(
    ERROR,
    "means.std(ddof=1)",
    name="spread_of_the_means",
    when="the spread is that of the means of all settings",
    hint="How far the settings are from each other says nothing about luck. Take the spread of the best row's runs.",
)
exercise.slip(
    "[best].std",
    "[0].std",
    name="error_of_the_first",
    when="the standard error is that of the first row",
    hint="It is the best mean whose error is wanted: take the runs of the row with the largest mean.",
)

# -- which settings are near enough --------------------------------------------------------------------------

exercise.slip(
    "np.argmax(means >=",
    "np.argmax(means >",
    name="strictly_better",
    when="a setting must be better than the best less its standard error, so that without spread not even the best counts",
    hint="Without any spread the standard error is 0, and the best mean is not larger than itself. Compare with `>=`.",
)


@exercise.form("strictly_better")
def first_of_those_that_are_near(accuracies):
    means = accuracies.mean(axis=1)
    best = means.argmax()
    error = accuracies[best].std(ddof=1) / np.sqrt(accuracies.shape[1])
    return int(np.where(means[best] - means < error)[0][0])


exercise.slip(
    "- error",
    "- 2 * error",
    name="two_errors",
    when="more than one standard error is allowed, such as two",
    hint="The rule allows one standard error.",
)
exercise.slip(
    "- error",
    "+ error",
    name="error_added",
    when="the standard error is added to the best mean, so that nothing reaches it",
    hint="A setting may be a little worse than the best. Subtract the error.",
)
exercise.slip(
    "- error",
    "- {}",
    name="fixed_margin",
    values=(0.01, 0.05, 0.1, 0.02),
    when="a fixed margin, such as {}, is allowed instead of the standard error",
    hint="How much two means may differ by luck depends on the spread of the runs. Compute the standard error.",
)
exercise.slip(
    f"np.argmax({NEAR})",
    f"np.flatnonzero({NEAR})[-1]",
    name="last_near_enough",
    when="the last of the settings that are near enough is taken, which is the most expensive",
    hint="The rows begin with the cheapest. Of those that are as good as the best, take the first.",
)

# -- the means -----------------------------------------------------------------------------------------------

exercise.slip(
    f"np.argmax({NEAR})",
    "accuracies.max(axis=1).argmax()",
    name="largest_single_run",
    when="the single best run decides",
    hint="One lucky run says little. Take the mean of each row first.",
)
exercise.slip(
    "accuracies.mean(axis=1)",
    "np.median(accuracies, axis=1)",
    name="medians",
    when="the median of each row is taken instead of the mean",
    hint="The standard error belongs to the mean. Use `.mean(axis=1)`.",
)
exercise.slip(
    ("axis=1", "axis=0"),
    ("[best].std", "[:, best].std"),
    ("shape[1]", "shape[0]"),
    name="means_of_columns",
    when="the means are taken over the settings instead of over the runs",
    hint="A row is a setting, a column a run. The mean of each row is `accuracies.mean(axis=1)`.",
)

# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip(
    f"int(np.argmax({NEAR}))",
    f"float(means[np.argmax({NEAR})])",
    name="the_mean_itself",
    when="the mean accuracy itself is returned, not which row has it",
    hint="The row's index is asked for, a whole number: 0 for the first setting.",
)
exercise.slip(
    f"int(np.argmax({NEAR}))",
    f"np.flatnonzero({NEAR})",
    name="all_near_enough",
    when="the indices of all settings that are near enough are returned",
    hint="Only one setting can be used. Return the first of them, as one whole number.",
)
exercise.slip(
    f"int(np.argmax({NEAR}))",
    f"int(np.argmax({NEAR})) + 1",
    name="counted_from_one",
    when="the settings are counted from 1",
    hint="An index counts from 0: the first setting is number 0.",
)
exercise.slip(f"return int(np.argmax({NEAR}))", f"print(int(np.argmax({NEAR})))", **common.PRINTED)


@exercise.mistake(
    when="the setting whose mean less its own standard error is the largest wins",
    hint="That looks for a good setting that is also steady. The rule asks for the *first* one that is at most the best row's "
    "standard error below the best mean.",
)
def largest_lower_end(accuracies):
    errors = accuracies.std(axis=1, ddof=1) / np.sqrt(accuracies.shape[1])
    return int(np.argmax(accuracies.mean(axis=1) - errors))


@exercise.mistake(
    when="the setting whose mean is nearest to the limit wins",
    hint="Every setting at or above the limit is good enough; the first of them is the cheapest.",
)
def nearest_to_the_limit(accuracies):
    means = accuracies.mean(axis=1)
    error = accuracies[means.argmax()].std(ddof=1) / np.sqrt(accuracies.shape[1])
    return int(np.argmin(np.abs(means - (means.max() - error))))
