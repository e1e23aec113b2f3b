"""How the tests are shared out over the workers.

A module that makes something costly for all its tests (the demo, a checkout) runs on one worker, so that it is made
once. pytest-xdist has a mark for that, which pytest 9.2 no longer sees: it reads the mark from a name that moved.
"""

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER = {
    "tests/browser/test_accessibility.py",
    "tests/browser/test_screens.py",
    "tests/browser/test_without.py",
    "tests/config/test_load_demo.py",
    "tests/config/test_run.py",
}


LONGEST_FIRST = (
    "tests/browser/test_accessibility.py",
    "tests/config/test_load_demo.py",
    "tests/config/test_run.py",
    "tests/test_fuzzed_forms.py",
    "tests/test_queries.py",
    "tests/browser/test_officer_day.py",
    "tests/browser/test_journey.py",
    "tests/browser/test_without.py",
    "tests/browser/test_screens.py",
    "tests/reporting/test_protection.py",
    "tests/oracle/test_figures_property.py",
    "tests/reporting/test_worker_killed.py",
    "tests/config/test_broker_faults.py",
    "tests/test_permissions.py",
    "tests/config/test_launch.py",
    "tests/config/test_prepare_database.py",
)
"""What takes long is begun first: at the end, one worker would wait for the other."""


def place_of(item: pytest.Item) -> int:
    """Return how far to the front a test goes: the number of its module, or after all of them."""
    module = item.nodeid.partition("::")[0]
    return LONGEST_FIRST.index(module) if module in LONGEST_FIRST else len(LONGEST_FIRST)


class ByCost(LoadScopeScheduling):  # type: ignore[misc]  # pytest-xdist has no types
    """Each test by itself to whichever worker is free; those of a module in ``TOGETHER`` to one."""

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        return module if module in TOGETHER else nodeid
