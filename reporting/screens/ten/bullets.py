"""Above the ten: what was agreed with each payer, over the agreement's own days. None for who agreed on no target."""

from typing import Any

from django.utils.translation import gettext as _

from foundation.charts import Bullet, BulletChart, TargetBar
from reporting.facts.rows import AgreementRow
from reporting.figures import CATALOGUE
from reporting.screens.ten.block import Block, Counted, block_of


def targets(counted: Counted, payers: list[AgreementRow]) -> Block | None:
    """The targets of each agreement; nothing where nobody agreed on any."""
    figure = counted.now["targets"]
    if not figure.value:
        return None
    by_agreement: dict[str, list[Bullet]] = {}
    for row, cell in zip(figure.value, figure.cells, strict=True):
        by_agreement.setdefault(row["agreement"], []).append(_bullet(counted, row, cell))
    names = {row.code: f"{row.municipality_name}, {row.code}" for row in payers}
    reached = sum(row["realised"] >= row["target"] for row in figure.value)
    behind = sum(row["expected"] is not None and row["realised"] < row["expected"] for row in figure.value)
    chart = BulletChart(
        id="targets",
        title=_title(len(figure.value), behind, reached),
        sentence=_(
            "Over the whole agreement, from its first day, whatever is chosen above. The line is where we expect to be"
            " now, by the days that have passed."
        ),
        groups=[(names.get(code, code), bullets) for code, bullets in by_agreement.items()],
        caption=_("Targets of the agreements"),
        headings=(_("Agreement and figure"), _("Reached"), _("Expected now"), _("Target")),
        without=_without(payers, set(by_agreement)),
    )
    return block_of(
        counted, chart, figure.id, _("%(number)s targets") % {"number": len(figure.value)}, has_people=False
    )


def _title(number: int, behind: int, reached: int) -> str:
    if not behind:
        return _("All targets are reached or on course") if reached < number else _("All targets are reached")
    return _("%(behind)s of the %(number)s targets are behind what we expect now") % {
        "behind": behind,
        "number": number,
    }


def _bullet(counted: Counted, row: dict[str, Any], cell: str) -> Bullet:
    url = counted.asked.figure_url("targets", cell) if row["realised"] else ""
    return Bullet(str(CATALOGUE[row["figure"]].label), TargetBar(row["realised"], row["target"], row["expected"]), url)


def _without(payers: list[AgreementRow], with_target: set[str]) -> str:
    """The agreements in the period without a target: there is no line to miss."""
    names = [f"{row.municipality_name}, {row.code}" for row in payers if row.code not in with_target]
    return _("Without targets: %(names)s.") % {"names": "; ".join(names)} if names else ""
