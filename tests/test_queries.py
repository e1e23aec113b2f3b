"""Each page makes the same number of queries for 3 rows and for 50. The numbers stand in ``queries.json``.

On the way each answer is held to the read log: whose words are in it, of them there is an event (T5).

``DRAAD_QUERIES=write`` writes that file anew; look at the difference before you commit it.
"""

import json
import os
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from time_machine import Traveller

from organisations.models import StaffMember
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.conftest import NOW
from tests.reads import Reads, words_of_people
from tests.signed import signed_report
from tests.test_permissions import NAMED, Address
from tests.visits import Objects, make_objects
from trajectories.models import EventKind

pytestmark = pytest.mark.django_db

NUMBERS = Path(__file__).with_name("queries.json")
# The limits of a transaction are no question; the change history writes who asks in front of them.
NOT_COUNTED = re.compile(r"(SELECT set_config.*; )?(BEGIN|COMMIT|SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK)\b", re.DOTALL)
FEW, MANY = 3, 50
# What belongs to one person and not to a unit: a colleague gets 404.
ONES_OWN = {"organisations:remove_factor"}


def crowd(cast: Cast, numbers: range) -> None:
    """Add people with what a page may list, and as much of everything to Samira's own file."""
    for n in numbers:
        person = make.ParticipantFactory(provider=cast.provider, home_municipality=cast.municipality)
        trajectory = make.TrajectoryFactory(
            participant=person,
            programme=cast.programme,
            agreement=cast.agreement,
            coach=cast.noor,
            started_on=make.days_ago(60 + n),
            events=[(EventKind.RELAPSE, make.days_ago(40)), (EventKind.RESUMED, make.days_ago(30))],
        )
        _life(trajectory, n)
        _life(cast.trajectory, n)
        signed_report(cast.agreement)


def _life(trajectory: object, n: int) -> None:
    make.SessionFactory(trajectory=trajectory, held_on=make.days_ago(n + 1))
    make.SessionFactory(trajectory=trajectory, held_on=make.days_ago(n % 5), attendance="")
    make.OutcomeFactory(trajectory=trajectory, dated_on=make.days_ago(n + 1))
    make.ProvisionFactory(trajectory=trajectory)
    make.GoalFactory(participant=trajectory.participant)  # type: ignore[attr-defined]
    make.measure(trajectory.participant, "ladder", make.days_ago(n + 1), {"step": 1 + n % 5})  # type: ignore[attr-defined]


def queries_of(client: Client, address: Address, objects: Objects, reads: Reads | None) -> tuple[int, list[str]]:
    url = reverse(address.name, kwargs=objects.of(address, "own"))
    if reads:
        reads.begin()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    if reads:
        reads.look_at(address.name, response)
    assert response.status_code in {200, 302, 405} or address.name in ONES_OWN, url
    asked = [query["sql"] for query in captured if not NOT_COUNTED.match(query["sql"])]
    return len(asked), asked


Visitors = dict[str, tuple[StaffMember, Client]]


def make_visitors(cast: Cast) -> Visitors:
    """One of each role that a page may be for, signed in."""
    roles = ("coach", "manager", "officer", "functional_manager", "privacy_officer")
    found = {role: (cast.staff[role], Client()) for role in roles}
    for member, client in found.values():
        client.force_login(member)
    return found


# One query for each kind of row that stands on the page, however many rows: 21 kinds at most.
BY_KIND = {"guidance:changes"}
Counted = dict[str, dict[str, tuple[int, list[str]]]]


def count_all(visitors: Visitors, objects: Objects, reads: Reads | None = None) -> Counted:
    return {
        address.name: {
            role: queries_of(client, address, objects, reads)
            for role, (member, client) in visitors.items()
            if address.permission is not None and member.standing.may(address.permission)
        }
        for address in NAMED
    }


def test_every_page_asks_the_same_for_few_rows_and_for_many(clock: Traveller) -> None:
    clock.move_to(NOW, tick=False)  # on a slow machine a minute goes by, and a session notes that somebody is there
    cast = make_cast()
    objects = make_objects(cast)
    crowd(cast, range(FEW))
    visitors = make_visitors(cast)
    ContentType.objects.get_for_models(*apps.get_models())  # what a process asks once is no query of a page
    reads = Reads(words_of_people())
    few = count_all(visitors, objects, reads)
    assert (sorted(set(reads.missing)), sorted(set(reads.halves))) == ([], [])
    assert reads.with_people > 60
    crowd(cast, range(FEW, MANY))
    many = count_all(visitors, objects)
    more = {
        f"{name} as {role}": [query[:300] for query in asked if query not in few[name][role][1]]
        for name, by_role in many.items()
        for role, (number, asked) in by_role.items()
        if number != few[name][role][0] and name not in BY_KIND
    }
    assert not more, json.dumps(more, indent=1)
    compare({name: {role: number for role, (number, _asked) in by_role.items()} for name, by_role in many.items()})


def compare(counted: dict[str, dict[str, int]]) -> None:
    if os.environ.get("DRAAD_QUERIES") == "write":
        NUMBERS.write_text(json.dumps(counted, indent=1, sort_keys=True) + "\n")
    assert json.loads(NUMBERS.read_text()) == counted
