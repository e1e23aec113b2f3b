"""Several questions in one round trip give what each gives by itself."""

import pghistory
import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from foundation.together import read_together
from organisations.models import Organisation, Unit
from tests.cast import make_cast
from trajectories.models import Trajectory

pytestmark = pytest.mark.django_db


def test_each_question_gets_its_own_answer_in_one_round_trip() -> None:
    cast = make_cast()
    questions: list[QuerySet[Unit, tuple[object, ...]] | QuerySet[Trajectory, tuple[object, ...]]] = [
        Unit.objects.order_by("name").values_list("pk", "name"),
        Trajectory.objects.filter(pk=cast.trajectory.pk).values_list("started_on", "participant__surname", "pk"),
        Unit.objects.filter(name="100% %s; of 'niets'").values_list("pk", "name"),
        Unit.objects.filter(pk__in=[]).values_list("pk", "name"),
    ]
    alone = [list(question) for question in questions]
    with CaptureQueriesContext(connection) as asked, pghistory.context():  # as in every request
        together = read_together(questions)
    assert len(asked) == 1
    assert together == alone
    assert together[1][0][0] == cast.trajectory.started_on


def test_what_cannot_be_found_is_not_asked() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert read_together([Organisation.objects.none().values_list("pk")]) == [[]]
    assert not asked
