"""What somebody does with a folder of files from another system: upload it, read it in, or throw it away."""

from base64 import b64decode, b64encode
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from foundation import jobs
from foundation.clock import now
from foundation.models import FileKey, Job
from organisations.models import FolderImport, FolderImportState, Organisation, StaffMember

KEPT_DAYS = 7
CHECK, READ = "check_folder", "read_folder_in"
"""The kinds of job. Their work needs the files of every app, and so stands on top (``config.importing``)."""


@transaction.atomic
def upload_folder(*, by: StaffMember, provider: Organisation, name: str, content: bytes) -> FolderImport:
    """Keep a zip, sealed, and have it looked through. Nothing of it is written yet."""
    found = FolderImport(provider=provider, asked_by=by, name=name[:120])
    found.folder = b64encode(content).decode()
    found.save()
    _ask_for(CHECK, found, by)
    return found


@transaction.atomic
def read_in(*, by: StaffMember, found: FolderImport) -> None:
    """Have a folder read in that was looked through and found good. Raises ValidationError when it is not."""
    row = FolderImport.objects.select_for_update().get(pk=found.pk)
    if row.state != FolderImportState.CHECKED:
        raise ValidationError(_("This folder is not ready to be read in, or somebody did that already."))
    FolderImport.objects.filter(pk=row.pk).update(state=FolderImportState.READING)
    _ask_for(READ, row, by)


@transaction.atomic
def throw_away(*, by: StaffMember, found: FolderImport) -> None:  # noqa: ARG001 - every action says who
    """Forget an upload and what was found in it. Raises ValidationError while it is read in, and after."""
    row = FolderImport.objects.select_for_update().get(pk=found.pk)
    if row.state in (FolderImportState.READING, FolderImportState.DONE):
        raise ValidationError(_("This folder is being read in, or was. It can no longer be thrown away."))
    FileKey.objects.filter(file_id=row.pk).delete()
    row.delete()


@transaction.atomic
def forget_folders() -> None:
    """Throw away what was uploaded a week ago and never read in: nobody waits for it, and people stand in it."""
    waiting = (FolderImportState.CHECKING, FolderImportState.REFUSED, FolderImportState.CHECKED)
    old = FolderImport.objects.filter(state__in=waiting, asked_at__lt=now() - timedelta(days=KEPT_DAYS))
    FileKey.objects.filter(file_id__in=list(old.values_list("pk", flat=True))).delete()
    old.delete()


def zip_of(found: FolderImport) -> bytes:
    """Return what was uploaded."""
    return b64decode(found.folder)


def last_job(found: FolderImport) -> Job | None:
    """Return the work that was last asked for."""
    return Job.objects.filter(subject_id=found.pk, kind__in=(CHECK, READ)).order_by("-created_at").first()


def _ask_for(kind: str, found: FolderImport, by: StaffMember) -> None:
    jobs.ask_for(kind, found.pk, steps=1, provider_id=found.provider_id, by=by.pk)
