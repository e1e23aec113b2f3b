"""Codes that an app makes of a shared secret and the clock (RFC 6238), and codes on paper."""

import base64
import hashlib
import hmac
import secrets
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from argon2.low_level import Type, hash_secret_raw

from foundation.clock import now

SECONDS, DIGITS = 30, 6
# Somebody types for a while: the code of the half minute before counts too, and no other.
STEPS_BEFORE = 1
# Without the letters and digits that look alike.
PAPER_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
PAPER_CODES, PAPER_GROUPS, PAPER_GROUP = 10, 4, 4
# What a guess costs who has a copy of the table: argon2id, by OWASP's smallest numbers. Never change them: they are not
# written with the hashes, and every code on paper would count no more.
_COST: dict[str, Any] = {"time_cost": 2, "memory_cost": 19 * 1024, "parallelism": 1, "hash_len": 32, "type": Type.ID}


def new_secret() -> str:
    """Return 160 random bits as an app wants to read them."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code_at(secret: str, step: int) -> str:
    """Return the code of the ``step``-th half minute since 1970."""
    digest = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), hashlib.sha1)
    place = digest[-1] & 0x0F
    number = int.from_bytes(digest[place : place + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def step_now() -> int:
    """Return in which half minute since 1970 we are."""
    return int(now().timestamp()) // SECONDS


def step_of(code: str, secret: str, *, after: int) -> int | None:
    """Return the half minute that ``code`` belongs to, this one or the one before, later than ``after``; else None."""
    typed = "".join(code.split())
    here = step_now()
    around = range(here - STEPS_BEFORE, here + 1)
    found = [step for step in around if hmac.compare_digest(code_at(secret, step).encode(), typed.encode())]
    return next((step for step in found if step > after), None)


def address_for_app(secret: str, account: str) -> str:
    """Return what the QR code holds: an app reads the secret and what to call it."""
    return f"otpauth://totp/{quote(f'Draad:{account}')}?{urlencode({'secret': secret, 'issuer': 'Draad'})}"


def new_paper_codes() -> list[str]:
    """Return ten codes of 80 random bits, such as ``7KQ2-M9XA-B3CD-EFGH``."""
    groups = [
        ["".join(secrets.choice(PAPER_ALPHABET) for _ in range(PAPER_GROUP)) for _ in range(PAPER_GROUPS)]
        for _ in range(PAPER_CODES)
    ]
    return ["-".join(each) for each in groups]


def slow_hash(code: str, account: UUID) -> str:
    """Return how the table knows a code on paper, however its letters and dashes were typed: slow to guess, by account.

    The ten codes of one account share a salt, so that looking at one takes the time of one.
    """
    return hash_secret_raw(_bare(code).encode(), b"recovery code of" + account.bytes, **_COST).hex()


def quick_hash(code: str) -> str:
    """Return how codes of before were kept. They count until they are used or renewed."""
    return hashlib.sha256(_bare(code).encode()).hexdigest()


def _bare(code: str) -> str:
    return "".join(filter(str.isalnum, code)).upper()
