"""`/.well-known/security.txt` (RFC 9116): where somebody who found a hole can say so."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from foundation.clock import now
from organisations.access import requires
from organisations.roles import Permission

# The standard wants less than a year. The text is made anew for each reader, so it never runs out by itself.
VALID = timedelta(days=90)


@requires(Permission.PUBLIC)
@transaction.non_atomic_requests  # it needs no database, and is there when that is gone
def security_txt(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view
    """Say whom to tell, until when that holds, and in which languages."""
    lines = [
        *(f"Contact: {contact}" for contact in contacts()),
        f"Expires: {_midnight(now() + VALID).isoformat()}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.DRAAD_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def contacts() -> list[str]:
    """The addresses of the setting; without it security@ this site's host, which RFC 2142 keeps for this."""
    named = settings.SECURITY_CONTACTS or [f"security@{urlsplit(settings.DRAAD_URL).hostname}"]
    return [contact if ":" in contact else f"mailto:{contact}" for contact in named]


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
