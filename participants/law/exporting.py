"""Handing a person their own file: the worker makes a PDF and a JSON of it, for who asked, for a week."""

import json
from base64 import b64decode, b64encode
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation import jobs, mail
from foundation.clock import now, today
from foundation.jobs import Held, work_of
from foundation.templatetags.look import full_date
from foundation.typesetting import typeset
from organisations.models import StaffMember
from participants.law.looked import Look, events_of, looks
from participants.law.showing import Part, Version, personal_models, whole_file
from participants.models import (
    Disclosure,
    ExportKind,
    Paper,
    Participant,
    PersonExport,
    PersonRequest,
    ProcessingActivity,
    RetentionClass,
)

KIND = "export_file"
KEPT_DAYS = 7
_TEMPLATE = Path(__file__).with_name("dossier.typ")


@transaction.atomic
def ask_export(
    *,
    by: StaffMember,
    participant: Participant,
    kind: str = ExportKind.WHOLE,
    with_names: bool = False,
    request: PersonRequest | None = None,
) -> PersonExport:
    """Have a file made ready to hand to the person."""
    made = PersonExport.objects.create(
        provider_id=participant.provider_id,
        participant=participant,
        request=request,
        kind=kind,
        with_names=with_names,
        asked_by=by,
    )
    jobs.ask_for(KIND, made.pk, steps=1, provider_id=participant.provider_id, by=by.pk)
    return made


@work_of(KIND)
def export_file(held: Held) -> None:
    """Read everything on the person at one moment, write it down, and tell who asked."""
    held.step(_("Reading the file"), 0)
    with held.writing(at_one_moment=True):
        row = PersonExport.objects.select_related("participant__provider", "asked_by").get(pk=held.subject_id)
        with translation.override("nl"):
            data = content_of(row)
            pdf = typeset(_TEMPLATE, paper_of(data), timestamp=int(now().timestamp()))
        row.json = json.dumps(data, ensure_ascii=False, indent=1)
        row.pdf, row.made_at = b64encode(pdf).decode(), now()
        row.save()
        _tell(row)
        held.finish()


def _tell(row: PersonExport) -> None:
    address = settings.DRAAD_URL + reverse("participants:export", args=[row.pk])
    body = _("What you asked for is ready, for a week:\n\n%(address)s") % {"address": address}
    mail.queue(to=row.asked_by.email, subject=_("A file is ready to hand over"), body=body)


def content_of(row: PersonExport) -> dict[str, Any]:
    """Return what is handed over, as data: the file, who looked, and what the law wants told with it."""
    person = row.participant
    seen = looks(events_of(person), with_names=row.with_names)
    whole = row.kind == ExportKind.WHOLE
    return {
        "format": "draad-inzage-1",
        "made_at": now().isoformat(),
        "provider": person.provider.name,
        "name": person.full_name,
        "number": person.reference,
        "parts": [_part(part) for part in whole_file(person, with_names=row.with_names)] if whole else [],
        "who_looked": [_look(look) for look in seen],
        "processing": [_activity(one) for one in ProcessingActivity.objects.filter(provider=person.provider)],
        "kept": [_term(one) for one in RetentionClass.objects.filter(provider=person.provider)] if whole else [],
    }


def _part(part: Part) -> dict[str, Any]:
    rows = [
        {"title": row.title, "fields": row.fields, "earlier": [_version(version) for version in row.earlier]}
        for row in part.rows
    ]
    return {"model": part.label, "title": part.title, "rows": rows}


def _version(version: Version) -> dict[str, Any]:
    words = _("Removed on %(day)s") if version.removed else _("Until %(day)s it said")
    return {"title": words % {"day": date_format(version.until, "j F Y H:i")}, "fields": version.fields}


def _look(look: Look) -> dict[str, Any]:
    told = {**look.__dict__, "day": look.day.date().isoformat()}
    return {name: value for name, value in told.items() if value != ""}


def _activity(one: ProcessingActivity) -> dict[str, str]:
    return {
        str(one._meta.get_field(name).verbose_name): getattr(one, name)  # type: ignore[union-attr]
        for name in ("name", "purpose", "ground", "data", "recipients", "kept")
    }


