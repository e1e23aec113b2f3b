"""What a number is compared with: the list it opens, the table behind the chart, and the file.

A list that was walked through once is not walked through again for another number that opens the same one.
"""

import csv
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from html import unescape
from io import StringIO
from typing import Any, TypeVar
from uuid import UUID

from django.http import QueryDict
from django.test import Client
from django.urls import resolve, reverse

from foundation.charts import Cell, DataTable
from foundation.clock import today
from foundation.periods import Period
from organisations.models import StaffMember, Unit
from participants.models import Participant
from reporting.facts import Facts
from reporting.figures import CATALOGUE, Question, Record
from reporting.figures.splits import SPLIT_FIGURES
from reporting.screens.days import OWN
from reporting.screens.exporting import people_listing
from reporting.screens.filterform import FilterForm
from reporting.screens.filters import Choices, Filters, choices_of, filters_of
from reporting.screens.numbers import NumberPage, Shown, question_of
from reporting.screens.records import lines, visible_people
from tests import factories as make
from trajectories.models import State, Trajectory

Value = TypeVar("Value")
LINK = re.compile(r'<a href="(/overzicht/(?!cohorten)[^"]+)">(\d+)</a>')
NUMBER = re.compile(r'id="number">(\d+)<')
MIDDLE_VALUES = {"waiting_time", "lead_time", "running_time"}
NOT_THE_VALUE = {"occupancy"}  # its value is days, its lists are places


@dataclass
class Reader:
    """A manager of every unit there is, and what she can see and choose."""

    member: StaffMember
    choices: Choices
    people: dict[UUID | None, Participant]
    year: Period
    links_of_each: int
    compared: int = 0
    known: dict[str, Filters] = field(default_factory=dict)
    facts: Facts | None = None
    asked_of: dict[Period, Question] = field(default_factory=dict)
    walked: set[tuple[Record, ...]] = field(default_factory=set)

    def filters(self, query: str) -> Filters:
        """What an address asks, read as the page reads it."""
        if query not in self.known:
            data = QueryDict(query)
            days = FilterForm(data, self.choices).days
            assert days is not None, query
            self.known[query] = filters_of(data, self.choices, days)
        return self.known[query]

    def opened(self, url: str, question: Question, asked: Filters) -> NumberPage:
        """The page behind a link, counted from the same rows: it asks about the same part of the work."""
        path, _mark, query = url.partition("?")
        data = QueryDict(query, mutable=True)
        more = {name: data.pop(name)[0] if name in data else "" for name in ("by", "cell", "view")}
        there = self.filters(data.urlencode())
        assert there.scope == asked.scope, url
        shown = Shown(resolve(path).kwargs["figure_id"], **more)
        return NumberPage(there, self.choices, shown, self.over(question, there.period))

    def over(self, question: Question, period: Period) -> Question:
        """The same facts asked over another period, which keeps what it counted already."""
        if self.facts is not question.facts:
            self.facts, self.asked_of, self.walked = question.facts, {}, set()
        if period not in self.asked_of:
            self.asked_of[period] = Question(question.facts, period, today())
        return self.asked_of[period]

    def check(self, page: NumberPage, number: int) -> None:
        """The number, the list on all its pages, and the file are equally long."""
        asked = (page.definition.id, page.shown, page.asked.query())
        assert len(page.records) == number, asked
        self.compared += 1
        records = tuple(page.records)
        if records not in self.walked:
            self.walked.add(records)
            self.walk(page, number, asked)

    def walk(self, page: NumberPage, number: int, asked: object) -> None:
        where = page.where()
        listed, after = 0, ""
        while True:
            part = lines(page.records, self.people, where, after=after)
            listed, after = listed + len(part.rows), part.next
            if not after:
                break
        file = people_listing("", "", "", page.records, self.people, where, page.amount_head)
        exported = sum(1 for _row in file.rows)
        assert (listed, exported) == (number, number), asked


def reader_of_all(year: Period, *, links_of_each: int) -> Reader:
    """Somebody who manages every unit that the database holds."""
    member = make.StaffMemberFactory(name="Ingrid Vos")
    for unit in Unit.objects.all():
        make.add_role(member, "unit_manager", unit.provider, unit)
    everybody = Participant.objects.values_list("pk", flat=True)
    return Reader(member, choices_of(member), visible_people(member, everybody), year, links_of_each)


def whole(reader: Reader) -> Filters:
    return Filters(own_units=frozenset(reader.choices.units), period=reader.year, choice=OWN)


def asked(reader: Reader, filters: Filters) -> Question:
    """The question that these filters ask, over facts that reach back to the year before."""
    return question_of(filters, reader.choices, Period(filters.before.start, filters.period.end))


def single_filters(reader: Reader, values_of_each: int, dice: random.Random) -> Iterator[Filters]:
    """Everything, and so many values of each filter by itself."""
    everything, choices = whole(reader), reader.choices
    yield everything
    for name, ids in (
        ("units", choices.units),
        ("municipalities", choices.municipalities),
        ("agreements", choices.agreement_names),
        ("programmes", choices.own_programmes),
    ):
        for key in some(ids, values_of_each, dice):
            more: dict[str, Any] = {name: frozenset([key])}
            yield replace(everything, **more)
    yield from (replace(everything, coach=key) for key in some(choices.coaches, values_of_each, dice))
    yield from (replace(everything, started_in=year) for year in some(choices.years[1:], values_of_each, dice))
    yield from (replace(everything, period=period) for period in (Period.quarter(2023, 3), Period.year(2022)))


