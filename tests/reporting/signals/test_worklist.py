"""The worklist: as long as the number on the overview, of the right coach, answered, passed on and mended."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from foundation.clock import today
from foundation.models import ReadEvent
from foundation.periods import Period
from foundation.refused import Refused
from organisations.models import StaffMember
from reporting.facts import Scope
from reporting.figures import compute, count_one
from reporting.figures.quality import CHECKS
from reporting.models import AnswerKind, SignalAnswer
from reporting.signals.actions import answer_signal, pass_on_signal, reopen_signal
from reporting.signals.checks import SIGNAL_CHECKS, are_close, found_by
from reporting.signals.looking import Look
from reporting.signals.tally import tally, tally_asked
from reporting.signals.worklist import Worklist, scope_of_coach
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.factories import days_ago
from trajectories.models import EventKind, Outcome, Placement, State, Trajectory

pytestmark = pytest.mark.django_db

SIGNALS = "/signalen/"
YEAR = Period.year(2026)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def signed_in(member: StaffMember) -> Client:
    client = Client()
    client.force_login(member)
    return client


def look_at(cast: Cast, **scope: object) -> Look:
    return Look(cast.ineke, Scope(units=frozenset({cast.unit.pk}), **scope), YEAR, today())  # type: ignore[arg-type]


def another(cast: Cast, **given: object) -> Trajectory:
    """Somebody else's trajectory in the green unit, with nothing to see to unless it is given."""
    more: dict[str, object] = {"programme": cast.programme, "agreement": cast.agreement, "coach": cast.bo, **given}
    made: Trajectory = make.TrajectoryFactory(
        participant=more.pop("participant", None)
        or make.ParticipantFactory(provider=cast.provider, home_municipality=cast.municipality),
        **more,
    )
    return made


def everything_wrong(cast: Cast) -> None:
    """One record at least for each check."""
    mine = cast.trajectory  # started 60 days ago: no ladder, no referral, no contact
    make.SessionFactory(trajectory=mine, held_on=days_ago(5), attendance="")
    make.add_event(mine, EventKind.RELAPSE, days_ago(20))
    make.OutcomeFactory(trajectory=mine)
    ended = another(cast, started_on=days_ago(400), ended_on=days_ago(10), participant=cast.samira)
    make.PlacementFactory(trajectory=ended)
    another(cast, started_on=days_ago(300), planned_end_on=days_ago(1))
    another(cast, participant=cast.samira, started_on=days_ago(20))
    with_trial = make.ProgrammeFactory(unit=cast.unit, with_trial=True)
    another(cast, programme=with_trial, started_on=days_ago(40))
    slot = make.SlotFactory(programme=cast.programme, ends_on=days_ago(3))
    make.PlacementFactory(trajectory=mine, slot=slot)
    twin = make.ParticipantFactory(
        provider=cast.provider, given_names="Samira", prefix="", surname="Amrani", home_municipality=cast.municipality
    )
    another(cast, participant=twin)


def test_every_check_finds_its_records_and_the_list_is_as_long_as_the_number(cast: Cast) -> None:
    everything_wrong(cast)
    look = look_at(cast)
    found = {name: found_by(look, name) for name in SIGNAL_CHECKS}
    assert [name for name, signals in found.items() if not signals] == []
    figure = compute(Scope(units=frozenset({cast.unit.pk})), YEAR, today(), ids=["data_quality"])["data_quality"]
    for name in CHECKS:
        listed = [signal.record for signal in found[name]]
        assert sorted(listed) == sorted(figure.cell(f"{name}.wrong")), name
    assert all(signal.since <= today() for signals in found.values() for signal in signals)


def test_each_check_is_right_on_the_day_before_it_is_wrong(cast: Cast) -> None:
    person = another(cast, started_on=days_ago(27), planned_end_on=today())
    with_trial = make.ProgrammeFactory(unit=cast.unit, with_trial=True)
    on_trial = another(cast, programme=with_trial, started_on=days_ago(20))
    look = look_at(cast)
    for name in ("no_contact_4_weeks", "past_goal_date", "trial_without_decision"):
        assert {person.pk, on_trial.pk}.isdisjoint(signal.record.id for signal in found_by(look, name)), name
    Trajectory.objects.filter(pk=person.pk).update(started_on=days_ago(28), planned_end_on=days_ago(1))
    Trajectory.objects.filter(pk=on_trial.pk).update(started_on=days_ago(21))
    look = look_at(cast)
    assert person.pk in {signal.record.id for signal in found_by(look, "no_contact_4_weeks")}
    assert [signal.record.id for signal in found_by(look, "past_goal_date")] == [person.pk]
    assert [signal.record.id for signal in found_by(look, "trial_without_decision")] == [on_trial.pk]


