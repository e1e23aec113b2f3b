"""The overview, the list behind a number, and the definitions, as somebody in the office sees them."""

import re
from datetime import date
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.models import ReadEvent
from organisations.models import StaffMember
from tests import factories as make
from tests.cast import Cast, make_cast
from trajectories.models import Agreement, EventKind, State

pytestmark = pytest.mark.django_db

YEAR_2023 = {"period": "own", "first": "2023-01-01", "last": "2023-12-31"}
LINKED_NUMBER = re.compile(r'<a href="(/overzicht/[^"]+)">(\d+)</a>')
NUMBER = re.compile(r'id="number">(\d+)<')
MIDDLE_VALUES = ("waiting_time", "lead_time", "running_time")


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def signed_in(member: StaffMember) -> Client:
    client = Client()
    client.force_login(member)
    return client


def seen(client: Client, url: str, **query: str) -> str:
    response = client.get(url, query)
    assert response.status_code == 200
    return unescape(response.content.decode())


def block_of(page: str, name: str) -> str:
    """The mark-up of one figure on the page."""
    found = page[page.index(f'aria-labelledby="{name}"') :]
    return found[: found.index("</figure>")]


def test_the_key_figures_stand_beside_those_of_the_same_days_a_year_before(cast: Cast) -> None:
    last_march = date(2025, 3, 17)
    for started_on in (last_march, date(2025, 3, 18)):  # the second falls after the same day a year ago
        make.TrajectoryFactory(programme=cast.programme, started_on=started_on, ended_on=date(2025, 4, 1))
    page = seen(signed_in(cast.ineke), reverse("reporting:dashboard"))
    key_figures = page[page.index("<dl") : page.index("</dl>")]
    assert [number for _url, number in LINKED_NUMBER.findall(key_figures)][:2] == ["1", "1"]
    assert re.findall(r'class="cmp"><a[^>]*>([^<]*)<', key_figures)[0].endswith("1")


def test_another_unit_and_another_provider_do_not_count(cast: Cast) -> None:
    page = seen(signed_in(cast.ineke), reverse("reporting:figure", args=["participants"]))
    assert NUMBER.findall(page) == ["1"]
    assert "Samira el Amrani" in page
    assert "Rosa" not in page
    assert "Vera" not in page


def test_a_saved_outcome_stands_on_the_next_page(cast: Cast) -> None:
    client = signed_in(cast.ineke)
    url = reverse("reporting:figure", args=["paid_work"])
    assert NUMBER.findall(seen(client, url)) == ["0"]
    make.OutcomeFactory(trajectory=cast.trajectory)
    assert NUMBER.findall(seen(client, url)) == ["1"]


def test_who_looks_at_the_names_is_noted(cast: Cast) -> None:
    seen(signed_in(cast.ineke), reverse("reporting:figure", args=["participants"]))
    event = ReadEvent.objects.get()
    assert (event.what, event.participant_ids) == ("reporting:figure", [cast.samira.pk])


def test_somebody_whose_file_is_closed_stands_in_the_list_without_a_name(cast: Cast) -> None:
    make.TrajectoryFactory(
        programme=cast.programme,
        participant=make.ParticipantFactory(provider=cast.provider, surname="Voorbij"),
        started_on=date(2024, 1, 1),
        ended_on=date(2024, 6, 1),
    )
    page = seen(
        signed_in(cast.ineke),
        reverse("reporting:figure", args=["participants"]),
        period="own",
        first="2024-01-01",
        last="2024-12-31",
    )
    assert NUMBER.findall(page) == ["1"]
    assert page.count('role="rowheader"') == 1
    assert "Voorbij" not in page


@pytest.mark.parametrize("role", ["coach", "officer", "functional_manager", "privacy_officer"])
def test_only_a_unit_manager_sees_live_figures(cast: Cast, role: str) -> None:
    client = signed_in(cast.staff[role])
    assert client.get(reverse("reporting:dashboard")).status_code == 403
    assert client.get(reverse("reporting:figure", args=["participants"])).status_code == 403


@pytest.mark.parametrize("role", ["coach", "manager", "officer", "functional_manager", "privacy_officer"])
def test_everybody_reads_what_the_figures_mean(cast: Cast, role: str) -> None:
    page = seen(signed_in(cast.staff[role]), reverse("reporting:definitions"))
    assert page.count('<li id="') >= 30
    assert 'id="help_question_insight"' in page


def test_what_is_not_ones_own_or_does_not_exist_is_not_found(cast: Cast) -> None:
    client = signed_in(cast.ineke)
    dashboard, participants = reverse("reporting:dashboard"), reverse("reporting:figure", args=["participants"])
    foreign = cast.foreign_trajectory
    for query in (
        {"unit": f"{cast.other_unit.pk}"},
        {"agreement": f"{foreign.agreement_id}"},
        {"programme": f"{foreign.programme_id}"},
        {"coach": f"{cast.dina.pk}"},
        {"municipality": f"{uuid4()}"},
        {"unit": "x"},
    ):
        assert client.get(dashboard, query).status_code == 404
        assert client.get(participants, query).status_code == 404
    assert client.get(reverse("reporting:figure", args=["nothing"])).status_code == 404
    assert client.get(participants, {"by": "nothing"}).status_code == 404
    assert client.get(participants, {"cell": "nothing"}).status_code == 404
    assert client.get(reverse("reporting:figure", args=["inflow"]), {"by": "coach", "cell": "x"}).status_code == 404
    assert client.get(reverse("reporting:figure", args=["occupancy"]), {"coach": f"{cast.noor.pk}"}).status_code == 404