def some(values: Iterable[Value], most: int, dice: random.Random) -> list[Value]:
    """All of these, or so many of them."""
    every = list(values)
    return every if len(every) <= most else dice.sample(every, most)


def combinations(reader: Reader, number: int, dice: random.Random) -> Iterator[tuple[Filters, Question]]:
    """So many random choices of filters around somebody's trajectory, so that they are not empty."""
    seeds: list[Any] = list(
        Trajectory.objects.exclude(state=State.CANCELLED)
        .filter(started_on__isnull=False)
        .order_by("reference", "pk")
        .values("unit", "agreement", "agreement__municipality", "programme", "coach", "started_on", "ended_on")
    )
    found = 0
    while found < number:
        filters = around(dice.choice(seeds), whole(reader), reader.choices, dice)
        question = asked(reader, filters)
        if question.running:
            found += 1
            yield filters, question


def around(seed: dict[str, Any], asked: Filters, choices: Choices, dice: random.Random) -> Filters:
    ended = min(seed["ended_on"] or today(), today())
    ran = seed["started_on"] + timedelta(days=dice.randint(0, max(0, (ended - seed["started_on"]).days)))
    first = ran - timedelta(days=dice.randint(0, 400))
    last = min(today(), ran + timedelta(days=dice.randint(0, 400)))
    more: dict[str, Any] = {
        "units": frozenset([seed["unit"]]),
        "agreements": frozenset([seed["agreement"]]),
        "municipalities": frozenset([seed["agreement__municipality"]]),
        "programmes": frozenset([seed["programme"]]),
        "coach": seed["coach"] if seed["coach"] in choices.coaches else None,
        "started_in": seed["started_on"].year,
    }
    if seed["programme"] not in choices.own_programmes:
        del more["programmes"]
    chosen = dice.sample(sorted(more), dice.randint(1, len(more)))
    return replace(asked, period=Period(first, last), **{name: more[name] for name in chosen})


def offered(asked: Filters, by: str = "") -> list[str]:
    figures = SPLIT_FIGURES if by else CATALOGUE
    return [key for key in figures if not (asked.coach and CATALOGUE[key].needs_no_coach)]


def compare(
    reader: Reader, asked: Filters, question: Question, figure_id: str, dice: random.Random, by: str = ""
) -> None:
    """Every number of a figure on every tab, and what it opens."""
    page = NumberPage(asked, reader.choices, Shown(figure_id, by), question)
    if page.is_one:
        assert page.figure.value == len(page.records)
    if page.has_people:
        reader.check(page, len(page.records))
    table = page.table()
    for cell in some(linked(table), reader.links_of_each, dice):
        reader.check(reader.opened(cell.url, question, asked), int(str(cell.value)))
    in_table = {cell.url: cell.value for cell in linked(table)}
    for chart in page.charts():
        drawn = {cell.url: cell.value for cell in linked(chart.table) if cell.value} if chart.table else {}
        assert drawn.items() <= in_table.items(), (figure_id, by, asked.query())
    if not page.is_one and not by and figure_id not in NOT_THE_VALUE:
        for name in page.figure.cells:
            value = at(page.figure.value, name)
            assert not isinstance(value, int) or value == page.figure.number(name), (figure_id, name)


def linked(table: DataTable) -> list[Cell]:
    rows = [*table.rows, *([table.total] if table.total else [])]
    return [cell for row in rows for cell in row.cells if cell.url]


def at(value: object, cell: str) -> object:
    """What stands at a cell's path in a figure's value; None for what is no path in it."""
    for part in cell.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def on_the_overview(reader: Reader) -> None:
    """Each number on the overview opens a list of as many."""
    client = Client()
    client.force_login(reader.member)
    filters = replace(whole(reader), units=frozenset(list(reader.choices.units)[:1]))
    question = asked(reader, filters)
    page = unescape(client.get(reverse("reporting:dashboard") + filters.query()).content.decode())
    links = dict(LINK.findall(page))
    assert len(links) > 40
    for url, number in links.items():
        if not any(f"/{name}/" in url for name in MIDDLE_VALUES):
            reader.check(reader.opened(url, question, filters), int(number))


def over_the_wire(reader: Reader) -> None:
    """The page and the file that a browser gets say the same."""
    client = Client()
    client.force_login(reader.member)
    filters = whole(reader)
    for figure_id, cell in (("participants", ""), ("sessions", "n"), ("ended_by_reason", "")):
        page = unescape(client.get(filters.figure_url(figure_id, cell, view="people")).content.decode())
        response = client.get(filters.export_url(figure_id, "csv", cell, view="people"))
        file = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        rows = list(csv.reader(StringIO(file, newline="")))
        assert NUMBER.findall(page) == [str(len(rows) - 1)], figure_id
