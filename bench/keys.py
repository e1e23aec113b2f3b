"""New keys while people work: `run.py bench keys [--times 20] [--seed N] [--home DRAAD_HOME]` (T9).

A Draad of its own with the demo in it, and 20,000 files more so that there is something to do. Four coaches look and
write, and somebody takes in people with a BSN and tries each BSN twice. Meanwhile `manage.py rotate_keys` runs, and
`--remove-old` after it, again and again, killed (-9) at random moments while it works. Then every sealed text is opened
and every BSN looked up.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from bench._load import Load
from bench._site import Site, site, wait_until
from bench.faults import judge_ledger
from bench.restore import use

MORE_FILES = 20_000
KILLS_A_STEP = 4
AT_WORK = "SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND granted"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, default=20, help="how often the rotation is killed at work")
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--home", type=Path, help="a DRAAD_HOME with the demo in it, to work on a copy of")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    chance, begun = random.Random(given.seed), time.monotonic()
    with site(copy_of=given.home) as made:
        use(made)
        fill()
        made.start_web()
        with Load(made.address, people=4) as load, taking_in() as taken:
            kills, steps = rotate(made, given.times, chance)
        wrong = judge(taken) + judge_ledger(load) + len(load.tally.failed)
        print(
            f"{kills} kills at work in {steps} steps of {steps // 2} rotations; {len(load.tally.seconds)} requests,"
            f" failed {load.tally.statuses() or 0}, the slowest {max(load.tally.seconds):.1f} s"
        )
    seconds = time.monotonic() - begun
    print(f"keys: seed {given.seed}, {time.strftime('%Y-%m-%d')}, {seconds:.0f} s: {'NOT OK' if wrong else 'ok'}")
    return int(bool(wrong))


def fill() -> None:
    """More files to wrap the keys of: a key is a key, whether its person is there or not."""
    from foundation.encryption import make_file_keys

    make_file_keys(uuid4() for _ in range(MORE_FILES))


def rotate(made: Site, times: int, chance: random.Random) -> tuple[int, int]:
    """Rotate until it was killed so often, and then to the end of that rotation. Returns the kills and the steps."""
    kills = steps = 0
    while kills < times or steps % 2:
        step, of_step = ["--remove-old"] if steps % 2 else [], 0
        while _killed(made, step, chance.uniform(0, 4) if kills < times and of_step < KILLS_A_STEP else None):
            kills, of_step = kills + 1, of_step + 1
        steps += 1
        print(f"step {steps}, {kills} kills so far", flush=True)
    return kills, steps


def _killed(made: Site, arguments: list[str], after: float | None) -> bool:
    """Whether it was killed while it had the work in hand; if not, it ended well."""
    command = [sys.executable, "manage.py", "rotate_keys", *arguments]
    child = subprocess.Popen(command, cwd=made.root, env=made.environment, stdout=subprocess.DEVNULL)
    try:
        wait_until(lambda: _is_at_work() or child.poll() is not None, seconds=120, what="the rotation")
        with suppress(subprocess.TimeoutExpired):
            if child.wait(600 if after is None else after):
                sys.exit("the rotation failed")
            return False
        child.kill()
        child.wait()
        wait_until(lambda: not _is_at_work(), seconds=30, what="the end of the rotation")
        return True
    finally:
        child.kill()


def _is_at_work() -> bool:
    from django.db import connection

    from foundation import rotating

    with connection.cursor() as cursor:
        cursor.execute(AT_WORK, [rotating._ONE_AT_A_TIME])
        return cursor.fetchone() is not None


@contextmanager
def taking_in() -> Iterator[Counter[str]]:
    """Somebody who takes in people with a BSN, and tries it again at once and much later."""
    from django.db import IntegrityError, connection, transaction

    from participants.models import Participant

    told, stop = Counter[str](), threading.Event()
    like = Participant.objects.exclude(bsn=None).order_by("created_at")[0]

    def take_in(bsn: str) -> None:
        with transaction.atomic():
            name = f"Nieuw-{bsn}-{uuid4().hex[:6]}"
            Participant.objects.create(
                provider_id=like.provider_id, home_municipality_id=like.home_municipality_id,
                reference=name, surname=name, bsn=bsn, attention=f"Let op {bsn}",
            )  # fmt: skip

    def work() -> None:
        number = 600_000_000
        while not stop.wait(0.02):
            number += 1
            take_in(str(number))
            told["taken in"] += 1
            for again in (number, random.Random(number).randint(600_000_001, number)):
                try:
                    take_in(str(again))
                    told["taken in twice"] += 1
                except IntegrityError:
                    told["refused: is there already"] += 1
        connection.close()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield told
    finally:
        stop.set()
        thread.join(60)


def judge(taken: Counter[str]) -> int:
    """Open every sealed text, look up every BSN. Returns how much is wrong."""
    from django.apps import apps

    from foundation.encryption import SealedTextField, file_keys_kept
    from foundation.keys import key_ring
    from foundation.models import FileKey
    from participants.models import Participant
    from participants.models.participant import BSN_HASHES, bsn_hashes

    ring, found = key_ring(), Counter[str]()
    found["file keys of an older key"] = FileKey.objects.exclude(ring_key=ring.current).count()
    for model in apps.get_models():
        fields = [each for each in model._meta.concrete_fields if isinstance(each, SealedTextField)]
        with file_keys_kept():
            for row in model._base_manager.all().iterator() if fields else ():
                for each in fields:
                    _open(row, each.attname, found)
    for person in Participant.objects.exclude(bsn=None).iterator():
        hashes = dict(zip(BSN_HASHES, bsn_hashes(person.provider_id, person.bsn), strict=True))
        found["BSNs"] += 1
        there = Participant.objects.filter(provider_id=person.provider_id)
        for name, value in hashes.items():
            if value:
                found["lookups wrong"] += [one.pk for one in there.filter(**{name: value})] != [person.pk]
            else:
                found["hashes left of an older key"] += getattr(person, name) is not None
    wrong = {
        name: found[name]
        for name in ("unreadable", "lookups wrong", "file keys of an older key", "hashes left of an older key")
    }
    wrong["taken in twice"] = taken["taken in twice"]
    print(f"{FileKey.objects.count()} file keys, {found['texts']} sealed texts, {found['BSNs']} BSNs; {dict(taken)}")
    print(f"keys of the ring: {[*ring.keys, *ring.lookups]}; {wrong}", flush=True)
    return sum(wrong.values())


def _open(row: object, name: str, found: Counter[str]) -> None:
    try:
        found["texts"] += bool(getattr(row, name))
    except Exception as fault:  # whatever it is, it does not open
        found["unreadable"] += 1
        if found["unreadable"] < 5:
            print(f"{type(row).__name__}.{name}: {type(fault).__name__}", file=sys.stderr)


if __name__ == "__main__":
    os.nice(10)
    sys.exit(main())
