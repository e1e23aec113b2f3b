"""Django's session engine over our own table: the key is kept as a hash, and a session ends by the clock.

Settings: SESSION_IDLE_SECONDS without a page, and SESSION_LONGEST_SECONDS after signing in whatever happens.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from foundation.clock import now
from organisations.models import SignIn

# A page within a minute of the one before writes nothing.
SEEN_ANEW_SECONDS = 60


def hashed(key: str) -> str:
    """Return how the table knows the session of this cookie. The key is random and long: it needs no salt."""
    return hashlib.sha256(key.encode()).hexdigest()


class SessionStore(DatabaseStore):
    """A session of the site. Its key is in the cookie, the hash of that in the table ``SignIn``."""

    signed_in_at: datetime | None = None
    seen_at: datetime | None = None
    ends_at: datetime | None = None
    device = ""

    @classmethod
    def get_model_class(cls) -> type[SignIn]:
        return SignIn

    def exists(self, session_key: str) -> bool:
        return super().exists(hashed(session_key))

    def create(self) -> None:
        """A new key is a new sign-in, with its hours still to come."""
        self.signed_in_at = now()
        super().create()

    def create_model_instance(self, data: dict[str, Any]) -> SignIn:
        row = cast("SignIn", super().create_model_instance(data))
        row.session_key = hashed(row.session_key)
        row.staff_member_id = data.get(SESSION_KEY)
        row.signed_in_at, row.device = self.signed_in_at or now(), self.device
        row.seen_at = self.seen_at = now()
        self.ends_at = row.expire_date
        return row

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            SignIn.objects.filter(pk=hashed(key)).delete()

    def get_expiry_date(self, **_kwargs: Any) -> datetime:
        """Return when it ends if nobody comes back."""
        idle = now() + timedelta(seconds=settings.SESSION_IDLE_SECONDS)
        return min(idle, (self.signed_in_at or now()) + timedelta(seconds=settings.SESSION_LONGEST_SECONDS))

    def _get_session_from_db(self) -> SignIn | None:
        row: SignIn | None = SignIn.objects.running().filter(pk=hashed(self.session_key or "")).first()
        if row is None:
            self._session_key = None
            return None
        self.signed_in_at, self.seen_at, self.ends_at = row.signed_in_at, row.seen_at, row.expire_date
        self.device = row.device or self.device
        return row

    def go_on(self) -> None:
        """Note that somebody is there, once a minute at most. What ended meanwhile stays ended."""
        if self.session_key is None or self.seen_at is None:
            return
        if now() - self.seen_at < timedelta(seconds=SEEN_ANEW_SECONDS):
            return
        self.seen_at, self.ends_at = now(), self.get_expiry_date()
        row = SignIn.objects.running().filter(pk=hashed(self.session_key))
        row.update(seen_at=self.seen_at, expire_date=self.ends_at, device=self.device)

    @property
    def seconds_left(self) -> int:
        """How long a page can stand before somebody must sign in again."""
        return max(0, int((self.ends_at - now()).total_seconds())) if self.ends_at else 0
