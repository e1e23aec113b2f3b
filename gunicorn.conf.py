"""What gunicorn reads by itself when it is started here: no search or address of before in its log, and numbers."""

import os
import shutil
from pathlib import Path
from typing import Any

# The path without what was searched for, and no page of before: both may name people.
access_log_format = '%(t)s %(p)s "%(m)s %(U)s" %(s)s %(b)s %(M)sms'

_METRICS = os.environ.get("DRAAD_METRICS")
if _METRICS:
    _home = Path(os.environ.get("DRAAD_HOME") or Path(__file__).parent / ".draad")
    _folder = Path(os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(_home / "metrics")))
    shutil.rmtree(_folder, ignore_errors=True)
    _folder.mkdir(parents=True, mode=0o700)


def when_ready(_server: Any) -> None:
    """Tell the numbers from the process that outlives the others."""
    if _METRICS:
        from config import metrics

        metrics.tell([metrics.of_pages])


def child_exit(_server: Any, worker: Any) -> None:
    """A process that ended counts no longer as one that lives; what it counted stays."""
    if _METRICS:
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
