"""An exercise: what is asked, the calls by which it is tried, and the ways in which people get it wrong."""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from helpers.exercises.editing import Edit, Program, edits_of, own_text
from helpers.exercises.variant import Variant

if TYPE_CHECKING:
    from helpers.exercises.breaking import Suspect


@dataclass(frozen=True, eq=False)
class Case:
    """One call of the learner's function, and a few words that say what is special about it."""

    arguments: tuple
    about: str


@dataclass(frozen=True, eq=False)
class Mistake:
    """A known wrong answer: what it does wrong, the hint that helps, and a program that does it.

    A slip is a mistake that is made by editing the model solution: `edits` says how. The others have none.
    Two mistakes of one name are two forms of the same.
    """

    name: str
    when: str
    hint: str
    program: Program | Callable
    edits: tuple[Edit, ...] = ()

    @property
    def function(self) -> Callable:
        """The wrong function."""
        return self.program.function if isinstance(self.program, Program) else self.program


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
    reference : callable
        The function that is right; its signature is the learner's, and its name the exercise's.
    cases : callable
        Given a `numpy.random.Generator`, yields `Case` objects, the smallest hand-checkable ones first.
    hints : tuple of str
        From a nudge to a worked small case; never the solution.
    minutes : int
        What a learner needs for it, the check and a wrong try included.
    tolerance : float
        Largest difference from the reference's value, relative to values above 1 and absolute below.
    time_limit : float
        Seconds that one call may take before it is stopped.
    whole_numbers : bool
        Whether a whole number must also be of an integer type, because it will be used as an index or a size.
    copies : bool
        Whether the arrays of the answer must be copies, apart from those that were given.
    returns : tuple of str
        Names of the values that the function returns, if there are several: ``("grad_x", "grad_weight")``.
    entries : str
        What the entries are called, if the function returns a list of them, such as "batches".
    refuse : callable, optional
        For an exercise with many right answers: the rule that is asked about each answer. Given the case and
        the answer, which may be anything at all, it returns None or a `Refusal`. It is asked in the process
        that judges, and must be bounded in time and say the same whenever it is asked. The reference is then
        one right answer of many.
    rule : tuple of callable
        The functions of one module by which `refuse` decides; the gate changes them, as it does the reference
        of an exercise that has one right answer.
    remembered : callable, optional
        For an exercise that can be answered better and better: what the progress file keeps of each
        answer that is checked, for `progress.tries`. Given the answer in the first case, which may be
        anything at all, it returns a dict of plain numbers and words, or None.
    breaks : Suspect, optional
        For an exercise that asks for an input on which a wrong function is wrong: that function. Calling both
        it and the right one is the rule.
    larger : dict of str to str
        Mistakes that no small and telling case can show: name -> why.
    cancelling : tuple of (str, str)
        Pairs of slips that undo each other, so that the function with both of them is right.
    variant : str
        The variant that this is (`helpers.exercises.variants`); empty for what the lesson asks of everybody.
    """

    reference: Callable
    cases: Callable[[np.random.Generator], Iterable[Case]]
    hints: tuple[str, ...]
    minutes: int = 0
    tolerance: float = 1e-5
    time_limit: float = 5.0
    whole_numbers: bool = False
    copies: bool = False
    returns: tuple[str, ...] = ()
    entries: str = ""
    refuse: Callable[[Case, object], Refusal | None] | None = None
    rule: tuple[Callable, ...] = ()
    remembered: Callable[[object], dict | None] | None = None
    breaks: "Suspect | None" = None
    larger: dict[str, str] = field(default_factory=dict)
    cancelling: tuple[tuple[str, str], ...] = ()
    name: str = ""
    lesson: str = ""
    model_solution: Callable | None = None
    mistakes: list[Mistake] = field(default_factory=list)
    alternatives: list[Callable] = field(default_factory=list)
    equivalent_mutants: dict[str, str] = field(default_factory=dict)
    variants: dict[str, Variant] = field(default_factory=dict)
    example: Callable[[np.random.Generator], tuple[str, ...]] | None = None
    variant: str = ""
    puzzle_solution: Callable | None = None
    puzzle_slips: tuple[Edit, ...] = ()

    def __post_init__(self) -> None:
        self.name = self.name or self.reference.__name__

    @property
    def has_rule(self) -> bool:
        """Whether there are many right answers, and a rule decides."""
        return self.refuse is not None or self.breaks is not None

    @cached_property
    def learning_cases(self) -> tuple[Case, ...]:
        """The cases while somebody learns: the same ones each time, and drawn once."""
        return tuple(self.cases(np.random.default_rng(list(self.name.encode()))))

    @property
    def parameters(self) -> list[str]:
        """The names of the function's parameters, in order."""
        return list(inspect.signature(self.reference).parameters)

    @property
    def call(self) -> str:
        """How the function is called, for instance ``match(patch, feature)``."""
        return f"{self.name}({', '.join(self.parameters)})"

    def model(self, function: Callable) -> Callable:
        """Keep the decorated function as the model solution: the one that the lesson shows."""
        self.model_solution = function
        return function

    @property
    def own_rules(self) -> Variant | None:
        """The variant that this is, if it asks for something else than the lesson as it is released."""
        variant = self.variants.get(self.variant)
        return None if variant is None or variant.is_plain else variant

    @property
    def solution(self) -> Callable:
        """The model solution.

        Raises
        ------
        ValueError
            If the exercise has none yet: it is written above the slips, which are edits of it.
        """
        if self.model_solution is None:
            raise ValueError(f"{self.name}: write the model solution first, below `@exercise.model`")
        return self.model_solution

    def alternative(self, function: Callable) -> Callable:
        """Keep the decorated function as a correct solution that is written differently."""
        self.alternatives.append(function)
        return function

    def puzzle(self, function: Callable, *slips: tuple[str, str]) -> None:
        """Make the puzzle of another right solution than the model, which has too few lines for one.

        Parameters
        ----------
        function : callable
            A right solution of several lines.
        *slips : tuple of (before, after)
            Edits of it that make one line wrong each.
        """
        self.puzzle_solution, self.puzzle_slips = function, tuple(Edit(*slip) for slip in slips)

    def slip(self, *edits: Any, name: str, when: str, hint: str, values: Iterable = ("",)) -> None:
        """Keep an edit of the model solution as a known mistake: what one gets *when* ..., and the hint.

        Parameters
        ----------
        *edits : two str, or tuples of (before, after) or (before, after, times)
            Each `before` must be in the model just once, or just `times` times; all become `after`.
        name, when, hint : str
        values : iterable, optional
            What people write in place of ``{}`` in `after`, `when` and `hint`, the most frequent first.
        """
        for value in values:
            put = edits_of(edits, str(value))
            program = Program(self.solution, self.model_text, put, name)
            said, helps = (text.replace("{}", str(value)) if value != "" else text for text in (when, hint))
            self.mistakes.append(Mistake(name, said, helps, program, put))

    def mistake(self, when: str, hint: str) -> Callable[[Callable], Callable]:
        """Keep the decorated function as a known mistake that is not an edit of the model solution."""

        def keep(function: Callable) -> Callable:
            self.mistakes.append(Mistake(function.__name__, when, hint, function))
            return function

        return keep

    def form(self, name: str) -> Callable[[Callable], Callable]:
        """Keep the decorated function as another form of a known mistake, which differs from it somewhere."""
        known = next(mistake for mistake in self.mistakes if mistake.name == name)

        def keep(function: Callable) -> Callable:
            self.mistakes.append(Mistake(name, known.when, known.hint, function))
            return function

        return keep

    def edited_form(self, name: str, function: Callable, *edits: Any) -> None:
        """Keep an edit of a function that is not the model as another form of a known mistake."""
        known = next(mistake for mistake in self.mistakes if mistake.name == name)
        self.edited(function, *edits, name=name, when=known.when, hint=known.hint)

    def edited(self, function: Callable, *edits: Any, name: str, when: str, hint: str) -> None:
        """Keep an edit of a function that is not the model as a known mistake."""
        program = Program(function, own_text(function), edits_of(edits), name)
        self.mistakes.append(Mistake(name, when, hint, program))

    def equivalent_mutant(self, change: str, because: str) -> None:
        """List a mutant of the reference that no check can tell from it, with the reason."""
        self.equivalent_mutants[change] = because

    def can_be(self, name: str, **details: Any) -> None:
        """Keep a variant, which some students get where variants are on; see `Variant`."""
        self.variants[name] = Variant(name, **details)

    def example_from(self, function: Callable) -> Callable:
        """Keep the function that draws the lines of the docstring's example for a variant."""
        self.example = function
        return function

    @property
    def model_text(self) -> str:
        """The model solution as it is written."""
        return own_text(self.solution)
