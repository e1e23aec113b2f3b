"""The import file of targets: what an agreement demands of a figure."""

from foundation.imports.columns import Choice, Number, Reference
from foundation.imports.declaring import ImportFile
from reporting.figures import CATALOGUE
from reporting.models import Requirement

TARGETS = ImportFile(
    name="targets",
    columns=(
        Reference("agreement", field="agreement_id", required=True, to="agreements"),
        Choice("figure", required=True, values=[key for key, figure in CATALOGUE.items() if figure.is_plain]),
        Number("target", required=True, digits=8, places=4),
    ),
    key=("agreement", "figure"),
    model=Requirement,
    own="t.starts_on IS NULL AND t.agreement_id IN (SELECT a.id FROM trajectories_agreement a"
    " WHERE a.provider_id = %(provider)s)",
    fixed={},
)
