"""Every address, as every role and as nobody, with own, other-unit and foreign objects: nothing leaks.

Made from the resolver: a new address without a declared permission, or one that this file does not
know how to visit, fails.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from organisations.models import StaffMember
from organisations.roles import Permission
from tests.cast import Cast, make_cast
from tests.visits import OBJECTS, Objects, make_objects

pytestmark = pytest.mark.django_db

PUBLIC_BY_OTHERS = {"login", "logout", "set_language"}
WHOSE = ("own", "other_unit", "foreign")
HIDDEN_NAMES = ("Lammers", "Vreemd", "Geheim")


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
IDS = [address.name for address in NAMED]


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def objects(cast: Cast) -> Objects:
    return make_objects(cast)


def visit(client: Client, address: Address, kwargs: dict[str, object], method: str) -> HttpResponse:
    url = reverse(address.name, kwargs=kwargs)
    return getattr(client, method)(url)  # type: ignore[no-any-return]


def signed_in(member: StaffMember) -> Client:
    client = Client()
    client.force_login(member)
    return client


def rows_in_all_tables() -> dict[str, int]:
    """How many rows each table holds; bookkeeping of reading and of sessions apart."""
    aside = {"foundation_readevent", "django_session"}
    counted = {}
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if table in there - aside:
                cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
                counted[table] = cursor.fetchone()[0]
    return counted


@pytest.mark.parametrize("address", NAMED, ids=IDS)
def test_every_view_declares_its_permission(address: Address) -> None:
    assert address.permission in set(Permission), f"{address.name} lacks @requires(...)"


@pytest.mark.parametrize("address", NAMED, ids=IDS)
def test_it_is_known_how_to_visit_it(address: Address) -> None:
    assert not address.arguments or address.name in OBJECTS, f"tests/visits.py does not know {address.name}"


@pytest.mark.parametrize("address", NAMED, ids=IDS)
def test_nobody_is_sent_to_the_sign_in_page(address: Address, objects: Objects) -> None:
    for method in ("get", "post"):
        response = visit(Client(), address, objects.of(address, "own"), method)
        if address.permission is Permission.PUBLIC:
            assert response.status_code in {200, 405}
        else:
            assert (response.status_code, response.headers.get("Location", "")[:11]) == (302, "/inloggen/?")


@pytest.mark.parametrize("address", NAMED, ids=IDS)
def test_somebody_who_may_sees_it(address: Address, cast: Cast, objects: Objects) -> None:
    assert address.permission is not None
    seen = []
    for member in cast.staff.values():
        if member.standing.may(address.permission):
            response = visit(signed_in(member), address, objects.of(address, "own"), "get")
            if response.status_code == 405:
                response = visit(signed_in(member), address, objects.of(address, "own"), "post")
            seen.append(response.status_code)
    assert {200, 302} & set(seen), seen


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", NAMED, ids=IDS)
def test_who_lacks_the_right_gets_403_and_changes_nothing(
    address: Address, method: str, cast: Cast, objects: Objects
) -> None:
    assert address.permission is not None
    without = [member for member in cast.staff.values() if not member.standing.may(address.permission)]
    before = rows_in_all_tables()
    for member in without:
        for whose in WHOSE:
            response = visit(signed_in(member), address, objects.of(address, whose), method)
            assert response.status_code in {403, 405}, (member, whose)
            assert not leaks(response)
    assert rows_in_all_tables() == before


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", [a for a in NAMED if a.arguments], ids=[a.name for a in NAMED if a.arguments])
def test_what_is_not_theirs_gets_404_and_changes_nothing(
    address: Address, method: str, cast: Cast, objects: Objects
) -> None:
    assert address.permission is not None
    before = rows_in_all_tables()
    checked = 0
    for whose in WHOSE[1:]:
        for member in (cast.noor, cast.bo, cast.ineke, cast.omar):
            if member.standing.may(address.permission):
                response = visit(signed_in(member), address, objects.of(address, whose), method)
                assert response.status_code in {404, 405}, (member, whose)
                assert not leaks(response)
                checked += 1
    assert checked or address.permission in {Permission.CONFIGURE, Permission.LOG_REVIEW, Permission.SIGNED_IN}
    assert rows_in_all_tables() == before


@pytest.mark.parametrize(
    "address", [a for a in NAMED if not a.arguments], ids=[a.name for a in NAMED if not a.arguments]
)
def test_a_list_shows_nobody_of_another_unit_or_provider(address: Address, cast: Cast, objects: Objects) -> None:
    for member in (cast.noor, cast.bo, cast.ineke, cast.omar, cast.fenna, cast.piet):
        assert not leaks(visit(signed_in(member), address, {}, "get")), member


@pytest.mark.parametrize("address", NAMED, ids=IDS)
def test_an_officer_never_sees_a_person(address: Address, cast: Cast, objects: Objects) -> None:
    response = visit(signed_in(cast.omar), address, objects.of(address, "own"), "get")
    text = response.content.decode(errors="replace") if not response.streaming else ""
    assert not any(name in text for name in ("Amrani", "Samira", *HIDDEN_NAMES)), address.name


def test_the_admin_opens_for_the_functional_manager_only(cast: Cast) -> None:
    for role, member in cast.staff.items():
        response = signed_in(member).get(reverse("admin:index"))
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


def leaks(response: HttpResponse) -> bool:
    text = response.content.decode(errors="replace") if not response.streaming else ""
    return any(name in text for name in HIDDEN_NAMES)
