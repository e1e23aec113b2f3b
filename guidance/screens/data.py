"""The details of somebody, in words."""

from typing import Any

from django.utils.translation import gettext as _

from foundation.templatetags.look import full_date
from guidance.screens.file import File
from participants.law.shielding import masked_bsn
from participants.models import Participant, SupportNeed
from trajectories.models import Referral


def data_of(file: File) -> dict[str, Any]:
    """Who it is, how they came, the help questions, the people around, the target groups: five queries."""
    person = file.person
    return {
        "details": _details(person),
        "masked_bsn": masked_bsn(person.bsn) if bsn_ground_of(file) else "",
        "statements": list(person.statements.all()),
        "needs": [_need(need) for need in person.support_needs.order_by("-asked_on")],
        "referrals": [_referral(referral) for referral in person.referrals.order_by("-referred_on")],
        "contacts": list(person.contacts.all()),
        "flags": [_flag(flag) for flag in person.flags.order_by("starts_on")],
        "indications": [_indication(t) for t in file.trajectories if t.indication_number],
    }


def bsn_ground_of(file: File) -> str:
    """The legal ground on which the BSN may be shown: what an agreement of a trajectory recorded, else nothing."""
    return next((t.agreement.bsn_ground for t in file.trajectories if t.agreement.bsn_ground), "")


def _details(person: Participant) -> list[dict[str, str]]:
    rows = [
        (_("Name"), person.full_name),
        (_("Date of birth"), _birth(person)),
        (_("Gender"), str(person.get_gender_display())),
        (_("Municipality"), person.home_municipality.name),
        (_("Language spoken at home"), person.language),
        (_("Level of Dutch"), person.language_level),
        (_("Benefit"), str(person.get_benefit_display())),
        (_("Number"), person.reference),
    ]
    return [{"label": label, "text": text} for label, text in rows]


def _birth(person: Participant) -> str:
    """As far as it is known: 17-5-1985, 5-1985 or 1985."""
    parts = (person.birth_day, person.birth_month, person.birth_year)
    return "-".join(str(part) for part in parts if part)


def _need(need: SupportNeed) -> dict[str, Any]:
    return {
        "asked": need.asked,
        "asked_on": need.asked_on,
        "domain": need.get_domain_display() if need.domain else "",
        "turned_out": need.turned_out,
        "help_followed": need.help_followed,
        "insight_on": need.insight_on,
    }


def _referral(referral: Referral) -> dict[str, Any]:
    return {
        "on": referral.referred_on,
        "by": referral.referrer,
        "question": referral.question,
        "decision": str(referral.get_decision_display()),
    }


def _flag(flag: Any) -> str:
    since = _("since %(day)s") % {"day": full_date(flag.starts_on)} if flag.starts_on else ""
    until = _("until %(day)s") % {"day": full_date(flag.ends_on)} if flag.ends_on else ""
    return ", ".join(part for part in (str(flag.get_kind_display()), since, until) if part)


def _indication(trajectory: Any) -> str:
    days = [full_date(day) for day in (trajectory.indication_starts_on, trajectory.indication_ends_on) if day]
    return ", ".join([trajectory.indication_number, " – ".join(days)] if days else [trajectory.indication_number])
