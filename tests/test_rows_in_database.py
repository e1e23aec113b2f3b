"""As the application's role, past all code: nobody sees, adds, changes or takes away a row of somebody else.

Every table behind the fence, with rows of two providers, in every sight that is not theirs; and what is noticed when
one of the fences is taken away. ``DRAAD_SWEEP=every`` takes away each of them, and prints the numbers.
"""

import json
import os
import sys
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from psycopg import Connection

from foundation.models import ReadEvent
from foundation.row_security import one_file
from foundation.rows import seeing, seeing_everything
from guidance.models import Goal, Session
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.participants.planting import plant
from tests.signed import signed_report
from tests.support.servers import connect
from tests.test_fences import OUTSIDE, behind_the_fence, keys_in_database, keys_of_files, of_models, of_somebody
from tests.visits import make_objects

pytestmark = pytest.mark.django_db

EVERY = os.environ.get("DRAAD_SWEEP") == "every"
# Everybody may add to the read log, also who sees nothing: a refusal has its event.
ALL_MAY_ADD = {"foundation_readevent"}
SIGHTS = ("nobody", "another provider", "a municipality")


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def full(transactional_db: None) -> Cast:
    """Two providers with a row in nearly every table, committed."""
    with transaction.atomic():
        made = make_cast()
        make_objects(made)
        for number, trajectory in enumerate((made.trajectory, made.foreign_trajectory)):
            planted = plant(trajectory, made.noor, mark=f"Geheim{number}")
            planted.rows[Session].goals.add(planted.rows[Goal])
            ReadEvent.objects.create(provider_id=trajectory.provider_id, role="coach", what="guidance:person")
    return made


def say(capsys: pytest.CaptureFixture[str], line: str) -> None:
    """Print a number of the long form."""
    if EVERY:
        with capsys.disabled():
            sys.stdout.write(f"\n{line}\n")


