import json
import random
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import RequestFactory
from pytest_django import DjangoDbBlocker

from config.demo import ACCOUNTS, PASSWORD
from config.demo.folders import DemoProvider, write_folders
from config.demo.loading import NotEmpty, give_passwords, load_demo
from foundation.clock import today
from foundation.models import Job, JobState
from foundation.periods import Period
from foundation.received.looking import look
from guidance.models import Document, Goal, GroupDay, Session
from organisations.models import StaffMember
from organisations.roles import Permission
from participants.models import Participant
from reporting.models import Report, ReportState
from reporting.reception import Taken, reception_of
from tests.conftest import NOW
from tests.factories import ProviderFactory, StaffMemberFactory
from tests.oracle.compare import differences
from tests.oracle.count import count
from tests.reporting.numbers import combinations, compare, offered, reader_of_all
from trajectories.models import Agreement, State, Trajectory

DOOR = RequestFactory().post("/inloggen/")

NOOR = "noor@amfors.voorbeeld.test"


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo, loaded once for the tests of this module and taken back after them."""
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=True), transaction.atomic():
        assert load_demo()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[DemoProvider]:
    return write_folders(tmp_path_factory.mktemp("demo"), today=NOW.date())


def figures(**asked: Any) -> dict[str, Any]:
    out = StringIO()
    call_command("figures", **asked, stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def of_year(year: int, **asked: Any) -> dict[str, Any]:
    return figures(first=f"{year}-01-01", last=f"{year}-12-31", **asked)


def member(email: str) -> StaffMember:
    return StaffMember.objects.get(email=email)


@pytest.mark.usefixtures("demo")
def test_the_ae_year_2021_comes_out_as_published() -> None:
    found = of_year(2021, unit=["AE"])
    keys = ("participants", "trajectories", "paid_work", "help_question_insight")
    assert [found[key] for key in keys] == [55, 146, 13, 21]


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("code", ["AMF", "PAH", "BBW", "WVE"])
def test_every_figure_of_last_year_is_what_an_independent_count_finds(folders: list[DemoProvider], code: str) -> None:
    folder = next(provider.folder for provider in folders if provider.code == code)
    expected = count(folder, period_from=date(2025, 1, 1), period_to=date(2025, 12, 31), reference_date=today())
    found = {key: value for key, value in of_year(2025, provider=code).items() if key in expected}
    assert differences(found, {key: expected[key] for key in found}) == []


@pytest.mark.usefixtures("demo")
def test_a_second_time_there_is_nothing_to_do() -> None:
    before = Session.objects.count()
    assert not load_demo()
    assert Session.objects.count() == before


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.email)
def test_every_account_that_is_printed_signs_in(account: Any) -> None:
    assert authenticate(DOOR, username=account.email, password=PASSWORD) is not None


@pytest.mark.usefixtures("demo")
def test_noor_sees_five_people_and_a_group_today() -> None:
    planned = Session.objects.filter(coach=member(NOOR), held_on=today(), attendance="")
    names = [session.participant.first_name for session in planned.order_by("starts_at")]
    assert names[:5] == ["Samira", "Jolanda", "Nadia", "Aylin", "Petra"]
    assert planned.values("starts_at").distinct().count() == len(names) <= 8
    assert GroupDay.objects.filter(group__coach=member(NOOR), weekday=today().isoweekday(), half_day="pm").exists()


@pytest.mark.usefixtures("demo")
def test_papers_in_the_file_can_be_opened() -> None:
    """They came in as any paper does: what is said of them holds of the bytes too."""
    found = Document.objects.select_related("participant")
    assert {(row.participant.first_name, row.state) for row in found} == {("Samira", "ready"), ("Jolanda", "ready")}
    for row in found:
        assert look(row.format, row.read()) == row.read()


@pytest.mark.usefixtures("demo")
def test_samira_has_goals_people_around_her_and_something_to_mind() -> None:
    samira = Participant.objects.get(reference="AE-2041")
    goals = Goal.objects.filter(participant=samira)
    assert sorted(goal.steps.exclude(done_on=None).count() for goal in goals) == [1, 3]
    assert {contact.name for contact in samira.contacts.all()} >= {"Tineke Prins", "Omar Idrissi"}
    assert samira.attention and samira.attention_by == member(NOOR)


@pytest.mark.usefixtures("demo")
def test_the_published_year_is_signed_and_only_its_payers_read_it() -> None:
    signed = Report.objects.get(state=ReportState.SIGNED, period_from=date(2021, 1, 1))
    assert signed.parts.count() == 2
    for email in ("omar@amersfoort.voorbeeld.test", "karin@leusden.voorbeeld.test"):
        assert signed in Report.objects.visible_to(member(email), Permission.REPORT_READ)
    assert signed not in Report.objects.visible_to(member("bas@diemen.voorbeeld.test"), Permission.REPORT_READ)


@pytest.mark.usefixtures("demo")
def test_reports_stand_in_every_state_with_their_payers() -> None:
    taken = [reception_of(report).taken for report in Report.objects.filter(state=ReportState.SIGNED)]
    assert sorted(taken) == [Taken.ACCEPTED, Taken.DELIVERED, Taken.RETURNED]


@pytest.mark.usefixtures("demo")
def test_nothing_is_left_in_the_queue_and_no_report_is_due() -> None:
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}
    assert Report.objects.filter(state=ReportState.DRAFT).count() == 1


@pytest.mark.usefixtures("demo")
def test_trajectories_stand_in_every_state() -> None:
    states = set(Trajectory.objects.filter(provider__code="AMF").values_list("state", flat=True))
    assert states == set(State.values) - {State.CANCELLED}


@pytest.mark.django_db
def test_somebody_elses_database_is_left_alone(tmp_path: Path) -> None:
    ProviderFactory()
    with pytest.raises(NotEmpty):
        load_demo()
    with pytest.raises(CommandError, match="other providers"):
        call_command("load_demo")


@pytest.mark.django_db
def test_outside_a_demo_nobody_gets_the_password(settings: Any) -> None:
    settings.DRAAD_DEMO = False
    StaffMemberFactory(email="iemand@amfors.voorbeeld.test", password="!")
    give_passwords()
    assert authenticate(DOOR, username="iemand@amfors.voorbeeld.test", password=PASSWORD) is None


@pytest.mark.usefixtures("demo")
def test_payers_demand_by_tranche_and_the_next_one_is_being_prepared() -> None:
    amersfoort = Agreement.objects.get(code="AMF-0307")
    over, holding, prepared = amersfoort.tranches.order_by("starts_on")
    assert over.ends_on == date(2022, 12, 31) and over.confirmed_at and holding.confirmed_at
    assert prepared.confirmed_at is None and prepared.copied_from == holding
    figures = {one: set(one.requirements.values_list("figure", flat=True)) for one in (over, holding, prepared)}
    assert figures[over] < figures[holding] | {"relapses"} and figures[holding] == figures[prepared]
    for agreement in Agreement.objects.filter(provider__kind="provider"):
        assert agreement.tranches.filter(confirmed_at__isnull=False).exists(), agreement.code


@pytest.mark.usefixtures("demo")
def test_a_number_is_its_list_its_table_and_its_file_under_200_random_choices_of_filters() -> None:
    dice, reader = random.Random(20261122), reader_of_all(Period.year(2025), links_of_each=2)
    for filters, question in combinations(reader, 200, dice):
        compare(reader, filters, question, dice.choice(offered(filters)), dice)
    assert reader.compared > 400
