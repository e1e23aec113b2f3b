"""A word of its own in every text of a person: made from the models, so that a new text is planted by itself."""

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models

from foundation.clock import now, today
from foundation.encryption import SealedTextField
from guidance.models import Instrument, InstrumentVersion
from organisations.models import Organisation, StaffMember
from participants.models import Participant
from tests import factories as make
from trajectories.models import Agreement, Programme, Trajectory

# Too short for a word of our own, or made from another text.
SHORTEST = 12
# The export itself is not told in the export, and a paper is handed over as it is.
NOT_TOLD = {"participants.PersonExport.pdf", "participants.PersonExport.json", "guidance.Document.content"}
DERIVED = {"sort_name", "search_name"}
# Where a row that follows the rules needs more than the types of its columns say.
SPECIAL: dict[str, Any] = {
    "guidance.Assessment": lambda _: {"version": _version()},
    "participants.ParticipantUnit": lambda trajectory: {"unit": make.UnitFactory(provider=trajectory.provider)},
    "trajectories.Placement": lambda trajectory: {"slot": make.SlotFactory(programme=trajectory.programme)},
    "trajectories.Provision": lambda _: {"kind": "40"},
    "trajectories.TrajectoryEvent": lambda trajectory: {"sequence": trajectory.events.count() + 1, "kind": "relapse"},
    "trajectories.Referral": lambda _: {"referred_on": today()},
    "reporting.SignalAnswer": lambda _: {"kind": "fine"},
}


@dataclass
class Planted:
    """Whose file it is, and which word stands where."""

    trajectory: Trajectory
    words: dict[str, str] = field(default_factory=dict)
    rows: dict[type[models.Model], Any] = field(default_factory=dict)

    @property
    def person(self) -> Participant:
        return self.trajectory.participant


def personal_models() -> list[type[models.Model]]:
    """Every model with rows of a person, the earlier versions apart; what others point at comes first."""
    found = [model for model in apps.get_models() if not hasattr(model, "pgh_tracked_model") and _is_of_person(model)]
    order: list[type[models.Model]] = []
    while found:
        ready = [model for model in found if not (_parents(model) & (set(found) - {model}))]
        assert ready, found
        order += sorted(ready, key=lambda model: model._meta.label)
        found = [model for model in found if model not in ready]
    return order


def plant(trajectory: Trajectory, member: StaffMember, *, mark: str) -> Planted:
    """Give a person a row of every kind, with a word that begins with ``mark`` in each text."""
    planted = Planted(trajectory)
    for model in personal_models():
        if model is Trajectory or model is Participant:
            row: Any = trajectory if model is Trajectory else trajectory.participant
            for text in texts_of(model):
                setattr(row, text.name, _word(planted, text, mark))
            row.save()
        else:
            row = model._base_manager.create(**_columns(model, planted, member, mark))
        planted.rows[model] = row
    return planted


def texts_of(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The fields of a model that hold free text: no choice, no list of codes, not made from another."""
    return [each for each in model._meta.concrete_fields if _is_text(each)]


def _is_text(each: models.Field[Any, Any]) -> bool:
    if isinstance(each, SealedTextField):
        return True
    is_text = isinstance(each, models.CharField | models.TextField) and not each.choices
    return is_text and each.name not in DERIVED and (each.max_length or SHORTEST) >= SHORTEST


def _is_of_person(model: type[models.Model]) -> bool:
    return model is Participant or any(each.attname == "participant_id" for each in model._meta.concrete_fields)


def _parents(model: type[models.Model]) -> set[Any]:
    return {each.related_model for each in model._meta.concrete_fields if each.related_model and not each.null}


def _word(planted: Planted, text: models.Field[Any, Any], mark: str) -> str:
    word = f"{mark}{len(planted.words):04}"
    planted.words[word] = f"{text.model._meta.label}.{text.name}"
    return word


def _columns(model: type[models.Model], planted: Planted, member: StaffMember, mark: str) -> dict[str, Any]:
    special = SPECIAL.get(model._meta.label, lambda _: {})(planted.trajectory)
    columns = dict(special)
    for each in model._meta.concrete_fields:
        if each.name not in columns and each.name != "id":
            value = _value(each, planted, member, mark)
            if value is not None:
                columns[each.name] = value
    return columns


def _value(each: models.Field[Any, Any], planted: Planted, member: StaffMember, mark: str) -> Any:
    if _is_text(each):
        return _word(planted, each, mark)
    if each.related_model is not None:
        trajectory = planted.trajectory
        known: dict[Any, Any] = {Participant: planted.person, StaffMember: member, Organisation: trajectory.provider}
        known[Programme], known[Agreement] = trajectory.programme, trajectory.agreement
        known.update(planted.rows)
        return known.get(each.related_model) if not each.null else None
    if each.null or each.blank or each.has_default():
        return None
    if each.choices:
        return each.choices[0][0]
    return _plain(each)


def _plain(each: models.Field[Any, Any]) -> Any:
    if isinstance(each, models.DateTimeField):
        return now()
    if isinstance(each, models.DateField):
        return today()
    if isinstance(each, models.UUIDField):
        return make.ParticipantFactory._meta.model().pk
    return 1 if isinstance(each, models.IntegerField) else None


def _version() -> InstrumentVersion:
    instrument, _made = Instrument.objects.get_or_create(name="Eigen lijst")
    return InstrumentVersion.objects.get_or_create(instrument=instrument, slug="own-list", name="1")[0]
