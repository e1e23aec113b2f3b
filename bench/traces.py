"""What is left of people where nobody should find it: `run.py bench traces [--seed N] [--home DRAAD_HOME]` (T8, T22).

A Draad of its own with the demo in it. Two people get a row of every kind, with a word of their own in every text, and
a BSN. People work with it: every page of theirs, a session, a report, their own data on paper, seals. Then the dump, a
backup, the files, the broker, the logs and the e-mails are searched for the words, in every spelling a machine might
use. Sealed values are put in each other's place and each of their bits is flipped. At last one of the two is erased,
and everything is searched again, also the backup of before, restored and with the ledger replayed.
"""

import argparse
import hashlib
import hmac
import itertools
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from bench._load import Load
from bench._site import Site, site, wait_until
from bench.restore import erase_somebody, use
from config.backup.programs import program
from config.smoke.steps import sign_in
from config.smoke.visitor import Visitor

if TYPE_CHECKING:
    from tests.participants.planting import Planted
    from tests.participants.searching import Search

MINE, OTHERS = "Koolmees", "Boomklev"
BSNS = {MINE: "731904826", OTHERS: "940275318"}
WRONG_KEYS = 10_000
MOST_PAGES = 200


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--home", type=Path, help="a DRAAD_HOME with the demo in it, to work on a copy of")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    begun = time.monotonic()
    with site(copy_of=given.home) as made:
        use(made)
        from django.db import connection

        os.environ["DRAAD_BACKUP_URL"] = made.postgres.url("postgres")
        bad = run(made, random.Random(given.seed))
        connection.close()
    seconds = time.monotonic() - begun
    print(f"traces: seed {given.seed}, {time.strftime('%Y-%m-%d')}, {seconds:.0f} s: {'NOT OK' if bad else 'ok'}")
    return int(bool(bad))


def run(made: Site, chance: random.Random) -> int:
    """All of it; returns how much was wrong."""
    mine, others = plant_two()
    both, people = [mine, others], {MINE: mine, OTHERS: others}
    work_a_day(made, both)
    bad = shown(others, mine)
    old = backup(made, "old")
    found = search(made, "before", people, backup=old)
    bad += found.sealed.total() + search_cluster(made, people)
    for place, count in sorted(found.plain.items()):
        print(f"    stands there as it is: {place}, {count} times")
    bad += attacked(both) + guessed(mine, chance)
    erase_somebody(made, mine.person)
    after = search(made, "after the erasure", people, backup=backup(made, "new"))
    made.manage("restore", str(old), "--into", "draad_old")
    again = search(made, "the old backup, restored", people, backup=made.home / "none", database="draad_old")
    return bad + sum(each.total[MINE] + each.sealed.total() + (not each.total[OTHERS]) for each in (after, again))


def backup(made: Site, name: str) -> Path:
    """Make a backup with the command for it; returns its folder."""
    made.manage("backup", str(made.home / "backups" / name))
    (folder,) = (made.home / "backups" / name).iterdir()
    return folder


def plant_two() -> "tuple[Planted, Planted]":
    """Two people of one coach, each with a row of every kind, and a real BSN that the history holds too."""
    from foundation.clock import today
    from organisations.models import StaffMember
    from participants.models import LegalHold
    from tests import factories as make
    from tests.participants.planting import plant
    from trajectories.models import Trajectory

    coach = StaffMember.objects.get(email="noor@amfors.voorbeeld.test")
    like = Trajectory.objects.filter(coach=coach, ended_on=None).latest("started_on")
    planted = []
    for mark, bsn in BSNS.items():
        home = like.participant.home_municipality
        person = make.ParticipantFactory(
            provider=like.provider, home_municipality=home, bsn=bsn, reference=f"R{bsn[:4]}"
        )
        trajectory = make.TrajectoryFactory(
            participant=person, programme=like.programme, agreement=like.agreement, coach=coach, reference=f"T{bsn[:4]}"
        )
        planted.append(plant(trajectory, coach, mark=mark))
        person.bsn = bsn  # and not a word: only digits have a hash that somebody could guess
        person.save()
        LegalHold.objects.filter(participant=person).update(ends_on=today())
    return planted[0], planted[1]


