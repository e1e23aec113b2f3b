"""An import folder as plain rows: reading it, writing it, and its columns."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

Row = dict[str, str]
Rows = dict[str, list[Row]]

COLUMNS: Mapping[str, Sequence[str]] = {
    "municipalities": ("code", "name"),
    "units": ("code", "name"),
    "staff": ("email", "name", "role", "unit", "municipality"),
    "hosts": ("code", "name"),
    "destinations": ("code", "name", "category"),
    "end_reasons": ("code", "name", "dropout"),
    "programmes": (
        "code", "name", "unit", "kind", "aim", "legal_ground",
        "trial_weeks", "norm_weeks", "days_per_week", "provision_type",
    ),
    "agreements": (
        "code", "municipality", "programmes", "starts_on", "ends_on",
        "lot", "capacity", "price_per_trajectory", "small_count",
    ),
    "targets": ("agreement", "figure", "target"),
    "participants": (
        "reference", "given_names", "prefix", "surname", "date_of_birth",
        "gender", "municipality", "benefit", "bsn", "flags",
    ),
    "slots": ("code", "programme", "host", "from", "until", "hours_per_week"),
    "referrals": (
        "reference", "participant", "programme", "agreement", "referred_on",
        "referrer", "question", "decision", "decided_on", "reason",
    ),
    "trajectories": (
        "reference", "participant", "programme", "agreement", "coach", "referred_on", "referrer",
        "question", "started_on", "planned_end_on", "ended_on", "end_reason", "destination", "previous",
    ),
    "events": ("trajectory", "on", "event", "note"),
    "outcomes": (
        "trajectory", "on", "kind", "employer", "hours_per_week", "contract_form",
        "employment_starts_on", "employment_ended_on", "employment_last_seen_on", "note",
    ),
    "placements": ("trajectory", "slot", "from", "until", "hours_per_week"),
    "sessions": ("reference", "trajectory", "on", "minutes", "kind", "attendance", "coach", "note", "plan"),
    "attendance": ("trajectory", "on", "half_day", "status"),
    "assessments": ("participant", "trajectory", "instrument", "on", "moment", "dimension", "value"),
    "certificates": ("trajectory", "name", "on", "valid_until"),
}  # fmt: skip


def read_folder(folder: Path) -> Rows:
    """Every row of every file, keyed by the file's name without `.csv`; an absent file has no rows."""
    rows: Rows = {name: [] for name in COLUMNS}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows[path.stem] = [
                {column: row.get(column) or "" for column in COLUMNS[path.stem]} for row in csv.DictReader(handle)
            ]
    return rows


def write_folder(rows: Mapping[str, Sequence[Mapping[str, str]]], folder: Path) -> Path:
    """Write the rows as a folder; a file without rows is left out. Returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, columns in COLUMNS.items():
        if not rows.get(name):
            continue
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, fieldnames=columns, restval="")
            writer.writeheader()
            writer.writerows(rows[name])
    return folder


def day(text: str) -> date | None:
    """The date in a cell; None for a blank."""
    return date.fromisoformat(text) if text else None
