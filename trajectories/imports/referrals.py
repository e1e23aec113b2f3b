"""The import file of referrals of those who are not (yet) placed."""

from django.utils.translation import gettext_lazy as _

from foundation.imports.columns import Choice, Day, Reference, Sealed, Text
from foundation.imports.declaring import ImportFile, Rule
from trajectories.imports.offer import pays_for
from trajectories.models import Decision, Referral

DECISIONS = (Decision.NEW, Decision.WAITING, Decision.DECLINED, Decision.WITHDRAWN)


def stays_with_person(staging: str, table: str, column: str, when: str = "TRUE") -> Rule:
    """A rule: a row that is there already does not go over to another person, whose key does not open its texts.

    Args:
        staging: table with the new ``participant_id``.
        table: with the old one.
        column: that is named in the error.
        when: to look only at rows for which this holds, SQL over ``s`` (staged) and ``t`` (stored).
    """
    return Rule(
        column,
        _("%(reference)s belongs to %(person)s. Give this row a reference of its own, or name that person."),
        f"SELECT s.line, s.reference, p.reference AS person FROM {staging} s JOIN {table} t ON t.id = s.id"
        " JOIN participants_participant p ON p.id = t.participant_id WHERE t.participant_id <> s.participant_id"
        f" AND {when}",
    )


REFERRALS = ImportFile(
    name="referrals",
    columns=(
        Text("reference", required=True, most=60),
        Reference("participant", field="participant_id", required=True, to="participants"),
        Reference("programme", field="programme_id", required=True, to="programmes"),
        Reference("agreement", field="agreement_id", to="agreements"),
        Day("referred_on", required=True),
        Text("referrer"),
        Sealed("question"),
        Choice("decision", default=Decision.NEW.value, values=[decision.value for decision in DECISIONS]),
        Day("decided_on"),
        Text("reason", most=300),
    ),
    key=("reference",),
    model=Referral,
    in_order=(("referred_on", "decided_on"),),
    prepare=(
        # What the provider went on to do with it here stays: the folder does not know of it.
        "UPDATE import_referrals s SET decision = t.decision, decided_on = t.decided_on, reason = t.reason"
        " FROM trajectories_referral t WHERE t.id = s.id AND (t.decision = 'placed'"
        " OR (t.decision = 'in_conversation' AND s.decision IN ('new', 'waiting')))",
    ),
    rules=(
        pays_for("import_referrals"),
        stays_with_person("import_referrals", "trajectories_referral", "participant"),
    ),
)
