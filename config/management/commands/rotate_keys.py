"""`manage.py rotate_keys`: new keys for all that is sealed or found by a hash, while people work. See docs/keys.md."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import rotating
from foundation.keys import KeyRingMissing, key_ring
from foundation.refused import Refused
from participants.rehashing import hash_bsns_again
from reporting.statistic.kept import deliveries_before


class Command(BaseCommand):
    help = str(gettext_lazy("Rotates the keys while people work. Safe to stop and to repeat."))

    def add_arguments(self, parser: CommandParser) -> None:
        chosen = parser.add_mutually_exclusive_group()
        chosen.add_argument("--add", action="store_true", help=_("Only put new keys beside the old ones in the ring."))
        chosen.add_argument("--remove-old", action="store_true", help=_("Take the old keys out: nothing needs them."))
        parser.add_argument(
            "--forget-check-numbers",
            action="store_true",
            help=_("Take an old key out although check numbers of the statistic were made with it."),
        )

    def handle(self, *args: Any, add: bool, remove_old: bool, forget_check_numbers: bool, **options: Any) -> None:
        try:
            with rotating.rotating():
                if remove_old:
                    self._remove_old(forget=forget_check_numbers)
                elif add:
                    rotating.add_keys()
                    self._say_ring()
                else:
                    self._rotate()
        except (Refused, KeyRingMissing) as refused:
            raise CommandError(str(refused)) from None
        except OSError as refused:
            raise CommandError(_("The key ring cannot be written: %(why)s") % {"why": refused}) from None

    def _rotate(self) -> None:
        if not rotating.is_rotating(key_ring()):
            self._clear()  # the rotation of before may have been stopped just before its end
        rotating.add_keys()
        rotating.use_newest_key()
        rotating.wait_for_others()
        self._close_anew(every=False)
        self._say_ring()
        self.stdout.write(_("When no backup needs the old keys: rotate_keys --remove-old."))

    def _remove_old(self, *, forget: bool) -> None:
        ring = key_ring()
        if not rotating.is_rotating(ring):
            self._clear()
            return
        if not rotating.uses_newest_key(ring):
            raise Refused(_("The new keys are not used yet. Run rotate_keys first."))
        rotating.wait_for_others()
        self._close_anew(every=True)
        exports = deliveries_before(ring.newest)
        if exports and not forget:
            raise Refused(
                _(
                    "Check numbers of %(exports)s exports of the statistic were made with the old key. With "
                    "--forget-check-numbers the key goes; then of these only a whole file can be compared."
                )
                % {"exports": exports}
            )
        rotating.take_old_keys_out()
        self._clear()

    def _clear(self) -> None:
        """Take away the hashes of a key that was taken out of the ring."""
        rotating.wait_for_others()
        hash_bsns_again()
        self._say_ring()

    def _close_anew(self, *, every: bool) -> None:
        """Wrap and hash all that is behind. Raises Refused when something does not open: then every key stays."""
        files, closed = rotating.wrap_file_keys_again()
        self.stdout.write(_("File keys wrapped again: %(files)s") % {"files": files})
        numbers, unread = hash_bsns_again(every=every)
        self.stdout.write(_("BSNs hashed again: %(numbers)s") % {"numbers": numbers})
        if unopened := sorted({*closed, *unread}):
            raise Refused(self._unopened(unopened))

    def _unopened(self, files: list[UUID]) -> str:
        text = _("%(number)s files do not open with any key of the ring, so no key is taken out: %(files)s")
        return text % {"number": len(files), "files": ", ".join(map(str, files[:5]))}

    def _say_ring(self) -> None:
        ring = key_ring()
        says = {"keys": ", ".join(ring.keys), "current": ring.current, "lookups": ", ".join(map(str, ring.lookups))}
        text = _("In the ring: %(keys)s for files (new ones: %(current)s), %(lookups)s for lookups.")
        self.stdout.write(text % says)
