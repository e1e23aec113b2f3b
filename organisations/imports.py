"""The import files of organisations: municipalities, units, staff and hosts; and the provider they are for."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.imports.columns import Choice, Digits, Email, Reference, Text
from foundation.imports.declaring import ImportFile, Row, Rule
from foundation.imports.merging import Target, merge
from foundation.imports.running import Run
from foundation.names import fold
from organisations.models import Membership, Organisation, OrganisationKind, Role, StaffMember, Unit

# A folder does not say since when somebody works here. Early enough that nothing in it lies before it, so that who
# worked on something had a role that day.
SINCE = date(2000, 1, 1)


LONGEST_NAME = 200


class ProviderUnknown(Exception):
    """Nobody said, in a way we can use, for which provider the folder is."""


def provider_for(name: str | None) -> Organisation:
    """Return the provider of this name, made if new; without a name the only one. Raises ProviderUnknown."""
    providers = Organisation.objects.filter(kind=OrganisationKind.PROVIDER)
    if name and name.strip():
        found = providers.filter(name__iexact=name.strip()).first()
        return found or _new_provider(name.strip())
    only = list(providers[:2])
    if len(only) != 1:
        raise ProviderUnknown(_("Say for which provider this is: --provider NAME. A new name makes a new provider."))
    return only[0]


def _new_provider(name: str) -> Organisation:
    if len(name) > LONGEST_NAME:
        raise ProviderUnknown(_("This name has more than %(most)s characters. Shorten it.") % {"most": LONGEST_NAME})
    return Organisation.objects.create(kind=OrganisationKind.PROVIDER, name=name, code=_free_code(name))


def _free_code(name: str) -> str:
    """The first three letters; the next free number behind them when another provider has these."""
    letters = "".join(filter(str.isalnum, fold(name))).upper()[:3] or "P"
    taken = set(Organisation.objects.filter(kind=OrganisationKind.PROVIDER).values_list("code", flat=True))
    codes = (f"{letters}{number or ''}" for number in range(len(taken) + 2) if number != 1)
    return next(code for code in codes if code not in taken)


MUNICIPALITIES = ImportFile(
    name="municipalities",
    columns=(Digits("code", required=True, length=4), Text("name", required=True)),
    key=("code",),
    model=Organisation,
    own="t.kind = 'municipality'",
    fixed={"kind": "'municipality'"},
)

UNITS = ImportFile(
    name="units",
    columns=(Text("code", required=True, most=40), Text("name", required=True)),
    key=("code",),
    model=Unit,
)

HOSTS = ImportFile(
    name="hosts",
    columns=(Text("code", required=True, most=40), Text("name", required=True)),
    key=("code",),
    model=Organisation,
    own="t.kind = 'host' AND t.provider_id = %(provider)s",
    fixed={"kind": "'host'", "provider_id": "%(provider)s"},
)


def _check_staff(row: Row) -> None:
    """An officer reads for a municipality; the others work here."""
    if row["role"] == Role.MUNICIPAL_OFFICER and not row["municipality"] and not row.is_wrong("municipality"):
        row.refuse("municipality", _("This is blank. A municipal officer needs the code of the municipality."))


def write_memberships(run: Run) -> None:
    """Give each staff member the role of the row, at the provider or, for an officer, at the municipality."""
    merge(
        run,
        Target(
            file=STAFF,
            model=Membership,
            id_field="membership_id",
            values={"role": "s.role", "unit_id": "s.membership_unit_id"},
            once={"staff_member_id": "s.id", "organisation_id": "s.organisation_id", "starts_on": "%(since)s"},
            where="NOT s.has_role",
        ),
    )


STAFF = ImportFile(
    name="staff",
    columns=(
        Email("email", required=True),
        Text("name", required=True),
        Choice("role", required=True, values=Role.values),
        Reference("unit", field="unit_id", to="units"),
        Reference("municipality", field="municipality_id", to="municipalities"),
    ),
    key=("email",),
    model=StaffMember,
    own="TRUE",
    known="EXISTS (SELECT FROM organisations_membership m WHERE m.staff_member_id = t.id"
    " AND m.organisation_id = %(provider)s)",
    # No password: whoever arrives is invited to choose one.
    fixed={"password": "'!' || translate(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')"},
    derived=(
        ("organisation_id", "uuid"),
        ("membership_unit_id", "uuid"),
        ("membership_id", "uuid"),
        ("has_role", "boolean"),
    ),
    check=_check_staff,
    prepare=(
        "UPDATE import_staff SET"
        " organisation_id = CASE role WHEN 'municipal_officer' THEN municipality_id ELSE %(provider)s END,"
        " membership_unit_id = CASE WHEN role IN ('coach', 'unit_manager') THEN unit_id END",
        # Who has the role here already, from whatever day until whatever day, keeps it as it is; else the role that
        # an earlier run gave changes.
        "UPDATE import_staff s SET has_role = EXISTS (SELECT FROM organisations_membership m"
        " WHERE m.staff_member_id = s.id AND m.organisation_id = s.organisation_id AND m.role = s.role"
        " AND m.unit_id IS NOT DISTINCT FROM s.membership_unit_id),"
        " membership_id = coalesce((SELECT m.id FROM organisations_membership m WHERE m.staff_member_id = s.id"
        " AND m.organisation_id = s.organisation_id AND m.starts_on = %(since)s LIMIT 1), gen_random_uuid())",
    ),
    rules=(
        Rule(
            "email",
            gettext_lazy("%(email)s is an account of another organisation. Use another e-mail address."),
            "SELECT s.line, s.email FROM import_staff s WHERE NOT s.is_new AND EXISTS ("
            "SELECT FROM organisations_membership m WHERE m.staff_member_id = s.id"
            " AND m.organisation_id <> s.organisation_id)",
        ),
        Rule(
            "name",
            gettext_lazy("%(email)s is an account of the municipality and is called '%(known)s'. Write that name."),
            "SELECT s.line, s.email, t.name AS known FROM import_staff s"
            " JOIN organisations_staffmember t ON t.id = s.id"
            " WHERE s.role = 'municipal_officer' AND t.name <> s.name AND s.name IS NOT NULL"
            " AND EXISTS (SELECT FROM organisations_membership m WHERE m.staff_member_id = s.id"
            " AND m.organisation_id = s.organisation_id)",
        ),
        Rule(
            "unit",
            gettext_lazy("Only a coach or unit manager works in a unit. The unit %(unit)s is left out."),
            "SELECT line, unit FROM import_staff WHERE unit IS NOT NULL AND role IS NOT NULL"
            " AND role NOT IN ('coach', 'unit_manager')",
            is_warning=True,
        ),
        Rule(
            "unit",
            gettext_lazy("Without a unit this person sees no files. Fill in the code of the unit."),
            "SELECT line FROM import_staff WHERE unit IS NULL AND role IN ('coach', 'unit_manager')"
            " AND NOT 'unit' = ANY(bad)",
            is_warning=True,
        ),
    ),
    write=(write_memberships,),
)