def work_a_day(made: Site, people: "list[Planted]") -> None:
    """Pages are opened, a session is saved, a report is made, e-mail goes out, the log is sealed."""
    from bench.faults import all_made, ask_for

    made.start_web()
    made.start_dispatcher()
    made.start_worker()
    pages = Counter[int]()
    with Load(made.address, people=2) as load:
        for email in ("noor@amfors.voorbeeld.test", "wim@amfors.voorbeeld.test", "ineke@amfors.voorbeeld.test"):
            pages += look_around(made, email, people)
        reports = ask_for(2)
        wait_until(lambda: all_made(reports), seconds=300, what="the reports")
    made.manage("seal_log")
    print(
        f"{sum(pages.values())} pages of the two {dict(pages)}, {len(load.tally.seconds)} requests beside", flush=True
    )


def look_around(made: Site, email: str, people: "list[Planted]") -> Counter[int]:
    """Visit the lists, search for both, and follow every link about them. Returns how many answers of each status."""
    visitor, found = Visitor(made.address), Counter[int]()
    sign_in(visitor, email)
    waiting = ["/", "/deelnemers/", "/signalen/", "/wie-keek/", "/verzoeken/"] + [
        f"/deelnemers/?q={mark}" for mark in BSNS
    ]
    for planted in people:
        waiting += [f"/deelnemers/{planted.person.pk}/", f"/dossiers/{planted.person.pk}/"]
    keys = {str(row.pk) for planted in people for row in planted.rows.values()}
    seen = set(waiting)
    while waiting and len(seen) < MOST_PAGES:
        page = visitor.look(waiting.pop(0))
        found[page.status] += 1
        about = [link.url for link in page.links if any(key in link.url for key in keys) and "://" not in link.url]
        waiting += [url for url in dict.fromkeys(about) if url not in seen]
        seen.update(about)
    return found


def shown(planted: "Planted", other: "Planted") -> int:
    """Their own data on paper and as data: every word of theirs, and nobody else's."""
    from io import BytesIO

    from pypdf import PdfReader

    from organisations.models import StaffMember
    from participants.law.exporting import ask_export, pdf_of
    from tests.participants.planting import NOT_TOLD

    by = StaffMember.objects.get(email="wim@amfors.voorbeeld.test")
    row = ask_export(by=by, participant=planted.person)
    wait_until(lambda: type(row).objects.filter(pk=row.pk).exclude(made_at=None).exists(), seconds=300, what="paper")
    row.refresh_from_db()
    pdf = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf_of(row))).pages)
    apart = {*NOT_TOLD, "participants.Participant.bsn"}  # a BSN stands there in the place of its word
    wanted = {word: place for word, place in planted.words.items() if place not in apart}
    wanted[BSNS[OTHERS]] = "participants.Participant.bsn"
    missing = [place for text in (row.json, pdf) for word, place in wanted.items() if word not in text]
    foreign = sum(text.count(word) for text in (row.json, pdf) for word in (MINE, BSNS[MINE], other.person.reference))
    print(
        f"inzage: {len(wanted)} words wanted in JSON and PDF, missing {len(missing)}, of somebody else {foreign}",
        flush=True,
    )
    for place in missing[:10]:
        print(f"    missing: {place}")
    return len(missing) + foreign


