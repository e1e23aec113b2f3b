"""Whether a signed report is still what was signed: every hash again, and every figure again from the frozen rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.garbage import no_search_for_cycles
from reporting.composing import compose
from reporting.documents.content import ContentError, from_data, to_data
from reporting.documents.content import hash_of as content_hash_of
from reporting.figures import DEFINITIONS_VERSION
from reporting.freezing.canonical import canonical, hash_of, sha256
from reporting.freezing.coding import ROW_HASH, row_hash
from reporting.freezing.facts import read
from reporting.freezing.manifest import content_hashes, files_of, head_of, parts_of
from reporting.models import FrozenTable, Report

MOST_ROWS_NAMED = 10


@dataclass
class Verdict:
    """What was looked at, and what is not as it was signed. Nothing wrong: the report stands."""

    checked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def look(self, sentence: str, found: Iterator[str]) -> None:
        """Write down what was looked at, and what was found there."""
        self.wrong += list(found)
        self.checked.append(sentence)


@transaction.atomic
def verify(report: Report) -> Verdict:
    """Check a signed report against its manifest and against its own frozen rows.

    Nothing outside the report is read, so what happens to the files of participants after signing does not matter.
    """
    verdict = Verdict()
    if not report.manifest:
        verdict.wrong.append(_("This report has no manifest: it is not signed, or was signed by an early release."))
        return verdict
    verdict.look(_("The manifest."), _manifest(report))
    verdict.look(_rows_said(report), _rows(report))
    verdict.look(_("What the payers read, table by table."), _contents(report))
    verdict.look(_files_said(report), _files(report))
    if verdict.wrong:
        return verdict
    if report.definitions_version != DEFINITIONS_VERSION:
        sentence = _("Not counted again: the report was counted by definitions %(then)s, this release has %(now)s.")
        verdict.checked.append(sentence % {"then": report.definitions_version, "now": DEFINITIONS_VERSION})
    else:
        verdict.look(_("All figures and tables, counted again from the frozen rows."), _counted_again(report))
    return verdict


def written_of(report: Report) -> dict[str, Any]:
    """Return the manifest of a report that has one."""
    return dict(report.manifest or {})


def _rows_said(report: Report) -> str:
    number = sum(table["rows"] for table in written_of(report)["rows"].values())
    return ngettext("%(number)s frozen row.", "%(number)s frozen rows.", number) % {"number": number}


def _files_said(report: Report) -> str:
    number = len(written_of(report)["files"])
    return ngettext("%(number)s file.", "%(number)s files.", number) % {"number": number}


def _manifest(report: Report) -> Iterator[str]:
    if hash_of(report.manifest) != report.manifest_hash:
        yield _("The manifest was changed after signing.")
    for name, value in head_of(report).items():
        if written_of(report).get(name) != value:
            yield _("The manifest says otherwise about “%(name)s” than the report.") % {"name": name}


def _rows(report: Report) -> Iterator[str]:
    written = written_of(report)["rows"]
    there: set[str] = set()
    for table in report.frozen_tables.order_by("name").iterator(chunk_size=1):
        there.add(table.name)
        if table.name not in written:
            yield _("The frozen table “%(name)s” was added after signing.") % {"name": table.name}
        elif sha256(bytes(table.content)) != written[table.name]["sha256"]:
            yield from _rows_changed(table)
        elif table.sha256 != written[table.name]["sha256"] or table.rows != written[table.name]["rows"]:
            yield _("What stands beside the frozen table “%(name)s” was changed.") % {"name": table.name}
    for name in sorted(written.keys() - there):
        yield _("The frozen table “%(name)s” is gone.") % {"name": name}


def _rows_changed(table: FrozenTable) -> Iterator[str]:
    """Name the rows by the hash that was kept of each."""
    _header, *lines = bytes(table.content).removesuffix(b"\n").split(b"\n")
    kept = bytes(table.row_hashes)
    hashes = [kept[start : start + ROW_HASH] for start in range(0, len(kept), ROW_HASH)]
    if len(lines) != len(hashes):
        counts = {"name": table.name, "now": len(lines), "then": len(hashes)}
        yield _("The frozen table “%(name)s” has %(now)s rows; %(then)s were signed.") % counts
        return
    changed = [number for number, line in enumerate(lines, start=1) if row_hash(line) != hashes[number - 1]]
    for number in changed[:MOST_ROWS_NAMED]:
        yield _("Frozen table “%(name)s”: row %(row)s was changed.") % {"name": table.name, "row": number}
    if len(changed) > MOST_ROWS_NAMED:
        more = {"name": table.name, "number": len(changed)}
        yield _("Frozen table “%(name)s”: %(number)s rows were changed in all.") % more
    if not changed:
        yield _("Frozen table “%(name)s”: the names of its columns, or its hashes, were changed.") % {
            "name": table.name
        }


def _contents(report: Report) -> Iterator[str]:
    yield from _content(_("the whole report"), report.content, written_of(report)["whole"])
    if report.content_hash != written_of(report)["whole"]["content"]:
        yield _("The hash of the content that stands with the report was changed.")
    written = written_of(report)["parts"]
    there = {str(part.agreement_id): part for part in parts_of(report)}
    for key, part in there.items():
        if key in written:
            yield from _content(written[key]["agreement"], part.content, written[key])
        else:
            yield _("The part “%(part)s” was added after signing.") % {"part": part.agreement.code}
    for key in sorted(written.keys() - there.keys()):
        yield _("The part “%(part)s” is gone.") % {"part": written[key]["agreement"]}


def _content(part: str, data: Any, written: dict[str, Any]) -> Iterator[str]:
    found = content_hashes(data)
    tables = [
        name
        for name in written["tables"].keys() | found["tables"].keys()
        if written["tables"].get(name) != found["tables"].get(name)
    ]
    for name in sorted(tables):
        yield _("Table %(table)s of %(part)s was changed.") % {"table": name, "part": part}
    if not tables and not _is_sealed(data, written["content"]):
        yield _("The text of %(part)s was changed.") % {"part": part}


def _is_sealed(data: Any, written: str) -> bool:
    try:
        content = from_data(data)
    except ContentError:
        return False
    return content.content_hash == content_hash_of(content) == written


def _files(report: Report) -> Iterator[str]:
    written = written_of(report)["files"]
    there = files_of(report)
    for name in sorted(written.keys() - there.keys()):
        yield _("The file %(name)s is gone.") % {"name": name}
    for name in sorted(there.keys() - written.keys()):
        yield _("The file %(name)s was added after signing.") % {"name": name}
    for name, content in report.files.order_by("name").values_list("name", "content").iterator(chunk_size=1):
        stored = bytes(content)
        as_stored = {"size": len(stored), "sha256": sha256(stored)}
        if name in written and not as_stored == there[name] == written[name]:
            yield _("The file %(name)s was changed.") % {"name": name}


def _counted_again(report: Report) -> Iterator[str]:
    with no_search_for_cycles():
        again = compose(report, read(report))
    yield from _figures(report.figures or {}, again.figures)
    yield from _tables(_("the whole report"), report.content, to_data(again.whole))
    for part in parts_of(report):
        yield from _tables(part.agreement.code, part.content, to_data(again.parts[part.agreement_id]))


def _figures(signed: dict[str, Any], again: dict[str, Any]) -> Iterator[str]:
    for part, years in again.items():
        for year, figures in years.items():
            for name, value in signed.get(part, {}).get(year, {}).items():
                if name in figures and canonical(figures[name]) != canonical(value):
                    yield _("The figure “%(name)s” (%(part)s, %(year)s) comes out otherwise.") % {
                        "name": name,
                        "part": part,
                        "year": year,
                    }


def _tables(part: str, signed: Any, again: dict[str, Any]) -> Iterator[str]:
    """Compare the numbers of tables and key figures; words may be put otherwise by another release."""
    counted = {table["id"]: table["rows"] for table in again["tables"]}
    for table in signed["tables"]:
        rows = counted.get(table["id"], [])
        if len(rows) != len(table["rows"]):
            yield _("Table %(table)s of %(part)s has another number of rows.") % {"table": table["id"], "part": part}
            continue
        for number, (old, new) in enumerate(zip(table["rows"], rows, strict=True), start=1):
            if canonical(old[1:]) != canonical(new[1:]):
                where = {"table": table["id"], "part": part, "row": number}
                yield _("Table %(table)s of %(part)s, row %(row)s, comes out otherwise.") % where
    large = {figure["id"]: (figure["value"], figure["previous"]) for figure in again["key_figures"]}
    for figure in signed["key_figures"]:
        if canonical(large.get(figure["id"])) != canonical((figure["value"], figure["previous"])):
            yield _("The key figure “%(name)s” of %(part)s comes out otherwise.") % {"name": figure["id"], "part": part}
