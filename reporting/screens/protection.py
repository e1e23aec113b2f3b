"""What a report withholds and why, in words: for the provider only."""

from typing import Any

from django.utils.translation import gettext as _

from reporting.models import Report


def protection_panel(report: Report) -> dict[str, Any]:
    """Return what ``reporting/_protection.html`` shows: each withheld number once, with the reason."""
    stored = report.protection or {}
    rows = [one for one in stored.get("withheld", []) if not one["part"]]
    return {
        "threshold": stored.get("threshold"),
        "rounding": stored.get("rounding", 1),
        "rows": [{"name": _name(one), "why": _why(one)} for one in rows],
    }


def _name(one: dict[str, Any]) -> str:
    place = " ".join(part for part in (one["table"], one["column"]) if part)
    return f"{one['label']} ({place})" if place else str(one["label"])


def _why(one: dict[str, Any]) -> str:
    if one["why"] == "follows" and one["of"]:
        return _("Otherwise this could be worked out: %(number)s.") % {"number": _name(one["of"])}
    if one["why"] == "small":
        return _("About too few people, or zeros are withheld here too.")
    return _("It would follow together with an earlier report.")
