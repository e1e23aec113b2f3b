"""Change history: every change of a personal row is copied by a database trigger."""

from collections.abc import Callable
from typing import TypeVar

import pghistory
from django.db import models

M = TypeVar("M", bound=type[models.Model])


def tracked(*, exclude: tuple[str, ...] = ()) -> Callable[[M], M]:
    """Return a class decorator that keeps each earlier version of a model's rows.

    The triggers also see bulk writes and raw SQL. The copies are append-only: the application's
    database role may read and add them, nothing else. A row's versions are ``row.history``.

    Args:
        exclude: names of fields that are not copied (values that follow from others).
    """

    def decorate(model: M) -> M:
        pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            exclude=list(exclude) or None,
            obj_field=pghistory.ObjForeignKey(related_name="history", related_query_name="history"),
            model_name=f"{model.__name__}History",
            append_only=True,
        )(model)
        return model

    return decorate