@pytest.mark.parametrize(
    ("first", "last"),
    [("", "2023-12-31"), ("2023-02-30", "2023-12-31"), ("2023-12-31", "2023-01-01"), ("2030-01-01", "2030-12-31")],
)
def test_days_that_are_no_period_are_asked_again_and_nothing_is_counted(cast: Cast, first: str, last: str) -> None:
    for url in (reverse("reporting:dashboard"), reverse("reporting:figure", args=["participants"])):
        page = seen(signed_in(cast.ineke), url, period="own", first=first, last=last)
        assert "note-error" in page
        assert f'value="{last}"' in page
        assert "Samira" not in page
        assert 'class="fig"' not in page


def test_a_day_may_be_typed_as_people_write_it(cast: Cast) -> None:
    page = seen(
        signed_in(cast.ineke),
        reverse("reporting:figure", args=["participants"]),
        period="own",
        first="1-1-2026",
        last="31-12-2026",
    )
    assert NUMBER.findall(page) == ["1"]


def test_a_target_reached_in_part_stands_with_what_is_expected(cast: Cast) -> None:
    Agreement.objects.filter(pk=cast.agreement.pk).update(starts_on="2026-01-01", ends_on="2026-12-31")
    make.RequirementFactory(agreement=cast.agreement, figure="participants", target=365)
    page = seen(signed_in(cast.ineke), reverse("reporting:dashboard"))
    block = block_of(page, "targets")
    assert re.findall(r'class="num strong" href="[^"]*">(\d+)<', block) == ["2"]
    assert "365" in block
    assert "76" in block


def test_relapse_is_told_once_for_every_time_and_never_as_an_error(cast: Cast) -> None:
    trajectory = make.TrajectoryFactory(
        programme=cast.programme,
        started_on=date(2026, 1, 2),
        events=[
            (EventKind.RELAPSE, date(2026, 1, 5)),
            (EventKind.RESUMED, date(2026, 2, 20)),
            (EventKind.RELAPSE, date(2026, 3, 2)),
        ],
    )
    client = signed_in(cast.ineke)
    page = seen(client, reverse("reporting:dashboard"))
    block = block_of(page, "relapse")
    assert re.findall(r'<span class="num strong">(\d+)</span>', block) == ["0", "1", "0", "1"]
    assert not re.search("madder|danger|error|attend", block)
    url = reverse("reporting:figure", args=["picked_up_again"])
    assert trajectory.participant.full_name in seen(client, url, cell="from_29_to_84")


def test_participants_per_coach_stand_by_name(cast: Cast) -> None:
    for coach in (cast.noor, cast.bo, cast.bo):
        make.TrajectoryFactory(programme=cast.programme, coach=coach)
    page = seen(signed_in(cast.ineke), reverse("reporting:dashboard"))
    block = block_of(page, "coaches")
    assert re.findall(r'class="name" href="[^"]*">([^<]*)<', block) == ["Bo Kuiper", "Noor de Wit"]
    assert re.findall(r'class="n num strong">(\d+)<', block) == ["2", "2"]


def test_a_cancelled_trajectory_is_nowhere(cast: Cast) -> None:
    cancelled = make.TrajectoryFactory(programme=cast.programme)
    make.add_event(cancelled, EventKind.CANCELLED, cancelled.started_on)
    cancelled.state = State.CANCELLED
    cancelled.save()
    page = seen(signed_in(cast.ineke), reverse("reporting:figure", args=["trajectories"]))
    assert NUMBER.findall(page) == ["1"]


def test_the_pages_of_a_long_list_hold_everybody_once(cast: Cast) -> None:
    for _ in range(60):
        make.TrajectoryFactory(programme=cast.programme)
    client, url = signed_in(cast.ineke), reverse("reporting:figure", args=["participants"])
    first = seen(client, url)
    (token,) = re.findall(r"page=([0-9a-f-]{36})", first)
    second = seen(client, url, page=token)
    names = [re.findall(r'role="rowheader"[^>]*>.*?href="([^"]*)"', page) for page in (first, second)]
    assert [len(found) for found in names] == [50, 11]
    assert len({*names[0], *names[1]}) == 61
    (back,) = re.findall(r"page=(-[0-9a-f-]{36})", second)
    assert re.findall(r'role="rowheader"[^>]*>.*?href="([^"]*)"', seen(client, url, page=back)) == names[0]


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        seen(client, url)
    return len(asked)


def test_the_number_of_queries_does_not_grow_with_the_unit(cast: Cast) -> None:
    client = signed_in(cast.ineke)
    pages = [reverse("reporting:dashboard"), reverse("reporting:figure", args=["participants"])]
    few = [queries(client, url) for url in pages]
    for _ in range(12):
        trajectory = make.TrajectoryFactory(programme=cast.programme, coach=make.StaffMemberFactory(coach=cast.unit))
        make.SessionFactory(trajectory=trajectory)
        make.OutcomeFactory(trajectory=trajectory)
    many = [queries(client, url) for url in pages]
    assert few == many
