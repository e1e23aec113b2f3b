"""The import file of participants."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.clock import today
from foundation.imports.columns import Choice, PartialDay, Reference, Sealed, Several, Text
from foundation.imports.declaring import ImportFile, Row, Rule
from foundation.imports.merging import Target, merge
from foundation.imports.running import Run
from participants.models import Benefit, Gender, Participant, TargetGroup, TargetGroupFlag
from participants.models.participant import BSN_HASHES, bsn_hashes

LONGEST_SORT_NAME = 450


def passes_eleven_test(bsn: str) -> bool:
    """Whether nine digits can be a BSN: 9 x the first, 8 x the second ... minus the last is a multiple of 11."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * int(digit) for weight, digit in zip(weights, bsn, strict=True))
    return total % 11 == 0 and bsn.strip("0") != ""


def check_participant(row: Row) -> None:
    """Look at one person, and work out the names they are sorted and found by."""
    _check_birth(row)
    _check_bsn(row)
    person = Participant(given_names=row["given_names"] or "", prefix=row["prefix"] or "", surname=row["surname"] or "")
    person.set_derived()
    if max(len(person.sort_name), len(person.search_name)) > LONGEST_SORT_NAME:
        row.refuse("surname", _("The whole name is too long. Make it at most %(most)s characters.") % {"most": 400})
        return
    row.derived |= {"sort_name": person.sort_name, "search_name": person.search_name}
    if row["bsn"]:
        hashes = bsn_hashes(row.params["provider"], row["bsn"])
        row.derived |= {name: found for name, found in zip(BSN_HASHES, hashes, strict=True) if found}


def _check_birth(row: Row) -> None:
    year, month, day = row["date_of_birth"]
    now = today()
    if year and date(year, month or 1, day or 1) > now:
        row.refuse(
            "date_of_birth",
            _("This date of birth lies in the future. Choose a day up to today (%(today)s).") % {"today": now},
        )
        row.values["date_of_birth"] = (None, None, None)


def _check_bsn(row: Row) -> None:
    bsn = row["bsn"]
    if not bsn:
        return
    whole = bsn.zfill(9)
    if not (len(bsn) in {8, 9} and whole.isascii() and whole.isdigit() and passes_eleven_test(whole)):
        row.refuse("bsn", _("This is not a BSN: it fails the eleven-test. Check the number; it has nine digits."))
        row.values["bsn"] = None
        return
    row.values["bsn"] = whole


def name_again(run: Run) -> None:
    """Work out the search names of people whose row leaves out a part of the name that the database has."""
    if {"given_names", "prefix"} <= run.staged["participants"].columns:
        return
    query = (
        "SELECT line, given_names, prefix, surname FROM import_participants"
        " WHERE NOT is_new AND surname IS NOT NULL AND line > %(after)s ORDER BY line LIMIT 1000"
    )
    after = 0
    while found := list(run.rows(query, {"after": after})):
        for line, given_names, prefix, surname in found:
            person = Participant(given_names=given_names or "", prefix=prefix or "", surname=surname)
            person.set_derived()
            run.execute(
                "UPDATE import_participants SET sort_name = %(sort)s, search_name = %(search)s WHERE line = %(line)s",
                {"sort": person.sort_name, "search": person.search_name, "line": line},
            )
        after = found[-1][0]


def write_flags(run: Run) -> None:
    """Give people the target groups of their row. What the folder says has no dates; what has dates is left alone."""
    if "flags" not in run.staged["participants"].columns:
        return
    run.execute(
        "WITH gone AS (DELETE FROM participants_targetgroupflag t USING import_participants s"
        " WHERE t.participant_id = s.id AND t.starts_on IS NULL AND t.ends_on IS NULL AND t.kind <> ALL(s.flags)"
        " RETURNING s.line) UPDATE import_participants m SET is_changed = true FROM gone WHERE m.line = gone.line"
    )
    merge(
        run,
        Target(
            file=PARTICIPANTS,
            model=TargetGroupFlag,
            source="(SELECT p.line, gen_random_uuid() AS flag_id, p.id AS participant_id, flag"
            " FROM import_participants p, unnest(p.flags) flag WHERE NOT EXISTS ("
            "SELECT FROM participants_targetgroupflag t WHERE t.participant_id = p.id AND t.kind = flag))",
            id_field="flag_id",
            values={"kind": "s.flag"},
            once={"provider_id": "%(provider)s", "participant_id": "s.participant_id"},
            changes=False,
        ),
    )


def free_numbers(run: Run) -> None:
    """Take BSNs from people whose row has another, so that two rows that change places do not meet halfway."""
    run.execute(
        "UPDATE participants_participant t SET bsn_hash = NULL, bsn_hash_even = NULL FROM import_participants s"
        " WHERE t.id = s.id AND coalesce(t.bsn_hash, t.bsn_hash_even) IS NOT NULL"
        " AND ROW(t.bsn_hash, t.bsn_hash_even) IS DISTINCT FROM ROW(s.bsn_hash, s.bsn_hash_even)"
    )


def write_participants(run: Run) -> None:
    merge(
        run,
        Target(
            file=PARTICIPANTS,
            model=Participant,
            values={name: f's."{name}"' for name in PARTICIPANTS.stored},
            once=PARTICIPANTS.fixed,
            counts_up="version",
        ),
    )


PARTICIPANTS = ImportFile(
    name="participants",
    columns=(
        Text("reference", required=True, most=60),
        Text("given_names"),
        Text("prefix", most=40),
        Text("surname", required=True),
        PartialDay("date_of_birth", fields=("birth_year", "birth_month", "birth_day")),
        Choice("gender", values=Gender.values),
        Reference("municipality", field="home_municipality_id", required=True, to="municipalities"),
        Choice("benefit", values=Benefit.values),
        Sealed("bsn"),
        Several("flags", values=TargetGroup.values),
    ),
    key=("reference",),
    model=Participant,
    derived=(("sort_name", "text"), ("search_name", "text"), *((name, "bytea") for name in BSN_HASHES)),
    filled=dict.fromkeys(BSN_HASHES, "bsn"),
    check=check_participant,
    prepare=(name_again,),
    rules=(
        Rule(
            "bsn",
            gettext_lazy("%(other)s has this BSN too. Check both numbers; one person has one row."),
            "SELECT line, other FROM (SELECT s.line, first_value(s.reference) OVER same AS other,"
            " row_number() OVER same AS place FROM import_participants s"
            " WHERE coalesce(s.bsn_hash, s.bsn_hash_even) IS NOT NULL"
            " WINDOW same AS (PARTITION BY coalesce(s.bsn_hash, s.bsn_hash_even) ORDER BY s.line)) found"
            " WHERE place > 1"
            " UNION ALL SELECT s.line, t.reference FROM import_participants s"
            " JOIN participants_participant t ON t.provider_id = %(provider)s"
            " AND (t.bsn_hash = s.bsn_hash OR t.bsn_hash_even = s.bsn_hash_even)"
            " WHERE t.id <> s.id AND NOT EXISTS (SELECT FROM import_participants o WHERE o.id = t.id)",
        ),
    ),
    write=(free_numbers, write_participants, write_flags),
    writes_itself=True,
)
