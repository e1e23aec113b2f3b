"""`manage.py import_dossiers FOLDER [--dry-run] [--provider NAME]`: a provider moves in."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from config.imports import import_folder
from foundation.imports.faults import ImportRefused
from foundation.imports.running import Summary
from foundation.keys import KeyRingMissing
from organisations.imports import ProviderUnknown


class Command(BaseCommand):
    help = str(gettext_lazy("Import a folder of CSV files: all of it, or nothing."))

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help=_("The folder with the files."))
        parser.add_argument("--dry-run", action="store_true", help=_("Say what would happen, and write nothing."))
        parser.add_argument("--provider", metavar="NAME", help=_("For which provider; a new name makes a new one."))

    def handle(self, *args: Any, folder: Path, dry_run: bool, provider: str | None, **options: Any) -> None:
        if not folder.is_dir():
            raise CommandError(
                _("%(folder)s is not a folder. Name the folder with the CSV files.") % {"folder": folder}
            )
        try:
            summary = import_folder(folder, provider=provider, dry_run=dry_run, progress=self._say)
        except (ProviderUnknown, KeyRingMissing) as unknown:
            raise CommandError(str(unknown)) from None
        except ImportRefused as refused:
            for fault in refused.faults:
                self.stderr.write(str(fault))
            wrong = len(refused.faults)
            text = ngettext("%(number)s error; nothing was written.", "%(number)s errors; nothing was written.", wrong)
            raise CommandError(text % {"number": wrong}) from None
        except IntegrityError as clash:
            # All that a folder can do wrong was looked at; so somebody else wrote in the meantime.
            text = _("Something changed while this ran (%(what)s); nothing was written. Run it again.")
            raise CommandError(text % {"what": str(clash).splitlines()[0]}) from clash
        self._report(summary, dry_run=dry_run)

    def _say(self, text: str) -> None:
        self.stderr.write(text)
        self.stderr.flush()

    def _report(self, summary: Summary, *, dry_run: bool) -> None:
        for warning in summary.warnings:
            self.stderr.write(str(warning))
        for file, counts in summary.counts.items():
            self.stdout.write(
                _("%(file)s: %(added)s added, %(changed)s changed, %(unchanged)s unchanged")
                % {"file": file, "added": counts.added, "changed": counts.changed, "unchanged": counts.unchanged}
            )
        self.stdout.write(_("Dry run: nothing was written.") if dry_run else _("Done."))
