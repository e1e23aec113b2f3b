"""What the papers on security say stays true as far as a machine can see: links, names of tests, statuses, counts."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from config.environment import ROOT

PAPERS = [ROOT / "SECURITY.md", *sorted((ROOT / "docs" / "security").glob("*.md"))]
STATUSES = ("tested", "by design", "not applicable", "open")
COUNTED = ("asvs.md", "bio2.md")
LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)\)")
ELSEWHERE = ("https://", "mailto:")
Row = dict[str, str]


@cache
def text_of(path: Path) -> str:
    return path.read_text()


def links(text: str) -> list[tuple[str, str]]:
    """The words and the target of each link that leads to a file of ours."""
    return [(words.strip("`"), target) for words, target in LINK.findall(text) if not target.startswith(ELSEWHERE)]


def wrong_links(paper: Path, text: str) -> Iterator[str]:
    """Links that lead nowhere, and tests that are not in the file that is named."""
    for words, target in links(text):
        file, _hash, heading = target.partition("#")
        path = paper.parent / file if file else paper
        if not path.exists():
            yield f"{paper.name}: {target} is not there"
        elif heading and heading not in headings(path):
            yield f"{paper.name}: {target} has no such heading"
        elif words.startswith("test_") and f"def {words}(" not in text_of(path) and words != path.name:
            yield f"{paper.name}: {words} is not in {target}"


def headings(path: Path) -> set[str]:
    """The anchors that a forge makes of the headings of a paper."""
    said = re.findall(r"^#+ (.*)$", text_of(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-") for words in said}


def tables(text: str) -> Iterator[Row]:
    """The rows of every table, by the words of its head."""
    head: list[str] = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if not cells:
            head = []
        elif not head:
            head = cells
        elif set("".join(cells)) - set("-: "):
            yield dict(zip(head, cells, strict=True))


def wrong_rows(text: str) -> Iterator[str]:
    """Rows with an unknown status, an id that stands there twice, or a status that nothing carries."""
    rows = [row for row in tables(text) if {"id", "status"} <= row.keys()]
    yield from (f"{row['id']}: {row['status']}" for row in rows if row["status"] not in STATUSES)
    yield from (f"{key} twice" for key, times in Counter(row["id"] for row in rows).items() if times > 1)
    for row in (row for row in rows if row["status"] == "tested"):
        if not any(words.startswith("test_") for words, _target in links(" ".join(row.values()))):
            yield f"{row['id']}: tested by nothing"


def wrong_counts(text: str) -> Iterator[str]:
    """Counts above the rows that are not those of the rows."""
    rows = [row for row in tables(text) if {"id", "status"} <= row.keys()]
    said = {row["chapter"].split()[0]: row for row in tables(text) if "chapter" in row}
    found = {chapter: Counter[str]() for chapter in said}
    for row in rows:
        for chapter in (row["id"].partition(".")[0], "all"):
            found.setdefault(chapter, Counter()).update([row["status"], "all"])
    for chapter, counts in found.items():
        line = {name: int(said.get(chapter, {}).get(name, "0")) for name in (*STATUSES, "all")}
        if line != {name: counts[name] for name in line}:
            yield f"{chapter}: {line}, and the rows say {dict(counts)}"


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_each_link_leads_somewhere_and_each_test_is_there(paper: Path) -> None:
    assert list(wrong_links(paper, text_of(paper))) == []


@pytest.mark.parametrize("name", COUNTED)
def test_each_row_has_one_status_that_something_carries_and_the_counts_are_those_of_the_rows(name: str) -> None:
    text = text_of(ROOT / "docs" / "security" / name)
    assert [*wrong_rows(text), *wrong_counts(text)] == []


def test_every_requirement_of_levels_1_and_2_is_there() -> None:
    rows = [row for row in tables(text_of(ROOT / "docs/security/asvs.md")) if "level" in row]
    assert Counter(row["level"] for row in rows) == {"1": 70, "2": 183}


def test_every_attack_of_the_plan_has_its_line() -> None:
    rows = [row["id"] for row in tables(text_of(ROOT / "docs/security/figures-of-tests.md")) if "result" in row]
    assert rows == [f"T{number}" for number in range(1, 31)]
