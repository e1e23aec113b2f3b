"""``manage.py seal_log``: what the schedule does every minute, now."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from foundation.sealing import seal_log


class Command(BaseCommand):
    """Seal the rows of the read log that no seal covers yet."""

    help = "Seal the rows of the read log that no seal covers yet. Prints the hash of each seal; keep it elsewhere."

    def handle(self, **options: Any) -> None:
        seals = seal_log()
        for seal in seals:
            says = {"number": seal.number, "rows": seal.rows, "hash": seal.hash}
            self.stdout.write(_("Seal %(number)s, rows: %(rows)s, hash: %(hash)s") % says)
        if not seals:
            self.stdout.write(_("Nothing to seal."))
