"""``manage.py verify_report``: what happens outside a signed report does not matter; one byte inside it does."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from config.embedded.postgres import OWNER
from foundation import jobs
from foundation.models import Job
from foundation.periods import Period
from guidance.models import Session
from reporting import actions
from reporting.models import Report, ReportState
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.support import servers
from trajectories.models import Outcome, Trajectory

YEAR = Period.year(2025)
GUARDED = ("report", "reportpart", "reportfile", "frozentable", "reporttext", "reportevent")


@pytest.fixture
def cast() -> Cast:
    """Seven people for one payer and six for another, with outcomes and sessions."""
    cast = make_cast()
    for agreement, number in ((cast.agreement, 7), (cast.other_agreement, 6)):
        make.CombinationConsentFactory(agreement=agreement)
        for _ in range(number):
            person = make.ParticipantFactory(provider=cast.provider, home_municipality=cast.municipality)
            trajectory = make.TrajectoryFactory(
                participant=person, programme=cast.programme, agreement=agreement, started_on=date(2025, 2, 1)
            )
            make.OutcomeFactory(trajectory=trajectory, dated_on=date(2025, 6, 1))
            make.SessionFactory(trajectory=trajectory, held_on=date(2025, 3, 1))
    return cast


def signed(cast: Cast) -> Report:
    report = actions.ask_for_report(by=cast.ineke, agreements=[cast.agreement, cast.other_agreement], period=YEAR)
    jobs.run_all()
    actions.write_plans(by=cast.ineke, report=report, text="Meer plekken in de kas.")
    report.refresh_from_db()
    actions.check_report(by=cast.ineke, report=report)
    actions.sign_report(by=cast.ineke, report=report)
    jobs.run_all()
    report.refresh_from_db()
    assert report.state == ReportState.SIGNED, list(Job.objects.values_list("error", flat=True))
    return report


def verify(report: Report) -> str:
    out = StringIO()
    call_command("verify_report", report.number, "--provider", report.provider.name, stdout=out)
    return out.getvalue()


def refusal(report: Report) -> str:
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_report", report.number, "--version", "1", stdout=out)
    return "\n".join(line for line in out.getvalue().splitlines() if "DIFFERS" in line)


def triggers(word: str) -> None:
    """Switch the guards of signed reports off or on, as only the owner of the tables can."""
    with servers.connect(OWNER, str(connection.settings_dict["NAME"])) as owner:
        for table in GUARDED:
            owner.execute(f"ALTER TABLE reporting_{table} {word} TRIGGER USER")


@contextmanager
def tampered(statement: str) -> Iterator[None]:
    """What a hand inside the database did, until the end of the block."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount, statement
        yield
        transaction.set_rollback(True)


FLIP = "set_byte(content, 40, get_byte(content, 40) # 1)"
NUMBER = "jsonb_set(content, '{tables,0,rows,0,1}', '99')"
MOVED = "convert_to(regexp_replace(convert_from(content, 'UTF8'), '2025-06-01', '2025-06-02'), 'UTF8')"
SENTENCE = "jsonb_set(content, '{title}', '\"Anders\"')"
TAMPERING = {
    f"UPDATE reporting_reportfile SET content = {FLIP} WHERE part_id IS NULL AND format = 'pdf'": "-v1.pdf was changed",
    "DELETE FROM reporting_reportfile WHERE part_id IS NULL AND format = 'ods'": "-v1.ods is gone",
    f"UPDATE reporting_frozentable SET content = {MOVED} WHERE name = 'outcomes'": "“outcomes”: row 1 was changed",
    "UPDATE reporting_frozentable SET content = '[]' WHERE name = 'events'": "“events” has 0 rows",
    "DELETE FROM reporting_frozentable WHERE name = 'sessions'": "“sessions” is gone",
    f"UPDATE reporting_report SET content = {NUMBER}": "Table T1 of the whole report was changed",
    f"UPDATE reporting_report SET content = {SENTENCE}": "The text of the whole report was changed",
    f"UPDATE reporting_reportpart SET content = {NUMBER}": "Table T1 of 0307-A was changed",
    "UPDATE reporting_report SET figures = jsonb_set(figures, '{whole,now,inflow}', '99')": "about “figures”",
    "UPDATE reporting_report SET manifest = jsonb_set(manifest, '{draad}', '\"9\"')": "The manifest was changed",
}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.django_db(transaction=True)
def test_a_signed_report_stands_whatever_happens_outside_and_one_byte_inside_is_found(cast: Cast) -> None:
    report = signed(cast)
    refuse_every_change()
    change_everything_outside(cast)
    said = verify(report)
    assert "counted again from the frozen rows" in said
    assert "All as it was signed." in said

    triggers("DISABLE")
    try:
        for statement, found in TAMPERING.items():
            with tampered(statement):
                assert found in refusal(report), statement
    finally:
        triggers("ENABLE")
    assert "All as it was signed." in verify(report)


def refuse_every_change() -> None:
    """The application's own role is refused a change of a signed report and of all that stands with it."""
    for table in GUARDED:
        for statement in (f"UPDATE reporting_{table} SET id = id", f"DELETE FROM reporting_{table}"):
            with pytest.raises(DatabaseError, match=r"signed report|Cannot"), transaction.atomic():
                connection.cursor().execute(statement)


def change_everything_outside(cast: Cast) -> None:
    """Rows changed, deleted and added after signing, and what is called otherwise."""
    Session.objects.all().delete()
    Outcome.objects.filter(trajectory__agreement=cast.agreement).delete()
    Outcome.objects.update(dated_on=date(2026, 1, 1))
    Trajectory.objects.filter(agreement=cast.other_agreement).update(started_on=date(2024, 12, 1))
    make.TrajectoryFactory(programme=cast.programme, agreement=cast.agreement, started_on=date(2025, 3, 1))
    cast.programme.name, cast.agreement.code, cast.agreement.small_count = "Andere naam", "X-1", 2
    cast.programme.save()
    cast.agreement.save()


@pytest.mark.django_db
def test_what_is_not_signed_cannot_be_verified(cast: Cast) -> None:
    report = actions.ask_for_report(by=cast.ineke, agreements=[cast.agreement], period=YEAR)
    with pytest.raises(CommandError, match="no signed report"):
        verify(report)
    with pytest.raises(CommandError, match="Nergens"):
        call_command("verify_report", report.number, "--provider", "Nergens")


@pytest.mark.django_db(transaction=True)
def test_what_is_frozen_is_seen_at_one_moment(cast: Cast) -> None:
    actions.ask_for_report(by=cast.ineke, agreements=[cast.agreement], period=YEAR)
    held = jobs.claim()
    assert held
    with held.writing(at_one_moment=True), connection.cursor() as cursor:
        cursor.execute("SHOW transaction_isolation")
        assert cursor.fetchone() == ("repeatable read",)
