"""What late work costs, as nbgrader asks for it: by `dates.toml`, or else as nbgrader is configured."""

from functools import cached_property
from pathlib import Path

from nbgrader.plugins import LateSubmissionPlugin
from traitlets import Unicode

from helpers.teaching.grading.dates.extensions import cost, days_begun
from helpers.teaching.grading.dates.file import NAME, Late, late_policy


class DatesPlugin(LateSubmissionPlugin):
    """The plugin of `nbgrader_config.py`, used by `nbgrader autograde` and by `course grade` alike.

    Extensions and free days need nothing here: they are in the gradebook, and nbgrader takes them into
    account in the seconds that it passes on.
    """

    folder = Unicode("", help=f"The folder with {NAME}; by default the course's root.").tag(config=True)

    def late_submission_penalty(
        self, student_id: str, score: float, total_seconds_late: float
    ) -> float | None:
        """The points that are deducted from a score; None for nothing."""
        late = self._late
        if late is None:
            penalty: float | None = super().late_submission_penalty(student_id, score, total_seconds_late)
            return penalty
        return score * cost(late, days_begun(total_seconds_late)) or None

    @cached_property
    def _late(self) -> Late | None:
        root = self.folder or self.config.CourseDirectory.get("root", "") or "."
        return late_policy(Path(root))
