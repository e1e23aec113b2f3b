"""The rows of what stands still: staff, programmes, agreements, code lists."""

from config.demo.results import DESTINATIONS, END_REASONS

Row = dict[str, str]


def table(columns: str, *lines: str) -> list[Row]:
    """Rows from lines with fields separated by ``;``, under columns separated by spaces."""
    names = columns.split()
    found = []
    for line in lines:
        values = [value.strip() for value in line.split(";")]
        if len(values) > len(names):
            raise ValueError(f"More fields than columns: {line}")
        found.append(dict(zip(names, values + [""] * (len(names) - len(values)), strict=True)))
    return found


def municipalities(*lines: str) -> list[Row]:
    return table("code name", *lines)


def units(*lines: str) -> list[Row]:
    return table("code name", *lines)


def staff(*lines: str) -> list[Row]:
    return table("email name role unit municipality", *lines)


def hosts(*lines: str) -> list[Row]:
    return table("code name", *lines)


def programmes(*lines: str) -> list[Row]:
    return table("code name unit kind aim legal_ground trial_weeks norm_weeks days_per_week provision_type", *lines)


def agreements(*lines: str) -> list[Row]:
    return table("code municipality programmes starts_on ends_on lot capacity price_per_trajectory small_count", *lines)


def targets(*lines: str) -> list[Row]:
    return table("agreement figure target", *lines)


def code_lists() -> dict[str, list[Row]]:
    """Destinations and end reasons: the same words at every provider of the demo."""
    return {
        "destinations": [{"code": code, "name": name, "category": category} for code, name, category in DESTINATIONS],
        "end_reasons": [{"code": code, "name": name, "dropout": dropout} for code, name, dropout in END_REASONS],
    }
