"""Whose rows a task of the schedule and a command see: of all providers, named one by one."""

from collections.abc import Iterator
from contextlib import contextmanager

from foundation.rows import seeing
from organisations.models import Organisation, OrganisationKind


@contextmanager
def seeing_every_provider() -> Iterator[None]:
    """See the rows of every provider that there is now. One that is made in the block is seen by a block of its own."""
    providers = Organisation.objects.filter(kind=OrganisationKind.PROVIDER)
    with seeing(providers=list(providers.values_list("pk", flat=True))):
        yield
