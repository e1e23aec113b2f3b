"""How the tests are shared out over the workers.

A module that makes something costly for all its tests (the demo, a checkout) runs on one worker, so that it is made
once. pytest-xdist has a mark for that, which pytest 9.2 no longer sees: it reads the mark from a name that moved.
"""

from xdist.scheduler import LoadScopeScheduling

TOGETHER = {
    "tests/browser/test_screens.py",
    "tests/browser/test_without.py",
    "tests/config/test_load_demo.py",
    "tests/config/test_run.py",
}


class ByCost(LoadScopeScheduling):  # type: ignore[misc]  # pytest-xdist has no types
    """Each test by itself to whichever worker is free; those of a module in ``TOGETHER`` to one."""

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        return module if module in TOGETHER else nodeid