def test_somebody_who_fell_out_needs_no_outcome(cast: Cast) -> None:
    reason = make.EndReasonFactory(provider=cast.provider, is_dropout=True)
    another(cast, started_on=days_ago(300), ended_on=days_ago(10), end_reason=reason)
    assert found_by(look_at(cast), "closed_without_outcome") == []


def test_a_failed_trial_that_runs_on_is_seen_before_its_weeks_are_over(cast: Cast) -> None:
    with_trial = make.ProgrammeFactory(unit=cast.unit, with_trial=True)
    failed = another(cast, programme=with_trial, started_on=days_ago(5), events=[(EventKind.TRIAL_FAILED, days_ago(1))])
    assert failed.state == State.TRIAL
    [signal] = found_by(look_at(cast), "trial_without_decision")
    assert (signal.record.id, signal.since) == (failed.pk, days_ago(1))


def test_another_day_of_birth_is_another_person(cast: Cast) -> None:
    same = {"provider": cast.provider, "home_municipality": cast.municipality, "given_names": "Jan", "prefix": ""}
    for year in (1985, 1986):
        another(cast, participant=make.ParticipantFactory(surname="Bakker", birth_year=year, **same))
    assert found_by(look_at(cast), "possible_duplicate") == []
    another(cast, participant=make.ParticipantFactory(surname="Bakkers", birth_year=1986, **same))
    assert len(found_by(look_at(cast), "possible_duplicate")) == 1
    assert are_close("bakker jan", "bakkers jan")
    assert not are_close("bakker jan", "sahin ayse")


def test_a_coach_sees_own_signals_and_what_was_passed_on_first(cast: Cast) -> None:
    own = make.SessionFactory(trajectory=cast.trajectory, held_on=days_ago(9), attendance="")
    theirs = another(cast)
    passed = make.SessionFactory(trajectory=theirs, held_on=days_ago(5), attendance="")
    make.SessionFactory(trajectory=another(cast), held_on=days_ago(7), attendance="")
    pass_on_signal(
        by=cast.ineke,
        check="session_not_filled_in",
        record_id=passed.pk,
        participant=theirs.participant,
        coach=cast.noor,
    )
    look = Look(cast.noor, scope_of_coach(cast.noor), YEAR, today())
    signals = Worklist(look, mine=cast.noor).signals("session_not_filled_in")
    assert [signal.found.record.id for signal in signals] == [passed.pk, own.pk]
    assert [signal.owner for signal in signals] == [cast.noor.pk, cast.noor.pk]


def test_what_is_right_as_it_is_leaves_the_list_until_it_goes_wrong_again(cast: Cast) -> None:
    goal = another(cast, planned_end_on=days_ago(10))
    about = {"check": "past_goal_date", "record_id": goal.pk, "participant": goal.participant}
    with pytest.raises(Refused):
        answer_signal(by=cast.ineke, reason="  ", **about)  # type: ignore[arg-type]
    answer_signal(by=cast.ineke, reason="Wacht op de gemeente.", **about)  # type: ignore[arg-type]
    assert [one.is_fine for one in Worklist(look_at(cast)).signals("past_goal_date")] == [True]
    SignalAnswer.objects.update(answered_at="2026-03-08T12:00:00Z")  # answered after the old goal date
    Trajectory.objects.filter(pk=goal.pk).update(planned_end_on=days_ago(2))  # extended, and gone by again
    assert [one.is_fine for one in Worklist(look_at(cast)).signals("past_goal_date")] == [False]


def test_an_answer_can_be_taken_back(cast: Cast) -> None:
    about = {"check": "no_first_ladder", "record_id": cast.trajectory.pk, "participant": cast.samira}
    answer_signal(by=cast.noor, reason="Wil niet.", **about)  # type: ignore[arg-type]
    pass_on_signal(by=cast.ineke, coach=cast.bo, **about)  # type: ignore[arg-type]
    assert SignalAnswer.objects.get().kind == AnswerKind.PASSED_ON
    reopen_signal(by=cast.noor, **about)  # type: ignore[arg-type]
    assert not SignalAnswer.objects.exists()


