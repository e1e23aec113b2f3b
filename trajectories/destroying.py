"""Destroying files whose term is over: a list, a named person who approves it, and the record of what was done.

``outcomes_of`` says what will become of each file; the page shows it beforehand and the worker does just that.
"""

import uuid

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from foundation import jobs
from foundation.clock import now, today
from foundation.jobs import Held, work_of
from foundation.refused import Refused
from organisations.models import Organisation, StaffMember
from participants.law.erasing import erase_file
from participants.models import (
    DestructionItem,
    DestructionList,
    ErasureGround,
    ItemOutcome,
    LegalHold,
    ListState,
    Participant,
    RetentionClass,
)
from trajectories.retention import kept_files

KIND = "destroy_files"


@transaction.atomic
def make_list(*, by: StaffMember | None, provider: Organisation) -> DestructionList | None:
    """Write down which files are over their term today, for a named person to approve; nothing when there are none.

    Raises Refused when there is a list already that waits.
    """
    terms = kept_files(provider).over(today())
    if not terms:
        return None
    try:
        with transaction.atomic():
            made = DestructionList.objects.create(provider=provider, as_of=today(), made_by=by)
    except IntegrityError:
        raise Refused(_("There is a list already that is not carried out yet. Approve or discard that one.")) from None
    DestructionItem.objects.bulk_create(
        DestructionItem(
            provider=provider,
            list=made,
            file_id=term.file_id,
            class_code=term.kept_by.code,
            basis=term.basis,
            term_ended_on=term.ends_on,
        )
        for term in terms
    )
    return made


def make_due_lists() -> None:
    """Each provider whose files are over their term gets a list to approve, unless one waits or was made this month."""
    month = now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    there = DestructionList.objects.filter(Q(state__in=[ListState.DRAFT, ListState.APPROVED]) | Q(made_at__gte=month))
    with_classes = Organisation.objects.filter(pk__in=RetentionClass.objects.values("provider"))
    for provider in with_classes.exclude(pk__in=there.values("provider")):
        make_list(by=None, provider=provider)


@transaction.atomic
def keep_file(*, by: StaffMember, item: DestructionItem, keep: bool) -> None:  # noqa: ARG001 - every action says who
    """Take a file off a list that is not approved yet, or put it back."""
    _locked(item.list, ListState.DRAFT)
    item.outcome = ItemOutcome.KEPT if keep else ItemOutcome.PLANNED
    item.save(update_fields=["outcome"])


@transaction.atomic
def discard_list(*, by: StaffMember, found: DestructionList) -> None:
    """Let a list be: nothing on it is destroyed. What is still over its term stands on the next one."""
    row = _locked(found, ListState.DRAFT)
    row.state, row.approved_by, row.approved_by_name = ListState.DISCARDED, by, by.name
    row.approved_at = row.finished_at = now()
    row.save()


@transaction.atomic
def approve_list(*, by: StaffMember, found: DestructionList) -> None:
    """A named person says that these files may go; the worker then destroys them.

    Raises Refused when this person made the list, or somebody was first.
    """
    row = _locked(found, ListState.DRAFT)
    if row.made_by_id == by.pk:
        raise Refused(_("You made this list. Let somebody else approve it."))
    row.state, row.approved_by, row.approved_by_name, row.approved_at = ListState.APPROVED, by, by.name, now()
    row.save()
    jobs.ask_for(KIND, row.pk, steps=1, provider_id=row.provider_id, by=by.pk)


def outcomes_of(found: DestructionList) -> dict[uuid.UUID, str]:
    """Say what becomes of each file on a list when it is carried out now. It changes nothing."""
    items = list(found.items.all())
    if found.state in (ListState.DONE, ListState.DISCARDED):
        return {item.pk: item.outcome for item in items}
    files = [item.file_id for item in items]
    there = set(Participant.objects.filter(pk__in=files).values_list("pk", flat=True))
    held = set(LegalHold.objects.filter(participant__in=files, ends_on=None).values_list("participant_id", flat=True))
    over = {term.file_id for term in kept_files(found.provider).over(today())}
    return {item.pk: _outcome(item, there, held, over) for item in items}


def _outcome(item: DestructionItem, there: set[uuid.UUID], held: set[uuid.UUID], over: set[uuid.UUID]) -> ItemOutcome:
    if item.file_id not in there:
        return ItemOutcome.GONE
    if item.outcome == ItemOutcome.KEPT:
        return ItemOutcome.KEPT
    if item.file_id in held:
        return ItemOutcome.HELD
    return ItemOutcome.ERASED if item.file_id in over else ItemOutcome.NOT_DUE


@work_of(KIND)
def destroy_files(job: Held) -> None:
    """Carry an approved list out, all of it or nothing, and write down what was done."""
    job.step(_("Destroying the files"), 0)
    with job.writing():
        row = DestructionList.objects.select_for_update(of=("self",)).get(pk=job.subject_id)
        if row.state == ListState.APPROVED:
            carry_out(row)
        job.finish()


def carry_out(found: DestructionList) -> None:
    """Do to each file on a list what ``outcomes_of`` says, in one transaction of the caller."""
    outcomes, by = outcomes_of(found), found.approved_by
    for item in found.items.all():
        if by and outcomes[item.pk] == ItemOutcome.ERASED:
            _destroy(item, by)
        item.outcome = outcomes[item.pk]
        item.save(update_fields=["outcome"])
    found.state, found.finished_at = ListState.DONE, now()
    found.save(update_fields=["state", "finished_at"])


def _destroy(item: DestructionItem, by: StaffMember) -> None:
    person = Participant.objects.get(pk=item.file_id)
    erase_file(by=by, participant=person, ground=ErasureGround.RETENTION, basis=item.basis[:200])


def _locked(found: DestructionList, state: str) -> DestructionList:
    row: DestructionList = DestructionList.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if row.state != state:
        raise Refused(_("Somebody else approved or discarded this list already. Open it again."))
    return row
