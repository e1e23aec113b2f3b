"""Looking the read log through: what stands out, and a sample that a privacy officer signs off.

A log that nobody looks at protects nobody. Each signal is one narrowing of the log; its number and the list behind it
are the same query.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import ExtractHour, TruncDate
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import limiting
from foundation.clock import AMSTERDAM, now
from foundation.models import ReadAction, ReadEvent, ReadOutcome
from foundation.refused import Refused
from organisations.models import Organisation, StaffMember
from participants.models import AccessKind, LogReview, LogReviewItem

Events = QuerySet[Any]
MANY_FILES_A_DAY = 40
"""More files opened by one person on one day stand out: a full working week of conversations."""
NIGHT_BEGINS, NIGHT_ENDS = 22, 6
SAMPLE = 20

# Columns of the log in SQL of our own. What stands in it comes from us; nobody's words do.
_LOG = "foundation_readevent"
_PERSON = f"FROM participants_participant person WHERE person.id = ANY({_LOG}.participant_ids)"


@dataclass(frozen=True)
class Period:
    """From a day until a day, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class Signal:
    """Something in the log to look at: what it is called, what it means, and how it is found."""

    key: str
    label: str | Promise
    meaning: str | Promise
    narrow: Callable[[Events], Events]


def events_in(providers: set[UUID], period: Period) -> Events:
    """The rows of the log about people of these providers, and those of their staff about nobody, in a period."""
    found: Events = ReadEvent.objects.annotate(day=TruncDate("read_at", tzinfo=AMSTERDAM))
    ours = Q(provider_id__in=providers) | Q(provider_id=None, organisation_id__in=providers)
    return found.filter(ours, day__range=(period.first, period.last))


def _opened(events: Events) -> Events:
    return events.filter(action=ReadAction.VIEW, outcome=ReadOutcome.OK, participant_ids__len=1)


def _peaks(events: Events) -> Events:
    """Openings on days on which that person opened more files than anybody needs."""
    opened = _opened(events)
    by_day = opened.order_by().values("staff_member_id", "day").annotate(files=Count("participant_ids", distinct=True))
    busy = list(by_day.filter(files__gt=MANY_FILES_A_DAY).values_list("staff_member_id", "day"))
    days = Q(pk__in=[])
    for member, day in busy:
        days |= Q(staff_member_id=member, day=day)
    return opened.filter(days)


def _without_link(events: Events) -> Events:
    """Openings by somebody of whom no team worked with the person that day; the privacy officer's work apart."""
    link = RawSQL(  # noqa: S611 - see above
        "EXISTS (SELECT FROM participants_participantunit link"
        " JOIN organisations_membership held ON held.unit_id = link.unit_id"
        f" WHERE link.participant_id = ANY({_LOG}.participant_ids) AND held.staff_member_id = {_LOG}.staff_member_id"
        f" AND link.starts_on <= {_LOG}.read_at::date AND coalesce(link.ends_on, 'infinity') >= {_LOG}.read_at::date)",
        [],
    )
    found: Events = _opened(events).exclude(role__contains="privacy_officer").annotate(has_link=link)
    return found.filter(has_link=False)


def _at_night(events: Events) -> Events:
    hour = ExtractHour("read_at", tzinfo=AMSTERDAM)
    at_night = Q(hour__gte=NIGHT_BEGINS) | Q(hour__lt=NIGHT_ENDS)
    found: Events = events.annotate(hour=hour)
    return found.filter(at_night, outcome=ReadOutcome.OK).exclude(participant_ids=[])


def _same_surname(events: Events) -> Events:
    """Openings of files of somebody who is called like the reader."""
    same = RawSQL(  # noqa: S611 - see above
        f"EXISTS (SELECT {_PERSON} AND lower(unaccent(person.surname))"
        f" = lower(unaccent(substring({_LOG}.staff_name from %s))))",
        [r"\S+$"],
    )
    found: Events = _opened(events).annotate(same=same)
    return found.filter(same=True)


def _shielded(events: Events) -> Events:
    """Everything about people whose file was shielded that day."""
    shielded = RawSQL(  # noqa: S611 - see above
        "EXISTS (SELECT FROM participants_shield shield"
        f" WHERE shield.participant_id = ANY({_LOG}.participant_ids) AND shield.starts_on <= {_LOG}.read_at::date"
        f" AND coalesce(shield.ends_on, 'infinity') >= {_LOG}.read_at::date)",
        [],
    )
    found: Events = events.annotate(shielded=shielded)
    return found.filter(shielded=True).exclude(role__contains="privacy_officer")


