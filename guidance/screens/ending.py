"""The check of the answers before a trajectory is ended."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from guidance.forms.ending import INSIGHT_FIELDS, JOB_FIELDS, YES, EndTrajectoryForm
from guidance.models import ProgrammeInstrument
from guidance.scoring import LADDER
from trajectories.models import OutcomeKind, OutcomeLabel, Trajectory


def form_settings(trajectory: Trajectory) -> dict[str, Any]:
    """What the form must know: the provider's words for outcomes, and whether the programme uses the ladder."""
    labels = OutcomeLabel.objects.filter(provider=trajectory.provider_id)
    unused = ProgrammeInstrument.objects.filter(
        programme=trajectory.programme_id, instrument__versions__slug=LADDER, is_used=False
    )
    return {
        "trajectory": trajectory,
        "outcome_labels": dict(labels.values_list("kind", "label")),
        "uses_ladder": not unused.exists(),
    }


def answers_to_check(form: EndTrajectoryForm) -> list[dict[str, str]]:
    """Each question with its answer in words; what was not asked is left out."""
    answers = form.cleaned_data
    left_out = set() if OutcomeKind.PAID_WORK in answers["outcomes"] else set(JOB_FIELDS)
    left_out |= set() if answers["insight"] == YES else set(INSIGHT_FIELDS)
    left_out |= {name for name in ("ladder_step", "skip_reason", "note") if not answers.get(name)}
    return [
        {"question": str(field.label), "answer": _in_words(form, field.name)}
        for field in form.visible_fields()
        if field.name not in left_out
    ]


def _in_words(form: EndTrajectoryForm, name: str) -> str:
    value, choices = form.cleaned_data.get(name), dict(getattr(form.fields[name], "choices", ()))
    if name in {"reason", "destination"}:
        return str(value)
    if name == "outcomes":
        return ", ".join(str(choices[kind]) for kind in value or ()) or _("Nothing of these")
    if choices and value:
        return str(choices.get(value, value))
    if isinstance(value, date):
        return date_format(value, "j F Y")
    return str(value) if value else _("Not filled in")
