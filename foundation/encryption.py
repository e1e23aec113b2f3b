"""Free text and BSN of a person, sealed with a key per file.

Each file (a participant at a provider) has its own key; that key is wrapped by the key ring.
Destroying the file's key makes every sealed text of the person unreadable, in history and
backups too. A sealed value is AES-256-GCM with the row and column as associated data: pasted to
another row or column it does not open.
"""

import secrets
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from foundation.keys import KeyRingMissing, key_ring
from foundation.models.file_key import FileKey

NONCE_BYTES = 12

_opened: ContextVar[dict[uuid.UUID, bytes] | None] = ContextVar("opened_file_keys", default=None)


class Unreadable(Exception):
    """A sealed text does not open: its key was destroyed or it was tampered with."""


@contextmanager
def file_keys_kept() -> Iterator[None]:
    """Keep opened file keys for the length of the block (a request, a task), and no longer."""
    token = _opened.set({})
    try:
        yield
    finally:
        _opened.reset(token)


def open_file_keys(file_ids: Iterable[uuid.UUID]) -> None:
    """Open the keys of many files with one query, inside ``file_keys_kept``. Makes none."""
    kept = _opened.get()
    if kept is None:
        return
    for row in FileKey.objects.filter(file_id__in=set(file_ids) - kept.keys()):
        kept[row.file_id] = _unwrap(row)


def make_file_keys(file_ids: Iterable[uuid.UUID]) -> None:
    """Make and store a key for each of these new files, with one insert."""
    made = {file_id: secrets.token_bytes(32) for file_id in file_ids}
    FileKey.objects.bulk_create([_wrap(file_id, key) for file_id, key in made.items()])
    kept = _opened.get()
    if kept is not None:
        kept.update(made)


def seal(text: str, *, file_id: uuid.UUID, place: str) -> bytes:
    """Return ``text`` sealed with the key of the file, bound to ``place`` (row and column)."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(_file_key(file_id, make=True)).encrypt(nonce, text.encode(), place.encode())


def unseal(sealed: bytes, *, file_id: uuid.UUID, place: str) -> str:
    """Return the text of a sealed value. Raises Unreadable when it does not open."""
    try:
        opened = AESGCM(_file_key(file_id)).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())
    except (InvalidTag, FileKey.DoesNotExist):
        raise Unreadable(f"{place} cannot be opened.") from None
    return opened.decode()


def _file_key(file_id: uuid.UUID, *, make: bool = False) -> bytes:
    kept = _opened.get()
    if kept is not None and file_id in kept:
        return kept[file_id]
    key = _stored_key(file_id, make=make)
    if kept is not None:
        kept[file_id] = key
    return key


def _stored_key(file_id: uuid.UUID, *, make: bool) -> bytes:
    row = FileKey.objects.filter(file_id=file_id).first()
    if row is not None:
        return _unwrap(row)
    if not make:
        raise FileKey.DoesNotExist
    FileKey.objects.bulk_create([_wrap(file_id, secrets.token_bytes(32))], ignore_conflicts=True)
    return _unwrap(FileKey.objects.get(file_id=file_id))


def wrap_again(rows: Iterable[FileKey]) -> tuple[list[FileKey], list[uuid.UUID]]:
    """Return these file keys wrapped by the ring's current key, and the files whose key does not open."""
    done, closed = [], []
    for row in rows:
        try:
            done.append(_wrap(row.file_id, _unwrap(row)))
        except (InvalidTag, KeyRingMissing):
            closed.append(row.file_id)
    return done, closed


def _wrap(file_id: uuid.UUID, key: bytes) -> FileKey:
    ring = key_ring()
    nonce = secrets.token_bytes(NONCE_BYTES)
    wrapped = nonce + AESGCM(ring.key(ring.current)).encrypt(nonce, key, _wrapping_place(file_id, ring.current))
    return FileKey(file_id=file_id, ring_key=ring.current, wrapped=wrapped)


def _unwrap(row: FileKey) -> bytes:
    ring = key_ring()
    if row.ring_key not in ring.keys:  # read just before the keys were rotated and the old one was taken away
        row.refresh_from_db()
    wrapped = bytes(row.wrapped)
    place = _wrapping_place(row.file_id, row.ring_key)
    return AESGCM(ring.key(row.ring_key)).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], place)


def _wrapping_place(file_id: uuid.UUID, ring_key: str) -> bytes:
    return f"file_key|{file_id}|{ring_key}".encode()


class _SealedText(DeferredAttribute):
    """Opens the sealed bytes when the text is first asked for."""

    field: "SealedTextField"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            return super().__get__(instance, cls)
        value = instance.__dict__[name]
        if isinstance(value, bytes | memoryview):
            value = self.field.open_on(instance, bytes(value))
        return value or ""

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedTextField(models.BinaryField[Any, Any]):
    """A text that the database holds only sealed. Python reads and writes a plain ``str``.

    Args:
        file: name of the attribute that holds the id of the file the text belongs to.

    An empty text is stored as NULL. ``QuerySet.update`` and ``bulk_update`` refuse it (TypeError),
    since they do not know the row.
    """

    descriptor_class = _SealedText

    def __init__(self, *args: Any, file: str = "participant_id", **kwargs: Any) -> None:
        self.file = file
        kwargs.update(null=True, blank=True, editable=True, default=None)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for given in ("null", "blank", "editable", "default"):
            kwargs.pop(given, None)
        return name, path, args, {**kwargs, "file": self.file}

    def open_on(self, instance: models.Model, sealed: bytes) -> str:
        """Open ``sealed`` for ``instance`` and remember it there, so that an unchanged text is not sealed anew."""
        text = unseal(sealed, file_id=getattr(instance, self.file), place=self.place_on(instance))
        instance.__dict__[self.attname] = text
        instance.__dict__[f"_sealed_{self.attname}"] = (text, sealed)
        return text

    def place_on(self, instance: models.Model) -> str:
        """Return what a value is bound to: model, column and row; a history row counts as the row it copies."""
        model = getattr(type(instance), "pgh_tracked_model", type(instance))
        return f"{model._meta.label_lower}|{self.column}|{getattr(instance, 'id')}"  # noqa: B009

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes | None:
        value = model_instance.__dict__.get(self.attname)
        if isinstance(value, bytes | memoryview):
            return bytes(value)
        if not value:
            return None
        text, sealed = model_instance.__dict__.get(f"_sealed_{self.attname}", (None, None))
        if text == value and sealed is not None:
            return bytes(sealed)
        fresh = seal(value, file_id=getattr(model_instance, self.file), place=self.place_on(model_instance))
        model_instance.__dict__[f"_sealed_{self.attname}"] = (value, fresh)
        return fresh

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, str):
            raise TypeError(f"{self.attname} is sealed: change it on the object and save that.")
        return super().get_db_prep_value(value, connection, prepared)
