"""An organisation's colours are refused when people could not read them."""

import pytest
from django.core.exceptions import ValidationError

from foundation.colours import WOAD, Palette, contrast, problems, stylesheet, validate_palette

TESTED = [
    WOAD,
    Palette("#1f5a46", "#15422f", "#93ccb3"),
    Palette("#6b2d5c", "#4f1f44", "#dcaacd"),
    Palette("#6e3f1d", "#522d13", "#dfb48f"),
]


def test_contrast_runs_from_one_to_twenty_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1
    assert contrast(WOAD.org, "#ffffff") == pytest.approx(8.8, abs=0.05)


@pytest.mark.parametrize("palette", TESTED, ids=["woad", "pine", "plum", "bark"])
def test_the_tested_palettes_pass(palette: Palette) -> None:
    assert problems(palette) == []
    assert palette.org in stylesheet(palette)


@pytest.mark.parametrize(
    "palette",
    [Palette("#8fb8cc", WOAD.deep, WOAD.bright), Palette(WOAD.org, WOAD.deep, "#1f4f6b")],
    ids=["too light on white", "too dark on the dark panel"],
)
def test_a_palette_that_cannot_be_read_is_refused(palette: Palette) -> None:
    with pytest.raises(ValidationError):
        validate_palette(palette)
    with pytest.raises(ValidationError):
        stylesheet(palette)


@pytest.mark.parametrize("value", ["red", "#fff", "#12345g", "#123456;}body{display:none", ""])
def test_what_is_no_colour_never_reaches_a_style_sheet(value: str) -> None:
    with pytest.raises(ValidationError):
        stylesheet(Palette(value, WOAD.deep, WOAD.bright))
