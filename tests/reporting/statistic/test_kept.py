"""What is kept of an export, and a file that is laid beside it."""

import io
import zipfile

import pytest

from reporting.models import StatisticDelivery
from reporting.statistic.export import MonthFile, month_file
from reporting.statistic.fields import table_for
from reporting.statistic.kept import KeyGone, Likeness, NotOurs, compare, digests_of
from reporting.statistic.selection import Ran
from reporting.statistic.writers import WRITERS
from tests.reporting.statistic.months import month, ran, somebody

pytestmark = pytest.mark.django_db  # with it comes the key ring
ONE = ran(somebody(), registration="D1", description="=1+1 Coördinatie")
TWO = ran(somebody(bsn="111222333"), registration="D2", description="'s Ochtends")


def file_of(*lines: Ran) -> MonthFile:
    seen = month(*lines)
    table = table_for(seen.period)
    assert table is not None
    return month_file(seen, table, [])


def sent(*lines: Ran, file_format: str = "csv") -> tuple[StatisticDelivery, bytes]:
    file = file_of(*lines)
    written = WRITERS[file_format].write(file)
    kept = StatisticDelivery(rows=len(lines), sha256=written.sha256, digests=digests_of(file.lines, 1))
    return kept, written.content


@pytest.mark.parametrize("file_format", ["csv", "xml"])
def test_the_file_itself_is_recognised_to_the_byte(file_format: str) -> None:
    kept, content = sent(ONE, TWO, file_format=file_format)
    assert compare(kept, content) == Likeness(is_same_file=True, equal=2)


def test_the_same_lines_in_another_format_are_the_same_lines() -> None:
    kept, _content = sent(ONE, TWO)
    _kept, in_xml = sent(ONE, TWO, file_format="xml")
    found = compare(kept, in_xml)
    assert (found.is_same_file, found.has_same_lines, found.equal) == (False, True, 2)


def test_another_day_a_line_less_and_a_line_more_are_told_by_number() -> None:
    kept, _content = sent(ONE, TWO)
    other = ran(ONE.person, registration="D1", description=ONE.description, wage_value=3)
    _kept, content = sent(other, ran(registration="D3"))
    found = compare(kept, content)
    assert (found.equal, found.changed, found.missing, found.added) == (0, ("D1",), ("D2",), ("D3",))
    assert not found.has_same_lines


def test_a_check_number_says_nothing_about_the_person() -> None:
    [digest] = digests_of(file_of(ONE).lines, 1).values()
    assert len(digest) == 32
    assert ONE.person.bsn not in digest


def zipped(name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, content)
    return stream.getvalue()


NOT_OURS = [
    b"",
    b"PK\x03\x04",
    zipped("a.txt", b""),
    zipped("srg-a.csv", b"\xff"),
    zipped("srg-a.csv", b"a,b\n1,2,3\n"),
    zipped("srg-a.xml", b"<a"),
    zipped("srg-a.xml", b"<a><b/></a>"),
    zipped("srg-a.xml", b"<a><b><c/></b></a>"),
    zipped("srg-a.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"),
]


@pytest.mark.parametrize("content", NOT_OURS)
def test_what_is_no_file_of_the_statistic_is_refused(content: bytes) -> None:
    with pytest.raises(NotOurs):
        compare(sent(ONE)[0], content)


def test_without_the_key_of_then_only_the_file_itself_is_recognised() -> None:
    kept, content = sent(ONE)
    kept.lookup_key = 7
    assert compare(kept, content).is_same_file
    with pytest.raises(KeyGone):
        compare(kept, sent(TWO)[1])
