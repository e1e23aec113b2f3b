"""Django's migrate, which also makes the key ring of a new installation."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import migrate

from foundation.keys import create_key_ring
from foundation.models import FileKey


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        ring = Path(settings.DRAAD_KEYS)
        if ring.exists() or options["app_label"] or options["plan"] or options["check_unapplied"]:
            return
        if FileKey.objects.exists():
            raise CommandError(f"The key ring {ring} is missing, and this database needs it. Put it back first.")
        create_key_ring(ring)
