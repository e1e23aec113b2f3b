"""The interim file of a month: every value in it is written as the field table demands, and it says what it is."""

import csv
import hashlib
import io
import json
import re
import tomllib
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.periods import Period
from reporting.statistic.export import MonthFile, Written, month_file
from reporting.statistic.fields import KINDS, TABLES, is_plain, table_for
from reporting.statistic.lines import header_of, without_diacritics
from reporting.statistic.restating import Change, Correction, Sent
from reporting.statistic.selection import Month
from reporting.statistic.writers import WRITERS
from reporting.statistic.xmlfile import ROOT
from tests.reporting.statistic.months import month, ran, somebody
from trajectories.provision_kinds import KIND_LABELS

DAY = date

# What each kenmerk looks like, written down here a second time from the regulation: not taken from the code.
WRITTEN = {
    "statistiekjaar": r"\d{4}",
    "statistiekmaand": r"0[1-9]|1[0-2]",
    "statistiekcode": "10",
    "softwarepakket": "sam|com|ebb|eva|moz|rmw|ssd|wst|xws|afs|cmu|and",
    "versie_softwarepakket": r".{1,12}",
    "gemeentecode": r"\d{4}",
    "berichtgevercode": r"\d{4}",
    "burgerservicenummer": r"\d{9}",
    "geboortedatum": r"(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])",
    "geslacht": "[123]",
    "arbeidsvermogen": "10|11|20|30|40",
    "doel_inzet_voorzieningen": "[12]",
    "registratienummer_voorziening": r".{1,15}",
    "type_voorziening": "10|11|12|20|21|22|23|29|30|31|40|42|43|49|50|59|60|98",
    "omschrijving_type_voorziening": r"[\x20-\x7e]+",
    "begindatum_voorziening": r"(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])",
    "einddatum_voorziening": r"(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])",
    "loonwaarde": r"\d{3}",
    "reden_beeindiging": "[12]",
}


def busy_month() -> Month:
    """A month with every gender, capacity, aim and kind, with ends, wage values and odd letters."""
    people = [
        somebody(gender=gender, capacity=capacity, aim=aim)
        for gender, capacity, aim in zip("fmx", ("10", "11", "20"), ("1", "2", ""), strict=True)
    ]
    people.append(somebody(gender="", capacity="", bsn="00" + "1112223", birth_day=None))
    lines = [
        ran(
            people[number % 4],
            kind=kind,
            description="Coördinatie – “Café Łódź” €5",
            starts_on=DAY(2025, 1, 1 + number),
            ends_on=DAY(2025, 10, 31) if number % 3 == 0 else DAY(2025, 12, 1) if number % 3 == 1 else None,
            end_reason="2" if number % 3 == 0 else "",
            wage_value=7 if kind == "10" else None,
        )
        for number, kind in enumerate(KINDS)
    ]
    return month(*lines)


def file_of(seen: Month) -> MonthFile:
    table = table_for(seen.period)
    assert table is not None
    sent = Sent("40", DAY(2025, 8, 1), None)
    later = Sent("40", DAY(2025, 8, 4), DAY(2025, 9, 30))
    told = [
        Correction(Period.month(2025, 9), "D1", Change.CHANGED, sent, later),
        Correction(Period.month(2025, 9), "D2", Change.GONE, sent, None),
    ]
    return month_file(seen, table, told)


def written(format_id: str, seen: Month | None = None) -> Written:
    return WRITERS[format_id].write(file_of(seen or busy_month()))


def unzipped(file: Written) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"))))


def lines_in_csv(file: Written) -> list[dict[str, str]]:
    [name] = [name for name in unzipped(file) if name.startswith("srg-")]
    return rows_of(unzipped(file)[name])


def lines_in_xml(file: Written) -> list[dict[str, str]]:
    [name] = [name for name in unzipped(file) if name.startswith("srg-")]
    root = ElementTree.fromstring(unzipped(file)[name])
    assert root.tag == ROOT
    return [{value.attrib["naam"]: value.text or "" for value in line} for line in root]


def test_an_export_of_a_month_is_written_as_every_kenmerk_demands() -> None:
    lines = lines_in_csv(written("csv"))
    assert len(lines) == len(KINDS)
    for line in lines:
        assert list(line) == list(WRITTEN)
        wrong = {name: value for name, value in line.items() if value and not re.fullmatch(WRITTEN[name], value)}
        assert wrong == {}
        assert all(line[name] for name in ("burgerservicenummer", "arbeidsvermogen", "type_voorziening"))
        for name in ("begindatum_voorziening", "einddatum_voorziening", "geboortedatum"):
            if line[name]:
                date.fromisoformat(line[name])
    first = lines[0]
    assert (first["statistiekjaar"], first["statistiekmaand"], first["gemeentecode"]) == ("2025", "10", "0307")
    assert first["loonwaarde"] == "007"
    assert first["omschrijving_type_voorziening"] == 'Coordinatie - "Cafe Lodz" EUR5'
    assert first["einddatum_voorziening"] == "20251031"
    assert lines[1]["einddatum_voorziening"] == "", "an end after the month is left out"
    assert lines[3]["burgerservicenummer"] == "001112223"
    assert (lines[3]["geslacht"], lines[3]["arbeidsvermogen"], lines[3]["geboortedatum"]) == ("3", "40", "")


