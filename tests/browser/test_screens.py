"""The list of screens is whole."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from organisations.models import StaffMember
from tests.browser.screens import SCREENS
from tests.cast import make_cast
from tests.test_permissions import NAMED, Address
from tests.visits import Objects, make_objects


@pytest.mark.django_db
def test_every_address_that_shows_a_page_is_on_the_list() -> None:
    cast = make_cast()
    objects = make_objects(cast)
    listed = {screen.view for screen in SCREENS}
    others = [address for address in NAMED if address.name not in listed]
    clients = {member: _signed_in(member) for member in cast.staff.values()}
    missing = [address.name for address in others if _shows_a_page(address, objects, clients)]
    assert not missing, f"tests/browser/screens.py lacks {missing}"


def _signed_in(member: StaffMember) -> Client:
    client = Client()
    client.force_login(member)
    return client


def _shows_a_page(address: Address, objects: Objects, clients: Mapping[StaffMember, Client]) -> bool:
    """Whether it answers somebody's GET with a page: no download, no fragment, no action, no way onward."""
    url = reverse(address.name, kwargs=objects.of(address, "own"))
    may = [member for member in clients if address.permission and member.standing.may(address.permission)]
    return any(_is_page(clients[member].get(url)) for member in may)


def _is_page(response: Any) -> bool:
    if response.streaming:
        return False
    return bool(response.status_code == 200 and response.content.lstrip()[:9].upper() == b"<!DOCTYPE")
