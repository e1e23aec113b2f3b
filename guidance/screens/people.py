"""The list of participants: one page of 25, with the thread, the last contact and the next appointment of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from foundation.clock import today
from foundation.pages import Page, keyset_page
from foundation.sought import SEALED, seal_words, words_of
from foundation.templatetags.look import short_date
from guidance.models import Session
from guidance.models.session import TOOK_PLACE
from guidance.screens.words import from_json
from organisations.access import Permission
from organisations.models import StaffMember
from participants.models import Participant
from trajectories.drawing import status_of, thread_of, with_happened
from trajectories.models import Programme, State, Trajectory
from trajectories.workflow import OPEN

PAGE_SIZE = 25
LONG_WITHOUT_CONTACT = timedelta(weeks=4)
MINE, TEAM, CLOSED, EVERYBODY = "mine", "team", "closed", "everybody"
STATES = (State.PLANNED, State.TRIAL, State.RUNNING, State.PAUSED, State.RELAPSE)
# The list also serves to choose somebody: the page that a name then leads to.
CHOOSE_FOR = {"session": "guidance:log_session_for", "appointment": "guidance:plan_appointment"}


@dataclass(frozen=True)
class Asked:
    """What the address asks of the list; `text` in plain words, `sought` as the address holds them."""

    tab: str
    text: str = ""
    sought: str = ""
    programme: str = ""
    state: str = ""
    after: str = ""
    choose_for: str = ""


def asked(member: StaffMember, query: Mapping[str, str]) -> Asked:
    """Read the address, or the form; what it does not know is left out. A search without a tab goes through everybody.

    The words of a form, and of an address of before that holds them open, are sealed for the links that follow.
    """
    text = words_of(query, member.pk)
    own = MINE if member.standing.may(Permission.SESSION_LOG) else TEAM
    tab = query.get("tab", "")
    state = query.get("state", "")
    return Asked(
        tab=tab if tab in {MINE, TEAM, CLOSED} else EVERYBODY if text else own,
        text=text,
        sought=query.get(SEALED, "") if text and SEALED in query else seal_words(text, member.pk),
        programme=_id(query.get("programme", "")),
        state=state if state in STATES else "",
        after=query.get("page", ""),
        choose_for=query.get("for", "") if query.get("for") in CHOOSE_FOR else "",
    )


def _id(text: str) -> str:
    """The address of the list holds nothing that somebody made up."""
    try:
        return str(UUID(text))
    except ValueError:
        return ""


def programmes_of(member: StaffMember) -> dict[str, str]:
    """The programmes of a member's units, by id, for the filter."""
    rows = Programme.objects.filter(unit__in=member.standing.units(Permission.FILE_READ))
    return {str(key): name for key, name in rows.values_list("pk", "name")}


def people_page(member: StaffMember, ask: Asked, programmes: Mapping[str, str]) -> Page[Participant]:
    """One page of people by surname. Each has `current_id`, `last_contact_on` and `next_meeting`."""
    shown = _trajectories(member, ask, programmes)
    people = Participant.objects.visible_to(member, Permission.FILE_READ)
    if ask.tab == CLOSED:
        people = people.filter(~Exists(Trajectory.objects.filter(participant=OuterRef("pk"), state__in=OPEN)))
    if ask.tab != EVERYBODY or ask.programme or ask.state:
        people = people.filter(Exists(shown))
    if ask.text:
        people = people.named(ask.text)
    newest = shown.order_by("-started_on", "pk").values("pk")[:1]
    people = people.annotate(current_id=Subquery(newest), **_contacts())
    return keyset_page(people, after=ask.after, size=PAGE_SIZE, order=("sort_name", "id"))


def _trajectories(member: StaffMember, ask: Asked, programmes: Mapping[str, str]) -> QuerySet[Trajectory]:
    """The trajectories that put somebody on this list, and of which the newest is shown."""
    rows = Trajectory.objects.filter(participant=OuterRef("pk"))
    if ask.tab in {MINE, TEAM}:
        rows = rows.filter(state__in=OPEN, unit__in=member.standing.units(Permission.FILE_READ))
    if ask.tab == MINE:
        rows = rows.filter(coach=member)
    if ask.programme in programmes:
        rows = rows.filter(programme__pk=ask.programme)
    return rows.filter(state=ask.state) if ask.state else rows