def test_both_formats_tell_the_same() -> None:
    seen = busy_month()
    without_empty = [
        {name: value for name, value in line.items() if value} for line in lines_in_csv(written("csv", seen))
    ]
    assert lines_in_xml(written("xml", seen)) == without_empty


@pytest.mark.parametrize("format_id", list(WRITERS))
def test_the_file_says_that_it_is_no_file_of_cbs(format_id: str) -> None:
    file = written(format_id)
    assert file.name == f"srg-tussenbestand-geen-cbs-bestand-0307-2025-10-{format_id}.zip"
    files = unzipped(file)
    manifest = json.loads(files.pop("manifest.json"))
    assert manifest["is_official_file"] is False
    assert (manifest["month"], manifest["rows"], manifest["corrections"]) == ("2025-10", len(KINDS), 2)
    assert (manifest["checked_against_the_text_of"], manifest["is_verified_for_this_month"]) == ("2025-01-01", True)
    assert manifest["files"] == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    assert f"srg-tussenbestand-geen-cbs-bestand-0307-2025-10.{format_id}" in files
    assert len(rows_of(files["kolommen.csv"])) == 19
    assert not WRITERS[format_id].is_official


def test_a_month_after_the_compared_text_says_what_must_be_compared_first() -> None:
    seen = month(ran(starts_on=DAY(2026, 1, 5)), period=Period.month(2026, 10))
    manifest = json.loads(unzipped(written("csv", seen))["manifest.json"])
    assert (manifest["is_verified_for_this_month"], manifest["compare_first"]) == (False, "2026-01-01")


def test_the_corrections_are_a_list_of_their_own() -> None:
    rows = rows_of(unzipped(written("csv"))["correcties-0307-2025-10.csv"])
    assert [(row["statistiekmaand"], row["registratienummer"], row["wijziging"]) for row in rows] == [
        ("2025-09", "D1", "gewijzigd"),
        ("2025-09", "D2", "vervallen"),
    ]
    assert (rows[0]["begindatum_geleverd"], rows[0]["begindatum_nu"], rows[0]["einddatum_nu"]) == (
        "20250801", "20250804", "20250930",
    )  # fmt: skip
    assert rows[1]["type_nu"] == ""


@pytest.mark.parametrize("format_id", list(WRITERS))
def test_the_same_month_gives_the_same_bytes(format_id: str) -> None:
    seen = busy_month()
    assert written(format_id, seen).sha256 == written(format_id, seen).sha256


def test_the_xml_uses_no_name_that_could_be_taken_for_an_official_one() -> None:
    [content] = [content for name, content in unzipped(written("xml")).items() if name.startswith("srg-")]
    tags = {element.tag for element in ElementTree.fromstring(content).iter()}
    assert tags == {"draad_tussenbestand_geen_cbs_bestand", "regel", "waarde"}


@given(st.text(max_size=40))
@settings(max_examples=30, deadline=None)
def test_a_description_of_latin_letters_ends_up_plain(text: str) -> None:
    plain = without_diacritics(text)
    assert without_diacritics(plain) == plain
    latin = "".join(letter for letter in text if letter.isascii() or letter in "áàäâéèëêíìïîóòöôúùüûçñÁÉÖÜŁłßøØ–…€’“”")
    assert is_plain(without_diacritics(latin.replace("\x7f", ""))) or not latin.replace("\x7f", "").isprintable()


def test_the_code_lists_have_words_and_the_release_is_ours() -> None:
    assert set(KINDS) == set(KIND_LABELS)
    assert [field.number for field in TABLES[0].fields] == list(range(1, 20))
    project = tomllib.loads(Path(__file__).parents[3].joinpath("pyproject.toml").read_text())
    assert header_of(month())["versie_softwarepakket"] == project["project"]["version"]


def test_a_formula_in_a_description_is_not_run_by_a_spreadsheet() -> None:
    seen = month(ran(description="=1+1"))
    [in_csv], [in_xml] = lines_in_csv(written("csv", seen)), lines_in_xml(written("xml", seen))
    assert in_csv["omschrijving_type_voorziening"] == "'=1+1"
    assert in_xml["omschrijving_type_voorziening"] == "=1+1"
