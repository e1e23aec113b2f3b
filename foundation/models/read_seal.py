from django.db import models

from foundation.models.transaction_id import TransactionId


class ReadSeal(models.Model):
    """A seal over rows of the read log: whoever changes, adds or takes away one of them breaks it.

    It covers the rows that transactions from ``since`` up to (not with) ``below`` wrote in one cluster. ``form`` says
    which columns were hashed, and how. ``hash`` is over the seal before it, the columns here and the hash of the
    rows: who keeps the hash of one seal elsewhere has all rows up to there. The application's database role may only
    add and read seals.
    """

    number = models.BigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    form = models.PositiveSmallIntegerField()
    cluster = models.BigIntegerField()
    since = TransactionId()
    below = TransactionId()
    rows = models.PositiveIntegerField()
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    rows_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"seal {self.number}"
