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
    """Keys by their id, the id of the one that wraps new file keys, and the key for BSN lookups."""

    current: str
    keys: dict[str, bytes]
    lookup: bytes

    def key(self, key_id: str) -> bytes:
        """Return the key with this id. Raises KeyRingMissing when the ring does not hold it."""
        try:
            return self.keys[key_id]
        except KeyError:
            raise KeyRingMissing(
                f"The key ring has no key '{key_id}'. Put the ring back that wrote this database."
            ) from None

    def lookup_hash(self, scope: str, value: str) -> bytes:
        """Return the keyed hash (32 bytes) under which ``value`` is found within ``scope``."""
        return hmac.new(self.lookup, f"{scope}|{value}".encode(), hashlib.sha256).digest()


def create_key_ring(path: Path) -> None:
    """Write a new key ring, readable by its owner only. Does nothing when ``path`` exists."""
    path.parent.mkdir(parents=True, exist_ok=True)
    ring = {"current": "k1", "keys": {"k1": _new_key()}, "lookup": _new_key()}
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(ring, file)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def key_ring() -> KeyRing:
    """Return the key ring of this installation. Raises KeyRingMissing when its file is gone."""
    return _read(Path(settings.DRAAD_KEYS))


@lru_cache(maxsize=4)
def _read(path: Path) -> KeyRing:
    try:
        stored = json.loads(path.read_text())
    except FileNotFoundError:
        raise KeyRingMissing(f"The key ring {path} is missing. Put it back, or name it in DRAAD_KEYS.") from None
    keys = {key_id: base64.b64decode(key) for key_id, key in stored["keys"].items()}
    return KeyRing(stored["current"], keys, base64.b64decode(stored["lookup"]))


def _new_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()
