"""What an import must take without an error: other spellings of the same folder, and edges that are just inside."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from typing import NamedTuple

from tests.oracle.faults import Change, Files, both, cell_changed, content, replaced, row_added

BARE_SLOTS = b"code,programme,from\nAE-1,AE-D,2022-01-01\nAE-2,AE-D,2022-01-01\nLWG-1,LWG,2022-01-01\n"
BOM = b"\xef\xbb\xbf"


class Accepted(NamedTuple):
    """A change after which the folder is still valid."""

    title: str
    change: Change


def every_file(files: Files, spell: Callable[[bytes], bytes]) -> None:
    for name in files:
        files[name] = spell(files[name])


def with_mark(files: Files) -> None:
    every_file(files, lambda text: BOM + text)


def semicolons(text: bytes) -> bytes:
    rows = csv.reader(io.StringIO(text.decode("utf-8"), newline=""))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8")


def with_semicolons(files: Files) -> None:
    every_file(files, semicolons)


def day_first(text: bytes) -> bytes:
    return re.sub(rb"\b(\d{4})-(\d\d)-(\d\d)\b", rb"\3-\2-\1", text)


def dates_day_first(files: Files) -> None:
    every_file(files, day_first)


def decimal_commas(files: Files) -> None:
    with_semicolons(files)
    for name in ("outcomes.csv", "agreements.csv", "targets.csv"):
        files[name] = re.sub(rb";(\d+)\.(\d+)", rb";\1,\2", files[name])


def quoted_decimal_comma(files: Files) -> None:
    replaced("outcomes.csv", "24.5", '"24,5"')(files)


def windows_lines(files: Files) -> None:
    every_file(files, lambda text: text.replace(b"\n", b"\r\n"))


def blank_lines(files: Files) -> None:
    for name in files:
        if name != "sessions.csv":
            files[name] = files[name].replace(b"\n", b"\n\n", 2) + b"\n\n"


def no_last_line_end(files: Files) -> None:
    every_file(files, lambda text: text.rstrip(b"\n"))


def columns_turned_round(files: Files) -> None:
    for name, text in files.items():
        rows = [row[::-1] for row in csv.reader(io.StringIO(text.decode("utf-8"), newline=""))]
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n").writerows(rows)
        files[name] = out.getvalue().encode("utf-8")


def without(*names: str) -> Change:
    def change(files: Files) -> None:
        for name in names:
            del files[name]

    return change


# The same folder, spelled otherwise: the rows and so the figures must be the same.
SPELLINGS = (
    Accepted("a byte-order mark", with_mark),
    Accepted("semicolons", with_semicolons),
    Accepted("semicolons after a byte-order mark", both(with_semicolons, with_mark)),
    Accepted("dates with the day first", dates_day_first),
    Accepted("decimal commas between semicolons", decimal_commas),
    Accepted("a decimal comma in quotes", quoted_decimal_comma),
    Accepted("the line ends of Windows", windows_lines),
    Accepted("blank lines", blank_lines),
    Accepted("no line end after the last row", no_last_line_end),
    Accepted("columns in another order", columns_turned_round),
)

# Edges: just inside what a clause refuses.
EDGES = (
    Accepted("absent files", without("certificates.csv", "targets.csv", "referrals.csv")),
    Accepted("a file with a header only", content("certificates.csv", b"trajectory,name,on\n")),
    Accepted("absent optional columns", content("slots.csv", BARE_SLOTS)),
    Accepted("a birth date with the year only", cell_changed("participants.csv", 4, "date_of_birth", "1980-00-00")),
    Accepted("a birth date with year and month", cell_changed("participants.csv", 4, "date_of_birth", "1980-05-00")),
    Accepted("an unknown birth date day first", cell_changed("participants.csv", 4, "date_of_birth", "00-05-1980")),
    Accepted("a session after the end", row_added("sessions.csv", "S5,T3,2024-02-01,30,phone,attended,,,")),
    Accepted("an outcome after the end", row_added("outcomes.csv", "T3,2024-02-01,volunteering,,,,,,,")),
    Accepted("an outcome 30 days before the start", row_added("outcomes.csv", "T4,2023-04-01,care,,,,,,,")),
    Accepted("a session 30 days before the start", row_added("sessions.csv", "S5,T4,2023-04-01,,phone,,,,")),
    Accepted(
        "an assessment 30 days before the start", row_added("assessments.csv", "P3,T4,ladder,2023-04-01,intake,step,1")
    ),
    Accepted("an event on the first day", row_added("events.csv", "T4,2023-05-01,relapse,")),
    Accepted("an event on the last day", row_added("events.csv", "T3,2023-09-15,relapse,")),
    Accepted("aftercare on the last day", row_added("events.csv", "T3,2023-09-15,aftercare_refused,")),
    Accepted(
        "relapse and resumed on one day",
        both(row_added("events.csv", "T4,2023-08-01,relapse,"), row_added("events.csv", "T4,2023-08-01,resumed,")),
    ),
    Accepted(
        "two relapses before one resumption",
        both(
            row_added("events.csv", "T4,2023-08-01,relapse,"),
            row_added("events.csv", "T4,2023-08-02,relapse,"),
            row_added("events.csv", "T4,2023-08-09,resumed,"),
        ),
    ),
    Accepted(
        "a trajectory of one day",
        row_added("trajectories.csv", "T5,P3,AE-D,0327-A,,2023-01-01,,,2023-01-01,,2023-01-01,,,"),
    ),
    Accepted(
        "a trajectory on the last day of its agreement",
        row_added("trajectories.csv", "T5,P3,AE-D,0327-A,,,,,2024-12-31,,,,,"),
    ),
    Accepted(
        "a trajectory that outlives its agreement",
        row_added("trajectories.csv", "T5,P3,AE-D,0327-A,,,,,2024-12-31,,2025-03-01,,,"),
    ),
    Accepted(
        "previous that ended the day before", row_added("trajectories.csv", "T5,P1,AE-D,0307-A,,,,,2023-07-01,,,,,T1")
    ),
    Accepted("a placement longer than its trajectory", cell_changed("placements.csv", 3, "until", "2023-10-20")),
    Accepted(
        "an open placement of an ended trajectory",
        both(
            cell_changed("slots.csv", 3, "until", ""),
            cell_changed("placements.csv", 3, "until", ""),
        ),
    ),
    Accepted(
        "a placement the day after another",
        both(
            cell_changed("placements.csv", 3, "until", "2023-09-14"),
            row_added("placements.csv", "T4,AE-2,2023-09-15,2023-12-31,"),
        ),
    ),
    Accepted("last seen on the last day", cell_changed("outcomes.csv", 2, "employment_last_seen_on", "2024-01-31")),
    Accepted("a field of 100,000 characters", cell_changed("events.csv", 3, "note", "é" * 100_000)),
    Accepted("a target of zero", cell_changed("targets.csv", 3, "target", "0")),
)