def _contacts() -> dict[str, Any]:
    sessions = Session.objects.filter(participant=OuterRef("pk"))
    last = sessions.filter(attendance__in=TOOK_PLACE).order_by("-held_on")
    coming = sessions.filter(attendance="", held_on__gte=today()).order_by("held_on", "starts_at")
    pair = JSONObject(on="held_on", at="starts_at")
    return {
        "last_contact_on": Subquery(last.values("held_on")[:1]),
        "next_meeting": Subquery(coming.values(pair=pair)[:1]),
    }


def rows_of(people: list[Participant], ask: Asked) -> list[dict[str, Any]]:
    """The rows as the list shows them, with one query for all their trajectories."""
    keys = [person.current_id for person in people if person.current_id]  # type: ignore[attr-defined]
    found = with_happened(Trajectory.objects.filter(pk__in=keys)).select_related("programme").in_bulk()
    url_name = CHOOSE_FOR.get(ask.choose_for, "guidance:person")
    return [_row(person, found.get(person.current_id), url_name) for person in people]  # type: ignore[attr-defined]


def _row(person: Any, trajectory: Trajectory | None, url_name: str) -> dict[str, Any]:
    last: date | None = person.last_contact_on
    row: dict[str, Any] = {
        "name": person.full_name,
        "url": reverse(url_name, args=[person.pk]),
        "programme": trajectory.programme.name if trajectory else "",
        "last_contact": short_date(last) if last else "",
        "is_long_ago": trajectory is not None and _is_long_ago(trajectory, last),
        "next_meeting": from_json(person.next_meeting),
        "plan_url": reverse("guidance:plan_appointment", args=[person.pk]) if trajectory else "",
        "thread": None,
    }
    if trajectory:
        label, glyph = status_of(trajectory)
        thread = thread_of(trajectory)
        words = thread.words[:1].lower() + thread.words[1:]
        row.update(thread=thread, words=words, status=label, glyph=glyph)
        row["plan_url"] = row["plan_url"] if trajectory.state in OPEN else ""
    return row


def _is_long_ago(trajectory: Trajectory, last: date | None) -> bool:
    """Four weeks or longer without contact while the trajectory is underway."""
    if trajectory.state not in OPEN - {State.PLANNED}:
        return False
    return (last or trajectory.started_on) <= today() - LONG_WITHOUT_CONTACT


def filters_of(ask: Asked, programmes: Mapping[str, str]) -> list[dict[str, str]]:
    """The filters that are on, each with the address of the same list without it."""
    active = []
    if ask.text:
        active.append({"label": _("Search: %(text)s") % {"text": ask.text}, "url": address(ask, sought="")})
    if ask.programme in programmes:
        label = _("Programme: %(name)s") % {"name": programmes[ask.programme]}
        active.append({"label": label, "url": address(ask, programme="")})
    if ask.state:
        label = _("Status: %(name)s") % {"name": str(State(ask.state).label).lower()}
        active.append({"label": label, "url": address(ask, state="")})
    return active


def address(ask: Asked, **changes: str) -> str:
    """The address of this list with some answers changed, from its first page."""
    answers = {"programme": ask.programme, "state": ask.state, "for": ask.choose_for, "tab": ask.tab}
    answers[SEALED] = ask.sought
    answers.update(changes)
    if answers["tab"] == EVERYBODY:
        answers["tab"] = ""
    given = {name: value for name, value in answers.items() if value}
    return f"{reverse('guidance:people')}?{urlencode(given)}" if given else reverse("guidance:people")


def tabs_of(member: StaffMember, ask: Asked) -> list[dict[str, Any]]:
    """The tabs above the list: a manager has no participants of their own."""
    names = [(MINE, _("Mine")), (TEAM, _("Team")), (CLOSED, _("Closed"))]
    if not member.standing.may(Permission.SESSION_LOG):
        names = names[1:]
    return [
        {"label": label, "url": address(ask, tab=tab, programme="", state=""), "current": tab == ask.tab}
        for tab, label in names
    ]
