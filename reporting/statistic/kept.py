"""What is kept of a file that was exported, and whether a file somebody has is that one.

The file itself is not kept: it holds the BSN of everybody in it. Kept are its hash and, of each line, a check number
that only the key ring of this installation can make, so that nobody can guess a BSN from it.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from django.db import transaction

from foundation.keys import key_ring
from foundation.rows import seeing
from organisations.models import Organisation
from reporting.documents.csvzip import plain_cell
from reporting.models import StatisticDelivery
from reporting.statistic.lines import Line

REGISTRATION = "registratienummer_voorziening"
DIGITS = 32
MOST_UNZIPPED = 200 * 2**20
LINES = "srg-"
"""What the name of the file with the lines begins with, inside the zip."""


class NotOurs(Exception):
    """A file is no zip of the statistic."""


class KeyGone(Exception):
    """The key that made the check numbers of an export was rotated and is gone: no line can be compared any more."""


def digest_of(line: Line, number: int) -> str:
    """Return the check number of a line: the same values give the same one, whatever the format of the file.

    Args:
        line: of an export.
        number: of the key for lookups that makes it.
    """
    values = {name: value for name, value in line.items() if value}
    text = json.dumps(values, ensure_ascii=True, sort_keys=True)
    return key_ring().lookup_hash("statistic_line", text, number=number).hex()[:DIGITS]


def digests_of(lines: Iterable[Line], number: int) -> dict[str, str]:
    """Return the check numbers of lines by registration number."""
    return {line[REGISTRATION]: digest_of(line, number) for line in lines}


def deliveries_before(number: int) -> int:
    """How many exports have check numbers of a key before the one with this number."""
    count = 0
    for provider in Organisation.objects.filter(kind="provider"):
        with seeing(providers=[provider.pk]), transaction.atomic():
            old = StatisticDelivery.objects.filter(provider=provider, lookup_key__lt=number)
            count += old.exclude(digests={}).count()
    return count


@dataclass(frozen=True)
class Likeness:
    """How far a file is what was sent: the same to the byte, or which lines differ, by registration number."""

    is_same_file: bool
    equal: int = 0
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    @property
    def has_same_lines(self) -> bool:
        return not (self.changed or self.missing or self.added)


def compare(delivery: StatisticDelivery, content: bytes) -> Likeness:
    """Lay a file beside what was exported. Raises NotOurs when it is no zip of the statistic, and KeyGone."""
    if hashlib.sha256(content).hexdigest() == delivery.sha256:
        return Likeness(is_same_file=True, equal=delivery.rows)
    lines = lines_in(content)
    if delivery.lookup_key not in key_ring().lookups:
        raise KeyGone
    sent, here = delivery.digests, digests_of(lines, delivery.lookup_key)
    both = sent.keys() & here.keys()
    changed = {number for number in both if sent[number] != here[number]}
    return Likeness(
        is_same_file=False,
        equal=len(both) - len(changed),
        changed=tuple(sorted(changed)),
        missing=tuple(sorted(sent.keys() - here.keys())),
        added=tuple(sorted(here.keys() - sent.keys())),
    )


def lines_in(content: bytes) -> list[Line]:
    """Read the lines from an exported zip, in either format. Raises NotOurs."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            [info] = [one for one in archive.infolist() if one.filename.startswith(LINES)]
            if info.file_size > MOST_UNZIPPED:
                raise NotOurs
            told = archive.read(info)
        lines = list(_in_xml(told) if info.filename.endswith(".xml") else _in_csv(told))
    except (zipfile.BadZipFile, ValueError, KeyError, csv.Error, ElementTree.ParseError) as error:
        raise NotOurs from error
    if not all(line.get(REGISTRATION) for line in lines):
        raise NotOurs
    return lines


def _in_csv(told: bytes) -> Iterator[Line]:
    for row in csv.DictReader(io.StringIO(told.decode("utf-8"), newline="")):
        yield {name: _without_apostrophe(value) for name, value in row.items() if isinstance(value, str)}


def _without_apostrophe(value: str) -> str:
    """The value as it was before it was kept from being run as a formula."""
    bare = value.removeprefix("'")
    return bare if plain_cell(bare) == value else value


def _in_xml(told: bytes) -> Iterator[Line]:
    text = told.decode("utf-8")
    if "<!" in text:
        raise NotOurs
    for line in ElementTree.fromstring(text):  # noqa: S314 without a declaration there is no entity to expand
        yield {value.attrib["naam"]: value.text or "" for value in line}
