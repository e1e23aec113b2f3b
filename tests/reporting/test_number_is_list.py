"""A number is the length of the list it opens, what the table behind the chart says, and what the export holds.

For every figure, under every single filter and under random combinations that are not empty. In the suite on the
worked example: a value of each filter, a figure of each combination, some links of each table; and 200 combinations on
the demo data, in tests/config/test_load_demo.py. The whole of it on the demo data, with every value, figure and link of
200 combinations: ``DRAAD_NUMBERS=demo``.
"""

import os
import random
import sys

import pytest

from config.demo.loading import load_demo
from foundation.periods import Period
from reporting.figures import CATALOGUE, SPLITS
from reporting.figures.splits import SPLIT_FIGURES
from tests.oracle.folder import read_folder
from tests.oracle.test_example import EXAMPLE
from tests.reporting.figures.into_database import Writer
from tests.reporting.numbers import (
    Reader,
    asked,
    combinations,
    compare,
    offered,
    on_the_overview,
    over_the_wire,
    reader_of_all,
    single_filters,
    some,
    whole,
)

pytestmark = pytest.mark.django_db

ON_DEMO = os.environ.get("DRAAD_NUMBERS") == "demo"
COMBINATIONS = 200 if ON_DEMO else 50
FIGURES_OF_EACH = len(CATALOGUE) if ON_DEMO else 1
VALUES_OF_EACH, LINKS_OF_EACH = (10_000, 10_000) if ON_DEMO else (1, 3)


@pytest.fixture
def reader() -> Reader:
    if ON_DEMO:
        load_demo()
    else:
        Writer(read_folder(EXAMPLE)).write()
    return reader_of_all(Period.year(2025) if ON_DEMO else Period.year(2023), links_of_each=LINKS_OF_EACH)


def test_number_list_table_and_export_are_the_same_under_every_filter(reader: Reader) -> None:
    dice = random.Random(20261122)
    on_the_overview(reader)
    over_the_wire(reader)
    for filters in single_filters(reader, VALUES_OF_EACH, dice):
        question = asked(reader, filters)
        for figure_id in offered(filters):
            compare(reader, filters, question, figure_id, dice)
    question = asked(reader, whole(reader))
    for by in SPLITS:
        for figure_id in SPLIT_FIGURES:
            compare(reader, whole(reader), question, figure_id, dice, by)
    for filters, question in combinations(reader, COMBINATIONS, dice):
        for figure_id in some(offered(filters), FIGURES_OF_EACH, dice):
            compare(reader, filters, question, figure_id, dice)
    assert reader.compared > 5 * COMBINATIONS
    if ON_DEMO:
        sys.stdout.write(f"\n{reader.compared} numbers compared\n")
