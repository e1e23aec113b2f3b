"""The page of one definition: what a figure means, since when, how it is split out, and where it is used."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.clock import today
from foundation.periods import Period
from organisations.access import Permission
from organisations.models import StaffMember
from reporting.composing.agreed import TABLE as AGREED_TABLE
from reporting.composing.agreed import agreed_table
from reporting.composing.demanded import on_demand, pairs, split_out
from reporting.composing.layout import Names, TableSpec, tables
from reporting.composing.protection import KEY_FIGURES
from reporting.figures import CATALOGUE, SPLITS, Definition
from reporting.figures.quality import CHECK_LABELS, CHECK_RULES
from reporting.figures.splits import SPLIT_FIGURES
from reporting.figures.versions import versions_of
from reporting.freezing.facts import FrozenFacts
from reporting.screens.explained import Explained, explained
from reporting.screens.overview import COUNTED
from reporting.screens.words import number, split_label, unit_word
from reporting.tranches import demanded_on
from trajectories.models import Agreement

NO_NAMES = Names({}, {}, {}, {}, {})


def meaning_of(definition: Definition, member: StaffMember) -> dict[str, Any]:
    """What the page of a definition shows to ``member``: without the payers and pages that are not theirs."""
    reads_figures = member.standing.may(Permission.FIGURES_READ)
    words = _("View %(label)s of your units") % {"label": definition.label}
    checks = CHECK_RULES if definition.id == "data_quality" else {}
    return {
        "definition": definition,
        "unit": unit_word(definition.unit),
        "versions": versions_of(definition.id),
        "checks": [(CHECK_LABELS[check], rule) for check, rule in checks.items()],
        "splits": split_rules() if definition.id in SPLIT_FIGURES else [],
        "is_large": definition.id in KEY_FIGURES,
        "tables": tables_with(definition),
        "tables_on_demand": tables_on_demand(definition.id),
        "agreements": demanded_by(definition.id, member),
        "is_on_overview": reads_figures and definition.id in COUNTED,
        "pages": [(reverse("reporting:figure", args=[definition.id]), words)] if reads_figures else [],
    }


def explanation_of(one: Explained, member: StaffMember) -> dict[str, Any]:
    """What the page shows of something that is no figure of the catalogue."""
    return {
        "definition": one,
        "unit": one.unit,
        "versions": versions_of(one.id),
        "is_in_no_report": True,
        "pages": one.pages(member),
    }


def tables_with(definition: Definition) -> list[str]:
    """The tables that every report has in which a figure stands, by number and title."""
    found = [*tables(NO_NAMES, last_year()), *([agreed_table(())] if has_targets(definition) else [])]
    return [named(table) for table in found if definition.id in table.figure_ids or table.id == AGREED_TABLE]


def has_targets(definition: Definition) -> bool:
    """Whether it can stand in the table of what was agreed."""
    return definition.is_plain or definition.id == "targets"


def tables_on_demand(figure_id: str) -> list[str]:
    """The tables with a figure that a report has where a payer asks for them."""
    nothing = FrozenFacts()
    found = [*on_demand(nothing, last_year()), *split_out(nothing, last_year(), pairs())]
    return [named(table) for table in found if figure_id in table.figure_ids]


def last_year() -> Period:
    return Period.year(today().year - 1)


def named(table: TableSpec) -> str:
    return f"{table.id[0]} {table.id[1:]}: {table.title}"


def demanded_by(figure_id: str, member: StaffMember) -> list[dict[str, str]]:
    """The agreements that demand a figure today, as far as ``member`` may know of them, with their targets."""
    day = today()
    running = Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day)
    found = demanded_on(agreements_known_to(member).filter(*running), day).filter(figure=figure_id)
    rows = found.select_related("agreement__municipality").order_by("agreement__code")
    return [
        {
            "agreement": f"{row.agreement.code}, {row.agreement.municipality.name}",
            "target": number(float(row.target)) if row.target is not None else "",
            "splits": ", ".join(split_label(by) for by in row.splits if by in SPLITS),
        }
        for row in rows
    ]


def agreements_known_to(member: StaffMember) -> Any:
    """Those that pay for one's own units, that one configures, or that one's own municipality pays."""
    standing = member.standing
    through = Agreement.programmes.through.objects
    pays = through.filter(
        agreement=OuterRef("pk"), programme__unit__in=standing.units(Permission.FIGURES_READ)
    )  # fmt: skip
    return Agreement.objects.filter(
        Q(Exists(pays))
        | Q(provider__in=standing.providers(Permission.CONFIGURE))
        | Q(municipality__in=standing.municipalities())
    )


def split_rules() -> list[tuple[str, str]]:
    """How figures are split out, and exactly by what."""
    rules = {
        "municipality": _("The municipality that pays, not the one where somebody lives."),
        "programme": _("The programme of the trajectory. Who is in two programmes counts in both."),
        "unit": _("The unit of the trajectory."),
        "coach": _("The coach on the last day of the period, or on the last day of the trajectory. Never in a report."),
        "legal_ground": _("The law on which the trajectory rests."),
        "age_band": _("The age on the first day of the period; unknown where the birth date leaves it open."),
        "gender": _("As it stands in the file; unknown where it was not recorded."),
        "benefit": _("As it stands in the file now."),
        "flag": _("The target groups somebody belongs to on the last day of the period: several, or none."),
    }
    return [(split_label(by), rules[by]) for by in SPLITS]


def others_by_unit() -> list[tuple[Explained, str]]:
    """What is counted and is no figure of the catalogue, with the word for what it counts."""
    return [(one, str(one.unit)) for one in explained().values()]


def figures_by_unit() -> list[tuple[Definition, str]]:
    """Every definition with the word for what it counts."""
    return [(one, unit_word(one.unit)) for one in CATALOGUE.values()]
