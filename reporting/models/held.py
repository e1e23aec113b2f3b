"""On which days a demand holds: a question to PostgreSQL, which reckons with stretches of days."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Aggregate, Case, F, Func, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce

DAYS = DateRangeField()
NO_DAYS = Func(template="'{}'::datemultirange", output_field=DAYS)


class AllDays(Aggregate):
    """The days of several stretches together."""

    function = "range_agg"
    output_field = DAYS


def _days() -> Func:
    return Func(F("starts_on"), F("ends_on"), Value("[]"), function="daterange", output_field=DAYS)


def stretches(tranches: "models.QuerySet[models.Model]") -> tuple[Func, Func]:
    """Return the first and the last day of each stretch of days on which a demand holds, empty where there is none.

    Args:
        tranches: those that are confirmed; on their days nothing holds that was demanded without a tranche.
    """
    of_agreement = tranches.filter(agreement=OuterRef("agreement")).order_by().values("agreement")
    taken = Subquery(of_agreement.annotate(taken=AllDays(_days())).values("taken"))
    left = Func(
        Func(_days(), function="datemultirange", output_field=DAYS),
        Coalesce(Case(When(tranche=None, then=taken), output_field=DAYS), NO_DAYS),
        template="unnest(%(expressions)s)",
        arg_joiner=" - ",
        output_field=DAYS,
        set_returning=True,
    )
    day = models.DateField()
    return (
        Func(left, function="lower", output_field=day),
        Func(left, template="(upper(%(expressions)s) - 1)", output_field=day),
    )
