"""What breaks while people work: `run.py bench faults worker|broker|database [--times N] [--jobs N] [--seed N]`.

Each makes a whole Draad of its own with the demo in it, hurts it again and again while it works, and then counts what
was lost, done twice or left half. It ends only what it started, and stops by itself.

    worker    a worker is killed (-9) while it makes reports, and the dispatcher now and then        (T12)
    broker    the broker is stopped, flushed, frozen and full, while people work                     (T13)
    database  PostgreSQL is restarted, by turns fast and as after a crash, while people write        (T14)
"""

import argparse
import random
import re
import signal
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bench._load import Load
from bench._site import Site, connect_django, site, wait_until

if TYPE_CHECKING:
    from reporting.models import Report

LONGEST = 3600.0
"""Seconds after which it is given up, whatever happened."""


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("what", choices=["worker", "broker", "database"])
    parser.add_argument("--times", type=int, help="how often it breaks (worker 100, else 20 of each kind)")
    parser.add_argument("--jobs", type=int, default=600, help="how many reports (worker)")
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--home", type=Path, help="a DRAAD_HOME with the demo in it, to work on a copy of")
    given = parser.parse_args()
    signal.signal(signal.SIGALRM, lambda *_: sys.exit("given up: it took too long"))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    signal.setitimer(signal.ITIMER_REAL, LONGEST)
    times = given.times or (100 if given.what == "worker" else 20)
    begun = time.monotonic()
    with site(copy_of=given.home) as made:
        connect_django(made)
        run = {"worker": worker, "broker": broker, "database": database}[given.what]
        bad = run(made, times, given.jobs, random.Random(given.seed))
        seconds = time.monotonic() - begun
        day, verdict = time.strftime("%Y-%m-%d"), "NOT OK" if bad else "ok"
        print(f"{given.what}: seed {given.seed}, {day}, {seconds:.0f} s: {verdict}")
    return bad


def worker(made: Site, times: int, number: int, chance: random.Random) -> int:
    """Reports by the hundred, and workers that do not live long."""
    begun = time.monotonic()
    reports = ask_for(number)
    made.start_dispatcher()
    names = ["worker-1", "worker-2"]
    for name in names:
        made.start_worker(name)
    kills = 0
    while kills < times and unfinished():
        # Spread over all jobs: not all kills while the first are made.
        if 1 - unfinished() / number < kills / times * 0.9 or not busy():
            time.sleep(0.05)
            continue
        time.sleep(chance.uniform(0, 1.2))
        if not busy():
            continue
        name = chance.choice(names)
        if kills % 10 == 0:
            made.start_worker(name)  # all of it; else what does the work, which the worker makes again
        else:
            made.kill_children(name)
        kills += 1
        if kills % 20 == 10:
            made.start_dispatcher()
    wait_until(lambda: not unfinished(), seconds=600, what="the last reports")
    rate = number / (time.monotonic() - begun)
    print(f"{kills} kills at work, {times // 20} of the dispatcher, {number} reports, {rate:.1f} a second", flush=True)
    return judge(reports) + judge_mail(made)


def unfinished() -> int:
    """How many reports wait or are being made."""
    from foundation.models import Job, JobState

    return Job.objects.filter(state__in=[JobState.QUEUED, JobState.RUNNING], is_quick=False).count()


def busy() -> int:
    """How many reports a living worker is at."""
    from django.utils import timezone

    from foundation.models import Job, JobState

    running = Job.objects.filter(state=JobState.RUNNING, is_quick=False, lease_until__gt=timezone.now())
    return running.count()


def broker(made: Site, times: int, _number: int, chance: random.Random) -> int:
    """Every way in which a broker can be away, by turns."""
    made.start_web()
    made.start_dispatcher()
    made.start_worker()
    kinds: dict[str, Callable[[Site, float], None]] = {
        "stopped": stopped,
        "flushed": flushed,
        "frozen": frozen,
        "full": full,
    }
    reports: list[Report] = []
    failed = 0
    with Load(made.address) as load:
        for kind, hurt in kinds.items():
            before, pages = len(load.tally.failed), len(load.tally.seconds)
            waits = []
            for _turn in range(times):
                reports += ask_for(1)
                hurt(made, chance.uniform(0.5, 2.5))
                waits.append(wait_until(partial(all_made, reports), seconds=120, what=f"{kind}: the report"))
            during = sorted(load.tally.seconds[pages:])
            failed += len(load.tally.failed) - before
            p95 = during[int(len(during) * 0.95)] if during else 0
            print(
                f"{kind:>8} {times} x: {len(during)} requests, {len(load.tally.failed) - before} failed,"
                f" p95 {p95 * 1000:.0f} ms; the report came {statistics.median(waits):.1f} s after the repair,"
                f" {max(waits):.1f} s at most",
                flush=True,
            )
    print(f"all: {len(load.tally.seconds)} requests, failed {load.tally.statuses() or 0}")
    return judge(reports) + judge_ledger(load) + bool(failed)


def stopped(made: Site, seconds: float) -> None:
    if made.valkey.child:
        made.valkey.child.stop()
    time.sleep(seconds)
    made.valkey.start()


def flushed(made: Site, seconds: float) -> None:
    made.broker().flushall()
    time.sleep(seconds / 5)


def frozen(made: Site, seconds: float) -> None:
    if child := made.valkey.child:
        child.process.send_signal(signal.SIGSTOP)
        time.sleep(seconds * 2)
        child.process.send_signal(signal.SIGCONT)


