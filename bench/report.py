"""How long a report takes and how much memory: `python -m bench.report`.

Makes a folder of invented people, imports it into a database of its own DRAAD_HOME, and has one worker draft and sign
the report over the year in which nearly all trajectories run. Prints per named step the seconds of the clock and of the
processor (children, such as typst, counted along) and the most memory so far, and the same for verify_report.
"""

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from bench.import_folder import TRAJECTORIES_PER_PERSON, Folder, measure, own_database
from config.environment import ROOT

YEAR = 2022
PROVIDER = "Bedrijf"


class Busy(Folder):
    """People whose trajectories run in one year and the months before it, one after the other."""

    def spans(self) -> Iterator[tuple[int, date, date | None]]:
        for person in range(self.people):
            for turn in range(TRAJECTORIES_PER_PERSON):
                first = date(YEAR - 1, 7, 1) + timedelta(days=180 * turn + person % 120)
                last = first + timedelta(days=175) if turn < TRAJECTORIES_PER_PERSON - 1 else None
                yield person * TRAJECTORIES_PER_PERSON + turn, first, last


def spent() -> tuple[float, float, float, float]:
    """Seconds of the clock and of the processor so far, and the most memory in MB: ours, and of the largest child."""
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    processor = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
    return time.monotonic(), processor, own.ru_maxrss / 1024, children.ru_maxrss / 1024


class Steps:
    """Prints what each step took, when the next one begins."""

    def __init__(self) -> None:
        self.name, self.since = "", spent()
        print(f"{'':<22}{'clock':>9}{'processor':>11}{'memory':>9}{'child':>8}")

    def begin(self, name: str) -> None:
        now = spent()
        if self.name:
            clock, processor = now[0] - self.since[0], now[1] - self.since[1]
            print(f"{self.name:<22}{clock:>7.2f} s{processor:>9.2f} s{now[2]:>6.0f} MB{now[3]:>5.0f} MB", flush=True)
        self.name, self.since = name, now


def set_up() -> None:
    """Django, as the application, with every row in sight."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from tests.support.sight import see_everything

    see_everything()


def run_measured(profile: Path | None) -> None:
    """Be the worker."""
    set_up()
    from django.db import transaction
    from django.utils import timezone

    from foundation import jobs
    from foundation.periods import Period
    from reporting import actions
    from reporting.freezing.verifying import verify
    from reporting.models import Report, ReportState, Requirement
    from trajectories.models import Agreement

    steps = Steps()
    turn, begin = "", jobs.Held.step

    def step(held: jobs.Held, name: str, number: int) -> None:
        steps.begin(f"{turn}, {name}")
        begin(held, name, number)

    setattr(jobs.Held, "step", step)  # noqa: B010 (it tells us of every step)
    agreement = Agreement.objects.get(provider__name=PROVIDER)
    Requirement.objects.get_or_create(agreement=agreement, figure="participants", defaults={"target": 100})
    report = actions.ask_for_report(by=None, agreements=[agreement], period=Period.year(YEAR))
    turn = "draft"
    begun = spent()
    if profile:
        import cProfile

        cProfile.runctx("jobs.run_all()", {"jobs": jobs}, {}, str(profile))
    else:
        jobs.run_all()
    drafted = spent()
    steps.begin("verify")
    report.refresh_from_db()
    if report.state != ReportState.DRAFT:
        sys.exit(f"the report is {report.state}: {actions.job_of(report.pk)}")
    turn = "sign"
    signer = agreement.provider.memberships.order_by("pk").first()
    Report.objects.filter(pk=report.pk).update(
        state=ReportState.SIGNING, signed_by=signer.staff_member_id if signer else None, signed_at=timezone.now()
    )
    report.files.exclude(format="rows").delete()
    jobs.ask_for("reporting.make_report", report.pk, steps=9, provider_id=report.provider_id)
    steps.begin("")
    jobs.run_all()
    report.refresh_from_db()
    steps.begin("verify")
    with transaction.atomic():
        wrong = verify(report).wrong
    steps.begin("")
    rows = {table.name: table.rows for table in report.frozen_tables.defer("content", "row_hashes")}
    print(f"draft in all: {drafted[0] - begun[0]:.1f} s clock, {drafted[1] - begun[1]:.1f} s processor")
    print(
        f"frozen rows: {sum(rows.values())}, of which trajectories {rows['trajectories']}; wrong: {wrong or 'nothing'}"
    )
    for file in report.files.defer("content").order_by("format"):
        print(f"  {file.format:<5} {file.size / 1024:>9.0f} kB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("trajectories", type=int, nargs="?", default=20_000)
    parser.add_argument("--measured", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--profile", type=Path, help="write a profile of the draft here")
    given = parser.parse_args()
    if given.measured:
        run_measured(given.profile)
        return
    with own_database() as (home, environment):
        folder = home / "folder"
        folder.mkdir()
        Busy(-(-given.trajectories // TRAJECTORIES_PER_PERSON), "rapport").write(folder)
        print(f"import: {measure(folder, PROVIDER, environment)}", flush=True)
        command = [sys.executable, "-m", "bench.report", "--measured"]
        command += ["--profile", str(given.profile)] if given.profile else []
        for _turn in range(int(os.environ.get("DRAAD_BENCH_TURNS", "1"))):
            subprocess.run(command, cwd=ROOT, env=environment, check=True)


if __name__ == "__main__":
    main()
