"""Reports to write down: a plausible one, one full of traps, and any that hypothesis can think of."""

import string
from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from reporting.documents.content import (
    ACCOUNTABILITY,
    WITHHELD,
    Cell,
    Chapter,
    Chart,
    Column,
    Definition,
    KeyFigure,
    Part,
    ReportContent,
    Sentence,
    Table,
    sealed,
)

TRAPS = (
    "=1+1",
    "+31 6 12",
    "-5 punten",
    "@SUM(A1)",
    "\tmet tab",
    "#let x = 1",
    "#panic()",
    "*bold* _cursief_ `code` $x^2$ @ref <label> // weg",
    "<b>vet</b> & 'zo' \"zo\" {{ x }} {% x %}",
    "<r><t>rijk</t> & <onaf</r>",
    "_x0041_ en &amp;",
    "https://example.org/?a=1&b=2",
    "'t Gooi, \\ en ~",
    "Łódź, Şükrü, Đặng, naïef, fi",
    "مرحبا بالعالم",
    "Привет, Ελλάδα, שלום",
    "feest 🎉 中",
    "x" * 300,
    "woord " * 60,
)


def report(language: str = "nl") -> ReportContent:
    """The year that the issue speaks of: 55 participants, 146 trajectories, 13 to paid work, 21 with insight."""
    return sealed(
        ReportContent(
            title="Jaarrapport 2021",
            provider="Amfors",
            payers=("Amersfoort", "Leusden"),
            scope="AE-teams",
            period_start=date(2021, 1, 1),
            period_end=date(2021, 12, 31),
            reference_date=date(2022, 1, 31),
            number="AMF-2022-001",
            version=1,
            status="signed",
            definitions_version="1",
            language="en" if language == "en" else "nl",
            programmes=("AE-team dames", "AE-team heren"),
            signed_by="Ingrid Vos, unitmanager",
            signed_on=date(2022, 2, 14),
            definitions_note="gelijk aan 2020",
            summary=(
                Sentence.of(
                    "In 2021 begeleidde %(who)s **%(n)s deelnemers** in **146 trajecten**.", who="Amfors", n=55
                ),
                Sentence.of("Bij **21 deelnemers** gaf het traject inzicht in de hulpvraag."),
            ),
            summary_note="Wie zowel werk als inzicht vond, telt bij beide.",
            key_figures=(
                _key_figure("participants", "Deelnemers", 55, 51, 60),
                _key_figure("trajectories", "Trajecten", 146, 132, None),
                _key_figure("paid_work", "Naar betaald werk", 13, WITHHELD, 15),
                _key_figure("help_question_insight", "Inzicht in de hulpvraag", 21, None, None),
                _key_figure("both_outcomes", "Werk en inzicht", WITHHELD, 16, None),
            ),
            chapters=(
                Chapter("who", "Wie deden mee?", (Sentence.of("Er begonnen **87** trajecten."),)),
                Chapter("where", "Waar gingen mensen naartoe?"),
                Chapter("back", "Terugval en weer oppakken", (Sentence.of("19 keer was er een terugval."),)),
            ),
            tables=(_ages(), _months(), _routes(), _quality()),
            charts=(
                Chart(
                    "T2", "paired_columns", "Er begonnen meer trajecten", "Kolommen per maand.", ("inflow", "outflow")
                ),
                Chart("T3", "bars", "De meeste mensen vonden werk", "Balken: betaald werk 13.", ("now",)),
            ),
            definitions=(
                Definition("participants", "Deelnemers", "Elke persoon telt één keer.", "loopt in P", "personen", "1"),
                Definition("trajectories", "Trajecten", "Elk traject dat liep.", "loopt in P", "trajecten", "1"),
            ),
            remarks=("Het atelier was twee weken dicht.\n\nVolgend jaar meer plekken.",),
            small_count_note="Te weinig betekent: minder dan 5 mensen.",
        )
    )


def _key_figure(figure: str, label: str, value: Cell, previous: Cell, target: Cell) -> KeyFigure:
    definition = f"Zo tellen we {label.lower()}."
    return KeyFigure(figure, label, "personen", value, previous, "in 2020", target, definition, "1")


def _ages() -> Table:
    columns = (
        Column("age_band", "Leeftijd", "text"),
        Column("now", "2021", "count"),
        Column("before", "2020", "count"),
    )
    rows: tuple[tuple[Cell, ...], ...] = (
        ("Jonger dan 27", WITHHELD, 5),
        ("27 tot en met 34", 11, 10),
        ("55 tot en met 64", WITHHELD, 8),
        ("65 en ouder", 0, 0),
        ("Totaal", 55, 51),
    )
    return Table("T1", "Leeftijd", "who", columns, rows, "personen", has_total=True, figure_ids=("participants",))


def _months() -> Table:
    months = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
    columns = (
        Column("m", "Maand", "text"),
        Column("inflow", "Gestart", "count"),
        Column("outflow", "Gestopt", "count"),
    )
    rows = tuple((name, WITHHELD if name == "apr" else 5 + i % 6, 7) for i, name in enumerate(months))
    return Table("T2", "Gestart en gestopt per maand", "who", columns, rows, "trajecten")


