"""The worst day: `run.py bench restore [--times 3] [--seed N] [--home DRAAD_HOME]` (T15).

People work in a Draad of its own while its WAL is streamed away, as Barman does. Somebody is erased. Then the server is
ended with -9 and its folder thrown away. It comes back from the base backup and the WAL: once to the last moment, to
tell how much is lost, and once to the second before the erasure, to see that the ledger erases again. Printed are the
seconds of work that are lost, the seconds until `/readyz` says that people can come in, and the seals.
"""

import argparse
import contextlib
import random
import shutil
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import psycopg

from bench._load import Load
from bench._site import Site, connect_django, site, wait_until
from bench.faults import judge_ledger
from config.backup.programs import program
from config.embedded.processes import Child

if TYPE_CHECKING:
    from participants.models import Participant


class Archive:
    """A base backup and the stream of changes after it, somewhere else."""

    def __init__(self, made: Site) -> None:
        self.folder = made.home / "elsewhere"
        self.base, self.wal = self.folder / "base", self.folder / "wal"
        self.wal.mkdir(parents=True)
        self.url = made.postgres.url("postgres", "postgres")
        command = [program("pg_receivewal", server=180000), "--dbname", self.url, "--directory", str(self.wal)]
        self.stream = Child("The stream", [*command, "--synchronous", "--no-loop"], log=self.folder / "stream.log")
        wait_until(lambda: any(self.wal.iterdir()), seconds=20, what="the stream")
        begun = time.monotonic()
        copy = [program("pg_basebackup", server=180000), "--dbname", self.url, "--pgdata", str(self.base)]
        subprocess.run([*copy, "--wal-method", "none", "--checkpoint", "fast", "--no-sync"], check=True)
        self.seconds = time.monotonic() - begun

    def bring_back(self, made: Site, until: datetime | None) -> None:
        """Put a cluster in the place of the one that is gone, and let it read the changes up to a moment."""
        self.stream.stop()
        for partial in self.wal.glob("*.partial"):
            shutil.copy(partial, partial.with_suffix(""))
        cluster = made.postgres.identity.data / "cluster"
        shutil.rmtree(cluster, ignore_errors=True)
        shutil.copytree(self.base, cluster)
        cluster.chmod(0o700)
        settings = [f'restore_command = \'cp "{self.wal}/%f" "%p"\'', "recovery_target_action = 'promote'"]
        if until:
            settings.append(f"recovery_target_time = '{until.isoformat()}'")
        with (cluster / "postgresql.conf").open("a") as file:
            file.write("\n".join(["", *settings, ""]))
        (cluster / "recovery.signal").touch()
        made.postgres.start()


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--home", type=Path, help="a DRAAD_HOME with the demo in it, to work on a copy of")
    given = parser.parse_args()
    chance = random.Random(given.seed)
    bad = 0
    for turn in range(given.times):
        with site(copy_of=given.home) as made:
            bad += _drill(made, chance, to_the_last=turn % 2 == 0)
    print(f"restore: {given.times} times, seed {given.seed}, {time.strftime('%Y-%m-%d')}: {'NOT OK' if bad else 'ok'}")
    return int(bool(bad))


class Drill(NamedTuple):
    """One worst day: what was written last, when it was aimed at, who was erased, how long people waited."""

    last: float
    before: datetime
    to_the_last: bool
    erased: str
    seconds: float


def _drill(made: Site, chance: random.Random, *, to_the_last: bool) -> int:
    use(made)
    made.start_web()
    archive = Archive(made)
    with Load(made.address, people=2) as load, ticking(made) as ticks:
        time.sleep(chance.uniform(3, 6))
        made.manage("seal_log")
        before = datetime.now(UTC)
        time.sleep(1.2)
        erased = erase_somebody(made)
        time.sleep(chance.uniform(2, 4))
        if child := made.postgres.child:
            child.stop(seconds=0)
    gone_at, last = time.monotonic(), ticks[-1]
    made.kill("web")
    archive.bring_back(made, None if to_the_last else before)
    made.start_web()
    with urllib.request.urlopen(f"{made.address}/readyz", timeout=30) as answer:
        ready = answer.status == 200
    seconds = time.monotonic() - gone_at
    print(f"base backup {archive.seconds:.1f} s; ready: {ready}, {seconds:.1f} s after the server was gone", flush=True)
    return judge(made, load, Drill(last, before, to_the_last, erased, seconds)) + (not ready)


