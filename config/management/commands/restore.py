"""`manage.py restore FOLDER --into NAME`: read a backup back, hold it against its manifest, and look it over."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.backup.programs import BackupRefused
from config.backup.restoring import check, point_django_at, restore


class Command(BaseCommand):
    help = "Reads a backup into a new database, checks every table and seal, and erases again who was erased since."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder that backup made")
        parser.add_argument("--into", required=True, metavar="NAME", help="a database that does not exist yet")

    def handle(self, *args: Any, folder: Path, into: str, **options: Any) -> None:
        begun = time.monotonic()
        try:
            said = restore(folder, into=into)
        except BackupRefused as refused:
            raise CommandError(str(refused)) from None
        seconds = time.monotonic() - begun
        self.stdout.write(f"{into}: every table is as it was at {said['made_at']}; read back in {seconds:.1f} s.")
        point_django_at(into)
        if wrong := check(self.stdout.write, seal=said["last_seal"]):
            raise CommandError("\n".join(["Not in order:", *wrong]))
        self.stdout.write(f"{into} is in order. Point DATABASE_URL and DATABASE_OWNER_URL at it, and start Draad.")
