"""The cast, and somebody at a browser without scripts."""

from collections.abc import Callable

import pytest
from django.test import Client

from organisations.models import StaffMember
from tests.cast import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def sign_in() -> Callable[[StaffMember], Client]:
    def signed_in(member: StaffMember) -> Client:
        client = Client()
        client.force_login(member)
        return client

    return signed_in


@pytest.fixture
def noor(cast: Cast, sign_in: Callable[[StaffMember], Client]) -> Client:
    return sign_in(cast.noor)
