import uuid

from django.db import models


class UUIDModel(models.Model):
    """A row known by a random id, so that addresses tell nothing and cannot be guessed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True