def _term(one: RetentionClass) -> dict[str, str]:
    return {str(_("Name")): one.name, str(_("How long")): _("%(years)s years") % {"years": one.years},
            str(_("Which rule says so")): one.source}  # fmt: skip


def paper_of(data: dict[str, Any]) -> dict[str, Any]:
    """Return what the template of the PDF wants to know."""
    day = today()
    parts = [
        {"title": part["title"], "note": "", "rows": [_paper_row(row) for row in part["rows"]]}
        for part in data["parts"]
    ]
    titles = (("processing", _("What we use it for")), ("kept", _("How long we keep it")))
    for key, title in titles:
        if data[key]:
            parts.append(
                {"title": title, "note": "", "rows": [_paper_row({"title": "", "fields": one}) for one in data[key]]}
            )
    parts.append({"title": _("Who looked in your file"), "note": _looked_note(data), "rows": _looked_rows(data)})
    return {
        "title": _("Your file at %(provider)s") % {"provider": data["provider"]},
        "provider": data["provider"],
        "language": "nl",
        "made": [day.year, day.month, day.day],
        "lead": [
            f"{data['name']}, {data['number']}",
            _("This is all that stood in your file on %(day)s.") % {"day": full_date(day)},
            _("Is something not right? Ask to have it corrected, or have your own words put beside it. You may also "
              "complain to the Autoriteit Persoonsgegevens."),
        ],
        "contents": _("What is in it"),
        "footer": f"{data['name']}, {full_date(day)}",
        "page": _("Page {page} of {pages}"),
        "parts": parts,
    }  # fmt: skip


def _paper_row(row: dict[str, Any]) -> dict[str, Any]:
    earlier = [{"title": one["title"], "fields": _pairs(one["fields"])} for one in row.get("earlier", [])]
    return {"title": row["title"] or "–", "fields": _pairs(row["fields"]), "earlier": earlier}


def _pairs(fields: dict[str, str]) -> list[dict[str, str]]:
    return [{"label": label, "text": text} for label, text in fields.items()]


def _looked_note(data: dict[str, Any]) -> str:
    return "" if data["who_looked"] else _("Nobody looked in it yet.")


def _looked_rows(data: dict[str, Any]) -> list[dict[str, Any]]:
    """A row for each day, with a line for each who looked that day."""
    days: dict[str, list[dict[str, str]]] = {}
    for look in data["who_looked"]:
        who = ", ".join(part for part in (look.get("who", ""), look.get("organisation", "")) if part)
        what = ", ".join(part for part in (look["action"], look.get("what", ""), look.get("why", "")) if part)
        times = f" ({look['times']}×)" if look["times"] > 1 else ""
        days.setdefault(look["day"], []).append({"label": who, "text": what + times})
    return [{"title": day, "fields": lines, "earlier": []} for day, lines in days.items()]


@transaction.atomic
def hand_over(*, by: StaffMember, export: PersonExport) -> None:
    """Who asked takes the file along, to give it to the person; that is written down with the file."""
    export.fetched_at = now()
    export.save(update_fields=["fetched_at"])
    Disclosure.objects.create(
        provider_id=export.provider_id,
        participant_id=export.participant_id,
        recipient=_("The person"),
        ground=_("AVG art. 15"),
        what=str(export.get_kind_display()),
        given_on=today(),
        recorded_by=by,
    )


def papers_of(export: PersonExport) -> list[Paper]:
    """Return the papers in the file that go along with it as they are: those that may be opened, without their content.

    What waits for the virus scanner stands in the PDF, and goes along when it was looked at.
    """
    if export.kind != ExportKind.WHOLE:
        return []
    models: list[Any] = [model for model in personal_models() if issubclass(model, Paper)]
    rows = (model._base_manager.filter(participant=export.participant).defer("content") for model in models)
    return [row for found in rows for row in found.order_by("pk") if row.may_be_opened]


def pdf_of(export: PersonExport) -> bytes:
    """Return the PDF."""
    return b64decode(export.pdf)


@transaction.atomic
def forget_exports() -> None:
    """Throw away what was made a week ago: who asked has it by now, and the file itself is still there."""
    PersonExport.objects.filter(asked_at__lt=now() - timedelta(days=KEPT_DAYS)).delete()
