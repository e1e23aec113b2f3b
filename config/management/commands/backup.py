"""`manage.py backup FOLDER`: a copy of the database that proves itself. The key ring is not in it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.backup import manifest
from config.backup.copying import backup
from config.backup.programs import BackupRefused


class Command(BaseCommand):
    help = "Copies the database into a new folder, with a manifest to hold a restore against. Keys are never in it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="where the new folder goes")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            made = backup(folder)
        except BackupRefused as refused:
            raise CommandError(str(refused)) from None
        said = manifest.read(made)
        rows = sum(row[0] for row in said["tables"].values())
        self.stdout.write(
            f"{made}: {len(said['tables'])} tables, {rows} rows, {said['size']} bytes, {said['seconds']} s."
        )
        self.stdout.write("The key ring is not in it: keep a copy of that elsewhere.")
