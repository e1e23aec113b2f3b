"""Measuring: a ladder step, a questionnaire, at the start, in between, at the end."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation.clock import today
from foundation.refused import Refused
from guidance.models import Assessment, Instrument, InstrumentVersion, Score
from guidance.scoring import LADDER, LONELINESS, SCALES, WELL_BEING, ZRM
from organisations.models import StaffMember
from participants.models import Participant
from trajectories.models import Trajectory

LONGEST_BEFORE_START = timedelta(days=30)
NAMES = {
    LADDER: ("Participatieladder", "Participatieladder"),
    ZRM: ("Zelfredzaamheid-Matrix", "Zelfredzaamheid-Matrix 2017"),
    LONELINESS: ("Eenzaamheidsschaal De Jong Gierveld", "De Jong Gierveld, 6 vragen"),
    WELL_BEING: ("WHO-5", "WHO-5"),
}


@transaction.atomic
def record_assessment(
    *,
    by: StaffMember,
    participant: Participant,
    trajectory: Trajectory | None,
    instrument: str,
    on: date,
    moment: str,
    answers: Mapping[str, int],
) -> Assessment:
    """Somebody is measured with a version of an instrument (``instrument`` is its slug). Answers may be missing.

    Raises Refused for a day that cannot be, an answer outside the scale, none at all, or a measurement that is there.
    """
    _check_answers(instrument, answers)
    _check_day(trajectory, on)
    version = instrument_version(instrument)
    if Assessment.objects.filter(participant=participant, version=version, dated_on=on, moment=moment).exists():
        raise Refused(
            _("There is a measurement with this list on this day already. Choose another day or another moment."),
            field="on",
        )
    assessment = Assessment.objects.create(
        provider_id=participant.provider_id,
        participant=participant,
        trajectory=trajectory,
        version=version,
        dated_on=on,
        moment=moment,
        recorded_by=by,
    )
    Score.objects.bulk_create(
        Score(
            provider_id=participant.provider_id,
            participant=participant,
            assessment=assessment,
            dimension=dimension,
            value=value,
        )
        for dimension, value in answers.items()
    )
    return assessment


def instrument_version(slug: str) -> InstrumentVersion:
    """Return the row of a built-in version of an instrument; made when it is used for the first time."""
    found = InstrumentVersion.objects.filter(slug=slug).first()
    if found:
        return found
    name, version_name = NAMES[slug]
    instrument, _made = Instrument.objects.get_or_create(name=name, provider=None)
    version, _made = InstrumentVersion.objects.get_or_create(
        slug=slug, defaults={"instrument": instrument, "name": version_name}
    )
    return version


def _check_answers(slug: str, answers: Mapping[str, int]) -> None:
    scale = SCALES[slug]
    if not answers:
        raise Refused(_("Nothing is measured yet. Fill in one answer or more."))
    for dimension, value in answers.items():
        if dimension not in scale.dimensions or not scale.lowest <= value <= scale.highest:
            raise Refused(_("This answer is not on the list. Choose one of the answers shown."), field=dimension)


def _check_day(trajectory: Trajectory | None, on: date) -> None:
    if on > today():
        raise Refused(_("This day lies in the future. Choose today or an earlier day."), field="on")
    if trajectory and on < (earliest := trajectory.started_on - LONGEST_BEFORE_START):
        raise Refused(
            _("This is more than 30 days before the start of the trajectory. Choose %(day)s or a later day.")
            % {"day": date_format(earliest, "j F Y")},
            field="on",
        )
