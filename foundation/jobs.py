"""Background work: a row in PostgreSQL is the truth, the broker only rings the bell.

The chain, in order:

1. ``ask_for`` inserts a job row in the transaction of what it belongs to. Nothing is published.
2. The dispatcher hears of it from PostgreSQL, or sees it within five seconds, and rings
   ``foundation.tasks.run_queued_jobs``.
3. A worker ``claim``s the oldest row that waits, or whose lease ran out because its worker died.
4. While the work runs, a second thread renews the lease.
5. Each piece of the result is written within ``Held.writing()``: a transaction that first locks the
   row and makes sure that it is still ours. A worker that lost its lease can write nothing more.
6. The last such transaction also calls ``Held.finish()``.

So a worker may die at any moment and the broker may forget everything: the work is done once.
"""

import logging
import secrets
import threading
import traceback
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.encryption import file_keys_kept
from foundation.models import Job, JobState, PeriodicRun
from foundation.rows import seeing

log = logging.getLogger(__name__)

MOST_FAILURES = 3  # then a person looks at it
MOST_CLAIMS = 50  # a job that takes its worker down each time is parked
PAUSE = timedelta(seconds=5)  # after a failure, and six times as long after each next

Work = Callable[["Held"], None]
_KINDS: dict[str, Work] = {}


class LeaseLost(Exception):
    """Another worker has the job by now; this one must write nothing more."""


def work_of(kind: str) -> Callable[[Work], Work]:
    """Return a decorator that makes a function the work of jobs of ``kind``."""

    def register(work: Work) -> Work:
        _KINDS[kind] = work
        return work

    return register


