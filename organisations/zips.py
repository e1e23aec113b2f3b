"""A folder of files as a zip: which files are in it, and whether it is one that can be unpacked safely."""

from pathlib import PurePosixPath
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_BYTES, MOST_UNPACKED, MOST_FILES = 30 * 2**20, 300 * 2**20, 60
ENCRYPTED = 0x1


def check_zip(file: BinaryIO) -> None:
    """Raise ValidationError, with what to do, for a file that is no zip of a folder, or one that is far too large."""
    try:
        with ZipFile(file) as packed:
            found = members(packed)
    except (BadZipFile, ValueError, RuntimeError) as problem:  # the last for a kind of zip that Python does not know
        raise ValidationError(no_zip()) from problem
    names = [PurePosixPath(info.filename).name for info in found]
    if not names:
        raise ValidationError(_("There is no file in this zip. Put the CSV files in it."))
    if len(set(names)) < len(names):
        raise ValidationError(_("Two files in this zip have the same name. Put the files of one folder in it."))
    if any(info.flag_bits & ENCRYPTED for info in found):
        raise ValidationError(_("This zip has a password. Make one without; it travels over a closed connection."))
    if any(info.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for info in found):
        raise ValidationError(no_zip())
    if len(names) > MOST_FILES or sum(info.file_size for info in found) > MOST_UNPACKED:
        raise ValidationError(_("There is more in this zip than belongs in one import. Put only the CSV files in it."))


def no_zip() -> str:
    """Say that a file cannot be unpacked, and what to do."""
    return _("This is no zip file. Put the CSV files in one folder and make a zip of that.")


def members(packed: ZipFile) -> list[ZipInfo]:
    """Return the files in a zip, without its folders and without what a Mac puts beside them."""
    return [
        info
        for info in packed.infolist()
        if not info.is_dir()
        and not info.filename.startswith("__MACOSX/")
        and not PurePosixPath(info.filename).name.startswith(".")
    ]
