"""What the law's pages are visited with: of one person, or of the provider of a person."""

from typing import Any

from foundation.clock import now, today
from foundation.models import ReadEvent
from organisations.models import Organisation, StaffMember
from participants.models import (
    DestructionItem,
    DestructionList,
    LogReview,
    LogReviewItem,
    Participant,
    PersonExport,
    PersonRequest,
    ProcessingActivity,
    RetentionClass,
)
from tests import factories as make


def a_class(provider: Organisation) -> RetentionClass:
    values: dict[str, Any] = {"name": "Kort traject", "process": "trajectory", "years": 2, "source": "AVG art. 5"}
    return RetentionClass.objects.get_or_create(provider=provider, code="KORT", defaults=values)[0]


def a_list(person: Participant) -> DestructionList:
    """A list that waits, which nobody made, with this person on it."""
    found, _made = DestructionList.objects.get_or_create(
        provider=person.provider, state="draft", defaults={"as_of": today()}
    )
    an_item(person, found)
    return found


def an_item(person: Participant, on: DestructionList) -> DestructionItem:
    values = {"class_code": "KORT", "basis": "Kort traject (AVG art. 5)", "term_ended_on": make.days_ago(3)}
    return DestructionItem.objects.get_or_create(provider=person.provider, list=on, file_id=person.pk, defaults=values)[
        0
    ]


def a_request(person: Participant, member: StaffMember) -> PersonRequest:
    return PersonRequest.objects.create(
        provider=person.provider,
        participant=person,
        kind="access",
        words="Ik wil mijn dossier zien.",
        received_on=today(),
        due_on=make.days_ago(-31),
        identity_checked="Kwam zelf langs.",
        recorded_by=member,
    )


def an_export(person: Participant, officer: StaffMember) -> PersonExport:
    return PersonExport.objects.create(provider=person.provider, participant=person, asked_by=officer, json="{}")


def a_review(provider: Organisation, officer: StaffMember) -> LogReview:
    """Of yesterday, with one opening in it."""
    made = LogReview.objects.create(
        provider=provider, first_on=make.days_ago(30), last_on=make.days_ago(1), drawn_by=officer, drawn_at=now()
    )
    event = ReadEvent.objects.create(provider_id=provider.pk, staff_name="Noor de Wit", role="coach", action="view")
    LogReviewItem.objects.create(provider=provider, review=made, event_id=event.pk)
    return made


def an_activity(provider: Organisation) -> ProcessingActivity:
    texts = dict.fromkeys(("purpose", "ground", "subjects", "data", "recipients", "kept", "security"), "Staat hier.")
    return ProcessingActivity.objects.get_or_create(provider=provider, code="B1", name="Begeleiding", defaults=texts)[0]


class LawOf:
    """Each thing of a person that an address of the law is about."""

    def __init__(self, person: Participant, member: StaffMember) -> None:
        self.person, self.member = person, member
        self.retention_class = a_class(person.provider)
        self.list = a_list(person)
        self.item = an_item(person, self.list)
        officers = StaffMember.objects.filter(memberships__role="privacy_officer")
        officer = officers.filter(memberships__organisation=person.provider).first() or member
        self.request = a_request(person, member)
        self.export = an_export(person, officer)
        self.review = a_review(person.provider, officer)
        self.activity = an_activity(person.provider)