def quick_work(kind: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Return a decorator that makes a function without arguments the work of jobs of ``kind``.

    It must be safe to run twice: a worker may die between what it did and saying so.
    """

    def register(action: Callable[[], None]) -> Callable[[], None]:
        def work(held: Held) -> None:
            action()
            with held.writing():
                held.finish()

        _KINDS[kind] = work
        return action

    return register


def kinds() -> frozenset[str]:
    """Return the kinds of job that this process knows how to do."""
    return frozenset(_KINDS)


def ask_for(
    kind: str,
    subject_id: uuid.UUID,
    *,
    steps: int,
    provider_id: uuid.UUID | None = None,
    by: uuid.UUID | None = None,
    is_quick: bool = False,
) -> Job:
    """Insert a job, or return the open one for the same subject: asking twice makes it once.

    Args:
        kind: a kind that some ``work_of`` registered.
        subject_id: what the work is about.
        steps: how many named steps the work has, for the progress bar.
        provider_id: the provider whose work it is: it sees the rows of no other.
        by: the staff member who asks; none for the scheduler.
        is_quick: whether it goes before what takes long.
    """
    values = {"steps_total": steps, "provider_id": provider_id, "requested_by": by, "is_quick": is_quick}
    Job.objects.bulk_create([Job(kind=kind, subject_id=subject_id, **values)], ignore_conflicts=True)
    return Job.objects.get(kind=kind, subject_id=subject_id, state__in=[JobState.QUEUED, JobState.RUNNING])


def retry(job: Job) -> None:
    """Put a failed job back in the queue, with its count of failures at zero."""
    Job.objects.filter(pk=job.pk, state=JobState.FAILED).update(
        state=JobState.QUEUED, failures=0, claims=0, error="", lease_until=None, finished_at=None, not_before=None
    )


def run_all() -> int:
    """Claim and run jobs until none waits. Returns how many this worker ran."""
    ran = 0
    while (held := claim()) is not None:
        run(held)
        ran += 1
    return ran


def forget_quick(*, before: datetime) -> None:
    """Delete the quick jobs that went well before a moment: nobody asks for them any more."""
    Job.objects.filter(is_quick=True, state=JobState.DONE, finished_at__lt=before).delete()


def waiting(at: datetime) -> QuerySet[Job]:
    """Return the jobs that a worker may take: their turn has come, or their worker died."""
    in_turn = Q(state=JobState.QUEUED) & (Q(not_before=None) | Q(not_before__lte=at))
    return Job.objects.filter(in_turn | Q(state=JobState.RUNNING, lease_until__lt=at))


def claim() -> "Held | None":
    """Take the oldest job that waits or whose worker died; None when there is none."""
    now = timezone.now()
    token = secrets.token_hex(8)
    with transaction.atomic():
        job = waiting(now).select_for_update(skip_locked=True).order_by("-is_quick", "created_at").first()
        if job is None:
            return None
        job.state, job.worker, job.lease_until = JobState.RUNNING, token, now + _lease()
        job.claims += 1
        job.started_at = job.started_at or now
        job.save(update_fields=["state", "worker", "lease_until", "claims", "started_at"])
    return Held(job.pk, job.kind, job.subject_id, token, job.provider_id)


def run(held: "Held") -> None:
    """Do the work of a claimed job; a failure is written down, never raised."""
    try:
        with _lease_renewed(held), file_keys_kept(), seeing(providers=held.providers):
            held.refuse_hopeless()
            _KINDS[held.kind](held)
    except LeaseLost:
        log.warning("job %s: another worker took over", held.job_id)
    except Exception as error:
        log.exception("job %s failed", held.job_id)
        _write_failure(held, error)


@dataclass(frozen=True)
class Held:
    """A job that this worker holds. ``token`` proves it: another claim gives another token."""

    job_id: uuid.UUID
    kind: str
    subject_id: uuid.UUID
    token: str
    provider_id: uuid.UUID | None = None

    @property
    def providers(self) -> list[uuid.UUID]:
        """Whose rows the work sees: those of the provider that it is for, and of nobody when it is for none."""
        return [self.provider_id] if self.provider_id else []

    def step(self, name: str, number: int) -> None:
        """Say that step ``number`` (from 0), called ``name``, begins. Raises LeaseLost."""
        with self.writing():
            Job.objects.filter(pk=self.job_id).update(step=name, steps_done=number)

    @contextmanager
    def writing(self, *, at_one_moment: bool = False) -> Iterator[None]:
        """A transaction in which the job is certainly still ours. Raises LeaseLost when it is not.

        Args:
            at_one_moment: whether all it reads is as it was at its start (repeatable read), whatever others save
                meanwhile. A transaction that is open already keeps the sight it has.
        """
        is_first = not connection.in_atomic_block
        with transaction.atomic():
            if at_one_moment and is_first:
                connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            held = Job.objects.select_for_update().filter(pk=self.job_id, worker=self.token, state=JobState.RUNNING)
            if held.first() is None:
                raise LeaseLost
            yield

    def finish(self) -> None:
        """Mark the job as done; call it inside the ``writing`` of the last piece of the result."""
        Job.objects.filter(pk=self.job_id).update(
            state=JobState.DONE,
            step="",
            steps_done=F("steps_total"),
            lease_until=None,
            finished_at=timezone.now(),
            error="",
        )

    def refuse_hopeless(self) -> None:
        """Raise when the job has taken down too many workers."""
        if Job.objects.filter(pk=self.job_id, claims__gt=MOST_CLAIMS).exists():
            raise RuntimeError(_("The worker stopped %(times)s times during this job.") % {"times": MOST_CLAIMS})


def once(task: str, period: str) -> bool:
    """Whether this is the first time that ``task`` asks for ``period``: true for one scheduler only."""
    row = PeriodicRun(task=task, period=period)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _lease() -> timedelta:
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)


@contextmanager
def _lease_renewed(held: Held) -> Iterator[None]:
    stop = threading.Event()

    def renew() -> None:
        while not stop.wait(settings.JOB_LEASE_SECONDS / 3):
            try:
                Job.objects.filter(pk=held.job_id, worker=held.token).update(lease_until=timezone.now() + _lease())
            except Exception:
                log.warning("job %s: the lease could not be renewed; trying again", held.job_id, exc_info=True)
            finally:
                connection.close()

    thread = threading.Thread(target=renew, name=f"lease of {held.job_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _write_failure(held: Held, error: Exception) -> None:
    summary = "".join(traceback.format_exception_only(error)).strip()[:2000]
    try:
        with held.writing():
            job = Job.objects.get(pk=held.job_id)
            job.failures += 1
            final = job.failures >= MOST_FAILURES or job.claims > MOST_CLAIMS
            job.state = JobState.FAILED if final else JobState.QUEUED
            job.error, job.lease_until = summary, None
            job.finished_at = timezone.now() if final else None
            job.not_before = None if final else timezone.now() + PAUSE * 6 ** (job.failures - 1)
            job.save(update_fields=["failures", "state", "error", "lease_until", "finished_at", "not_before"])
    except LeaseLost:
        pass
