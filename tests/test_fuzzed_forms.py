"""T18. Every form on every screen, with what nobody expects: nothing breaks, nothing lives, no word is lost.

Each form is sent until 200 evil inputs went into it, several of them in one answer; ``DRAAD_FUZZ=10000`` until it were
so many, every other time with one in each answer. ``DRAAD_FUZZ_SEED`` chooses other luck, ``DRAAD_FUZZ_ONLY`` the
addresses that contain a text. Each form is also sent honestly and then once more just so: it counts once (T16).
"""

import os
import sys
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from http.cookies import SimpleCookie
from random import Random
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.apps import apps
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.urls import resolve, reverse

from tests.browser.screens import SCREENS
from tests.browser.world import World, make_world
from tests.cast import make_cast
from tests.fuzzing import judging, where
from tests.fuzzing.pages import Form, forms_of
from tests.fuzzing.sending import URLENCODED, Sent, encoded, honest, make_sent
from tests.test_permissions import NAMED, may
from tests.test_sweep import NOBODY, clients_of, undone
from tests.visits import make_objects

pytestmark = pytest.mark.django_db

INPUTS = int(os.environ.get("DRAAD_FUZZ", "200"))
SEED = int(os.environ.get("DRAAD_FUZZ_SEED", "20261122"))
ONLY = os.environ.get("DRAAD_FUZZ_ONLY", "")
# How many evil inputs may stand in one answer.
TOGETHER = (8,) if INPUTS <= 200 else (1, 8)
# A long form is sent more often than its many answers need.
MOST_AT_ONCE = 12
# A form that asks nothing can be wrong only as a whole.
FIELDLESS = 15
SLICES = 2
SCREEN_OF = {screen.name: screen for screen in SCREENS}
TEXTS = {"text", "textarea", "email", "search"}
REPEATED = TEXTS | {"date", "number", "time"}
# What is written each time: who looked, who is there, that a form was sent, who was told.
BOOKKEEPING = {"foundation_readevent", "organisations_signin", "foundation_sentform"}


@dataclass
class Fuzzed:
    """What is known of all sendings so far."""

    found: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[Any, ...]] = field(default_factory=list)

    def note(self, name: str, *what: Any) -> None:
        self.found[name] += 1
        self.wrong.append((name, *what))


@dataclass
class Target:
    """One form, as somebody sees it who may send it."""

    key: str
    client: Client
    page: str
    action: str
    form: Form

    @property
    def argument(self) -> Any:
        return next(iter(resolve(urlsplit(self.action).path).kwargs.values()), None)


@pytest.mark.parametrize("number", range(SLICES))
def test_whatever_is_typed_nothing_breaks_lives_or_is_lost(number: int, capsys: pytest.CaptureFixture[str]) -> None:
    world, fuzzed = make_world(), Fuzzed()
    for key in [key for key in where.FORMS if ONLY in key][number::SLICES]:
        target = _target(world, key)
        with undone():
            _send_twice(target, fuzzed)
        _fuzz(target, fuzzed)
        fuzzed.found["forms"] += 1
    if INPUTS > 200 or os.environ.get("DRAAD_FUZZ_TELL"):
        with capsys.disabled():
            sys.stdout.write(f"\nT18, seed {SEED}, part {number}: {dict(fuzzed.found)}\n")
    assert fuzzed.wrong == []


def _target(world: World, key: str) -> Target:
    screen = SCREEN_OF[where.FORMS[key]]
    client = Client(raise_request_exception=False)
    if screen.who != "nobody":
        client.force_login(world.staff[screen.who])
    page = screen.address(world)
    found = []
    for form in forms_of(client.get(page).content.decode()):
        for action in (urljoin(page, form.action), *(urljoin(page, each) for each in form.other_actions)):
            if form.method != "dialog" and f"{form.method} {resolve(urlsplit(action).path).view_name}" == key:
                found.append(Target(key, client, page, action, form))
    assert found, f"{key} does not stand on {page}"
    # Searching stands in the bar above too, with less to fill in.
    return max(found, key=lambda each: len(each.form.fields))


def _send_twice(target: Target, fuzzed: Fuzzed) -> None:
    """Send it as somebody would who only wants to get on, and the same again: it counts once."""
    if target.form.method != "post":
        return
    cookies = target.client.cookies.output(header="", sep=";")
    body = encoded(honest(target.form, where.HONEST.get(target.key, {}), Random(SEED)))
    before = _rows()
    first = target.client.generic("POST", target.action, body, URLENCODED)
    between = _rows()
    target.client.cookies = SimpleCookie(cookies)
    second = target.client.generic("POST", target.action, body, URLENCODED)
    fuzzed.found["sent twice"] += 1
    fuzzed.found["adds rows"] += between != before
    if first.status_code == 302 and "once" in target.form.fields and _rows() != between:
        fuzzed.note("stands twice", target.key, first.status_code, second.status_code)
    target.client.cookies = SimpleCookie(cookies)