def _routes() -> Table:
    columns = (
        Column("route", "Route", "text"),
        Column("now", "2021", "count"),
        Column("share", "Aandeel", "percent", of="now"),
        Column("length", "Doorlooptijd", "days"),
        Column("mean", "Gemiddeld", "decimal"),
        Column("last", "Laatste", "date"),
    )
    rows: tuple[tuple[Cell, ...], ...] = (
        ("Betaald werk", 13, 0.236, 120.5, 12.25, date(2021, 12, 3)),
        ("Vrijwilligerswerk", 1234, 0.16, 88, -3, None),
        ("Schuldhulp", WITHHELD, None, None, None, None),
    )
    return Table("T3", "Resultaten", "where", columns, rows, "personen", note="Iemand kan in meer rijen tellen.")


def _quality() -> Table:
    columns = (
        Column("check", "Controle", "text"),
        Column("total", "Totaal", "count"),
        Column("wrong", "Fout", "count"),
    )
    return Table("T4", "Is alles ingevuld?", ACCOUNTABILITY, columns, (("Zonder reden", 81, 0),), "trajecten")


def with_traps() -> ReportContent:
    """The same report with a trap in each place where somebody may have typed."""
    plain, all_traps = report(), " ".join(TRAPS)
    table = replace(_ages(), rows=tuple((trap, 7, WITHHELD) for trap in TRAPS if trap.strip()), has_total=False)
    return replace(
        plain,
        title=TRAPS[5],
        provider=TRAPS[7],
        payers=(TRAPS[0], TRAPS[8]),
        scope=TRAPS[6],
        signed_by=TRAPS[13],
        summary=(Sentence((Part(all_traps, strong=True), Part(TRAPS[7]))),),
        chapters=(Chapter("who", TRAPS[8], (Sentence((Part(all_traps),)),)), *plain.chapters[1:]),
        tables=(table, *plain.tables[1:]),
        charts=(replace(plain.charts[0], title=TRAPS[8], alt=all_traps, labels=TRAPS[:12]), *plain.charts[1:]),
        definitions=tuple(Definition(f"f{i}", trap, trap, trap, trap, "1") for i, trap in enumerate(TRAPS)),
        remarks=TRAPS,
    )


def long_report(tables: int = 12, rows: int = 50) -> ReportContent:
    """About as long as a report gets: many tables over many pages."""
    plain = report()
    columns = (Column("name", "Naam", "text"), *(Column(f"k{i}", f"Kolom {i}", "count") for i in range(7)))
    filled: tuple[tuple[Cell, ...], ...] = tuple((f"Rij {i}", *(i * j for j in range(7))) for i in range(rows))
    extra = tuple(Table(f"T{5 + k}", f"Tabel {k}", "where", columns, filled, "personen") for k in range(tables))
    charts = tuple(Chart(table.id, "bars", "Lange balken", "Balken.", ("k1",)) for table in extra[:6])
    return replace(plain, tables=(*plain.tables, *extra), charts=(*plain.charts, *charts))


_words = st.text(string.printable + "éŁ中🎉“”مر", min_size=0, max_size=12)
_names = _words.filter(str.strip)
_ids = st.text(string.ascii_lowercase, min_size=1, max_size=6)
_days = st.dates()
_floats = st.floats(-1e14, 1e14)
_numbers = st.integers(-(10**14), 10**14) | st.sampled_from((WITHHELD, None))
_cells = {
    "text": _words | st.none(),
    "count": _numbers,
    "decimal": _numbers | _floats,
    "percent": _numbers | _floats,
    "days": _numbers | _floats,
    "date": _days | st.sampled_from((WITHHELD, None)),
}


@st.composite
def tables(draw: st.DrawFn, number: int, chapter: str) -> Table:
    names = draw(st.lists(_ids, max_size=4, unique=True).map(lambda ids: ["row0", "of0", *ids]))
    kinds = ["text", "count", *(draw(st.sampled_from(sorted(_cells))) for _ in names[2:])]
    columns = tuple(
        Column(name, draw(_words), kind, "of0" if kind == "percent" else "")  # type: ignore[arg-type]
        for name, kind in zip(names, kinds, strict=True)
    )
    row = st.tuples(_names, st.integers(20, 10**14), *(_cells[kind] for kind in kinds[2:]))
    rows = tuple(draw(st.lists(row, max_size=4)))
    return Table(f"T{number}", draw(_words), chapter, columns, rows, draw(_words), draw(_words), bool(rows), ("a",))


@st.composite
def reports(draw: st.DrawFn) -> ReportContent:
    """Any content that is allowed."""
    sentences = st.lists(st.builds(Part, _words, st.booleans()), max_size=3).map(lambda parts: Sentence(tuple(parts)))
    figure = st.builds(KeyFigure, _ids, _words, _words, _numbers, _numbers, _words, _numbers | _floats, _words, _words)
    chapters = draw(st.lists(st.builds(Chapter, _ids, _words), max_size=3, unique_by=lambda chapter: chapter.id))
    places = [*(chapter.id for chapter in chapters), ACCOUNTABILITY]
    return replace(
        report(draw(st.sampled_from(("nl", "en")))),
        title=draw(_words),
        payers=tuple(draw(st.lists(_words, max_size=3))),
        status=draw(st.sampled_from(("draft", "signed", "replaced"))),
        signed_on=draw(_days | st.none()),
        summary=tuple(draw(st.lists(sentences, max_size=3))),
        key_figures=tuple(draw(st.lists(figure, max_size=3, unique_by=lambda each: each.id))),
        chapters=tuple(chapters),
        tables=tuple(draw(tables(number, draw(st.sampled_from(places)))) for number in range(draw(st.integers(0, 3)))),
        charts=(),
        remarks=tuple(draw(st.lists(_words, max_size=2))),
    )
