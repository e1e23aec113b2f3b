"""What a report withholds and why, in words: for the provider only."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from reporting.models import Report

MOST_NAMED, FIRST_NAMED = 6, 3


def protection_panel(report: Report) -> dict[str, Any]:
    """Return what ``reporting/_protection.html`` shows: by reader each withheld number once, with the reason."""
    stored = report.protection or {}
    withheld = stored.get("withheld", [])
    payers = {str(part.agreement_id): part.agreement.municipality.name for part in report.parts.all()}
    readers = [("", _("In the whole report")), *((key, _in_part_of(name)) for key, name in payers.items())]
    found = [{"title": title, "rows": _rows(withheld, part, stored)} for part, title in readers]
    return {
        "rule": _rule(stored),
        "groups": [group for group in found if group["rows"]],
        "number": len(withheld),
        "is_silent": bool(stored.get("silent")),
    }


def _in_part_of(payer: str) -> str:
    return _("In the part of %(payer)s") % {"payer": payer}


def _rule(stored: dict[str, Any]) -> str:
    """From how many people a number is shown, in a sentence."""
    if not stored:
        return ""
    threshold, rounding = stored.get("threshold"), stored.get("rounding", 1)
    rule = _("Numbers about 1 to %(most)s people are withheld.") % {"most": (threshold or 1) - 1}
    if rounding > 1:
        rule += " " + _("The others are rounded to %(rounding)s, for everybody may read the report.") % {
            "rounding": rounding
        }
    if stored.get("zeros"):
        rule += " " + _("Zeros are withheld too, or a small number would follow from them.")
    if stored.get("silent"):
        rule += " " + _("Where even that is not enough, a payer reads no numbers.")
    return rule


def _rows(withheld: Iterable[dict[str, Any]], part: str, stored: dict[str, Any]) -> list[dict[str, str]]:
    """The withheld numbers of one reader, those of one table with the same reason together."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in withheld:
        if one["part"] == part:
            found.setdefault((_table(one["table"]), _why(one, stored)), []).append(_name(one))
    return [{"table": table, "names": _told(names), "why": why} for (table, why), names in found.items()]


def _told(names: list[str]) -> str:
    """The numbers by name; of many in one table the first few, since the table itself shows which they are."""
    if len(names) <= MOST_NAMED:
        return ", ".join(names)
    values = {"number": len(names), "names": ", ".join(names[:FIRST_NAMED])}
    return _("%(number)s numbers, such as %(names)s") % values


def _table(table: str) -> str:
    return _("table %(table)s") % {"table": table.removeprefix("T")} if table else _("key figures")


def _name(one: dict[str, Any]) -> str:
    """What a number is called in its table: its row, and in brackets its column."""
    column = one["column"] or (_("last year") if one.get("before") else "")
    return f"{one['label']} ({column})" if column else str(one["label"])


def _why(one: dict[str, Any], stored: dict[str, Any]) -> str:
    if one["why"] == "follows" and one["of"]:
        return _("Otherwise this could be worked out: %(number)s.") % {
            "number": f"{_name(one['of'])}, {_table(one['of']['table'])}"
        }
    if one["why"] != "small":
        return _("It would follow together with an earlier report.")
    if stored.get("exposed"):
        return _("About too few people, or it would follow from what was told before.")
    return _("About fewer than %(number)s people.") % {"number": stored.get("threshold")}
