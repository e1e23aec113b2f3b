"""Every address, as everybody, with every object, by every method: nothing leaks, nothing is written, nothing breaks.

The short form takes one method for every second address, in turn, with somebody else's object. ``DRAAD_SWEEP=every``
takes all of them, tens of thousands, and prints how many and what came of it. What each role may see where stands in
``test_permissions``, which visits every address by GET and POST.
"""

import os
import sys
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from foundation.read_only import written_by
from tests.cast import Cast, make_cast
from tests.reads import Reads, words_of_people
from tests.test_permissions import NAMED, WITHOUT_OWNER, Address, may
from tests.visits import Objects, make_objects

pytestmark = pytest.mark.django_db

EVERY = os.environ.get("DRAAD_SWEEP") == "every"
METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
WHOSE = ("own", "other_unit", "foreign", "nothing")
NOBODY = "nobody"
# What is written although somebody only looks, or may not: who looked, and that somebody is still there.
BOOKKEEPING = {"foundation_readevent", "organisations_signin"}
SAMIRA, ROSA, VERA = "Amrani", "Lammers", "Vreemd"
NEVER_SEEN_BY = {
    "coach": (ROSA, VERA),
    "colleague": (ROSA, VERA),
    "manager": (ROSA, VERA),
    "other_unit_coach": (SAMIRA, VERA),
    "foreign_coach": (SAMIRA, ROSA),
    "officer": (SAMIRA, ROSA, VERA),
    "other_officer": (SAMIRA, ROSA, VERA),
    "functional_manager": (VERA,),
    "privacy_officer": (VERA,),
    NOBODY: (SAMIRA, ROSA, VERA),
}
# Which corner of the world is whose: what is not theirs is never written.
THEIRS = {
    "other_unit_coach": {"other_unit"},
    "foreign_coach": {"foreign"},
    "other_officer": {"foreign"},  # whose municipality pays the other provider
    NOBODY: set[str](),
}
OF_PROVIDER = {"own", "other_unit"}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def objects(cast: Cast) -> Objects:
    return make_objects(cast)


def test_nothing_leaks_is_written_or_breaks(cast: Cast, objects: Objects, capsys: pytest.CaptureFixture[str]) -> None:
    clients = clients_of(cast)
    found: Counter[str] = Counter()
    wrong = []
    for address, role, whose, method in combinations():
        found["visits"] += 1
        kwargs = arguments(address, objects, whose)
        with undone(), writing() as written:
            answer = getattr(clients[role], method)(reverse(address.name, kwargs=kwargs))
            text = text_of(answer)
        what = {
            "leaks": any(name in text for name in NEVER_SEEN_BY[role]),
            "breaks": answer.status_code >= 500,
            "writes": bool(written - BOOKKEEPING) and not may_write(cast, role, address, whose, method),
        }
        found.update(name for name, is_so in what.items() if is_so)
        if any(what.values()):
            wrong.append((address.name, role, whose, method, answer.status_code, sorted(written - BOOKKEEPING)))
    if EVERY:
        with capsys.disabled():
            sys.stdout.write(f"\nT1: addresses {len(NAMED)}, {dict(found)}, wrong {len(wrong)}\n")
    assert wrong == []


def test_each_answer_with_a_person_has_its_event(
    cast: Cast, objects: Objects, capsys: pytest.CaptureFixture[str]
) -> None:
    """By POST, when a form comes back; by GET too in the long form, which ``test_queries`` does in the suite."""
    clients, reads = clients_of(cast), Reads(words_of_people())
    every = product(NAMED, NEVER_SEEN_BY, ("get", "post"))
    short = ((address, "coach", "post") for address in NAMED[::4])
    for address, role, method in every if EVERY else short:
        with undone():
            reads.begin()
            answer = getattr(clients[role], method)(reverse(address.name, kwargs=objects.of(address, "own")))
            reads.look_at(f"{method} {address.name} as {role}", answer)
    if EVERY:
        with capsys.disabled():
            sys.stdout.write(
                f"\nT5: answers {reads.answers}, with people {reads.with_people}, "
                f"without their event {len(reads.missing)}, with an empty column {len(reads.halves)}\n"
            )
    assert (reads.missing, reads.halves) == ([], [])


def combinations() -> Iterator[tuple[Address, str, str, str]]:
    """What is visited: everything, or in the short form one method for each address."""
    if not EVERY:
        others = [method for method in METHODS if method not in ("get", "post")]
        for number, address in enumerate(NAMED[::2]):
            yield address, "coach", "foreign", others[number % len(others)]
        return
    for address in NAMED:
        has_owner = address.arguments and address.name not in WITHOUT_OWNER
        yield from product([address], NEVER_SEEN_BY, WHOSE if has_owner else WHOSE[:1], METHODS)


def arguments(address: Address, objects: Objects, whose: str) -> dict[str, Any]:
    """What stands in the address; of what does not exist, an id that is nobody's."""
    if whose != "nothing":
        return objects.of(address, whose)
    own = objects.of(address, "own")
    return {name: uuid.uuid4() if isinstance(value, uuid.UUID) else value for name, value in own.items()}


def may_write(cast: Cast, role: str, address: Address, whose: str, method: str) -> bool:
    """Whether this may change something: a form that is sent, about what is theirs, by who has the right."""
    if method != "post" or role == NOBODY or not may(cast, role, address):
        return False
    theirs = THEIRS.get(role, OF_PROVIDER if role.endswith(("manager", "officer")) else {"own"})
    return not address.arguments or address.name in WITHOUT_OWNER or whose in theirs


def clients_of(cast: Cast) -> dict[str, Client]:
    """A signed-in browser for each role, and one of nobody. What breaks is an answer here."""
    made = {NOBODY: Client(raise_request_exception=False)}
    for role, member in cast.staff.items():
        made[role] = Client(raise_request_exception=False)
        made[role].force_login(member)
    return made


@contextmanager
def undone() -> Iterator[None]:
    """Whatever a visit does is undone, so that the next one meets the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def writing() -> Iterator[set[str]]:
    """Which tables are written meanwhile."""
    written: set[str] = set()

    def note(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        written.update(written_by(sql if isinstance(sql, str) else str(sql)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield written


def text_of(answer: Any) -> str:
    """All of an answer: its body, also when it is streamed, and its headers."""
    body: HttpResponse = answer
    content = b"".join(answer.streaming_content) if answer.streaming else body.content
    return str(answer.headers) + content.decode(errors="replace")