def search(made: Site, what: str, people: "dict[str, Planted]", *, backup: Path, database: str = "") -> "Search":
    """Look everywhere: dump, backup, broker, logs and other files; before an erasure in the server's own folder too."""
    from tests.participants.searching import Search

    found = Search(people, BSNS)
    url = made.postgres.url("postgres", database) if database else made.postgres.url("postgres")
    found.look_in("the dump", _said(["pg_dump", "--dbname", url]))
    for file in sorted(backup.rglob("*")):
        if file.is_file():
            found.look_in("the backup", file.read_bytes())
        if file.name == "database.dump":
            found.look_in("the backup", _said(["pg_restore", "--file", "-", str(file)]))
    broker = made.broker()
    for key in broker.scan_iter():
        found.look_in("the broker", bytes(key) + (broker.dump(key) or b""))
    for file in made.home.rglob("*"):
        is_apart = file.is_relative_to(made.home / "postgres") or file.is_relative_to(made.home / "backups")
        if file.is_file() and not is_apart:
            found.look_in(f"{file.relative_to(made.home)}", file.read_bytes())
    counts = {mark: found.total[mark] for mark in people}
    print(f"{what}: {found.size // 2**20} MiB searched; sealed texts and BSNs in plain: {dict(found.sealed) or 0};"
          f" all words: {counts}", flush=True)  # fmt: skip
    return found


def search_cluster(made: Site, people: "dict[str, Planted]") -> int:
    """Look in the server's own folder, its log of changes included, for what is sealed."""
    from tests.participants.searching import Search

    found = Search(people, BSNS)
    for file in (made.home / "postgres").rglob("*"):
        if file.is_file():
            found.look_in("the server's folder", file.read_bytes())
    # A page of the database ends somewhere: a word cut in two is no sealed text that leaked.
    sealed = {place: count for place, count in found.sealed.items() if not place.startswith("a part")}
    print(f"the server's folder: {found.size // 2**20} MiB searched; sealed texts and BSNs in plain: {sealed or 0}")
    return sum(sealed.values())


def attacked(people: "list[Planted]") -> int:
    """Sealed values in each other's place, and with a bit flipped. Returns how many opened."""
    from foundation.encryption import file_keys_kept
    from tests.participants.searching import opened_elsewhere, opened_flipped

    with file_keys_kept():
        swaps, swapped = opened_elsewhere(people)
        bits, flipped = opened_flipped(people)
    print(
        f"{swaps} swaps between rows and columns: accepted {len(swapped)}; {bits} bits flipped: accepted {len(flipped)}"
    )
    return len(swapped) + len(flipped)


def guessed(planted: "Planted", chance: random.Random) -> int:
    """The hash of a BSN that is known, made in every way that needs no key of ours, and with keys that are wrong."""
    from django.conf import settings

    person = type(planted.person).objects.get(pk=planted.person.pk)
    stored = {bytes(one) for one in (person.bsn_hash, person.bsn_hash_even) if one}
    bsn, provider, file = person.bsn.encode(), str(person.provider_id).encode(), str(person.pk).encode()
    texts = [b"|".join(parts) for parts in itertools.product([b"bsn", b"", provider, file], repeat=2)]
    texts = [end for text in texts for end in (text + b"|" + bsn, text + bsn, bsn + text, bsn)]
    keys = [
        b"",
        bytes(32),
        provider,
        file,
        bsn,
        settings.SECRET_KEY.encode(),
        *(chance.randbytes(32) for _ in range(WRONG_KEYS)),
    ]
    tried = right = 0
    for text in set(texts):
        for name in ("sha256", "sha512", "sha1", "md5", "blake2b", "blake2s", "sha3_256"):
            tried, right = tried + 1, right + (hashlib.new(name, text).digest()[:32] in stored)
    for key in keys:
        made = hmac.new(key, b"bsn|" + provider + b"|" + bsn, hashlib.sha256).digest()
        tried, right = tried + 1, right + (made in stored)
    print(f"the hash of a BSN that is known, made {tried} times without the key: equal {right}")
    return right


def _said(command: list[str]) -> bytes:
    full = [program(command[0], server=180000), *command[1:]]
    return subprocess.run(full, check=True, capture_output=True).stdout


if __name__ == "__main__":
    os.nice(10)
    sys.exit(main())
