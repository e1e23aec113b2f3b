"""Words that somebody looks for: sent in a form, and sealed in the address of what was found.

A name in an address stays behind in the history of a browser that others use too, and in the log of every proxy. So
the form is a POST, and what it leads to carries the words sealed with a key of this site, for this account only. As the
address holds all, going back, two tabs, opening a page again and a bookmark work as with any other address.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import SuspiciousOperation

FIELD, SEALED = "q", "sought"
"""What the words are called in a form, and sealed in an address."""
LONGEST = 200
_NONCE_BYTES = 12


def words_in(form: Mapping[str, str]) -> str:
    """Return the words of a search as they were typed, cut to a length.

    Raises SuspiciousOperation for the sign that no text can hold: nobody types it, and the database knows none.
    """
    words = form.get(FIELD, "")
    if "\0" in words:
        raise SuspiciousOperation("a search with NUL")
    return words.strip()[:LONGEST]


def seal_words(words: str, reader: UUID) -> str:
    """Return words for an address that only this account can read again; nothing for none."""
    if not words:
        return ""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = nonce + AESGCM(_key()).encrypt(nonce, words.encode(errors="replace"), reader.bytes)
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def words_of(query: Mapping[str, str], reader: UUID) -> str:
    """Return the words that an address asks for: sealed for this account, or open in an address of before.

    Nothing when it holds none, or those of somebody else.
    """
    sealed = query.get(SEALED, "")
    if not sealed:
        return words_in(query)
    try:
        held = base64.b64decode(sealed + "=" * (-len(sealed) % 4), altchars=b"-_", validate=True)
        return AESGCM(_key()).decrypt(held[:_NONCE_BYTES], held[_NONCE_BYTES:], reader.bytes).decode()
    except (InvalidTag, ValueError, binascii.Error):
        return ""


def _key() -> bytes:
    """One of its own: what is signed with the secret key of the site is not what this opens."""
    return hmac.digest(settings.SECRET_KEY.encode(), b"foundation.sought", hashlib.sha256)
