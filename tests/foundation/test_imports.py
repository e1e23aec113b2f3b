"""The import engine, with shelves and books in tables of its own: it knows no app."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, models

from foundation.encryption import SealedTextField
from foundation.imports.columns import (
    Choice,
    Column,
    Day,
    Digits,
    Email,
    Number,
    PartialDay,
    Reference,
    Sealed,
    Several,
    Text,
    Whole,
    Wrong,
    YesNo,
)
from foundation.imports.declaring import ImportFile, Rule
from foundation.imports.engine import run_import
from foundation.imports.faults import ImportRefused
from foundation.imports.reading import Damage, Record, Unreadable, read_records
from foundation.imports.running import Summary

pytestmark = pytest.mark.django_db


class Shelf(models.Model):
    """A shelf, for these tests only."""

    id = models.UUIDField(primary_key=True)
    code = models.CharField(max_length=10)
    name = models.CharField(max_length=100)
    owner = models.IntegerField()

    class Meta:
        app_label = "toys"
        managed = False
        db_table = "toy_shelf"


class Book(models.Model):
    """A book on a shelf, with what somebody wrote in it."""

    id = models.UUIDField(primary_key=True)
    code = models.CharField(max_length=10)
    shelf = models.ForeignKey(Shelf, on_delete=models.DO_NOTHING)
    title = models.CharField(max_length=20)
    pages = models.IntegerField(null=True)
    bought_on = models.DateField(null=True)
    sold_on = models.DateField(null=True)
    scribble = SealedTextField(file="shelf_id")
    version = models.IntegerField(default=1)

    class Meta:
        app_label = "toys"
        managed = False
        db_table = "toy_book"


SHELVES = ImportFile(
    name="shelves",
    columns=(Text("code", required=True), Text("name", required=True)),
    key=("code",),
    model=Shelf,
    own="t.owner = %(owner)s",
    fixed={"owner": "%(owner)s"},
)
BOOKS = ImportFile(
    name="books",
    columns=(
        Text("code", required=True),
        Reference("shelf", field="shelf_id", required=True, to="shelves"),
        Text("title", required=True, most=20),
        Whole("pages", most=2000),
        Day("bought_on"),
        Day("sold_on"),
        Sealed("scribble"),
    ),
    key=("code",),
    model=Book,
    own="t.shelf_id IN (SELECT id FROM toy_shelf WHERE owner = %(owner)s)",
    fixed={},
    in_order=(("bought_on", "sold_on"),),
    rules=(
        Rule(
            "pages",
            "Shelf %(shelf)s is full with %(sum)s pages.",
            "SELECT max(line) AS line, shelf, sum(pages) AS sum FROM import_books"
            " GROUP BY shelf HAVING sum(pages) > 3000",
        ),
    ),
)

SHELF_LINES = "code,name\nA,Poetry\nB,Prose\n"
BOOK_LINES = "code,shelf,title,pages,bought_on,sold_on,scribble\n1,A,Mei,100,2001-02-03,,Mooi\n2,B,Max Havelaar,,,,\n"


@pytest.fixture(autouse=True)
def tables(db: None) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE toy_shelf (id uuid PRIMARY KEY, code text, name text, owner integer)")
        cursor.execute(
            "CREATE TEMPORARY TABLE toy_book (id uuid PRIMARY KEY, code text, shelf_id uuid, title text, pages integer,"
            " bought_on date, sold_on date, scribble bytea, version integer)"
        )
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE toy_shelf, toy_book CASCADE")


def run(folder: Path, *, owner: int = 1, **files: str | bytes) -> Summary:
    """Import these files, named without their ending."""
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    for name, content in files.items():
        (folder / f"{name}.csv").write_bytes(content.encode() if isinstance(content, str) else content)
    return run_import((SHELVES, BOOKS), folder, params={"owner": owner}, progress=lambda text: None)


def refused(folder: Path, **files: Any) -> list[tuple[str, int, str]]:
    """Import these files, which must fail; the places of the faults in order."""
    with pytest.raises(ImportRefused) as caught:
        run(folder, **files)
    return [fault[:3] for fault in caught.value.faults]


def counts(summary: Summary, name: str) -> tuple[int, int, int]:
    found = summary.counts[f"{name}.csv"]
    return found.added, found.changed, found.unchanged


def test_rows_are_added_then_left_alone_then_changed(tmp_path: Path) -> None:
    assert counts(run(tmp_path, shelves=SHELF_LINES, books=BOOK_LINES), "books") == (2, 0, 0)
    sealed = Book._default_manager.get(code="1").__dict__["scribble"]
    again = run(tmp_path, shelves=SHELF_LINES, books=BOOK_LINES)
    assert (counts(again, "shelves"), counts(again, "books")) == ((0, 0, 2), (0, 0, 2))
    assert Book._default_manager.get(code="1").__dict__["scribble"] == sealed
    changed = run(tmp_path, shelves=SHELF_LINES, books=BOOK_LINES.replace("Mooi", "Lelijk").replace("Prose", "Proza"))
    assert counts(changed, "books") == (0, 1, 1)
    assert Book._default_manager.get(code="1").scribble == "Lelijk"


def test_a_row_may_refer_to_what_is_there_already(tmp_path: Path) -> None:
    run(tmp_path, shelves=SHELF_LINES)
    summary = run(tmp_path, books=BOOK_LINES)
    assert counts(summary, "books") == (2, 0, 0)
    assert "shelves.csv" not in summary.counts


def test_a_column_that_is_absent_leaves_what_is_there(tmp_path: Path) -> None:
    run(tmp_path, shelves=SHELF_LINES, books=BOOK_LINES)
    assert counts(run(tmp_path, books="code,shelf,title\n1,A,Mei\n"), "books") == (0, 0, 1)
    run(tmp_path, books="code,shelf,title\n1,A,Een lente\n")
    book = Book._default_manager.get(code="1")
    assert (book.title, book.pages, book.bought_on, book.scribble) == ("Een lente", 100, date(2001, 2, 3), "Mooi")


def test_a_blank_cell_empties_what_is_there(tmp_path: Path) -> None:
    run(tmp_path, shelves=SHELF_LINES, books=BOOK_LINES)
    run(tmp_path, books="code,shelf,title,pages,scribble\n1,A,Mei,,\n")
    book = Book._default_manager.get(code="1")
    assert (book.pages, book.scribble) == (None, "")


def test_rows_of_another_owner_are_neither_found_nor_touched(tmp_path: Path) -> None:
    run(tmp_path, shelves=SHELF_LINES)
    assert counts(run(tmp_path, owner=2, shelves="code,name\nA,Elsewhere\n"), "shelves") == (1, 0, 0)
    with pytest.raises(ImportRefused):
        run(tmp_path, owner=2, books="code,shelf,title\n1,B,Mei\n")
    assert sorted(Shelf._default_manager.values_list("owner", "name")) == [
        (1, "Poetry"),
        (1, "Prose"),
        (2, "Elsewhere"),
    ]


def test_all_faults_come_at_once_in_the_order_of_files_and_lines_and_nothing_is_written(tmp_path: Path) -> None:
    books = (
        "code,shelf,title,pages,bought_on,sold_on\n"
        "1,Z,Mei,many,,\n"
        "2,B,,-1,2020-02-02,2020-02-01\n"
        "2,A,Max Havelaar of de koffiveilingen,,,\n"
    )
    assert refused(tmp_path, books=books, shelves="code,name\nA,\nB,Prose\n") == [
        ("shelves.csv", 2, "name"),
        ("books.csv", 2, "pages"),
        ("books.csv", 2, "shelf"),
        ("books.csv", 3, "title"),
        ("books.csv", 3, "pages"),
        ("books.csv", 3, "sold_on"),
        ("books.csv", 4, "title"),
        ("books.csv", 4, "code"),
    ]
    assert not Shelf._default_manager.exists()


def test_a_rule_between_rows_names_the_line_that_its_query_gives(tmp_path: Path) -> None:
    books = "code,shelf,title,pages\n1,A,Mei,2000\n2,A,Max,1500\n"
    with pytest.raises(ImportRefused, match=r"books\.csv:3:pages: Shelf A is full with 3500 pages\."):
        run(tmp_path, shelves=SHELF_LINES, books=books)


def test_a_fault_in_a_row_does_not_make_the_rows_that_refer_to_it_wrong_too(tmp_path: Path) -> None:
    assert refused(tmp_path, shelves="code,name\nA,\nB,Prose\n", books=BOOK_LINES) == [("shelves.csv", 2, "name")]


@pytest.mark.parametrize("shelves", ["", "name\nPoetry\n", b"\xff\xfec\x00o\x00", 'code,name\nA,Poetry\nB,"Prose\n'])
def test_nobody_says_what_is_not_in_a_file_that_could_not_be_read_whole(shelves: str | bytes, tmp_path: Path) -> None:
    found = refused(tmp_path, shelves=shelves, books=BOOK_LINES)
    assert [file for file, _line, _column in found] == ["shelves.csv"]


def test_what_somebody_wrote_waits_covered_and_ends_up_sealed(tmp_path: Path) -> None:
    run(tmp_path, shelves=SHELF_LINES, books=BOOK_LINES)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT scribble FROM import_books WHERE scribble IS NOT NULL UNION ALL SELECT scribble FROM toy_book"
        )
        kept = [bytes(row[0]) for row in cursor.fetchall() if row[0]]
    assert len(kept) == 2
    assert not any(b"Mooi" in text for text in kept)


def test_more_rows_than_a_batch_are_written(tmp_path: Path) -> None:
    lines = [f"{number},{'AB'[number % 2]},Boek {number},,,,Gelezen in {number}" for number in range(2500)]
    books = "code,shelf,title,pages,bought_on,sold_on,scribble\n" + "\n".join(lines)
    assert counts(run(tmp_path, shelves=SHELF_LINES, books=books), "books") == (2500, 0, 0)
    assert counts(run(tmp_path, books=books.replace("Boek 2400", "Deel 2400")), "books") == (0, 1, 2499)
    assert Book._default_manager.get(code="2400").scribble == "Gelezen in 2400"


def test_a_long_run_says_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("staging", "engine"):
        monkeypatch.setattr(f"foundation.imports.{module}.EVERY", 2)
    said: list[str] = []
    (tmp_path / "shelves.csv").write_text(SHELF_LINES + "C,Drama\n")
    run_import((SHELVES, BOOKS), tmp_path, params={"owner": 1}, progress=said.append)
    assert [text.split(":")[0] for text in said] == ["shelves.csv", "shelves.csv"]


def read(path: Path, content: bytes) -> list[Record | Damage]:
    path.write_bytes(content)
    return list(read_records(path))


def test_a_record_has_the_line_on_which_an_editor_shows_its_beginning(tmp_path: Path) -> None:
    content = b'\xef\xbb\xbfa;b\r\n\r\n1;"x\r\ny"\r\n  ;  \r\n2;z'
    assert read(tmp_path / "a.csv", content) == [
        Record(1, ["a", "b"]),
        Record(3, ["1", "x\ny"]),
        Record(6, ["2", "z"]),
    ]


def test_a_record_that_cannot_be_read_does_not_hide_the_next(tmp_path: Path) -> None:
    found = read(tmp_path / "a.csv", b'a,b\n1,"x"y\n2,z\n3,"open\n4,w\n')
    assert [(type(entry), entry.line) for entry in found] == [(Record, 1), (Damage, 2), (Record, 3), (Damage, 4)]


def test_a_file_without_bytes_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        read(tmp_path / "a.csv", b"")


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        (Text("c", most=3), "abc", "abc"),
        (Digits("c", length=4), "0307", "0307"),
        (Email("c"), "Noor@Voorbeeld.test", "noor@voorbeeld.test"),
        (Day("c"), "2024-02-29", date(2024, 2, 29)),
        (Day("c"), "29-02-2024", date(2024, 2, 29)),
        (PartialDay("c"), "1980-00-00", (1980, None, None)),
        (PartialDay("c"), "00-05-1980", (1980, 5, None)),
        (Number("c"), "24,5", Decimal("24.5")),
        (Number("c"), "-0", Decimal(0)),
        (Whole("c"), "007", 7),
        (Choice("c", values=("a", "b")), "b", "b"),
        (YesNo("c"), "no", False),
        (Several("c", values=("a", "b")), "b | a|b", ["b", "a"]),
    ],
)
def test_a_cell_is_read_as_its_column_says(column: Column, text: str, value: Any) -> None:
    assert column.read(text) == value


@pytest.mark.parametrize(
    ("column", "text"),
    [
        (Text("c", most=3), "abcd"),
        (Digits("c", length=4), "307"),
        (Digits("c", length=2), "1²"),
        (Email("c"), "noor.voorbeeld.test"),
        (Day("c"), "2023-02-29"),
        (Day("c"), "20240229"),
        (Day("c"), "2024-1-1"),
        (Day("c"), "01/02/2024"),
        (Day("c"), "0000-01-01"),
        (PartialDay("c"), "1980-00-12"),
        (PartialDay("c"), "1980-13-00"),
        (PartialDay("c"), "0000-05-01"),
        (PartialDay("c"), "1981-02-29"),
        (Number("c"), "-0.5"),
        (Number("c"), "1.000,50"),
        (Number("c", places=1), "2.25"),
        (Number("c", digits=3), "1000"),
        (Number("c"), "1e3"),
        (Whole("c"), "2.5"),
        (Whole("c"), "32768"),
        (Whole("c", least=1), "0"),
        (Choice("c", values=("a", "b")), "A"),
        (YesNo("c"), "ja"),
        (Several("c", values=("a", "b")), "a|c"),
    ],
)
def test_a_cell_that_is_not_what_its_column_says_is_refused(column: Column, text: str) -> None:
    with pytest.raises(Wrong):
        column.read(text)