def full(made: Site, seconds: float) -> None:
    made.broker().config_set("maxmemory", "1")
    time.sleep(seconds)
    made.broker().config_set("maxmemory", "0")


def database(made: Site, times: int, _number: int, chance: random.Random) -> int:
    """PostgreSQL goes and comes back under the hands of who writes."""
    from django.db import connections

    made.start_web()
    made.start_dispatcher()
    made.start_worker()
    reports, windows = [], []
    with Load(made.address) as load:
        for turn in range(times):
            reports += ask_for(1)
            connections.close_all()
            time.sleep(chance.uniform(0, 2))
            begun = time.monotonic()
            made.restart_postgres(signal.SIGINT if turn % 2 else signal.SIGQUIT)
            time.sleep(8)
            windows.append(load.tally.longest_gap(begun, time.monotonic()))
    wait_until(lambda: all_made(reports), seconds=300, what="the last reports")
    median = statistics.median(windows)
    print(
        f"{times} restarts: errors for {median:.2f} s (median), {max(windows):.2f} s (longest);"
        f" {len(load.tally.seconds)} requests went well, failed {load.tally.statuses()}"
    )
    return judge(reports) + judge_ledger(load)


def ask_for(number: int) -> "list[Report]":
    """Ask for so many reports, as a manager of the demo."""
    from foundation.periods import Period
    from organisations.models import StaffMember
    from reporting import actions
    from trajectories.models import Agreement

    by = StaffMember.objects.get(email="ineke@amfors.voorbeeld.test")
    agreements = list(Agreement.objects.filter(provider__memberships__staff_member=by).order_by("code").distinct()[:3])
    asked = []
    for turn in range(number):
        period = Period.month(2020 + turn // 12 % 6, 1 + turn % 12)
        asked.append(actions.ask_for_report(by=by, agreements=[agreements[turn % len(agreements)]], period=period))
    return asked


def all_made(reports: "list[Report]") -> bool:
    from reporting.models import Report, ReportState

    return not Report.objects.filter(pk__in=[one.pk for one in reports], state=ReportState.DUE).exists()


def judge(reports: "list[Report]") -> int:
    """Count what was lost, done twice or left half of what was asked for."""
    from foundation.models import Job, JobState, OutgoingMail
    from reporting.documents.formats import FORMATS
    from reporting.freezing.tables import TABLES
    from reporting.making import SHA256
    from reporting.models import Report, ReportFile, ReportState

    keys = [one.pk for one in reports]
    lost = len(keys) - Report.objects.filter(pk__in=keys, state=ReportState.DRAFT).count()
    files = ReportFile.objects.filter(report__in=keys)
    half = sum(1 for row in files.annotate(found=SHA256).values_list("sha256", "found") if row[0] != row[1])
    of_whole = Counter(files.filter(part=None).values_list("report", "format"))
    half += sum((key, one) not in of_whole for key in keys for one in FORMATS if FORMATS[one].is_made_of(None))
    tables = Counter(Report.objects.filter(pk__in=keys).values_list("pk", "frozen_tables__name"))
    half += len(keys) * len(TABLES) - len(tables)
    told = Counter(
        str(key) for body in OutgoingMail.objects.values_list("body", flat=True) for key in keys if str(key) in body
    )
    twice = sum(count - 1 for count in [*of_whole.values(), *tables.values(), *told.values()])
    unheard = len(keys) - len(told)
    gave_up = Job.objects.filter(subject_id__in=keys).exclude(state=JobState.DONE).count()
    claims = Counter(Job.objects.filter(subject_id__in=keys).values_list("claims", flat=True))
    print(
        f"{len(keys)} reports: lost {lost}, made twice {twice}, half files {half}, not told of {unheard},"
        f" given up {gave_up}; taken so often: {dict(sorted(claims.items()))}"
    )
    return int(any((lost, twice, half, unheard, gave_up)))


def judge_mail(made: Site) -> int:
    """How often each e-mail went out, by what the workers printed: SMTP cannot promise once."""
    from foundation import mail
    from foundation.models import OutgoingMail

    wait_until(lambda: not OutgoingMail.objects.filter(sent_at=None, attempts=0).exists(), seconds=120, what="e-mail")
    printed = "".join(log.read_text(errors="replace") for log in (made.home / "log").glob("worker-*.log"))
    sent = Counter(re.findall(r"^Message-ID: <(\S+)@", printed, re.MULTILINE))
    held = OutgoingMail.objects.filter(sent_at=None)
    again = sum(count > 1 for count in sent.values())
    print(
        f"{OutgoingMail.objects.count()} e-mails: printed {len(sent)}, more than once {again},"
        f" taken by who was killed and waiting {mail.HELD} to be tried again {held.count()}"
    )
    return 0


def judge_ledger(load: Load) -> int:
    """Whether what people were told was saved is there, once."""
    from guidance.models import Session

    there = Counter(note for note in (one.note for one in Session.objects.all()) if note.startswith("Grootboek"))
    lost = [note for note in load.tally.saved if not there[note]]
    twice = [note for note, count in there.items() if count > 1]
    unsure = sum(bool(there[note]) for note in load.tally.unsure)
    print(
        f"{len(load.tally.saved)} writes acknowledged: lost {len(lost)}, written twice {len(twice)};"
        f" {len(load.tally.unsure)} without an answer, of which {unsure} were saved"
    )
    return int(bool(lost or twice))


if __name__ == "__main__":
    sys.exit(main())
