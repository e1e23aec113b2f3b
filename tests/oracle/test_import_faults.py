"""Every clause of "Refused" gives one error in its place and writes nothing; what is allowed goes in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.apps import apps

from tests.oracle.accepted import EDGES, SPELLINGS, Accepted
from tests.oracle.asking import keywords
from tests.oracle.compare import differences
from tests.oracle.count import count
from tests.oracle.faults import SMALL, Fault, batches, cell_changed, small_folder, write_files
from tests.oracle.product import Located, product_figures, run_import
from tests.oracle.refused import FAULTS
from tests.oracle.terms import Question

pytestmark = pytest.mark.django_db
DOMAIN = ("organisations", "participants", "trajectories", "guidance", "reporting")
WHOLE = Question(date(2023, 1, 1), date(2023, 12, 31), date(2024, 12, 31))
TEN = (
    "an unknown coach",
    "a role outside its list",
    "a date in another form",
    "negative minutes",
    "a BSN that fails the eleven-test",
    "an event after its trajectory",
    "a slot held twice on one day",
    "ladder step 7",
    "an outcome 31 days before the start",
    "the same half-day twice",
)


def rows_written() -> dict[str, int]:
    """How many rows each table of the domain holds."""
    models = [model for label in DOMAIN for model in apps.get_app_config(label).get_models()]
    return {model._meta.label: model._default_manager.count() for model in models}


def is_at(error: Located, fault: Fault) -> bool:
    if (error.file, error.line) != (fault.file, fault.line):
        return False
    return not fault.columns or error.column in fault.columns


@pytest.mark.parametrize("batch", batches(FAULTS), ids=range(len(batches(FAULTS))))
def test_every_fault_is_reported_in_its_place_and_nothing_is_written(batch: list[Fault], tmp_path: Path) -> None:
    """Faults in different files go into one folder: all of them must be told at once, and nothing besides."""
    files = small_folder()
    for fault in batch:
        fault.change(files)
    before = rows_written()
    imported = run_import(write_files(files, tmp_path))
    assert imported.code == 1, imported.output
    missed = [fault.title for fault in batch if not any(is_at(error, fault) for error in imported.errors)]
    assert missed == [], imported.output
    assert len(imported.errors) == len(batch), imported.output
    assert rows_written() == before


def test_ten_faults_in_one_folder_are_ten_errors(tmp_path: Path) -> None:
    files = small_folder()
    faults = [fault for fault in FAULTS if fault.clause in TEN]
    assert len(faults) == 10
    for fault in faults:
        fault.change(files)
    before = rows_written()
    imported = run_import(write_files(files, tmp_path))
    assert imported.code == 1
    assert len(imported.errors) == 10, imported.output
    missed = [fault.title for fault in faults if not any(is_at(error, fault) for error in imported.errors)]
    assert missed == []
    assert rows_written() == before


def test_another_spelling_of_a_loaded_folder_changes_nothing(tmp_path: Path) -> None:
    """Not a row, not a line of history: so every cell was read as the same."""
    assert run_import(SMALL).code == 0
    assert differences(product_figures(WHOLE), count(SMALL, **keywords(WHOLE))) == []
    before = rows_written()
    for spelling in SPELLINGS:
        files = small_folder()
        spelling.change(files)
        imported = run_import(write_files(files, tmp_path / spelling.title))
        assert imported.code == 0, f"{spelling.title}: {imported.output}"
        assert rows_written() == before, spelling.title


def test_a_new_folder_in_another_spelling_goes_in(tmp_path: Path) -> None:
    files = small_folder()
    for spelling in SPELLINGS:
        if spelling.title in {"decimal commas between semicolons", "dates with the day first", "a byte-order mark"}:
            spelling.change(files)
    imported = run_import(write_files(files, tmp_path))
    assert imported.code == 0, imported.output
    assert differences(product_figures(WHOLE), count(SMALL, **keywords(WHOLE))) == []


@pytest.mark.parametrize("batch", batches(EDGES), ids=range(len(batches(EDGES))))
def test_what_is_just_allowed_goes_in(batch: list[Accepted], tmp_path: Path) -> None:
    files = small_folder()
    for edge in batch:
        edge.change(files)
    imported = run_import(write_files(files, tmp_path))
    assert imported.code == 0, imported.output
    late = any("longer than its trajectory" in edge.title or "open placement" in edge.title for edge in batch)
    assert [(error.file, error.line) for error in imported.errors] == [("placements.csv", 3)] * late


def test_a_row_never_changes_an_account_of_another_organisation(tmp_path: Path) -> None:
    assert run_import(SMALL).code == 0
    before = rows_written()
    staff = small_folder()["staff.csv"].replace("Anaïs Öztürk".encode(), b"Somebody Else")
    files = {"staff.csv": staff, "units.csv": small_folder()["units.csv"]}
    files["municipalities.csv"] = small_folder()["municipalities.csv"]
    imported = run_import(write_files(files, tmp_path), provider="Another provider")
    assert imported.code == 1, imported.output
    assert ("staff.csv", 2, "email") in {(error.file, error.line, error.column) for error in imported.errors}
    assert rows_written() == before


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    before = rows_written()
    assert run_import(SMALL, "--dry-run").code == 0
    assert rows_written() == before
    files = small_folder()
    cell_changed("sessions.csv", 2, "minutes", "-5")(files)
    imported = run_import(write_files(files, tmp_path), "--dry-run")
    assert (imported.code, len(imported.errors)) == (1, 1)


def test_a_changed_folder_changes_its_rows_only(tmp_path: Path) -> None:
    assert run_import(SMALL).code == 0
    before = rows_written()
    files = small_folder()
    cell_changed("sessions.csv", 2, "minutes", "50")(files)
    imported = run_import(write_files(files, tmp_path))
    assert imported.code == 0, imported.output
    assert {label for label, number in rows_written().items() if number != before[label]} <= HISTORY_ONLY
    minutes = count(SMALL, **keywords(WHOLE))["sessions"]["minutes"]
    assert product_figures(WHOLE)["sessions"]["minutes"] == minutes + 5


HISTORY_ONLY = {"guidance.SessionEvent", "guidance.SessionHistory"}
