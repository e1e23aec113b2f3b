"""What happens by itself says whose rows it sees; else it would find nothing and say nothing."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils.module_loading import import_string

from config.schedule import PERIODIC
from foundation.rows import NOTHING, seeing, sight
from foundation.scheduling import Periodic
from tests import factories as make
from tests.test_fences import behind_the_fence

pytestmark = pytest.mark.django_db


def asked_blindly(work: Callable[[], object]) -> set[str]:
    """Return the tables behind the fence that are asked for while nobody's rows are seen."""
    fenced, found = behind_the_fence(), set()
    make.ProviderFactory()  # without one there is nobody to see

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if sight() == NOTHING:
            found.update(fenced.intersection(re.findall(r"\w+", str(sql))))
        return execute(sql, params, many, context)

    with seeing(), connection.execute_wrapper(note):
        work()
    return found


@pytest.mark.parametrize("turn", PERIODIC, ids=lambda turn: turn.kind)
def test_a_turn_sees_whose_rows_it_asks_for(turn: Periodic) -> None:
    assert asked_blindly(import_string(turn.kind)) == set(), "organisations.rows.seeing_every_provider, around it"


def test_one_that_does_not_say_so_is_noticed() -> None:
    from participants.models import Participant

    assert asked_blindly(Participant.objects.exists) == {"participants_participant"}
