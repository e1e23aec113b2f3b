"""Everything on one person, from every model that has rows of a person: what is in a file now, and what was before.

It goes over the models themselves, so that a new one is in it without anybody thinking of it. It changes nothing.
"""

from collections import defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.template.defaultfilters import filesizeformat, floatformat
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from foundation.clock import AMSTERDAM
from foundation.encryption import Unreadable, open_file_keys
from foundation.templatetags.look import full_date
from organisations.models import StaffMember
from participants.law.words import COLUMNS, COUNTERS, PARTS, SILENT
from participants.models import Participant

Model = type[models.Model]
Pairs = dict[str, str]
# Who looked is told by role, unless somebody decided that the person needs the names.
LOOKING = {"participants.AccessReason", "participants.FileReader"}
# Papers and exports: megabytes of which nothing is told here.
HEAVY = {"content", "pdf", "json"}
BYTES = {"size"}
DAYS = ("held_on", "dated_on", "started_on", "starts_on", "rated_on", "set_on", "asked_on", "referred_on", "given_on",
        "received_on", "due_on", "given_at", "asked_at", "answered_at")  # fmt: skip


@dataclass(frozen=True)
class Version:
    """How a row was until a moment: only what was different from what came after."""

    until: datetime
    removed: bool
    fields: Pairs


@dataclass(frozen=True)
class Row:
    """One row of a file: what it is about, what stands in it, and how it was before."""

    title: str
    fields: Pairs
    earlier: list[Version] = field(default_factory=list)


@dataclass(frozen=True)
class Part:
    """The rows of one kind."""

    label: str
    title: str
    rows: list[Row]


def personal_models() -> list[Model]:
    """Every model with rows of a person, in the order in which the export tells them; the unknown ones last."""
    found = [model for model in apps.get_models() if not hasattr(model, "pgh_tracked_model") and _is_personal(model)]
    order = list(PARTS)
    return sorted(found, key=lambda m: (order.index(m._meta.label) if m._meta.label in PARTS else 999, m._meta.label))


def told_fields(model: Model) -> list[models.Field[Any, Any]]:
    """The columns of a model that the export tells."""
    silent = SILENT | ({"version"} if model._meta.label in COUNTERS else set())
    return [each for each in model._meta.concrete_fields if each.name not in silent]


def word_for(each: models.Field[Any, Any]) -> str:
    """What the export calls a column: as the screens do, else by our own list."""
    if isinstance(each.verbose_name, Promise):
        return str(each.verbose_name)
    return str(COLUMNS.get(each.name, each.verbose_name))


def whole_file(person: Participant, *, with_names: bool) -> list[Part]:
    """Return all that is kept of a person, now and before, in words.

    Args:
        person: whose file.
        with_names: whether those who looked at what is closed are told by name.
    """
    open_file_keys([person.pk])
    return [part for model in personal_models() if (part := _part(model, person, with_names=with_names)).rows]


def _part(model: Model, person: Participant, *, with_names: bool) -> Part:
    label = model._meta.label
    teller = Teller(model, names=with_names or label not in LOOKING)
    rows = {row.pk: row for row in teller.rows_of(model, person)}
    versions = _versions(model, person, teller)
    title = str(PARTS.get(label, model._meta.verbose_name))
    told = [
        Row(_title(row), teller.pairs(row), list(_earlier(versions.pop(pk, []), teller))) for pk, row in rows.items()
    ]
    removed = [_removed(old, teller) for old in versions.values()]
    return Part(label, title, [*told, *removed])


def _is_personal(model: Model) -> bool:
    return model is Participant or any(each.attname == "participant_id" for each in model._meta.concrete_fields)


def _versions(model: Model, person: Participant, teller: "Teller") -> dict[Any, list[Any]]:
    """The versions of each row that the triggers kept, the oldest first."""
    kept = history_of(model)
    found: dict[Any, list[Any]] = defaultdict(list)
    for version in teller.rows_of(kept, person) if kept else ():
        found[version.id].append(version)
    return found


