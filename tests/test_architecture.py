"""The house keeps its shape: sizes, first migrations, lists of packages."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from config.checks import names, sizes
from config.environment import ROOT
from foundation.first_migration import FirstMigration

PIN = re.compile(r"^([a-z0-9][\w.\[\]-]*)==([\w.+]+)", re.MULTILINE | re.IGNORECASE)


def test_no_function_and_no_module_is_too_long() -> None:
    assert sizes.faults() == []


def test_too_long_is_seen(tmp_path: Path) -> None:
    module = tmp_path / "long.py"
    module.write_text("def long():\n" + "    pass\n" * 60 + "\n" * 400)
    assert list(sizes.too_long(module)) == [
        f"{module}:1: 461 lines; a module has at most 400",
        f"{module}:1: long has 61 lines; a function has at most 60",
    ]


def test_no_file_names_a_place_of_its_writer() -> None:
    assert names.faults() == []


@pytest.mark.parametrize("migration", sorted(ROOT.glob("*/migrations/0*.py")), ids=lambda path: path.parent.parent.name)
def test_a_migration_with_many_tables_makes_them_in_one_step(migration: Path) -> None:
    if migration.read_text().count("migrations.CreateModel(") > 2:
        module = import_module(".".join(migration.relative_to(ROOT).with_suffix("").parts))
        assert issubclass(module.Migration, FirstMigration), "an empty database would take half a minute"


def pins(name: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / "requirements" / f"{name}.txt").read_text()))


def test_the_lists_of_packages_agree() -> None:
    base, demo, dev = pins("base"), pins("demo"), pins("dev")
    assert len(base) > 20
    assert base.items() < demo.items() < dev.items()


@pytest.mark.parametrize("name", ["base", "demo", "dev"])
def test_each_package_has_its_hashes_and_no_host(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    assert not re.search(r"https?:|file:|--index-url|--find-links", text)
    for entry in re.split(r"\n(?=\S)", text.strip()):
        assert "--hash=sha256:" in entry, entry