def rows_of(table: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(t) FROM {table} t")
        return [row[0] if isinstance(row[0], dict) else json.loads(row[0]) for row in cursor]


def sights(cast: Cast) -> dict[str, AbstractContextManager[None]]:
    """Who looks at the rows of the first provider, and of nobody."""
    looks = (
        seeing(),
        seeing(providers=[cast.other_provider.pk]),
        seeing(municipalities=[cast.municipality.pk]),
    )
    return dict(zip(SIGHTS, looks, strict=True))


def test_nobody_reaches_a_row_of_somebody_else(full: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    cast = full
    fenced = sorted(behind_the_fence() & of_models().keys())
    with seeing_everything("the test knows what there is"):
        all_rows = {table: rows_of(table) for table in fenced}
    tried, wrong = 0, []
    for number, (table, rows) in enumerate(all_rows.items()):
        # In the short form each table is looked at by one of them, in turn.
        for name in SIGHTS if EVERY else [SIGHTS[number % 3]]:
            with sights(cast)[name]:
                seen = rows_of(table)
            theirs = [row for row in rows if not is_for(name, row, table, cast)]
            wrong += [(table, name, "seen")] * sum(row in theirs for row in seen)
            for attempt, statement in attempts(table, theirs[0] if theirs else None, cast).items():
                tried += 1
                with sights(cast)[name]:
                    if done(*statement) and not (attempt == "insert" and table in ALL_MAY_ADD):
                        wrong.append((table, name, attempt))
    filled = sum(bool(rows) for rows in all_rows.values())
    say(capsys, f"T2: tables {len(fenced)} (with rows: {filled}), tried {tried}, reached {len(wrong)}")
    assert wrong == []
    assert filled > 70


def is_for(name: str, row: dict[str, Any], table: str, cast: Cast) -> bool:
    """Whether a row is rightly seen by who looks."""
    if name == "another provider":
        own = str(cast.other_provider.pk)
        return own in (row.get("provider_id"), row.get("organisation_id")) or in_reports_of(cast, row, table, own)
    return name == "a municipality" and table.startswith("reporting_report")


def in_reports_of(cast: Cast, row: dict[str, Any], table: str, own: str) -> bool:
    """Whether a row without a provider hangs on one of the other provider."""
    if "provider_id" in row:
        return False
    with seeing_everything("the test knows what there is"), connection.cursor() as cursor:
        for column, parent in (
            ("report_id", "reporting_report"),
            ("group_id", "guidance_group"),
            ("session_id", "guidance_session"),
        ):
            if column in row:
                cursor.execute(f"SELECT provider_id FROM {parent} WHERE id = %s", [row[column]])
                return str(cursor.fetchone()[0]) == own
    return False


def attempts(table: str, row: dict[str, Any] | None, cast: Cast) -> dict[str, tuple[str, list[Any]]]:
    """Statements that reach for a row of the first provider; where there is none, only that one is added."""
    if row is None and not any(field.column == "provider_id" for field in of_models()[table]._meta.local_fields):
        return {}
    new = {**(row or {"provider_id": str(cast.provider.pk)})}
    columns = [column for column in new if column not in ("written_in", "cluster")]
    key = "pgh_id" if "pgh_id" in new else "id"
    if isinstance(new.get(key), str):
        new[key] = str(uuid.uuid4())
    elif key in columns:
        columns.remove(key)
    names = ", ".join(columns)
    add = f"INSERT INTO {table} ({names}) SELECT {names} FROM jsonb_populate_record(NULL::{table}, %s)"
    found = {"insert": (add, [json.dumps(new)])}
    if row is not None:
        which = [row[key]]
        found["update"] = (f"UPDATE {table} SET {key} = {key} WHERE {key} = %s", which)
        found["delete"] = (f"DELETE FROM {table} WHERE {key} = %s", which)
        found["lock"] = (f"SELECT FROM {table} WHERE {key} = %s FOR SHARE", which)
    return found


def done(statement: str, values: list[Any]) -> bool:
    """Whether a statement reached a row; whatever it did is undone."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            reached = int(cursor.rowcount) > 0
            transaction.set_rollback(True)
            return reached
    except DatabaseError as refused:
        assert "row-level security" in str(refused) or "permission denied" in str(refused), refused
        return False


def test_a_row_cannot_be_given_to_somebody_else(cast: Cast) -> None:
    """An own row stays own, and points at own rows only, also for who sees both providers."""
    move = f"UPDATE participants_participant SET provider_id = '{cast.provider.pk}' WHERE id = '{cast.vera.pk}'"
    with seeing(providers=[cast.other_provider.pk]):
        assert not done(move, [])
    point = "UPDATE guidance_session SET trajectory_id = %s WHERE provider_id = %s"
    make.SessionFactory(trajectory=cast.trajectory)
    both = [cast.provider.pk, cast.other_provider.pk]
    with pytest.raises(DatabaseError, match="one_file"), transaction.atomic(), seeing(providers=both):
        connection.cursor().execute(point, [cast.foreign_trajectory.pk, cast.provider.pk])


def test_an_officer_is_shown_a_report_when_it_is_signed_and_nothing_behind_it(cast: Cast) -> None:
    signed_report(cast.agreement)
    with seeing(municipalities=[cast.municipality.pk]):
        assert [row["state"] for row in rows_of("reporting_report")] == ["signed"]
        assert rows_of("reporting_frozentable") == rows_of("reporting_reporttext") == []
        assert {row["format"] for row in rows_of("reporting_reportfile")} - {"rows"}
    with seeing(municipalities=[cast.other_municipality.pk]):
        assert rows_of("reporting_report") == rows_of("reporting_reportfile") == []


def test_whether_a_report_is_signed_is_asked_without_seeing_more_after_it(cast: Cast) -> None:
    with seeing(providers=[cast.other_provider.pk]), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT draad_is_signed(%s), current_setting('draad.providers')", [uuid.uuid4()])
        assert cursor.fetchone() == (False, str(cast.other_provider.pk))


@contextmanager
def sabotaged(owner: Connection[Any], statement: str) -> Iterator[None]:
    """Take a fence away, as who may do anything, and put it back."""
    with owner.transaction(force_rollback=True):
        owner.execute(statement)
        yield


def test_a_fence_that_is_taken_away_is_noticed(transactional_db: None, capsys: pytest.CaptureFixture[str]) -> None:
    """Policies and keys in turn: the tests that are made from the models see that it is gone."""
    fenced, keys = behind_the_fence(), keys_of_files()
    models = of_models()
    personal = {table for table, model in models.items() if of_somebody(model, fenced)}
    ways = ("DISABLE ROW LEVEL SECURITY", "NO FORCE ROW LEVEL SECURITY")
    found, step = 0, 1 if EVERY else 12
    chosen, keys_chosen = sorted(fenced & models.keys())[::step], keys[::step]
    with connect("postgres", str(connection.settings_dict["NAME"])) as administrator:
        for table in chosen:
            for way in ways:
                with sabotaged(administrator, f"ALTER TABLE {table} {way}"):
                    found += personal - behind_the_fence(administrator) - OUTSIDE.keys() == {table}
        for table, column, _parent in keys_chosen:
            with sabotaged(administrator, f"ALTER TABLE {table} DROP CONSTRAINT {one_file(table, column)}"):
                there = keys_in_database(administrator)
                found += [key[:2] for key in keys if key[:2] not in there] == [(table, column)]
    made = len(ways) * len(chosen) + len(keys_chosen)
    say(capsys, f"T3: sabotages {made}, found {found}")
    assert found == made