def test_nothing_is_passed_on_to_another_unit(cast: Cast) -> None:
    about = {"check": "no_first_ladder", "record_id": cast.trajectory.pk, "participant": cast.samira}
    with pytest.raises(Refused):
        pass_on_signal(by=cast.ineke, coach=cast.chris, **about)  # type: ignore[arg-type]


def test_the_page_of_a_manager_goes_by_the_filters_of_the_overview(cast: Cast) -> None:
    everything_wrong(cast)
    client = signed_in(cast.ineke)
    text = client.get(SIGNALS).content.decode()
    assert "Samira el Amrani" in text
    assert ReadEvent.objects.filter(what="reporting:signals", participant_ids__contains=[cast.samira.pk]).exists()
    one = client.get(SIGNALS, {"check": "past_goal_date", "coach": f"{cast.bo.pk}"})
    assert [group["number"] for group in one.context["groups"]] == [1]
    other = client.get(SIGNALS, {"check": "past_goal_date", "coach": f"{cast.noor.pk}"})
    assert [group["number"] for group in other.context["groups"]] == [0]
    assert client.get(SIGNALS, {"check": "no-such-check"}).status_code == 404
    assert client.get(SIGNALS, {"period": "own", "first": "2026-03-02", "last": "2026-03-01"}).status_code == 200


def test_what_needs_attention_on_the_overview_leads_to_as_long_a_list(cast: Cast) -> None:
    everything_wrong(cast)
    about = {"record_id": cast.trajectory.pk, "participant": cast.samira}
    client = signed_in(cast.ineke)
    for chosen in ({"coach": f"{cast.noor.pk}"}, {}, {"period": "last_year"}):
        to_mend = client.get("/overzicht/", chosen).context["to_mend"]
        assert len(to_mend) == (3 if "period" in chosen else 5)
        for row in to_mend:
            [group] = client.get(row["url"]).context["groups"]
            assert (group["label"], group["open"]) == (row["label"], row["wrong"])
    answer_signal(by=cast.ineke, check="no_first_ladder", reason="Wil niet.", **about)  # type: ignore[arg-type]
    look = look_at(cast)
    found = {name: Worklist(look).signals(name) for name, check in SIGNAL_CHECKS.items() if not check.is_rate}
    assert tallied(cast) == {name: sum(not one.is_fine for one in signals) for name, signals in found.items()}
    assert tallied(cast)["no_first_ladder"] == len(found["no_first_ladder"]) - 1


def tallied(cast: Cast) -> dict[str, int]:
    look = look_at(cast)
    rows = [list(asked) for asked in tally_asked(cast.ineke, look.scope, YEAR, today())]
    quality = count_one(look.asked, "data_quality")
    return tally(cast.ineke, look.scope, YEAR, question=look.asked, quality=quality, rows=rows)


def test_late_entries_are_told_by_month(cast: Cast) -> None:
    make.SessionFactory(trajectory=cast.trajectory, held_on=days_ago(30))
    make.SessionFactory(trajectory=cast.trajectory, held_on=days_ago(2))
    for member in (cast.ineke, cast.noor):
        page = signed_in(member).get(SIGNALS)
        months = next(group["months"] for group in page.context["groups"] if group["name"] == "late_entry")
        assert [[cell.value for cell in row.cells][:2] for row in months.rows][-2:] == [[1, 1], [0, 1]]


def test_an_answer_on_the_page_leads_back_to_the_list_with_undo(cast: Cast) -> None:
    client = signed_in(cast.noor)
    there = reverse("reporting:answer_signal", args=["no_first_ladder", cast.trajectory.pk])
    list_of_one = f"{SIGNALS}?check=no_first_ladder"
    assert client.post(there, {"reason": ""}).status_code == 200
    response = client.post(f"{there}?back={list_of_one}", {"reason": "Meten kan niet."}, follow=True)
    assert response.redirect_chain == [(list_of_one, 302)]
    text = response.content.decode()
    assert "Meten kan niet." in text
    assert "Noor de Wit, 17-3-2026" in text
    undo = reverse("reporting:reopen_signal", args=["no_first_ladder", cast.trajectory.pk])
    assert undo in text
    client.post(undo)
    assert not SignalAnswer.objects.exists()


