"""Answers to best_setting."""

import statistics

import numpy as np

from tests.bank import right, wrong


@right
def with_statistics(accuracies):
    means = [statistics.fmean(row) for row in accuracies.tolist()]
    top = max(range(len(means)), key=means.__getitem__)
    limit = means[top] - statistics.stdev(accuracies[top].tolist()) / len(accuracies[top]) ** 0.5
    return [mean >= limit for mean in means].index(True)


@right
def walking_up(accuracies):
    settings, runs = accuracies.shape
    averages = accuracies.sum(axis=1) / runs
    best = 0
    for i in range(settings):
        if averages[i] > averages[best]:
            best = i
    s = np.sqrt(((accuracies[best] - averages[best]) ** 2).sum() / (runs - 1))
    i = 0
    while averages[i] < averages[best] - s / np.sqrt(runs):
        i += 1
    return i


@right
def all_errors_then_one(accuracies):
    m = np.mean(accuracies, axis=-1)
    errors = np.std(accuracies, axis=-1, ddof=1) / accuracies.shape[-1] ** 0.5
    winner = np.argmax(m)
    return np.where(m >= m[winner] - errors[winner])[0][0]


@wrong("root_of_the_settings")
def root_of_len(accuracies):
    mean = np.mean(accuracies, axis=1)
    row = accuracies[np.argmax(mean)]
    limit = mean.max() - np.std(row, ddof=1) / len(accuracies) ** 0.5
    for i in range(len(mean)):
        if mean[i] >= limit:
            return i


@wrong("largest_mean")
def highest(accuracies):
    averages = [sum(row) / len(row) for row in accuracies]
    return averages.index(max(averages))


@wrong("deviation_for_error")
def within_a_deviation(accuracies):
    averages = accuracies.mean(1)
    top = int(averages.argmax())
    near = np.where(averages >= averages[top] - statistics.stdev(accuracies[top].tolist()))[0]
    return int(near.min())


@wrong("without_ddof")
def population(accuracies):
    averages = accuracies.mean(1)
    top = int(averages.argmax())
    s = np.sqrt(np.mean((accuracies[top] - averages[top]) ** 2))
    return next(i for i, m in enumerate(averages) if m >= averages[top] - s / accuracies.shape[1] ** 0.5)


@wrong("own_error")
def overlapping(accuracies):
    n = accuracies.shape[1]
    upper = [row.mean() + row.std(ddof=1) / np.sqrt(n) for row in accuracies]
    best = max(row.mean() for row in accuracies)
    return next(i for i, high in enumerate(upper) if high >= best)


@wrong("last_near_enough")
def keeps_the_last(accuracies):
    m = accuracies.mean(axis=1)
    limit = m.max() - accuracies[m.argmax()].std(ddof=1) / np.sqrt(len(accuracies[0]))
    chosen = None
    for i, mean in enumerate(m):
        if mean >= limit:
            chosen = i
    return chosen


@wrong("the_mean_itself")
def value(accuracies):
    m = accuracies.mean(axis=1)
    limit = m.max() - accuracies[m.argmax()].std(ddof=1) / np.sqrt(len(accuracies[0]))
    return m[m >= limit][0]


@wrong("means_of_columns")
def by_column(accuracies):
    table = accuracies.T
    m = [np.mean(row) for row in table]
    top = int(np.argmax(m))
    limit = m[top] - np.std(table[top], ddof=1) / np.sqrt(table.shape[1])
    return [mean >= limit for mean in m].index(True)


@wrong("divided_by_runs")
def over_n(accuracies):
    m = accuracies.mean(axis=1)
    row = accuracies[m.argmax()]
    return int((m >= m.max() - row.std(ddof=1) / row.size).argmax())


@wrong(says="IndexError|AxisError|axis")
def one_mean(accuracies):
    m = accuracies.mean()
    return int(np.argmax(m >= m.max() - accuracies[0].std(ddof=1))) + m.argmax(axis=1)


@wrong(says="condition that is never true|strictly|better than the best")
def nothing_near(accuracies):
    means = accuracies.mean(axis=1)
    best = int(np.argmax(means))
    error = accuracies[best].std(ddof=1) / np.sqrt(accuracies.shape[1])
    close = np.where(np.abs(means - means[best]) < error)[0]
    return int(close[0])


@wrong("overlapping_errors", says="plus its own standard error")
def bars_that_overlap(accuracies):
    mean = accuracies.mean(1)
    bar = accuracies.std(1, ddof=1) / accuracies.shape[1] ** 0.5
    best = mean.argmax()
    return int(np.nonzero(mean + bar >= mean[best] - bar[best])[0][0])


@wrong("smallest_mean", says="smallest mean")
def as_if_of_losses(accuracies):
    mean = np.mean(accuracies, axis=1)
    best = np.argmin(mean)
    error = np.std(accuracies[best], ddof=1) / np.sqrt(accuracies.shape[1])
    return int(np.where(mean >= mean[best] - error)[0][0])


@wrong("largest_lower_end")
def argmax_of_mean_minus_error(accuracies):
    m = accuracies.mean(axis=1)
    e = accuracies.std(axis=1, ddof=1) / np.sqrt(accuracies.shape[1])
    return int(np.argmax(m - e))


@wrong("nearest_to_the_limit")
def closest_to_best_minus_error(accuracies):
    m = accuracies.mean(axis=1)
    b = int(np.argmax(m))
    e = accuracies[b].std(ddof=1) / np.sqrt(accuracies.shape[1])
    return int(np.argmin(np.abs(m - (m[b] - e))))


@wrong("most_runs_won")
def counts_the_winners(accuracies):
    wins = [0] * len(accuracies)
    for run in accuracies.T:
        wins[int(np.argmax(run))] += 1
    return wins.index(max(wins))
