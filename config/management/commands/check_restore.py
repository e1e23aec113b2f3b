"""`manage.py check_restore`: what must hold after a restore by whatever means, such as Barman."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.backup.restoring import check


class Command(BaseCommand):
    help = "After a restore: checks roles, migrations, keys and seals, and erases again who was erased since."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from", dest="seal", nargs=2, metavar=("SEAL", "HASH"), help="a seal as it was kept elsewhere"
        )

    def handle(self, *args: Any, seal: list[str] | None, **options: Any) -> None:
        if wrong := check(self.stdout.write, seal=seal):
            raise CommandError("\n".join(["Not in order:", *wrong]))
        self.stdout.write("The restored database is in order.")
