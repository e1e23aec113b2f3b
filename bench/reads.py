"""No page without its event: `run.py bench reads [--times 200] [--seed N] [--home DRAAD_HOME]` (T5).

A Draad of its own with the demo in it. People look at files, lists and what they take along, without a pause, and each
request comes from an address of its own (127.x.y.z), which the read log keeps. Meanwhile what serves the pages is
killed (-9) at random moments: one of two processes, now and then the whole server. Then each answer that came in whole
is held to the log: there is an event from that address, it names everybody to whom the page leads, and it has all of
its columns.
"""

import argparse
import contextlib
import http.client
import random
import re
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from bench._site import Site, site, wait_until
from bench.restore import use
from config.smoke.steps import COACH, MANAGER, sign_in
from config.smoke.visitor import Visitor

READERS = 6
WHOLE_SERVER = 20  # one in so many
LINK = re.compile(rb"/deelnemers/([0-9a-f-]{36})/")
SECONDS = 20


class Came(NamedTuple):
    """An answer that came in whole: from which address it was asked, what, and whom it leads to."""

    address: str
    path: str
    status: int
    people: frozenset[UUID]


@dataclass
class Told:
    """What the readers got."""

    whole: list[Came] = field(default_factory=list)
    broken: int = 0
    refused: int = 0


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--home", type=Path, help="a DRAAD_HOME with the demo in it, to work on a copy of")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    chance, begun = random.Random(given.seed), time.monotonic()
    with site(copy_of=given.home) as made:
        use(made)
        made.start_web()
        with reading(made) as told:
            in_hand = kill_often(made, told, given.times, chance)
        bad = judge(told)
    print(
        f"{given.times} kills, in {in_hand} of them answers broke off;"
        f" {len(told.whole)} answers came whole, {told.broken} broke off, {told.refused} found nobody there"
    )
    seconds = time.monotonic() - begun
    print(f"reads: seed {given.seed}, {time.strftime('%Y-%m-%d')}, {seconds:.0f} s: {'NOT OK' if bad else 'ok'}")
    return int(bool(bad))


def kill_often(made: Site, told: Told, times: int, chance: random.Random) -> int:
    """Kill what serves pages, each time while pages are asked for. Returns how often an answer broke off by it."""
    in_hand = 0
    for turn in range(1, times + 1):
        came = len(told.whole)
        wait_until(lambda came=came: len(told.whole) > came + 1, seconds=120, what="pages")  # type: ignore[misc]
        time.sleep(chance.uniform(0, 0.3))
        before = told.broken
        if turn % WHOLE_SERVER:
            made.kill_child("web", chance)
        else:
            made.kill("web")
        time.sleep(0.1)
        in_hand += told.broken > before
        if not turn % WHOLE_SERVER:
            made.start_web()
            print(f"{turn} kills, {len(told.whole)} answers", flush=True)
    return in_hand


@contextmanager
def reading(made: Site) -> Iterator[Told]:
    """Coaches and managers who look at one thing after another, without a pause."""
    told, stop, lock, numbers = Told(), threading.Event(), threading.Lock(), count(1)
    paths = {COACH: paths_of_coach(), MANAGER: paths_of_manager()}

    def read(who: str, cookies: str, seed: int) -> None:
        chance = random.Random(seed)
        while not stop.is_set():
            with lock:
                number = next(numbers)
            address = f"127.{1 + number // 62500}.{number // 250 % 250}.{1 + number % 250}"
            path = chance.choice(paths[who])
            try:
                status, body = ask(made.port, address, path, cookies)
            except ConnectionRefusedError:
                told.refused += 1
                time.sleep(0.05)
            except (OSError, http.client.HTTPException):
                told.broken += 1
            else:
                people = frozenset(UUID(found.decode()) for found in LINK.findall(body + path.encode()))
                told.whole.append(Came(address, path, status, people))

    threads = []
    for number in range(READERS):
        who, visitor = (COACH, MANAGER)[number % 2], Visitor(made.address)
        sign_in(visitor, who)
        cookies = "; ".join(f"{one.name}={one.value}" for one in visitor.cookies)
        threads.append(threading.Thread(target=read, args=(who, cookies, number), daemon=True))
    for thread in threads:
        thread.start()
    try:
        yield told
    finally:
        stop.set()
        for thread in threads:
            thread.join(60)


def ask(port: int, address: str, path: str, cookies: str) -> tuple[int, bytes]:
    """One request from an address of its own. Raises when not all of the answer comes."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS, source_address=(address, 0))
    with contextlib.closing(asked):
        asked.request("GET", path, headers={"Cookie": cookies, "Connection": "close"})
        answer = asked.getresponse()
        if answer.getheader("Content-Length") is None and not answer.chunked:
            raise http.client.HTTPException("nothing says where it ends")
        return answer.status, answer.read()


def paths_of_coach() -> list[str]:
    """The list, a search, and pages of her own people."""
    from trajectories.models import Trajectory

    whose = Trajectory.objects.filter(coach__email=COACH, ended_on=None).values_list("participant_id", flat=True)[:20]
    pages = ("", "tijdlijn/", "doelen/", "metingen/", "gegevens/")
    return ["/deelnemers/", "/deelnemers/?q=a", "/"] + [f"/deelnemers/{pk}/{page}" for pk in whose for page in pages]


def paths_of_manager() -> list[str]:
    """The people behind figures, signals, and lists to take along."""
    from django.urls import reverse

    files = [reverse("reporting:export_signals", kwargs={"file_format": kind}) for kind in ("csv", "xlsx")]
    return ["/deelnemers/", "/deelnemers/?q=e", *files, reverse("reporting:signals")]


def judge(told: Told) -> int:
    """Hold each whole answer to the log. Returns how many have no event, or one that leaves somebody out."""
    from foundation.models import ReadEvent
    from tests.reads import unfilled

    events: dict[str, list[ReadEvent]] = {}
    for event in ReadEvent.objects.filter(address__startswith="127.").iterator():
        events.setdefault(str(event.address), []).append(event)
    answers = [came for came in told.whole if came.status == 200 and (came.people or "/export" in came.path)]
    without = [came for came in answers if came.address not in events]
    forgotten = [
        came
        for came in answers
        if came.people - {person for event in events.get(came.address, []) for person in event.participant_ids}
    ]
    empty = [name for came in answers for event in events.get(came.address, []) for name in unfilled(event)]
    print(
        f"{len(answers)} whole answers with people: without an event {len(without)}, with somebody who is in no event"
        f" {len(forgotten)}, events with an empty column {len(empty)}; statuses {_statuses(told)}"
    )
    for came in (without + forgotten)[:5]:
        print(f"    {came.path} from {came.address}")
    return len(without) + len(forgotten) + len(empty)


def _statuses(told: Told) -> dict[int, int]:
    return {
        status: sum(came.status == status for came in told.whole) for status in {came.status for came in told.whole}
    }


if __name__ == "__main__":
    sys.exit(main())
