"""Migrations stand in one line per app, and from the baseline on the code of before survives them."""

import io

import pytest
from django.core.management import call_command

from config.checks import migrating


def test_the_migrations_of_each_app_stand_in_one_line() -> None:
    assert migrating.faults() == []


@pytest.mark.django_db(transaction=True)  # an index that holds nobody up is made outside of one
def test_what_came_after_the_baseline_breaks_and_holds_up_nobody() -> None:
    found = []
    for app, name in migrating.later():
        out = io.StringIO()
        call_command("sqlmigrate", app, name, stdout=out, no_color=True)
        found += list(migrating.judge(f"{app}.{name}", out.getvalue()))
    assert found == []


@pytest.mark.parametrize(
    ("sql", "rule"),
    [
        ("ALTER TABLE foundation_job DROP COLUMN kind;", "ban-drop-column"),
        ("ALTER TABLE foundation_job RENAME COLUMN kind TO sort;", "renaming-column"),
        ("ALTER TABLE foundation_job ADD COLUMN sort text NOT NULL;", "adding-required-field"),
        ("DROP TABLE foundation_job;", "ban-drop-table"),
        ("ALTER TABLE foundation_job ALTER COLUMN kind TYPE integer;", "changing-column-type"),
    ],
)
def test_what_would_break_the_code_of_before_is_seen(sql: str, rule: str) -> None:
    assert any(rule in fault for fault in migrating.judge("x.0001", sql))


def test_a_column_with_a_default_in_the_database_is_fine() -> None:
    sql = "ALTER TABLE foundation_job ADD COLUMN is_quick boolean DEFAULT false NOT NULL;"
    assert list(migrating.judge("x.0001", sql)) == []
