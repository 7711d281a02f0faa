"""What is asked of one student: the lesson's plan, or that of the student's own copy."""

import json

from helpers import exercises
from helpers.exercises.variants import varied
from helpers.teaching.grading.plan import Plan, plan_of
from helpers.teaching.grading.variants.copies import copy_for, require_fit


def own_plan(plan: Plan, term: str, student: str) -> Plan:
    """The plan of a student's own copy of a lesson; the lesson's own plan if nothing in it varies."""
    text = copy_for(plan.notebook, plan.lesson, term, student)
    return plan if text is plan.notebook else plan_of(plan.lesson, text)


def require_variants(plan: Plan, term: str) -> None:
    """Raise `Refused` if a copy cannot be made of a lesson for every student, whichever variants they get."""
    if term:
        cells = json.loads(plan.notebook)["cells"]
        for name, variants in varied(plan.lesson).items():
            for variant in variants:
                require_fit(cells, exercises.find(name), variant)
