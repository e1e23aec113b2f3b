"""Every address, as every role and as nobody, with own, other-unit and foreign objects: nothing leaks.

Made from the resolver: a new address without a declared permission, or one that this file does not
know how to visit, fails.
"""

import uuid
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from organisations.roles import Permission
from tests.cast import Cast, make_cast
from tests.visits import OBJECTS, Objects, make_objects

pytestmark = pytest.mark.django_db

# Those of another site have their own test: they lead away, and back from there.
PUBLIC_BY_OTHERS = {"login", "logout", "set_language", "organisations:openid_start", "organisations:openid_return"}
WHOSE = ("own", "other_unit", "foreign")
EACH_ROLE = ("coach", "manager", "officer", "functional_manager", "privacy_officer")
OF_THE_UNIT = ("coach", "colleague", "manager", "officer")
# A functional manager keeps all units of the own provider, and a privacy officer looks after all of them.
OF_THE_PROVIDER = ("functional_manager", "privacy_officer")
NOT_THEIRS = [*product(OF_THE_UNIT, WHOSE[1:]), *product(OF_THE_PROVIDER, ["foreign"])]
WITHOUT_OWNER = {  # their argument names a figure or the format of a file, which belongs to nobody
    "reporting:export_units",
    "reporting:export_cohorts",
    "reporting:export_waiting",
    "reporting:export_signals",
    "reporting:export_statistic_checks",
    "reporting:export_statistic_people",
    "reporting:figure",
    "reporting:definition",
    "reporting:add_note",
    "reporting:export_figure",
    "participants:log_signal",
}
HIDDEN_NAMES = ("Lammers", "Vreemd", "Geheim")
NOT_OF_THE_PROVIDER = ("Vreemd", "Geheim")


class Address(NamedTuple):
    """One address of the site: its name, its view and the names of what stands in it."""

    name: str
    view: Callable[..., Any]
    arguments: tuple[str, ...]

    @property
    def permission(self) -> Permission | None:
        return getattr(self.view, "permission", None)


def addresses() -> list[Address]:
    """Every named address but those of the admin, which has its own test below."""
    return sorted(set(_walk(get_resolver(), "")))


