"""An exercise: what is asked, the calls by which it is tried, and the ways in which people get it wrong."""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True, eq=False)
class Case:
    """One call of the learner's function, and a few words that say what is special about it."""

    arguments: tuple
    about: str


@dataclass(frozen=True)
class Mistake:
    """A known wrong answer: a runnable function, what it does wrong, and the hint that helps."""

    name: str
    function: Callable
    when: str
    hint: str


@dataclass(frozen=True)
class Refusal:
    """Why a rule does not accept an answer: one or two sentences, and the known mistake that it is, if any.

    `mistake` is the name of one of the exercise's mistakes.
    """

    sentence: str
    mistake: str = ""


@dataclass(eq=False)
class Exercise:
    """What one exercise asks, with everything that its check needs.

    Parameters
    ----------
    name : str
        The name of the function that the learner writes.
    reference : callable
        The function that is right; its signature is the learner's.
    cases : callable
        Given a `numpy.random.Generator`, yields `Case` objects, the smallest hand-checkable ones first.
    hints : tuple of str
        From a nudge to a worked small case; never the solution.
    tolerance : float
        Largest difference from the reference's value, relative to values above 1 and absolute below.
    time_limit : float
        Seconds that one call may take before it is stopped.
    whole_numbers : bool
        Whether a whole number must also be of an integer type, because it will be used as an index or a size.
    copies : bool
        Whether the arrays of the answer must be copies, apart from those that were given.
    answers : tuple of str
        Names of the values, if the function returns several, such as ``("grad_x", "grad_weight")``.
    refuse : callable, optional
        For an exercise with many right answers: the rule that is asked about each answer. Given the case and
        the answer, which may be anything at all, it returns None or a `Refusal`. It is asked in the process
        that judges, and must be bounded in time and say the same whenever it is asked. The reference is then
        one right answer of many.
    rule : tuple of callable
        The functions of one module by which `refuse` decides; the gate changes them, as it does the reference
        of an exercise that has one right answer.
    """

    name: str
    reference: Callable
    cases: Callable[[np.random.Generator], Iterable[Case]]
    hints: tuple[str, ...]
    tolerance: float = 1e-5
    time_limit: float = 5.0
    whole_numbers: bool = False
    copies: bool = False
    answers: tuple[str, ...] = ()
    refuse: Callable[[Case, object], Refusal | None] | None = None
    rule: tuple[Callable, ...] = ()
    lesson: str = ""
    mistakes: list[Mistake] = field(default_factory=list)
    alternatives: list[Callable] = field(default_factory=list)
    equivalent_mutants: dict[str, str] = field(default_factory=dict)

    @property
    def parameters(self) -> list[str]:
        """The names of the function's parameters, in order."""
        return list(inspect.signature(self.reference).parameters)

    @property
    def call(self) -> str:
        """How the function is called, for instance ``match(patch, feature)``."""
        return f"{self.name}({', '.join(self.parameters)})"

    def mistake(self, when: str, hint: str) -> Callable[[Callable], Callable]:
        """Keep the decorated function as a known mistake: what one gets *when* ..., and what to say then."""

        def keep(function):
            self.mistakes.append(Mistake(function.__name__, function, when, hint))
            return function

        return keep

    def alternative(self, function: Callable) -> Callable:
        """Keep the decorated function as a correct solution that is written differently."""
        self.alternatives.append(function)
        return function

    def equivalent_mutant(self, change: str, because: str) -> None:
        """List a mutant of the reference that no check can tell from it, with the reason."""
        self.equivalent_mutants[change] = because
