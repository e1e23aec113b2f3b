"""A condition that stands in SQL means the same wherever Django puts it."""

import pytest
from django.db.models import Exists, OuterRef

from foundation.conditions import Condition
from organisations.models import StaffMember
from tests.cast import make_cast

pytestmark = pytest.mark.django_db

KNOWN = "EXISTS (SELECT FROM organisations_membership has_ WHERE has_.staff_member_id = {row} AND has_.role = %s)"


def test_it_is_asked_of_each_row_also_in_a_question_inside_another() -> None:
    """Django gives tables other names there; the condition follows."""
    cast = make_cast()
    coaches = StaffMember.objects.filter(Condition("pk", KNOWN, "coach"))
    inside = StaffMember.objects.filter(pk__in=coaches.filter(pk=OuterRef("pk")))
    twice = StaffMember.objects.filter(Exists(inside.filter(pk=OuterRef("pk"))))
    expected = set(StaffMember.objects.filter(memberships__role="coach"))
    assert cast.staff["coach"] in expected < set(StaffMember.objects.all())
    assert set(coaches) == set(inside) == set(twice) == expected


def test_it_is_turned_round_and_put_together() -> None:
    make_cast()
    coach, manager = Condition("pk", KNOWN, "coach"), Condition("pk", KNOWN, "manager")
    everybody = set(StaffMember.objects.all())
    coaches, managers = (set(StaffMember.objects.filter(one)) for one in (coach, manager))
    assert set(StaffMember.objects.filter(~coach)) == everybody - coaches
    assert set(StaffMember.objects.filter(coach | manager)) == coaches | managers
    assert set(StaffMember.objects.filter(~coach | manager)) == everybody - coaches | managers
    assert {each.pk for each in StaffMember.objects.annotate(is_coach=coach) if each.is_coach} == {
        c.pk for c in coaches
    }