def _walk(resolver: URLResolver, namespace: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                inside = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
                yield from _walk(pattern, inside)
        elif isinstance(pattern, URLPattern):
            assert pattern.name, f"{pattern.pattern} has no name"
            yield Address(f"{namespace}{pattern.name}", pattern.callback, tuple(pattern.pattern.converters))


NAMED = [address for address in addresses() if address.name not in PUBLIC_BY_OTHERS]


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def objects(cast: Cast) -> Objects:
    return make_objects(cast)


@pytest.fixture
def clients(cast: Cast) -> dict[str, Client]:
    """A signed-in browser for each of the cast."""
    made = {}
    for role, member in cast.staff.items():
        made[role] = Client(raise_request_exception=True)
        made[role].force_login(member)
    return made


def visit(client: Client, address: Address, kwargs: dict[str, object], method: str) -> HttpResponse:
    url = reverse(address.name, kwargs=kwargs)
    return getattr(client, method)(url)  # type: ignore[no-any-return]


def may(cast: Cast, role: str, address: Address) -> bool:
    assert address.permission is not None
    return cast.staff[role].standing.may(address.permission)


def rows_in_all_tables() -> dict[str, int]:
    """How many rows each table holds; bookkeeping of reading and of sessions apart."""
    aside = {"foundation_readevent", "organisations_signin"}
    counted = {}
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if table in there - aside:
                cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
                counted[table] = cursor.fetchone()[0]
    return counted


def test_every_view_declares_its_permission() -> None:
    assert [address.name for address in NAMED if address.permission not in set(Permission)] == []


def test_it_is_known_how_to_visit_every_address() -> None:
    assert [address.name for address in NAMED if address.arguments and address.name not in OBJECTS] == []


def test_nobody_is_sent_to_the_sign_in_page(objects: Objects) -> None:
    wrong = []
    nobody = Client()  # one: each makes its own way through the middleware, which takes longer than a visit
    for address in NAMED:
        for method in ("get", "post"):
            response = visit(nobody, address, objects.of(address, "own"), method)
            there = (response.status_code, response.headers.get("Location", "")[:11])
            public = address.permission is Permission.PUBLIC and response.status_code in {200, 405}
            if not public and there != (302, "/inloggen/?"):
                wrong.append((address.name, method, there))
    assert wrong == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_lacks_the_right_gets_403_and_changes_nothing(
    method: str, cast: Cast, objects: Objects, clients: dict[str, Client]
) -> None:
    before, wrong = rows_in_all_tables(), []
    for address in NAMED:
        for role in (role for role in EACH_ROLE if not may(cast, role, address)):
            for whose in WHOSE if address.arguments else WHOSE[:1]:
                response = visit(clients[role], address, objects.of(address, whose), method)
                if response.status_code not in {403, 405} or leaks(response):
                    wrong.append((address.name, role, whose, response.status_code))
    assert wrong == []
    assert rows_in_all_tables() == before


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_not_theirs_gets_404_and_changes_nothing(
    method: str, cast: Cast, objects: Objects, clients: dict[str, Client]
) -> None:
    before, wrong = rows_in_all_tables(), []
    for address in (a for a in NAMED if a.arguments and a.name not in WITHOUT_OWNER):
        for role, whose in NOT_THEIRS:
            if not may(cast, role, address):
                continue
            response = visit(clients[role], address, objects.of(address, whose), method)
            if response.status_code not in {404, 405} or leaks(response):
                wrong.append((address.name, role, whose, response.status_code))
    assert wrong == []
    assert rows_in_all_tables() == before


def test_what_does_not_exist_gets_404(cast: Cast, clients: dict[str, Client]) -> None:
    nothing = {
        "pk": uuid.uuid4(),
        "file": uuid.uuid4(),
        "figure_id": "no-such-figure",
        "check": "no-such-check",
        "rule": "no-such-rule",
        "file_format": "none",
        "signal": "no-such-signal",
    }
    wrong = []
    for address in (a for a in NAMED if a.arguments):
        for role in (role for role in OF_THE_UNIT if may(cast, role, address)):
            response = visit(clients[role], address, {name: nothing[name] for name in address.arguments}, "get")
            if response.status_code not in {404, 405}:
                wrong.append((address.name, role, response.status_code))
    assert wrong == []


def test_a_list_shows_nobody_of_another_unit_or_provider(
    cast: Cast, objects: Objects, clients: dict[str, Client]
) -> None:
    shown = [
        (address.name, role)
        for address in NAMED
        if not address.arguments
        for role in (*OF_THE_UNIT, *OF_THE_PROVIDER)
        if leaks(
            visit(clients[role], address, {}, "get"), NOT_OF_THE_PROVIDER if role == "privacy_officer" else HIDDEN_NAMES
        )
    ]
    assert shown == []


def test_an_officer_never_sees_a_person(cast: Cast, objects: Objects, clients: dict[str, Client]) -> None:
    shown = []
    for address in NAMED:
        text = text_of(visit(clients["officer"], address, objects.of(address, "own"), "get"))
        if any(name in text for name in ("Amrani", "Samira", *HIDDEN_NAMES)):
            shown.append(address.name)
    assert shown == []


def test_the_admin_opens_for_the_functional_manager_only(cast: Cast, clients: dict[str, Client]) -> None:
    for role in cast.staff:
        response = clients[role].get(reverse("admin:index"))
        if role == "functional_manager":
            assert response.status_code == 200
        else:
            assert response.status_code in {302, 403, 404}


def test_the_admin_holds_no_file_of_a_person() -> None:
    from django.contrib import admin

    personal = {"participants", "pghistory"} | {"trajectory", "session", "outcome", "goal", "assessment", "placement"}
    for model in admin.site._registry:
        assert model._meta.app_label not in personal, model
        assert model._meta.model_name not in personal, model


def text_of(response: HttpResponse) -> str:
    return "" if response.streaming else response.content.decode(errors="replace")


def leaks(response: HttpResponse, names: tuple[str, ...] = HIDDEN_NAMES) -> bool:
    return any(name in text_of(response) for name in names)
