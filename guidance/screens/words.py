"""Sessions and days in the words of the office."""

from datetime import date, time
from typing import Any

from django.utils.translation import gettext as _

from foundation.clock import today
from foundation.templatetags.look import brief_date
from guidance.models import Session
from guidance.models.session import TOOK_PLACE


def kind_and_minutes(session: Session) -> str:
    """Conversation, 45 min."""
    kind = str(session.get_kind_display())
    return _("%(kind)s, %(minutes)s min") % {"kind": kind, "minutes": session.minutes} if session.minutes else kind


def what_became(session: Session) -> str:
    """What a list says of a session: the kind, or that it was not held, or is still to be filled in."""
    if session.attendance and session.attendance not in TOOK_PLACE:
        return str(session.get_attendance_display())
    return kind_and_minutes(session)


def day_and_time(on: date, at: time | None) -> str:
    """10 nov, 09:00, or today, 09:00."""
    day = _("today") if on == today() else brief_date(on)
    return f"{day}, {at:%H:%M}" if at else day


def from_json(pair: dict[str, Any] | None) -> str:
    """The words for a day and time that the database gave as JSON; nothing for none."""
    if not pair:
        return ""
    at = time.fromisoformat(pair["at"]) if pair["at"] else None
    return day_and_time(date.fromisoformat(pair["on"]), at)
