"""What `check` finds out about the functions that the exercises know, as plain rows: in any Python.

This file runs here, and in the browser's Python, where the tests are not.
"""

import itertools
import json
import time

import numpy as np

from helpers import exercises
from helpers.checking.calling.call import call
from helpers.checking.diagnosis.explaining import explain
from helpers.checking.judging import in_this_process, judge


def answered(request):
    """The answer, in JSON, to {"names": exercises, "share": of the mistakes, "seed": that draws them}."""
    found = list(rows(**json.loads(request)))
    return json.dumps({"rows": found, "stopped": [call(loop, (), 0.5).stopped_after for loop in LOOPS]})


def rows(names, share=1.0, seed=0):
    """For each function: exercise, label, and what was found out."""
    for name in names:
        exercise = exercises.find(name)
        for label, function in functions_of(exercise, share, seed):
            yield name, label, *judged(exercise, function)


def functions_of(exercise, share, seed):
    """(label, function): all that are right, and a share of the known mistakes."""
    yield "reference", exercise.reference
    yield "model", exercise.solution
    yield from ((f"alternative {function.__name__}", function) for function in exercise.alternatives)
    drawn = np.random.default_rng([seed, *exercise.name.encode()]).random(len(exercise.mistakes)) < share
    for place in np.flatnonzero(drawn):
        yield f"mistake {place}, {exercise.mistakes[place].name}", exercise.mistakes[place].function


def judged(exercise, function):
    """Whether a function passed, the mistake, how it was found, the case, and the sentence."""
    verdict = judge(exercise, in_this_process(function))
    mistake = verdict.mistake.name if verdict.mistake else None
    kind = verdict.finding.kind if verdict.finding else None
    return verdict.passed, mistake, kind, verdict.wrong, sentence(verdict, function)


def sentence(verdict, function):
    """What is said, without the messages of Python and NumPy, whose words change with their versions."""
    if verdict.passed:
        return ""
    error = verdict.outcome.error
    said = explain(verdict, function)
    return said.replace(error.message, "...") if error and error.message else said


def loops_for_ever():
    while True:
        pass


def swallows_every_exception():
    while True:
        try:  # noqa: SIM105 - this is what a learner writes
            time.sleep(0)
        except BaseException:
            pass


def counts_for_ever():
    return all(number >= 0 for number in itertools.count())


def calls_itself(n=60):
    return n if n < 2 else calls_itself(n - 1) + calls_itself(n - 2)


LOOPS = (loops_for_ever, swallows_every_exception, counts_for_ever, calls_itself)