def _rows() -> dict[str, int]:
    """How many rows each table holds, but for bookkeeping, in one question."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} & _there()
    asked = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for name in sorted(tables - BOOKKEEPING))
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return dict(cursor.fetchall())


@cache
def _there() -> set[str]:
    return set(connection.introspection.table_names())


def _fuzz(target: Target, fuzzed: Fuzzed) -> None:
    """Send one form again and again, each time into the same world."""
    luck, found = Random(f"{SEED}{target.key}"), Counter[str]()
    cookies = target.client.cookies.output(header="", sep=";")
    known = where.HONEST.get(target.key, {})
    asks = target.form.fields.keys() - {"csrfmiddlewaretoken", "once"}
    wanted = INPUTS if asks else min(INPUTS, FIELDLESS)
    while found["inputs"] < wanted or found["sendings"] < wanted // MOST_AT_ONCE:
        sent = make_sent(target.form, known, luck, together=luck.choice(TOGETHER), ids=[])
        with undone():
            _send(target, sent, fuzzed, found)
        target.client.cookies = SimpleCookie(cookies)
        found.update(inputs=sent.inputs, sendings=1)
    fuzzed.found.update(found)
    if os.environ.get("DRAAD_FUZZ_TELL") == "each":
        sys.stderr.write(f"{target.key} {dict(found)}\n")


def _send(target: Target, sent: Sent, fuzzed: Fuzzed, found: Counter[str]) -> None:
    """Send it and judge the answer."""
    about = target.key, sent.body[:3000]
    if target.form.method == "get":
        answer = target.client.get(urlsplit(target.action).path, QUERY_STRING=sent.body.decode("latin-1"))
    else:
        answer = target.client.generic("POST", target.action, sent.body, sent.content_type)
    text = "" if answer.streaming else answer.content.decode(errors="replace")
    if answer.status_code >= 500:
        fuzzed.note("5xx", *about, answer.status_code)
    if live := judging.alive(text):
        fuzzed.note("alive", *about, live)
    if not sent.is_whole:
        return
    if answer.status_code == 302:
        found["accepted"] += 1
        _look_for(target, urljoin(target.action, answer.headers["Location"]), sent, fuzzed)
    elif answer.status_code == 200 and target.key not in where.ANSWERS_ITSELF | where.NOT_REPEATED.keys():
        found["refused"] += 1
        if lost := judging.lost_again(text, target.form, _typed(target.form, sent, REPEATED)):
            fuzzed.note("refused and not shown again", *about, lost)


def _typed(form: Form, sent: Sent, kinds: set[str]) -> dict[str, str]:
    """What the product reads of the answers of these kinds that were changed."""
    read = QueryDict(sent.body, encoding="utf-8")
    asked = [name for name in sent.changed & form.fields.keys() if form.fields[name].kind in kinds]
    return {name: judging.as_read(form.fields[name].kind, read[name]) for name in asked if name in read}


def _look_for(target: Target, leads_to: str, sent: Sent, fuzzed: Fuzzed) -> None:
    """What was taken can be read: in the form when it is opened again, where it leads, or where it stands."""
    typed = _typed(target.form, sent, TEXTS)
    texts = {
        name: [line for line in map(judging.flat, judging.lines(text).split("\n")) if line]
        for name, text in typed.items()
        if f"{target.key} {name}" not in where.NOT_SHOWN
    }
    pages = [leads_to, target.page]
    if target.key in where.READ:
        pages.insert(0, where.READ[target.key](target.argument))
    for page in pages:
        texts = {name: missing for name, text in texts.items() if (missing := [*text])}
        if not texts:
            return
        answer = target.client.get(page)
        html = "" if answer.streaming else answer.content.decode(errors="replace")
        # The pages of Django's administration have images of their own.
        live = "" if page.startswith("/beheer/") else judging.alive(html)
        if answer.status_code >= 500 or live:
            fuzzed.note("5xx where it is read", target.key, sent.body[:3000], page, live)
        shown = judging.shown_words(html)
        texts = {name: [line for line in text if line not in shown] for name, text in texts.items()}
    if any(texts.values()):
        fuzzed.note("stored and not shown", target.key, sent.body[:1500], pages, texts)


def test_every_address_that_takes_a_form_is_among_them() -> None:
    """Whoever makes a form puts the screen that it stands on into ``tests/fuzzing/where.py``."""
    cast = make_cast()
    objects, clients, fuzzed = make_objects(cast), clients_of(cast), Fuzzed()
    on_screens = {key.partition(" ")[2] for key in where.FORMS}
    takes = set()
    for address in [address for address in NAMED if address.name not in on_screens]:
        client = clients[next((role for role in cast.staff if may(cast, role, address)), NOBODY)]
        action = reverse(address.name, kwargs=objects.of(address, "own"))
        with undone():
            answer = client.post(action)
        if answer.status_code == 302:
            takes.add(address.name)
            _fuzz(Target(f"post {address.name}", client, action, action, Form(action, "post", "")), fuzzed)
    assert takes ^ where.WITHOUT_A_FORM.keys() == set()
    assert fuzzed.wrong == []
