"""Whose words an answer holds, and which of these people no event of the read log tells of."""

import io
import re
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.html import escape
from pypdf import PdfReader

from foundation.models import ReadAction, ReadEvent
from participants.models import Participant
from tests.participants.planting import personal_models, texts_of

SHORTEST = 9
MANDATORY = ("read_at", "provider_id", "staff_member_id", "staff_name", "role", "organisation_id", "organisation_name",
             "action", "outcome", "what", "view_name", "address", "session_hash", "request_id")  # fmt: skip


@dataclass
class Reads:
    """What people are known by here, and what was found of it in answers.

    ``missing``: an answer, whose data it holds, and the word it was known by.
    """

    words: dict[str, UUID]
    answers: int = 0
    with_people: int = 0
    missing: list[str] = field(default_factory=list)
    halves: list[str] = field(default_factory=list)
    last: int = 0

    def __post_init__(self) -> None:
        self.pattern = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in self.words))

    def begin(self) -> None:
        """From here on events are of the next answer."""
        self.last = ReadEvent.objects.aggregate(last=models.Max("pk"))["last"] or 0

    def look_at(self, what: str, answer: Any) -> None:
        """Hold an answer to the events that were written since ``begin``."""
        self.answers += 1
        found = {self.words[word]: word for word in self.pattern.findall(said(answer))}
        if not found or answer.status_code >= 400:
            return
        self.with_people += 1
        events = list(ReadEvent.objects.filter(pk__gt=self.last))
        told = {person for event in events for person in event.participant_ids}
        self.missing += [f"{what}: {word}" for person, word in found.items() if person not in told]
        self.halves += [f"{what}: {name}" for event in events for name in unfilled(event)]


def words_of_people() -> dict[str, UUID]:
    """The names, numbers and texts by which exactly one person is known, as a page shows them."""
    whose: dict[str, set[UUID]] = defaultdict(set)
    for person in Participant.objects.all():
        for word in (person.full_name, person.reference):
            whose[word].add(person.pk)
    for model in personal_models():
        key = "pk" if model is Participant else "participant_id"
        for row in model._base_manager.exclude(**{key: None}):
            for each in texts_of(model):
                word = str(getattr(row, each.name) or "")
                if SHORTEST <= len(word) <= 200 and "\n" not in word:
                    whose[word].add(getattr(row, key))
    known = {word: people.pop() for word, people in whose.items() if len(people) == 1}
    return {**known, **{escape(word): person for word, person in known.items()}}


def said(answer: Any) -> str:
    """The words of an answer, also when it is streamed, packed or set."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = b"\n".join(packed.read(one) for one in packed.infolist())
    elif content.startswith(b"%PDF"):
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return str(content.decode(errors="replace"))


def unfilled(event: ReadEvent) -> list[str]:
    """The mandatory columns that an event leaves empty."""
    wanted = [*MANDATORY, *(["results"] if event.action in {ReadAction.LIST, ReadAction.SEARCH} else [])]
    return [name for name in wanted if getattr(event, name) in (None, "")]
