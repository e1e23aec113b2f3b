"""What the law's pages are visited with: of one person, or of the provider of a person."""

from typing import Any

from foundation.clock import today
from organisations.models import Organisation, StaffMember
from participants.models import DestructionItem, DestructionList, Participant, RetentionClass
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


class LawOf:
    """Each thing of a person that an address of the law is about, made when it is first asked for."""

    def __init__(self, person: Participant, member: StaffMember) -> None:
        self.person, self.member = person, member
        self.retention_class = a_class(person.provider)
        self.list = a_list(person)
        self.item = an_item(person, self.list)
