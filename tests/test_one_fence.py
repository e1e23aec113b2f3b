"""One of the fences around rows is taken away: the other holds, and where both are gone the sweep notices.

``visible_to`` of every queryset shows all rows: the database must still show and take none of another provider. The
database shows everything to everybody: the querysets must still leave out what is not theirs. ``DRAAD_SWEEP=every``
visits every address so, and prints the numbers.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from itertools import product
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from foundation.rows import seeing_everything
from organisations import middleware
from organisations.models import AccountEvent, StaffMember
from organisations.roles import Permission
from tests.cast import Cast, make_cast
from tests.participants.planting import plant
from tests.test_fences import behind_the_fence
from tests.test_permissions import NAMED, WITHOUT_OWNER, Address, may
from tests.test_rows_in_database import EVERY, say
from tests.test_sweep import BOOKKEEPING, clients_of, text_of, undone, writing
from tests.visits import Objects, make_objects

pytestmark = pytest.mark.django_db

ROLES = ("coach", "manager", "functional_manager", "privacy_officer")
OF_SOMEBODY = [address for address in NAMED if address.arguments and address.name not in WITHOUT_OWNER]
LISTS = [address for address in NAMED if not address.arguments]


class Visit(NamedTuple):
    """Somebody comes to an address with an object that is not theirs, or to a list."""

    address: Address
    role: str
    whose: str
    method: str


class World(NamedTuple):
    """Who and what there is, and a browser for each."""

    cast: Cast
    objects: Objects
    clients: dict[str, Any]

    def come(self, visit: Visit) -> tuple[int, str, set[str]]:
        """Return the status, the text, and the tables written; all is undone."""
        kwargs = self.objects.of(visit.address, visit.whose)
        with undone(), writing() as written:
            answer = getattr(self.clients[visit.role], visit.method)(reverse(visit.address.name, kwargs=kwargs))
            return answer.status_code, text_of(answer), written - BOOKKEEPING


@pytest.fixture
def world() -> World:
    cast = make_cast()
    return World(cast, make_objects(cast), clients_of(cast))


@pytest.fixture
def let_querysets_show_all(monkeypatch: pytest.MonkeyPatch) -> None:
    for queryset in scoped_querysets():
        take_away(monkeypatch, queryset)


@pytest.fixture
def let_database_show_all(monkeypatch: pytest.MonkeyPatch) -> None:
    take_away_policies(monkeypatch)


def scoped_querysets() -> list[type[models.QuerySet[Any]]]:
    """The querysets that say for themselves which rows somebody sees."""
    found = {type(model._default_manager.all()) for model in apps.get_models()}
    scoped = {base for queryset in found for base in queryset.__mro__ if "visible_to" in vars(base)}
    return sorted(scoped, key=lambda queryset: queryset.__qualname__)


def take_away(monkeypatch: pytest.MonkeyPatch, queryset: type[models.QuerySet[Any]]) -> None:
    """Let ``visible_to`` of a queryset leave out nothing."""
    monkeypatch.setattr(queryset, "visible_to", lambda rows, _member, _permission: rows.all())


def take_away_policies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every request see every row in the database."""

    def all_of_it(_user: StaffMember | None) -> AbstractContextManager[None]:
        return seeing_everything("the fence is taken away")

    monkeypatch.setattr(middleware, "_sight_of", all_of_it)


def visits_of_others(cast: Cast, step: int) -> Iterator[Visit]:
    """To every address with an object of another provider, and to every list; in the short form to some."""
    for number, address in enumerate([*OF_SOMEBODY, *LISTS][::step]):
        for role, method in product(ROLES, ("get", "post")):
            # In the short form by one who may, and reading and writing in turn.
            if may(cast, role, address) and (EVERY or method == ("get", "post")[number % 2]):
                yield Visit(address, role, "foreign", method)
                if not EVERY:
                    break


def test_the_database_holds_where_every_queryset_shows_all(
    world: World, let_querysets_show_all: None, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody sees or changes a row of another provider that is behind the fence."""
    tried, wrong, fenced = 0, [], behind_the_fence()
    for visit in visits_of_others(world.cast, 1 if EVERY else 12):
        tried += 1
        status, text, written = world.come(visit)
        if any(name in text for name in ("Vreemd", "Geheim verhaal")) or (visit.address.arguments and written & fenced):
            wrong.append((visit.address.name, *visit[1:], status, sorted(written)))
    say(capsys, f"T3: all {len(scoped_querysets())} querysets show everything: visits {tried}, passed {len(wrong)}")
    assert wrong == []


def test_the_querysets_hold_where_the_database_shows_all(
    world: World, let_database_show_all: None, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody sees or changes anything of another provider."""
    tried, wrong = 0, []
    for visit in visits_of_others(world.cast, 1 if EVERY else 12):
        tried += 1
        status, text, written = world.come(visit)
        not_refused = bool(visit.address.arguments) and status not in {404, 405}
        if "Vreemd" in text or not_refused:
            wrong.append((visit.address.name, *visit[1:], status, sorted(written)))
    say(capsys, f"T3: the database shows everything: visits {tried}, passed {len(wrong)}")
    assert wrong == []


def test_a_queryset_shows_nothing_of_others_and_one_that_would_is_noticed(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each by itself, whatever right somebody asks with; then each is taken away in turn."""
    plant(world.cast.foreign_trajectory, world.cast.dina, mark="Geheim")
    AccountEvent.objects.create(staff_member=world.cast.dina, change="password_changed")
    others = rows_of_others(world.cast)
    assert [model.__name__ for model in others if shows_any(model, others[model], world.cast)] == []
    chosen, noticed = scoped_querysets(), 0
    for queryset in chosen:
        its = (model for model in others if isinstance(model._default_manager.all(), queryset))
        with monkeypatch.context() as sabotage:
            take_away(sabotage, queryset)
            noticed += any(shows_any(model, others[model], world.cast) for model in its)
    say(capsys, f"T3: querysets that show everything, one at a time {len(chosen)}, noticed {noticed}")
    assert noticed == len(chosen)


def rows_of_others(cast: Cast) -> dict[type[models.Model], set[Any]]:
    """What the other provider and its staff have, by model; what no test plants is left out."""
    scoped = [model for model in apps.get_models() if hasattr(model._default_manager.all(), "visible_to")]
    found = {
        model: set(model._default_manager.filter(**of_others(model, cast)).values_list("pk", flat=True))
        for model in scoped
    }
    return {model: rows for model, rows in found.items() if rows}


def shows_any(model: type[models.Model], others: set[Any], cast: Cast) -> bool:
    """Whether the staff of the first provider and its payers are shown one of these rows under a right they have."""
    rows: Any = model._default_manager.all()
    for role, permission in product((*ROLES, "officer"), Permission):
        member = cast.staff[role]
        if member.standing.may(permission) and others.intersection(
            rows.visible_to(member, permission).values_list("pk", flat=True)
        ):
            return True
    return False


def of_others(model: type[models.Model], cast: Cast) -> dict[str, Any]:
    """Whose a row is: of a provider, of what a provider agreed, or of somebody who works there."""
    names = {field.name for field in model._meta.local_fields}
    if "provider" in names:
        return {"provider": cast.other_provider}
    if "agreement" in names:
        return {"agreement__provider": cast.other_provider}
    return {"staff_member": cast.dina}
