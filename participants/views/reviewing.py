"""Who looked: what stands out in the read log, the rows behind each number, and samples with a signature."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation import notices
from foundation.clock import today
from foundation.encryption import open_file_keys
from foundation.models import ReadAction, ReadEvent
from foundation.reading import event_of, record_read
from foundation.refused import Refused
from organisations.access import Permission, StaffRequest, fetch, requires
from organisations.models import Organisation
from participants.forms.reviewing import SignOffForm
from participants.law import reviewing
from participants.law.looked import SHOWS, roles_in_words
from participants.law.reviewing import Period
from participants.models import LogReview, Participant

SHOWN, REVIEWS = 100, 12


@require_GET
@requires(Permission.LOG_REVIEW)
def log_review(request: StaffRequest) -> HttpResponse:
    """What stands out in the log of a period; each number opens the rows behind it."""
    period = _period(request)
    _note_reading(request, "participants:log_review")
    reviews = LogReview.objects.visible_to(request.user, Permission.LOG_REVIEW).select_related("signed_by")
    context = {
        "period": period,
        "numbers": reviewing.numbers(reviewing.events_in(_own(request), period)),
        "reviews": reviews.order_by("-drawn_at")[:REVIEWS],
    }
    return render(request, "participants/log_review.html", context)


@require_GET
@requires(Permission.LOG_REVIEW)
def log_signal(request: StaffRequest, signal: str) -> HttpResponse:
    """The rows behind one number, newest first."""
    if signal not in reviewing.BY_KEY:
        raise Http404
    found, period = reviewing.BY_KEY[signal], _period(request)
    events = found.narrow(reviewing.events_in(_own(request), period))
    shown = list(events.order_by("-read_at", "-pk")[: SHOWN + 1])
    lines = _lines(request, shown[:SHOWN], "participants:log_signal")
    context = {"signal": found, "period": period, "lines": lines, "more": len(shown) > SHOWN, "most": SHOWN}
    return render(request, "participants/log_signal.html", context)


@require_POST
@requires(Permission.LOG_REVIEW)
def draw_sample(request: StaffRequest) -> HttpResponse:
    """Draw a sample out of the period that is looked at."""
    drawn, why = None, ""
    for provider in Organisation.objects.filter(pk__in=_own(request)):
        try:
            drawn = reviewing.draw_sample(by=request.user, provider=provider, period=_period(request))
        except Refused as refused:
            why = str(refused)
    if drawn is None:
        notices.refused(request, why)
        return redirect("participants:log_review")
    return redirect("participants:log_sample", drawn.pk)


@require_http_methods(["GET", "POST"])
@requires(Permission.LOG_REVIEW)
def log_sample(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Look at each opening of a sample and sign it off."""
    rows = LogReview.objects.select_related("signed_by", "drawn_by", "provider")
    row: LogReview = fetch(rows, request, Permission.LOG_REVIEW, pk=pk)
    open_file_keys([row.pk])
    items = list(row.items.all())
    form = SignOffForm(request.POST or None, items=items)
    if not row.signed_at and form.is_valid():
        try:
            conclusion = form.cleaned_data["conclusion"]
            reviewing.sign_off(by=request.user, review=row, verdicts=form.verdicts(), conclusion=conclusion)
            notices.saved(request, _("Sample signed."))
            return redirect("participants:log_sample", row.pk)
        except Refused as refused:
            form.refuse(refused)
    events = ReadEvent.objects.in_bulk([item.event_id for item in items])
    lines = _lines(
        request, [events[item.event_id] for item in items if item.event_id in events], "participants:log_sample"
    )
    by_event = {item.event_id: item for item in items}
    for line in lines:
        line["item"] = by_event[line["event"].pk]
        line["field"] = form.field_of(line["item"])
    return render(request, "participants/log_sample.html", {"row": row, "form": form, "lines": lines})


def _lines(request: StaffRequest, events: list[ReadEvent], what: str) -> list[dict[str, Any]]:
    """Rows of the log in words, with the people they are about: two queries. Reading them is itself an event."""
    keys = {key for event in events for key in event.participant_ids}
    people = Participant.objects.filter(provider__in=_own(request)).in_bulk(keys)
    _note_reading(request, what)
    record_read(request, what, people.values(), action=ReadAction.LOG_READ)
    return [
        {
            "event": event,
            "action": event.get_action_display(),
            "what": str(SHOWS.get(event.what, "")),
            "role": roles_in_words(event.role),
            "people": [people[key] for key in event.participant_ids[:3] if key in people],
            "others": max(0, len(event.participant_ids) - 3),
        }
        for event in events
    ]


def _note_reading(request: StaffRequest, what: str) -> None:
    event_of(request, what, action=ReadAction.LOG_READ).save(force_insert=True)


def _own(request: StaffRequest) -> set[uuid.UUID]:
    return request.user.standing.providers(Permission.LOG_REVIEW)


def _period(request: StaffRequest) -> Period:
    """What the address asks, or the last thirty days; a year at most."""
    asked = request.POST if request.method == "POST" else request.GET
    usual = reviewing.recent(today())
    first, last = _day(asked.get("from", "")) or usual.first, _day(asked.get("to", "")) or usual.last
    return Period(first, last) if first <= last and (last - first).days <= 366 else usual


def _day(text: str) -> Any:
    try:
        return parse_date(text)
    except ValueError:
        return None
