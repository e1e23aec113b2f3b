"""Numbers for who keeps the system, as Prometheus reads them, on a port of their own. They tell nothing of anybody.

``DRAAD_METRICS`` (host:port) says where. The web server tells how long pages take; the dispatcher tells what waits. No
label holds an address with an id in it, a name or a search: views are known by their name.
"""

import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from foundation import jobs, mail
from foundation.models import Job, JobState, OutgoingMail, ReadSeal

SECONDS = Histogram(
    "draad_request_seconds",
    "How long answers take, by view.",
    ["view", "method"],
    buckets=(0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 5, 15),
)
ANSWERS = Counter("draad_answers", "Answers by view and status.", ["view", "status"])


def measured(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Count each answer and the time it took: a middleware, outermost."""

    def middleware(request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        response = get_response(request)
        match = request.resolver_match
        view = match.view_name if match else "none"
        SECONDS.labels(view, request.method or "").observe(time.perf_counter() - begun)
        ANSWERS.labels(view, response.status_code).inc()
        return response

    return middleware


class Work(Collector):
    """What waits, what was given up, and how far the seals are, as it stands in the database now."""

    def collect(self) -> Iterable[Metric]:
        """Ask the database; one that is away is told of too."""
        try:
            found = _figures()
        except Exception:  # whatever it is: to be told, not to fail on
            found = {}
        finally:
            connection.close()
        yield GaugeMetricFamily("draad_database_up", "Whether the database answers.", value=float(bool(found)))
        for name, (says, value) in found.items():
            yield GaugeMetricFamily(f"draad_{name}", says, value=value)


def _figures() -> dict[str, tuple[str, float]]:
    now = timezone.now()
    work, post = jobs.waiting(now), mail.waiting(now)
    oldest = work.order_by("created_at").values_list("created_at", flat=True).first()
    sealed = ReadSeal.objects.order_by("-number").values_list("sealed_at", flat=True).first()
    failed = Job.objects.filter(state=JobState.FAILED).count()
    return {
        "jobs_waiting": ("Jobs that a worker may take.", work.count()),
        "jobs_running": ("Jobs that a worker is at.", Job.objects.filter(state=JobState.RUNNING).count()),
        "jobs_failed": ("Jobs that were given up and wait for a person.", failed),
        "jobs_oldest_seconds": (
            "How long the oldest waiting job waits.", (now - oldest).total_seconds() if oldest else 0
        ),
        "mails_waiting": ("E-mails that should have been sent.", post.count()),
        "mails_failed": ("E-mails that were given up.", OutgoingMail.objects.exclude(failed_at=None).count()),
        "seal_age_seconds": ("Since the newest seal of the read log.", (now - sealed).total_seconds() if sealed else 0),
    }  # fmt: skip


def folder() -> Path:
    """Where the processes of the web server lay down what they counted, for the one that tells it."""
    return Path(os.environ.get("PROMETHEUS_MULTIPROC_DIR") or settings.DRAAD_HOME / "metrics")


def tell(collectors: Iterable[Callable[[CollectorRegistry], object]]) -> None:
    """Answer on the private port, in a thread, when DRAAD_METRICS says so."""
    host, _colon, port = os.environ.get("DRAAD_METRICS", "").rpartition(":")
    if port:
        registry = CollectorRegistry()
        for collector in collectors:
            collector(registry)
        start_http_server(int(port), addr=host or "127.0.0.1", registry=registry)


def of_work(registry: CollectorRegistry) -> None:
    """What the dispatcher tells."""
    registry.register(Work())


def of_pages(registry: CollectorRegistry) -> None:
    """What the web server tells, of all its processes together."""
    MultiProcessCollector(registry, str(folder()))  # type: ignore[no-untyped-call]