def history_of(model: Model) -> Model | None:
    """The model of the versions that the triggers keep of a model's rows; None when it is not tracked."""
    return next((each for each in apps.get_models() if getattr(each, "pgh_tracked_model", None) is model), None)


def _earlier(versions: list[Any], teller: "Teller") -> Iterator[Version]:
    for before, after in pairwise(versions):
        old, new = teller.pairs(before), teller.pairs(after)
        changed = {label: text for label, text in old.items() if new.get(label) != text}
        if changed:
            yield Version(after.pgh_created_at, after.pgh_label == "delete", changed)


def _removed(versions: list[Any], teller: "Teller") -> Row:
    """A row that somebody took away: as it last was."""
    *_rest, last = versions
    until = Version(last.pgh_created_at, removed=True, fields=teller.pairs(last))
    return Row(_title(last), {}, [*_earlier(versions, teller), until])


class Teller:
    """Puts the rows of one model into words, as they are or as its history kept them."""

    def __init__(self, model: Model, *, names: bool = True, leave_out: Container[str] = ()) -> None:
        """``names``: whether staff is named; ``leave_out``: columns that are not told."""
        self.fields, self.names = [each for each in told_fields(model) if each.name not in leave_out], names

    def rows_of(self, model: Model, person: Participant) -> "models.QuerySet[Any]":
        """The rows of a person in a model or in its history, with what they point at."""
        own = (
            "id"
            if not any(each.attname == "participant_id" for each in model._meta.concrete_fields)
            else "participant_id"
        )
        there = {each.name for each in model._meta.concrete_fields}
        joined = [each.name for each in self.fields if each.related_model and each.name in there]
        order = "pgh_id" if hasattr(model, "pgh_tracked_model") else next((day for day in DAYS if day in there), "pk")
        rows = model._base_manager.filter(**{own: person.pk}).order_by(order)
        # Without names Django would join all, also the row that is gone of which this is the history.
        rows = rows.defer(*(there & HEAVY))
        return rows.select_related(*joined) if joined else rows

    def pairs(self, row: Any) -> Pairs:
        """What stands in a row; what is empty is left out."""
        told = ((word_for(each), self._text(row, each)) for each in self.fields)
        found: Pairs = {}
        for word, text in told:
            if text:
                found[word] = f"{found[word]}, {text}" if word in found else text
        return found

    def _text(self, row: Any, each: models.Field[Any, Any]) -> str:
        if each.related_model:
            other = getattr(row, each.name, None)
            if isinstance(other, StaffMember) and not self.names:
                return _("a member of staff")
            return _name_of(other) if other else ""
        try:
            value = getattr(row, each.name)
        except Unreadable:
            return _("(cannot be read)")
        if each.choices and value != "" and value is not None:
            return str(dict(each.flatchoices).get(value, value))
        return _in_words(value, each)


def _in_words(value: Any, each: models.Field[Any, Any]) -> str:
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        labels = dict(each.base_field.flatchoices) if isinstance(each, ArrayField) else {}
        return ", ".join(str(labels.get(one, one)) for one in value)
    if isinstance(value, datetime):
        return date_format(value.astimezone(AMSTERDAM), "j F Y H:i")
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Decimal):
        return floatformat(value, -2)
    if each.name in BYTES:
        return filesizeformat(value)
    return full_date(value) if isinstance(value, date) else str(value)


def _name_of(row: models.Model) -> str:
    """What a row is called where another points at it: by kind and day when it is one of a person."""
    label = row._meta.label
    if label not in PARTS or label in {"trajectories.Trajectory", "participants.Participant"}:
        return str(row)
    return _title(row) or str(PARTS[label])


def _title(row: Any) -> str:
    """The day that a row is about."""
    for name in DAYS:
        value = getattr(row, name, None)
        if value:
            return full_date(value)
    return ""
