"""Database constraints with a message that a person can act on."""

from django.db import models
from django.db.models import F, Q
from django_stubs_ext import StrPromise


def dates_in_order(first: str, last: str, *, name: str, message: str | StrPromise) -> models.CheckConstraint:
    """Return a check that the date ``last`` is empty or not before ``first``.

    Args:
        first: name of the field with the earlier date.
        last: name of the field with the later date.
        name: name of the constraint in the database.
        message: what the user reads when it is broken, translatable.
    """
    return models.CheckConstraint(
        condition=Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": F(first)}),
        name=name,
        violation_error_message=message,
    )