def judge(made: Site, load: Load, drill: Drill) -> int:
    """Look over what came back, as somebody who keeps the system would."""
    from django.db import connection as before

    from participants.models import Participant

    before.close()
    with psycopg.connect(made.postgres.url("postgres")) as connection:
        row = connection.execute("SELECT extract(epoch FROM max(at)) FROM bench_tick").fetchone()
    reached = float(row[0]) if row and row[0] else 0.0
    aim = drill.last if drill.to_the_last else drill.before.timestamp()
    back_again = Participant.objects.filter(pk=drill.erased).exists()
    begun = time.monotonic()
    looked = subprocess.run(
        [sys.executable, "manage.py", "check_restore"],
        cwd=made.root, env=made.environment, capture_output=True, text=True,
    )  # fmt: skip
    took = time.monotonic() - begun
    still = Participant.objects.filter(pk=drill.erased).exists()
    whole = "verify_log" not in looked.stderr
    what = "to the last moment" if drill.to_the_last else "to a chosen second"
    print(
        f"{what}: {max(aim - reached, 0):.2f} s of work lost; seals whole: {whole};"
        f" erased person back before the ledger: {back_again}, after it: {still}; looked over in {took:.1f} s"
    )
    print("".join(f"    {line}\n" for line in (looked.stdout + looked.stderr).splitlines()), end="")
    if drill.to_the_last:
        judge_ledger(load)  # what was on its way is lost, and printed
    # A chosen second is met to the commit. At the last moment a commit may be there of which nobody was told any more.
    missed = aim - reached > 1 or (reached > aim and not drill.to_the_last)
    return int(bool(looked.returncode or still or not whole or missed))


def use(made: Site) -> None:
    """Look at this site's database from now on."""
    connect_django(made)
    from django.conf import settings
    from django.db import connection

    settings.DRAAD_KEYS = str(made.home / "keys.json")
    connection.close()
    connection.settings_dict["HOST"] = str(made.postgres.folder)


def erase_somebody(made: Site, whose: "Participant | None" = None) -> str:
    """Erase a file as the law's action does, and write the ledger as the worker does.

    Args:
        made: where.
        whose: left out, the newest file of the provider of who erases.
    """
    from foundation.rows import seeing
    from organisations.models import StaffMember
    from participants.law import erasing, ledger
    from participants.models import Participant

    by = StaffMember.objects.get(email="wim@amfors.voorbeeld.test")
    newest = Participant.objects.filter(provider__memberships__staff_member=by).order_by("-created_at")
    whose = whose or newest.first()
    if whose is None:
        sys.exit("nobody to erase")
    key = str(whose.pk)
    with seeing(providers=[whose.provider_id]):  # what erases is the owner's, whom the fences hold too
        erasing.erase_file(by=by, participant=whose, ground="request", basis="AVG art. 17")
    ledger.write(made.home / "erasures.jsonl")
    return key


@contextlib.contextmanager
def ticking(made: Site) -> Iterator[list[float]]:
    """Twenty commits a second; the times of those that were acknowledged."""
    times: list[float] = []
    stop = threading.Event()

    def tick() -> None:
        with contextlib.suppress(psycopg.Error), psycopg.connect(made.postgres.url("postgres"), autocommit=True) as own:
            own.execute("CREATE TABLE IF NOT EXISTS bench_tick (at timestamptz PRIMARY KEY)")
            while not stop.wait(0.05):
                now = time.time()
                own.execute("INSERT INTO bench_tick VALUES (to_timestamp(%s))", [now])
                times.append(now)

    thread = threading.Thread(target=tick, daemon=True)
    thread.start()
    try:
        yield times
    finally:
        stop.set()
        thread.join(10)


if __name__ == "__main__":
    sys.exit(main())
