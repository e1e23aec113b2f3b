"""What a privacy officer finds on a Tuesday: terms, a list that waits, requests, a log with something to ask about."""

from participants.law.classes import take_usual_classes
from participants.models import RetentionClass
from tests.cast import Cast
from trajectories.destroying import make_list


def fill(cast: Cast) -> None:
    """The terms of a provider that keeps files shortly, and the list that follows."""
    take_usual_classes(by=cast.piet, provider=cast.provider)
    RetentionClass.objects.filter(provider=cast.provider, code__in=["TRAJ-PW", "VZ"]).update(years=1)
    make_list(by=None, provider=cast.provider)
