"""Migrations that the code of before survives: one line per app, no SQL that breaks or holds up who still runs it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from config.environment import ROOT

# Up to here nobody ran an earlier release, and tables were made and changed as it came. From the next migration of each
# app on, the code of the release before must go on working: see docs/adr/0021.
BASELINE = {
    "foundation": 7,
    "organisations": 8,
    "participants": 6,
    "trajectories": 6,
    "guidance": 7,
    "reporting": 10,
}
# What breaks a query of the code of before, or makes it wait for a whole table.
RULES = (
    "adding-field-with-default",
    "adding-not-nullable-field",
    "adding-required-field",
    "adding-serial-primary-key-field",
    "ban-alter-domain-with-add-constraint",
    "ban-drop-column",
    "ban-drop-database",
    "ban-drop-table",
    "ban-truncate-cascade",
    "changing-column-type",
    "disallowed-unique-constraint",
    "renaming-column",
    "renaming-table",
)


def faults() -> list[str]:
    """Whether the migrations of each app stand in one line: one follows the other."""
    import django
    from django.apps import apps
    from django.db.migrations.loader import MigrationLoader

    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        django.setup()
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    return [fault for app in BASELINE for fault in _not_in_line(app, loader.disk_migrations)]


def later() -> list[tuple[str, str]]:
    """The migrations after the baseline: app and name."""
    files = ((app, path.stem) for app in BASELINE for path in (ROOT / app / "migrations").glob("[0-9]*.py"))
    return sorted((app, name) for app, name in files if int(name[:4]) > BASELINE[app])


def judge(name: str, sql: str) -> Iterator[str]:
    """Return what squawk says of the SQL of one migration, by our rules only."""
    program = str(Path(sys.executable).with_name("squawk"))
    command = [
        program,
        "--reporter",
        "json",
        "--assume-in-transaction",
        "--pg-version",
        "15.0",
        "--stdin-filepath",
        name,
    ]
    done = subprocess.run(command, input=sql, capture_output=True, text=True)
    for found in json.loads(done.stdout or "[]"):
        if found["rule_name"] in RULES:
            yield f"{name}: {found['rule_name']}: {found['message']}"


def _not_in_line(app: str, migrations: Mapping[tuple[str, str], Any]) -> Iterator[str]:
    after: dict[str | None, list[str]] = {}
    for label, name in migrations:
        if label == app:
            parents = [parent for owner, parent in migrations[label, name].dependencies if owner == app] or [None]
            for parent in parents:
                after.setdefault(parent, []).append(name)
    for parent, names in after.items():
        if len(names) > 1:
            yield f"{app}: {', '.join(sorted(names))} all follow {parent or 'nothing'}"
