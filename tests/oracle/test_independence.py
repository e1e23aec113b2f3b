"""The oracle is worth nothing when it leans on what it checks."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
COUNTING = sorted(path for path in HERE.glob("*.py") if not path.name.startswith("test_") and path.stem != "product")
ALLOWED = {*sys.stdlib_module_names, "hypothesis"}


def imported_names(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


@pytest.mark.parametrize("path", COUNTING, ids=lambda path: path.stem)
def test_a_module_of_the_oracle_imports_nothing_from_the_product(path: Path) -> None:
    foreign = {
        name
        for name in imported_names(path)
        if name.split(".")[0] not in ALLOWED and not name.startswith("tests.oracle")
    }
    assert foreign == set()
    assert "tests.oracle.product" not in imported_names(path)
