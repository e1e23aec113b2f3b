"""People at work while something breaks: they look and they write, and they remember what they were told was saved."""

import contextlib
import re
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from config.smoke.steps import Story, coach_finds_a_participant, coach_logs_in
from config.smoke.visitor import Page, Visitor, Wrong

_STATUS = re.compile(r"answers (\d+)")
PAUSE = 0.05


@dataclass
class Tally:
    """What came of all requests."""

    seconds: list[float] = field(default_factory=list)
    failed: list[tuple[float, str]] = field(default_factory=list)
    saved: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)

    def p95(self) -> float:
        return statistics.quantiles(self.seconds, n=20)[-1] if len(self.seconds) > 1 else 0.0

    def statuses(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for _when, status in self.failed:
            found[status] = found.get(status, 0) + 1
        return found

    def longest_gap(self, since: float, until: float) -> float:
        """The seconds from the first failure to the last one in a span of time."""
        inside = [when for when, _status in self.failed if since <= when <= until]
        return max(inside) - min(inside) if inside else 0.0


class Load:
    """Coaches who look at a file and log a session, again and again, until stopped."""

    def __init__(self, address: str, people: int = 3) -> None:
        self.address = address
        self.tally = Tally()
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._ready = threading.Barrier(people + 1)
        self._threads = [threading.Thread(target=self._work, args=(number,), daemon=True) for number in range(people)]

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        self._ready.wait(120)
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(60)

    def _work(self, number: int) -> None:
        story = Story(self.address)
        coach_logs_in(story)
        coach_finds_a_participant(story)
        self._ready.wait(120)
        turn = 0
        while not self._stop.is_set():
            turn += 1
            page = self._timed(lambda: story.coach.get(story.person_url))
            if page and turn % 2:
                self._write(story.coach, story.person_url, f"Grootboek {number}-{turn}: samen de post geopend.")
            time.sleep(PAUSE)

    def _write(self, coach: Visitor, person: str, note: str) -> None:
        form = self._timed(lambda: coach.get(f"{person}sessie/"))
        if form and "/sessies/vastleggen/" not in form.path:
            with contextlib.suppress(Wrong):
                link = form.link("/sessies/vastleggen/$").url
                form = self._timed(lambda: coach.get(link))
        if not form or "/sessies/vastleggen/" not in form.path:
            return
        sent = form
        saved = self._timed(lambda: coach.send(sent, {"attendance": "attended", "note": note}))
        with self._lock:
            if saved is None:
                self.tally.unsure.append(note)
            elif "/sessies/vastleggen/" not in saved.path:
                self.tally.saved.append(note)
            else:
                self.tally.failed.append((time.monotonic(), "form came back"))

    def _timed(self, ask: Callable[[], Page]) -> Page | None:
        begun = time.monotonic()
        try:
            page = ask()
        except (Wrong, OSError) as problem:
            found = _STATUS.search(str(problem))
            with self._lock:
                self.tally.failed.append((time.monotonic(), found[1] if found else f"{type(problem).__name__}"))
            return None
        with self._lock:
            self.tally.seconds.append(time.monotonic() - begun)
        return page
