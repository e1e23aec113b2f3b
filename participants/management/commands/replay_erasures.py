"""``manage.py replay_erasures``: after a restore, erase again who was erased since the backup was made."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from participants.law import erasing, ledger


class Command(BaseCommand):
    """Read the ledger and erase all that it names. May be repeated."""

    help = "After a restore: erase again every file that the ledger of erasures names. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("ledger", nargs="?", default=settings.DRAAD_ERASURES, help="the ledger (DRAAD_ERASURES)")

    def handle(self, **options: Any) -> None:
        path = Path(options["ledger"])
        if not path.exists():
            raise CommandError(_("There is no ledger at %(path)s. Nothing was erased.") % {"path": path})
        entries, damaged = ledger.read(path)
        erased = sum(erasing.erase_again(entry) for entry in entries)
        counts = {"named": len(entries), "erased": erased}
        self.stdout.write(_("The ledger names %(named)s files; %(erased)s were there again and are erased.") % counts)
        if damaged:
            lines = ", ".join(str(number) for number in damaged)
            raise CommandError(_("These lines of the ledger cannot be read: %(lines)s.") % {"lines": lines})
