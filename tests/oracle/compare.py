"""Comparing two sets of figures: an absent key equals zero, numbers to within a billionth."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any


def differences(found: Any, expected: Any, at: str = "") -> list[str]:
    """A line for every place where the two differ, named by its path."""
    if isinstance(found, Mapping) or isinstance(expected, Mapping):
        left, right = found or {}, expected or {}
        keys = sorted({*left, *right})
        return [line for key in keys for line in differences(left.get(key, 0), right.get(key, 0), f"{at}.{key}")]
    if is_list(found) and is_list(expected):
        if len(found) != len(expected):
            return [f"{at}: {len(found)} rows, expected {len(expected)}: {found} / {expected}"]
        pairs = zip(found, expected, strict=True)
        return [line for number, pair in enumerate(pairs) for line in differences(*pair, f"{at}[{number}]")]
    return [] if same(found, expected) else [f"{at}: {found!r}, expected {expected!r}"]


def is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def same(found: Any, expected: Any) -> bool:
    numbers = isinstance(found, int | float) and isinstance(expected, int | float)
    return math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-9) if numbers else bool(found == expected)
