"""The key ring: the keys that never stand in the database."""

import base64
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings


class KeyRingMissing(Exception):
    """The key file is not where the settings say; nothing sealed can be read or written."""


@dataclass(frozen=True)
class KeyRing:
    """Keys by their id, the id of the one that wraps new file keys, and the keys for lookups by their number.

    There is one key for lookups, and while keys are rotated a second: then what is looked up is hashed with both.
    """

    current: str
    keys: dict[str, bytes]
    lookups: dict[int, bytes]

    @property
    def newest(self) -> int:
        """The number of the key for lookups that stays."""
        return max(self.lookups)

    def key(self, key_id: str) -> bytes:
        """Return the key with this id. Raises KeyRingMissing when the ring does not hold it."""
        try:
            return self.keys[key_id]
        except KeyError:
            raise KeyRingMissing(
                f"The key ring has no key '{key_id}'. Put the ring back that wrote this database."
            ) from None

    def lookup_hash(self, scope: str, value: str, *, number: int | None = None) -> bytes:
        """Return the keyed hash (32 bytes) under which ``value`` is found within ``scope``.

        Args:
            scope: what is hashed, and for whom: equal values in two scopes have two hashes.
            value: the text.
            number: of the key; left out, the newest. Raises KeyRingMissing when the ring does not hold it.
        """
        key = self.lookups.get(self.newest if number is None else number)
        if key is None:
            raise KeyRingMissing(f"The key ring has no key {number} for lookups.")
        return hmac.new(key, f"{scope}|{value}".encode(), hashlib.sha256).digest()

    def marks(self) -> dict[str, str]:
        """Return of each key what tells it from another and nothing about it."""
        every = {**self.keys, **{str(number): key for number, key in self.lookups.items()}}
        return {name: hmac.new(key, b"backup|mark", hashlib.sha256).hexdigest() for name, key in every.items()}


def create_key_ring(path: Path) -> None:
    """Write a new key ring, readable by its owner only. Does nothing when ``path`` exists."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = _draft(path, KeyRing("k1", {"k1": new_key()}, {1: new_key()}))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def replace_key_ring(ring: KeyRing) -> None:
    """Put another ring in the place of this installation's, at once and whole; every process sees it at its next read.

    The file keeps its owner and its rights. Raises OSError when this process may not write it.
    """
    path = Path(settings.DRAAD_KEYS)
    stands = path.stat()
    draft = _draft(path, ring)
    try:
        if (stands.st_uid, stands.st_gid) != (os.geteuid(), os.getegid()):
            os.chown(draft, stands.st_uid, stands.st_gid)
        draft.chmod(stands.st_mode & 0o777)
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # what is sealed with a key must not be there sooner than the key
    finally:
        os.close(folder)


def key_ring() -> KeyRing:
    """Return the key ring of this installation as its file is now. Raises KeyRingMissing when the file is gone."""
    path = Path(settings.DRAAD_KEYS)
    try:
        found = path.stat()
    except FileNotFoundError:
        raise KeyRingMissing(f"The key ring {path} is missing. Put it back, or name it in DRAAD_KEYS.") from None
    return _read(path, (found.st_mtime_ns, found.st_ino, found.st_size))


def new_key() -> bytes:
    """Return a key that nobody has."""
    return secrets.token_bytes(32)


@lru_cache(maxsize=4)
def _read(path: Path, _version: tuple[int, int, int]) -> KeyRing:
    stored = json.loads(path.read_text())
    keys = {key_id: base64.b64decode(key) for key_id, key in stored["keys"].items()}
    lookups = stored.get("lookups") or {"1": stored["lookup"]}  # one key without a number: a ring of before
    return KeyRing(stored["current"], keys, {int(number): base64.b64decode(key) for number, key in lookups.items()})


def _draft(path: Path, ring: KeyRing) -> Path:
    """Write a ring beside ``path``, readable by its owner only, and certainly on the disk."""
    said = {
        "current": ring.current,
        "keys": {key_id: base64.b64encode(key).decode() for key_id, key in ring.keys.items()},
        "lookups": {str(number): base64.b64encode(key).decode() for number, key in ring.lookups.items()},
    }
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(said, file)
        file.flush()
        os.fsync(file.fileno())
    return draft
