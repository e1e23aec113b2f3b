"""Papers in two files: what a coach gets handed over the table, put there as a coach puts it there."""

from datetime import timedelta
from typing import NamedTuple

from foundation.clock import today
from foundation.received import Received
from guidance.actions.documents import add_document
from organisations.models import Organisation, StaffMember
from participants.models import Participant


class Paper(NamedTuple):
    """One paper: what it is and is about, of how many days ago, and what stands on it."""

    kind: str
    title: str
    days_ago: int
    lines: tuple[str, ...]


PAPERS = {
    "AE-2041": (
        Paper(
            "letter", "Brief van de schuldhulpverlening", 9,
            ("Geachte mevrouw El Amrani,", "", "De betaalregeling loopt. U betaalt elke maand 45 euro.",
             "Kunt u een maand niet betalen? Bel ons dan eerst."),
        ),
        Paper(
            "signed", "Plan van aanpak, getekend", 40,
            ("Plan van aanpak", "", "Drie ochtenden in het atelier, wekelijks een gesprek.", "", "Beiden tekenden."),
        ),
    ),
    "AE-2042": (
        Paper(
            "certificate", "Certificaat Veilig werken in de keuken", 25,
            ("Certificaat", "", "Veilig werken in de keuken", "", "Met goed gevolg afgerond."),
        ),
    ),
}  # fmt: skip


def add_papers(provider: Organisation, by: StaffMember) -> None:
    """Put them in the files; the worker that looks at each comes by when the demo asks for its first reports."""
    people = {
        person.reference: person for person in Participant.objects.filter(provider=provider, reference__in=PAPERS)
    }
    for reference, papers in PAPERS.items():
        for paper in papers:
            add_document(
                by=by,
                participant=people[reference],
                file=Received("pdf", written(paper.lines)),
                kind=paper.kind,
                title=paper.title,
                dated_on=today() - timedelta(days=paper.days_ago),
            )


def written(lines: tuple[str, ...]) -> bytes:
    """A PDF of one page with these lines, in a letter that every reader has."""
    text = b" T* ".join(b"(" + line.encode("cp1252") + b") Tj" for line in lines)
    shown = b"BT /F1 12 Tf 18 TL 72 760 Td " + text + b" ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica"
        b" /Encoding /WinAnsiEncoding >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown),
    )
    made, places = b"%PDF-1.4\n", []
    for number, inside in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, inside)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return made + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (count, table, count, len(made))
    )
