"""What the page of progress says about cards: how many were right, and what is due."""

import datetime

from helpers.learning import progress_file
from helpers.learning.sections import Section

_MOST = 5  # exercises that are named


def section() -> Section | None:
    """How many cards were right, and which exercises are due; None as long as none was answered."""
    answers = progress_file.events_of_kind("card", "question")
    rights = [event["right"] for event in answers if isinstance(event.get("right"), bool)]
    if not rights:
        return None
    lines = [f"{sum(rights)} of {len(rights)} answers were right.", _due()]
    return Section("Cards", tuple(lines))


def _due() -> str:
    """Which exercises have cards that are due."""
    from helpers.learning.review.choosing import Learner

    try:
        names = Learner(None, datetime.datetime.now(datetime.UTC)).due()
    except ImportError:  # an environment older than the cards
        names = []
    if not names:
        return "None is due today; `review()` asks new ones."
    about = list(dict.fromkeys(name.partition("/")[0] for name in names))
    named = ", ".join(f"`{name}`" for name in about[:_MOST]) + (" and others" if len(about) > _MOST else "")
    return f"{len(names)} due for `review()`, about {named}."
