"""What the judge says about every function that the exercises know, as plain rows: in any Python."""

import time

import numpy as np

from helpers import exercises
from helpers.checking.check import _seed
from helpers.checking.diagnosis.explaining import explain
from helpers.checking.judging import in_this_process, judge


def functions_of(exercise, share=1.0, seed=0):
    """(label, function): all that are right, and all known mistakes, or a share of them drawn by a seed."""
    yield "reference", exercise.reference
    yield "model", exercise.solution
    yield from ((f"alternative {function.__name__}", function) for function in exercise.alternatives)
    drawn = np.random.default_rng([seed, *exercise.name.encode()]).random(len(exercise.mistakes)) < share
    for place, mistake in enumerate(exercise.mistakes):
        if drawn[place]:
            yield f"mistake {place} {mistake.name}", mistake.function


def rows(names, share=1.0, seed=0):
    """For each function: exercise, label, passed, mistake, kind of finding, wrong case, sentence, seconds."""
    for name in names:
        exercise = exercises.find(name)
        for label, function in functions_of(exercise, share, seed):
            yield [name, label, *judged(exercise, function)]


def judged(exercise, function):
    """What `check` finds out and says about one function, and how long that took."""
    begun = time.perf_counter()
    verdict = judge(exercise, in_this_process(function), np.random.default_rng(_seed(exercise.name)))
    said = "" if verdict.passed else explain(verdict, function)
    mistake = verdict.mistake.name if verdict.mistake else None
    kind = verdict.finding.kind if verdict.finding else None
    return [verdict.passed, mistake, kind, verdict.wrong, said, time.perf_counter() - begun]
