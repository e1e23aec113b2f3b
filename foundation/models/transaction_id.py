from typing import Any

from django.db import models
from django.db.models import Func


class TransactionId(models.Field[int, int]):
    """The full id of a database transaction (xid8): in order of beginning, never used twice within one cluster."""

    def db_type(self, connection: Any) -> str:  # noqa: ARG002 Django passes it
        return "xid8"

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return None if value is None else str(int(value))

    def to_python(self, value: Any) -> int | None:
        return None if value is None else int(value)

    def from_db_value(self, value: Any, *_: Any) -> int | None:
        return self.to_python(value)


class ThisTransaction(Func):
    """The id of the transaction that asks."""

    function = "pg_current_xact_id"
    arity = 0
    output_field = TransactionId()


class ThisCluster(Func):
    """The number of the PostgreSQL cluster that answers: a dump that is read in elsewhere counts transactions anew."""

    template = "(pg_control_system()).system_identifier"
    arity = 0
    output_field = models.BigIntegerField()
