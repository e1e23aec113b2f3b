"""The application's database role owns nothing, and what must stand it cannot change."""

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction

from foundation.models import ReadEvent
from tests import factories as make
from trajectories.models import TrajectoryEvent

pytestmark = pytest.mark.django_db


def rows(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def test_the_tests_run_as_the_application_role() -> None:
    assert rows("SELECT current_user, session_user") == [(settings.DRAAD_APP_ROLE, settings.DRAAD_APP_ROLE)]


def test_it_owns_nothing_and_has_no_special_rights() -> None:
    assert rows("SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = current_user") == []
    assert rows(
        "SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    ) == [(False, False, False, False)]
    assert rows("SELECT has_schema_privilege(current_user, 'public', 'CREATE')") == [(False,)]


def test_every_table_can_be_read() -> None:
    unreadable = rows(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = 'public' AND c.relkind = 'r' AND NOT has_table_privilege(c.oid, 'SELECT, INSERT')"
    )
    assert unreadable in ([], [("django_migrations",)])


def test_no_history_can_be_changed_or_deleted() -> None:
    changeable = rows(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE '%history' "
        "AND (has_table_privilege(oid, 'UPDATE') OR has_table_privilege(oid, 'DELETE') "
        "OR has_table_privilege(oid, 'TRUNCATE'))"
    )
    assert changeable == []
    assert len(rows("SELECT 1 FROM pg_class WHERE relkind = 'r' AND relname LIKE '%history'")) > 15


@pytest.mark.parametrize("change", [{"kind": "relapse"}, {"dated_on": "2026-01-01"}])
def test_an_event_of_a_trajectory_cannot_be_changed(change: dict[str, str]) -> None:
    make.TrajectoryFactory()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        TrajectoryEvent.objects.update(**change)


def test_the_read_log_cannot_be_changed_or_deleted() -> None:
    ReadEvent.objects.create(staff_member_id=make.StaffMemberFactory().pk, role="coach", what="test")
    for attempt in (lambda: ReadEvent.objects.update(what="niets"), lambda: ReadEvent.objects.all().delete()):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            attempt()