def test_a_form_elsewhere_leads_back_to_the_list_and_nowhere_else(cast: Cast) -> None:
    client = signed_in(cast.noor)
    session = make.SessionFactory(trajectory=cast.trajectory, held_on=today(), attendance="")
    url = reverse("guidance:record_attendance", args=[session.pk])
    response = client.post(f"{url}?back={SIGNALS}", {"attendance": "attended"})
    assert response["Location"] == SIGNALS
    for elsewhere in ("https://elders.test/", "//elders.test/", "/\\elders.test/"):
        response = client.post(f"{url}?back={elsewhere}", {"attendance": "attended"})
        assert response["Location"].startswith("/vandaag/")


def mend(cast: Cast, check: str, pk: object, **answers: object) -> int:
    there = reverse("reporting:mend_signal", args=[check, pk])
    return signed_in(cast.ineke).post(there, answers).status_code


def test_an_end_is_completed(cast: Cast) -> None:
    ended = another(cast, started_on=days_ago(100), ended_on=days_ago(10))
    reason = make.EndReasonFactory(provider=cast.provider)
    there = make.DestinationFactory(provider=cast.provider)
    foreign = make.DestinationFactory(provider=cast.other_provider)
    answers = {"end_reason": reason.pk, "destination": foreign.pk}
    assert mend(cast, "ended_without_reason", ended.pk, **answers) == 200
    assert mend(cast, "ended_without_reason", ended.pk, **(answers | {"destination": there.pk})) == 302
    ended.refresh_from_db()
    assert (ended.end_reason, ended.destination) == (reason, there)
    assert mend(cast, "closed_without_outcome", ended.pk, kind="volunteering", on=days_ago(10)) == 302
    assert Outcome.objects.get(trajectory=ended).kind == "volunteering"
    remaining = [name for name in SIGNAL_CHECKS if any(f.record.id == ended.pk for f in found_by(look_at(cast), name))]
    assert remaining == ["no_first_ladder"]


def test_days_that_were_left_blank_are_filled_in(cast: Cast) -> None:
    check, started = "started_without_referral_date", cast.trajectory.started_on
    assert mend(cast, check, cast.trajectory.pk, referred_on=started + timedelta(days=1)) == 200
    assert mend(cast, check, cast.trajectory.pk, referred_on=started - timedelta(days=9)) == 302
    cast.trajectory.refresh_from_db()
    assert cast.trajectory.referral is not None
    assert cast.trajectory.referral.referred_on == started - timedelta(days=9)
    job = make.OutcomeFactory(trajectory=cast.trajectory, employment_last_seen_on=days_ago(3))
    assert mend(cast, "paid_work_without_start", job.pk, starts_on=days_ago(2)) == 200
    assert mend(cast, "paid_work_without_start", job.pk, starts_on=days_ago(8)) == 302
    job.refresh_from_db()
    assert job.employment_starts_on == days_ago(8)


def test_a_place_is_given_back_with_one_click(cast: Cast) -> None:
    ended = another(cast, started_on=days_ago(100), ended_on=days_ago(10))
    kept = make.PlacementFactory(trajectory=ended)
    never_held = make.PlacementFactory(trajectory=ended, starts_on=days_ago(5))
    assert mend(cast, "slot_past_end", kept.pk) == 302
    assert mend(cast, "slot_past_end", never_held.pk) == 302
    assert [row.ends_on for row in Placement.objects.filter(trajectory=ended)] == [days_ago(10)]
    running = make.PlacementFactory(trajectory=cast.trajectory)
    assert mend(cast, "slot_gone", running.pk) == 200


def test_a_page_of_a_long_list_goes_on_where_the_one_before_stopped(cast: Cast) -> None:
    for _n in range(30):
        make.SessionFactory(trajectory=cast.trajectory, held_on=days_ago(4), attendance="")
    client = signed_in(cast.noor)
    everything = client.get(SIGNALS).context["groups"]
    assert [len(group["rows"]) for group in everything if group["name"] == "session_not_filled_in"] == [5]
    first = client.get(SIGNALS, {"check": "session_not_filled_in"}).context
    second = client.get(SIGNALS, {"check": "session_not_filled_in", "page": first["pager"].next}).context
    assert (len(first["groups"][0]["rows"]), len(second["groups"][0]["rows"])) == (25, 5)
    before = client.get(SIGNALS, {"check": "session_not_filled_in", "page": second["pager"].previous}).context
    assert before["groups"][0]["rows"] == first["groups"][0]["rows"]
