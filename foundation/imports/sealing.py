"""Text of a person on its way in: covered while it is staged, then sealed with the key of its file."""

import secrets
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models

from foundation.encryption import (
    NONCE_BYTES,
    SealedTextField,
    Unreadable,
    file_keys_kept,
    make_file_keys,
    open_file_keys,
    seal,
    unseal,
)


class Cover:
    """Covers text with a key that lives in memory for one run, so that no open text reaches the staging tables."""

    def __init__(self) -> None:
        self._cipher = AESGCM(AESGCM.generate_key(256))

    def put(self, text: str | None) -> bytes | None:
        """Return ``text`` covered; nothing for nothing."""
        if not text:
            return None
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, text.encode(), None)

    def lift(self, covered: bytes | None) -> str:
        """Return the text under a cover."""
        if covered is None:
            return ""
        return self._cipher.decrypt(covered[:NONCE_BYTES], covered[NONCE_BYTES:], None).decode()


def sealed_fields(model: type[models.Model]) -> list[SealedTextField]:
    """The fields of a model that are stored sealed."""
    return [field for field in model._meta.concrete_fields if isinstance(field, SealedTextField)]


def seal_rows(
    rows: Iterable[Sequence[Any]],
    model: type[models.Model],
    fields: Sequence[SealedTextField],
    cover: Cover,
    *,
    kept: Collection[str] = (),
) -> list[tuple[Any, ...]]:
    """Return for each row its line and its sealed texts; a text that is stored already comes back as it is stored.

    Args:
        rows: line, id, file, whether the row is new, covered text per field, stored text per field.
        model: the table the rows go to.
        fields: of that model, in the order of the texts.
        cover: lifts the covered texts.
        kept: names of fields that keep the text that is stored.
    """
    waiting = list(rows)
    with file_keys_kept():
        if fields[0].file == "id":
            make_file_keys([row_id for _line, row_id, _file, is_new, *_texts in waiting if is_new])
        open_file_keys({file_id for _line, _row, file_id, *_texts in waiting})
        holder = model()
        return [(row[0], *_seal_row(row, holder, fields, cover, kept)) for row in waiting]


def _seal_row(
    row: Sequence[Any],
    holder: models.Model,
    fields: Sequence[SealedTextField],
    cover: Cover,
    kept: Collection[str],
) -> Iterator[bytes | None]:
    _line, row_id, file_id, _is_new, *texts = row
    holder.pk = row_id
    for field, covered, stored in zip(fields, texts, texts[len(fields) :], strict=False):
        if field.attname in kept:
            yield stored
        else:
            yield _seal(cover.lift(covered), stored, file_id, field.place_on(holder))


def _seal(text: str, stored: bytes | None, file_id: uuid.UUID, place: str) -> bytes | None:
    if not text:
        return None
    return stored if open_text(stored, file_id, place) == text else seal(text, file_id=file_id, place=place)


def open_text(stored: bytes | None, file_id: uuid.UUID, place: str) -> str | None:
    """Return the text of a sealed value; None when there is none or it does not open."""
    if stored is None:
        return None
    try:
        return unseal(stored, file_id=file_id, place=place)
    except Unreadable:
        return None
