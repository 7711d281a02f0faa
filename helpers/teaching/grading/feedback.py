"""What a submission is told about each exercise: what was tested, what came out, the diagnosis and a hint.

Inputs are described by their shapes, and no expected value is shown: the same questions serve the next class.
"""

from nbformat import NotebookNode, from_dict

from helpers.checking import explain, report
from helpers.checking.judging import Verdict
from helpers.teaching.grading.marks import Mark
from helpers.teaching.grading.plan import PlanCell


def mark_of(verdict: Verdict, test: PlanCell) -> Mark:
    """The mark for a verdict of the judge."""
    if verdict.passed:
        return _mark(test, "passed", report.all_right(verdict))
    mistake = verdict.mistake
    return _mark(
        test,
        "wrong",
        explain(verdict),
        mistake=mistake.name if mistake else "",
        hint=mistake.hint if mistake else verdict.exercise.hints[0],
        case=report.case_without_values(verdict),
    )


def failed(test: PlanCell, verdict: str, sentence: str) -> Mark:
    """The mark of an exercise that could not be tried completely."""
    return _mark(test, verdict, sentence)


def outputs(mark: Mark, came_out: object = None) -> list[NotebookNode]:
    """The outputs of a test cell: a panel, and an error where no points were earned, as nbgrader expects."""
    panel = report.feedback(mark.exercise, mark.verdict, mark.sentence, mark.case, mark.hint, came_out)
    headline = panel.headline
    shown = {"text/plain": repr(panel), "text/html": panel._repr_html_()}
    made = [{"output_type": "display_data", "data": shown, "metadata": {}}]
    if mark.verdict != "passed":
        made.append(
            {"output_type": "error", "ename": "NotPassed", "evalue": headline, "traceback": [headline]}
        )
    return [from_dict(output) for output in made]


def _mark(test: PlanCell, verdict: str, sentence: str, **more: str) -> Mark:
    points = test.points if verdict == "passed" else 0.0
    return Mark(test.grade_id, test.exercise, points, test.points, verdict, sentence, **more)