def _with_reason(events: Events) -> Events:
    return events.filter(what__in=["participants:emergency", "participants:reveal_bsn"], outcome=ReadOutcome.OK)


def _refused(events: Events) -> Events:
    return events.filter(outcome=ReadOutcome.DENIED)


def _too_much(events: Events) -> Events:
    """Refusals of an account that opened or took along very much in a short time."""
    return events.filter(what__in=[limiting.FILES.key, limiting.TAKEN.key], outcome=ReadOutcome.DENIED)


def _taken(events: Events) -> Events:
    return events.filter(action__in=[ReadAction.EXPORT, ReadAction.DOWNLOAD])


SIGNALS = (
    Signal(
        "peaks",
        gettext_lazy("Very many files on one day"),
        gettext_lazy("Somebody opened more than 40 different files on one day."),
        _peaks,
    ),
    Signal(
        "no_link",
        gettext_lazy("Opened without a link"),
        gettext_lazy("No team of the reader worked with the person that day."),
        _without_link,
    ),
    Signal("night", gettext_lazy("At night"), gettext_lazy("Between 22:00 and 6:00."), _at_night),
    Signal(
        "surname",
        gettext_lazy("The same surname"),
        gettext_lazy("The reader and the person are called the same. It may be family."),
        _same_surname,
    ),
    Signal(
        "shielded",
        gettext_lazy("Shielded files"),
        gettext_lazy("Everything that was looked at in shielded files, also by their named readers."),
        _shielded,
    ),
    Signal(
        "with_reason",
        gettext_lazy("Opened with a reason"),
        gettext_lazy("A shielded file in an emergency, or a BSN. The reason stands with the file."),
        _with_reason,
    ),
    Signal(
        "too_much",
        gettext_lazy("Had to wait"),
        gettext_lazy("Somebody opened or took along so much in a short time that Draad asked them to wait."),
        _too_much,
    ),
    Signal("taken", gettext_lazy("Taken along"), gettext_lazy("Lists and documents that left the screen."), _taken),
    Signal(
        "refused",
        gettext_lazy("Refused"),
        gettext_lazy("Somebody asked for what is not theirs, could not sign in, or made a mistake."),
        _refused,
    ),
)
BY_KEY = {signal.key: signal for signal in SIGNALS}


def recent(today: date, days: int = 30) -> Period:
    """The last so many days."""
    return Period(today - timedelta(days=days - 1), today)


@transaction.atomic
def draw_sample(*, by: StaffMember, provider: Organisation, period: Period, seed: int | None = None) -> LogReview:
    """Draw openings by lot out of a period, for a privacy officer to look at one by one.

    Raises Refused when nobody opened anything.
    """
    keys = list(_opened(events_in({provider.pk}, period)).order_by("pk").values_list("pk", flat=True))
    if not keys:
        raise Refused(_("Nobody opened a file in these days. Choose other days."))
    drawn = random.Random(seed).sample(keys, min(SAMPLE, len(keys)))  # noqa: S311 - a lot, no secret
    review = LogReview.objects.create(
        provider=provider, first_on=period.first, last_on=period.last, drawn_by=by, drawn_at=now()
    )
    LogReviewItem.objects.bulk_create(
        LogReviewItem(provider=provider, review=review, event_id=key) for key in sorted(drawn)
    )
    return review


@transaction.atomic
def sign_off(*, by: StaffMember, review: LogReview, verdicts: dict[UUID, str], conclusion: str) -> LogReview:
    """The privacy officer has looked at each opening of a sample and says what came of it. It then stands.

    Raises Refused when somebody signed it already, or an opening has no verdict.
    """
    row: LogReview = LogReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if row.signed_at:
        raise Refused(_("This sample is signed already."))
    items = list(row.items.all())
    if any(not verdicts.get(item.pk) for item in items):
        raise Refused(_("Say of each opening what you think of it."))
    for item in items:
        item.verdict = verdicts[item.pk]
    LogReviewItem.objects.bulk_update(items, ["verdict"])
    row.conclusion, row.signed_by, row.signed_at = conclusion, by, now()
    row.save()
    return row


def reasons_kind(what: str) -> str:
    """Return which kind of reason belongs to a row of the log."""
    return AccessKind.BSN if what.endswith("reveal_bsn") else AccessKind.EMERGENCY


def numbers(events: Events) -> list[dict[str, Any]]:
    """How many rows each signal finds, each by the query behind it."""
    return [{"signal": signal, "number": signal.narrow(events).count()} for signal in SIGNALS]
