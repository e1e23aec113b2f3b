"""The wizard for a new tranche: it copies, is changed, checked and confirmed, and then it stands."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from foundation.clock import now
from foundation.periods import Period
from reporting.facts import Scope
from reporting.figures import compute
from reporting.models import Requirement, Tranche
from reporting.tranches import tranches_on
from tests import factories as make
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db

TERMS = {
    "rhythm": "quarter",
    "deadline_days": "30",
    "signed_by": "unit_manager",
    "template": "full",
    "profile": "municipality",
    "small_count": "5",
}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def fenna(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.fenna)
    return client


@pytest.fixture
def first(cast: Cast) -> Tranche:
    """The tranche that holds now, and demands a figure that is not counted any more."""
    return make.TrancheFactory(
        agreement=cast.agreement,
        name="Tranche 1",
        starts_on=cast.agreement.starts_on,
        confirmed_at=now(),
        deadline_days=60,
        demands=("participants", "vervallen_cijfer"),
    )


def begin(fenna: Client, cast: Cast, **answers: str) -> Tranche | None:
    asked = {"name": "Tranche 2", "starts_on": "2026-01-01", "ends_on": "", **answers}
    fenna.post(reverse("reporting:open_tranche", args=[cast.agreement.pk]), asked)
    return Tranche.objects.filter(agreement=cast.agreement, name="Tranche 2").first()


def test_from_copy_to_confirmed(cast: Cast, fenna: Client, first: Tranche) -> None:
    second = begin(fenna, cast)
    assert second is not None
    assert (second.deadline_days, second.copied_from) == (60, first)
    assert list(second.requirements.values_list("figure", flat=True)) == [
        "participants"
    ]  # what is retired stays behind
    fenna.post(reverse("reporting:tranche_terms", args=[second.pk]), TERMS)
    demands = {
        "figure": ["inflow", "participants", "paid_work"],
        "target-paid_work": "12,5",
        "split-inflow": ["gender"],
    }
    fenna.post(reverse("reporting:tranche_demands", args=[second.pk]), demands)
    page = fenna.get(reverse("reporting:check_tranche", args=[second.pk])).content.decode()
    assert "12,5" in page
    assert "vervallen_cijfer" in page  # not demanded any more: the check says so
    fenna.post(reverse("reporting:check_tranche", args=[second.pk]))
    second.refresh_from_db()
    first.refresh_from_db()
    assert (second.rhythm, second.deadline_days, second.confirmed_by) == ("quarter", 30, cast.fenna)
    assert first.ends_on == date(2025, 12, 31)
    assert set(second.requirements.values_list("figure", "target")) == {
        ("inflow", None),
        ("participants", None),
        ("paid_work", Decimal("12.5")),
    }
    assert tranches_on([cast.agreement], date(2025, 12, 31)) == [first]
    assert tranches_on([cast.agreement], date(2026, 1, 1)) == [second]


def test_an_old_tranche_reads_as_it_was(fenna: Client, first: Tranche) -> None:
    page = fenna.get(reverse("reporting:tranche", args=[first.pk])).content.decode()
    assert "vervallen_cijfer" in page


def test_what_is_demanded_without_a_tranche_stands_on_the_list(cast: Cast, fenna: Client) -> None:
    Requirement.objects.create(agreement=cast.other_agreement, figure="paid_work", target=8)
    answer = fenna.get(reverse("reporting:tranches"))
    told = {row["agreement"].code: [one["target"] for one in row["demands"]] for row in answer.context["rows"]}
    assert told[cast.other_agreement.code] == [8]
    assert not any(told.pop(code) for code in [*told] if code != cast.other_agreement.code)
    assert ">8</td>" in answer.content.decode()


@pytest.mark.parametrize("view", ["tranche_terms", "tranche_demands", "discard_tranche"])
def test_a_confirmed_tranche_is_not_changed(fenna: Client, first: Tranche, view: str) -> None:
    fenna.post(reverse(f"reporting:{view}", args=[first.pk]), TERMS | {"figure": ["paid_work"]})
    first.refresh_from_db()
    assert first.deadline_days == 60
    assert set(first.requirements.values_list("figure", flat=True)) == {"participants", "vervallen_cijfer"}


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"starts_on": "2001-01-01"}, "starts_on"),
        ({"ends_on": "2025-12-31"}, "ends_on"),
        ({"name": ""}, "name"),
        ({"starts_on": "morgen"}, "starts_on"),
    ],
)
def test_what_is_wrong_stands_at_the_answer(
    cast: Cast, fenna: Client, first: Tranche, answers: dict[str, str], field: str
) -> None:
    asked = {"name": "Tranche 2", "starts_on": "2026-01-01", "ends_on": "", **answers}
    response = fenna.post(reverse("reporting:open_tranche", args=[cast.agreement.pk]), asked)
    assert field in response.context["form"].errors
    assert response.context["form"]["starts_on"].value() == asked["starts_on"]
    assert cast.agreement.tranches.count() == 1


def test_days_within_a_tranche_with_a_last_day_are_refused(cast: Cast, fenna: Client, first: Tranche) -> None:
    Tranche.objects.filter(pk=first.pk).update(ends_on=date(2026, 6, 30))
    assert begin(fenna, cast) is None


def test_a_target_that_is_no_number_is_kept_and_named(cast: Cast, fenna: Client, first: Tranche) -> None:
    second = begin(fenna, cast)
    assert second is not None
    asked = {"figure": ["paid_work"], "target-paid_work": "veel", "target-participants": "9"}
    response = fenna.post(reverse("reporting:tranche_demands", args=[second.pk]), asked)
    assert [row.figure for row in response.context["faults"]] == ["participants", "paid_work"]
    assert 'value="veel"' in response.content.decode()
    assert list(second.requirements.values_list("figure", flat=True)) == ["participants"]


def test_the_target_of_a_draft_does_not_count_yet(cast: Cast, fenna: Client) -> None:
    make.RequirementFactory(agreement=cast.agreement, figure="paid_work", target=8)
    draft = begin(fenna, cast)
    assert draft is not None
    draft.requirements.filter(figure="paid_work").update(target=20)

    def targets() -> list[int]:
        counted = compute(Scope(agreements=frozenset({cast.agreement.pk})), Period.year(2026), date(2026, 3, 1))
        return [one["target"] for one in counted["targets"].value]

    assert targets() == [8]
    fenna.post(reverse("reporting:check_tranche", args=[draft.pk]))
    assert targets() == [20]
