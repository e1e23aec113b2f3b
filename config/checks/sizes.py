"""No function and no module grows past what a reader can hold: see the house style."""

import ast
from collections.abc import Iterator
from pathlib import Path

from config.environment import ROOT

FUNCTION_LINES = 60
MODULE_LINES = 400
TEST_LINES = 500
_NOT_OURS = {".venv", ".draad", ".git", "migrations"}


def sources() -> Iterator[Path]:
    """Every Python file that we write by hand."""
    for file in sorted(ROOT.rglob("*.py")):
        if not _NOT_OURS.intersection(file.relative_to(ROOT).parts):
            yield file


def too_long(file: Path) -> Iterator[str]:
    """What in a file is too long, a line each."""
    source = file.read_text()
    name = file.relative_to(ROOT) if file.is_relative_to(ROOT) else file
    limit = TEST_LINES if "tests" in file.parts else MODULE_LINES
    if (lines := len(source.splitlines())) > limit:
        yield f"{name}:1: {lines} lines; a module has at most {limit}"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                yield f"{name}:{node.lineno}: {node.name} has {length} lines; a function has at most {FUNCTION_LINES}"


def faults() -> list[str]:
    return [fault for file in sources() for fault in too_long(file)]
