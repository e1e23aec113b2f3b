"""Who looked at a file: from the read log, when and why; by role, or by name when somebody decided that."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.clock import AMSTERDAM
from foundation.models import ReadAction, ReadEvent, ReadLink
from organisations.roles import Role
from participants.models import Participant

# Which part of the file a page shows; what is not here is told by its action only.
SHOWS: dict[str, str | Promise] = {
    "guidance:people": gettext_lazy("list of participants"),
    "guidance:person": gettext_lazy("overview of the file"),
    "guidance:timeline": gettext_lazy("timeline"),
    "guidance:goals": gettext_lazy("goals"),
    "guidance:measurements": gettext_lazy("measurements"),
    "guidance:data": gettext_lazy("details"),
    "guidance:changes": gettext_lazy("what was changed"),
    "guidance:session": gettext_lazy("a conversation"),
    "guidance:today": gettext_lazy("list of today"),
    "guidance:groups": gettext_lazy("groups"),
    "trajectories:provisions": gettext_lazy("provisions"),
    "reporting:signals": gettext_lazy("signals"),
    "reporting:figure": gettext_lazy("list behind a figure"),
}


@dataclass(frozen=True)
class Look:
    """That somebody saw something of a file on a day, so many times."""

    day: datetime
    who: str
    organisation: str
    action: str
    what: str
    why: str
    times: int = 1


def events_of(person: Participant) -> QuerySet[ReadEvent]:
    """The rows of the read log about a file, the newest first."""
    found = ReadEvent.objects.filter(provider_id=person.provider_id, participant_ids__contains=[person.pk])
    return found.order_by("-read_at", "-pk")


def looks(events: QuerySet[ReadEvent], *, with_names: bool) -> list[Look]:
    """Put events into words: what one role saw of the same part on one day is told once, with how often."""
    counted = Counter(_look(event, with_names=with_names) for event in events)
    return [Look(**{**look.__dict__, "times": times}) for look, times in counted.items()]


def _look(event: ReadEvent, *, with_names: bool) -> Look:
    day = event.read_at.astimezone(AMSTERDAM).replace(hour=0, minute=0, second=0, microsecond=0)
    return Look(
        day=day,
        who=event.staff_name if with_names and event.staff_name else roles_in_words(event.role),
        organisation=event.organisation_name,
        action=str(dict(ReadAction.choices).get(event.action, _("Looked"))),
        what=str(SHOWS.get(event.what, "")),
        why=str(dict(ReadLink.choices).get(event.link, "")),
    )


def roles_in_words(roles: str) -> str:
    """What the roles in a row of the read log are called."""
    labels = dict(Role.choices)
    return ", ".join(str(labels.get(role, role)) for role in roles.split("+") if role)
