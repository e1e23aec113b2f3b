"""The goals of somebody, with their steps and ratings."""

from typing import Any

from guidance.models import Goal, GoalRating, GoalState, Rater
from participants.models import Participant


def goals_of(person: Participant) -> list[dict[str, Any]]:
    """The goals, those to come first: three queries."""
    goals = person.goals.prefetch_related("steps", "ratings").order_by("closed_on", "target_on", "set_on")
    rows = [_row(goal) for goal in goals]
    return sorted(rows, key=lambda row: row["is_closed"])


def _row(goal: Goal) -> dict[str, Any]:
    ratings = sorted(goal.ratings.all(), key=lambda rating: rating.rated_on)
    return {
        "goal": goal,
        "is_closed": goal.state in {GoalState.REACHED, GoalState.LET_GO},
        "domain": goal.get_domain_display() if goal.domain else "",
        "steps": list(goal.steps.all()),
        "ratings": [_rating(ratings, rater) for rater in Rater if any(rating.rater == rater for rating in ratings)],
    }


def _rating(ratings: list[GoalRating], rater: Rater) -> dict[str, Any]:
    """The first and the last mark that somebody gave."""
    own = [rating for rating in ratings if rating.rater == rater]
    return {
        "rater": str(rater.label),
        "first": own[0].value if len(own) > 1 else None,
        "last": own[-1].value,
        "on": own[-1].rated_on,
    }
