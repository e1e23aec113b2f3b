"""Times and places of what is to come, life domains of what was talked about, and the groups of the week."""

from collections import defaultdict
from datetime import time, timedelta

from foundation.clock import today
from guidance.models import Group, GroupDay, HalfDayAttendance, Session
from organisations.models import Organisation, StaffMember
from trajectories.models import Programme, Trajectory
from trajectories.workflow import UNDERWAY

TIMES = (time(9), time(10), time(11), time(14, 30), time(15, 30), time(16, 15), time(8, 30), time(13), time(12, 15))
PLACES = {"individual": "Kamer 2", "three_way": "Kringloop Noord", "visit": "thuis", "group": "groepsruimte"}
ORDER = ("AE-2041", "AE-2042", "AE-2047", "AE-2045", "AE-2043")
"""Noor's day: Samira, Jolanda, Nadia, Aylin, Petra."""
DOMAINS = {
    "finances": ("post", "brief", "bewindvoerder", "toeslag", "lasten", "geldzaken", "betaalregeling"),
    "work_education": ("cv", "werkgever", "vacature", "cursus", "les", "proefplaatsing", "bedrijf"),
    "housing": ("woning", "kamer", "verhuurder"),
    "physical_health": ("huisarts", "tillen", "wandelt", "pauze", "ontbijt", "zwemmen"),
    "social_network": ("vriend", "collega", "maatje", "koffie", "groep", "familie"),
    "domestic_relations": ("oppas", "zus", "moeder", "kinderen", "thuis"),
}
HALF_DAYS = {"am": (time(9), time(12)), "pm": (time(13, 30), time(16, 30))}


def add_times(provider: Organisation) -> None:
    """Give each appointment a time and a place, so that nobody has two at once."""
    taken: dict[tuple[object, object], int] = defaultdict(int)
    rows = Session.objects.filter(provider=provider, attendance="", held_on__gte=today()).select_related("participant")
    sessions = sorted(rows, key=lambda session: (session.held_on, place_in_day(session), str(session.reference)))
    for session in sessions:
        place = taken[session.coach_id, session.held_on]
        taken[session.coach_id, session.held_on] += 1
        session.starts_at = TIMES[place % len(TIMES)]
        session.place = "Werkplaats" if session.participant.reference == "AE-2041" else PLACES.get(session.kind, "")
    Session.objects.bulk_update(sessions, ["starts_at", "place"], batch_size=500)


def place_in_day(session: Session) -> int:
    reference = session.participant.reference
    return ORDER.index(reference) if reference in ORDER else len(ORDER)


def add_domains(provider: Organisation) -> None:
    """Tick, for the sessions of the last two months, what the note is about."""
    since = today() - timedelta(days=60)
    sessions = list(Session.objects.filter(provider=provider, held_on__gte=since, attendance__in=["attended", "late"]))
    for session in sessions:
        words = session.note.lower()
        session.life_domains = [domain for domain, signs in DOMAINS.items() if any(sign in words for sign in signs)][:3]
    Session.objects.bulk_update(sessions, ["life_domains"], batch_size=500)


def add_group(
    programme: Programme, name: str, coach: StaffMember, days: tuple[tuple[int, str], ...], *, largest: int = 12
) -> Group:
    """Make a group of people underway in a programme, that meets on these weekdays (Monday is 0) and half-days."""
    group = Group.objects.create(
        provider_id=programme.provider_id, unit_id=programme.unit_id, programme=programme, name=name, coach=coach
    )
    GroupDay.objects.bulk_create(
        GroupDay(
            group=group, weekday=weekday + 1, half_day=half, starts_at=HALF_DAYS[half][0], ends_at=HALF_DAYS[half][1]
        )
        for weekday, half in days
    )
    members = Trajectory.objects.filter(programme=programme, state__in=UNDERWAY).order_by("-reference")[:largest]
    group.trajectories.set(members)
    HalfDayAttendance.objects.filter(trajectory__in=list(members)).update(group=group)
    return group
