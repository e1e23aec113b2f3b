"""Around people: the language they speak at home, who else helps them, what to mind."""

from datetime import timedelta
from random import Random

from config.demo.names import BACKGROUNDS
from foundation.clock import today
from organisations.models import Organisation, StaffMember
from participants.models import NetworkContact, Participant
from trajectories.workflow import OPEN

LANGUAGES = ("", "Arabisch", "Turks", "Arabisch", "Tigrinya", "Papiaments", "Pools", "Dari")
"""What the people of each background speak at home; empty: Dutch."""
LEVELS = ("A1", "A2", "A2", "B1", "B1", "B2")
NAMES = (
    "Tineke Prins",
    "Wim Rozendaal",
    "Annet de Leeuw",
    "Mohamed Ait",
    "Gerda Pot",
    "Stefan Kuiken",
    "Ilona Brandt",
    "Joyce Tuur",
    "Hendrik Sluis",
    "Farah Noor",
    "Kees Bron",
    "Lidy Vermaat",
    "Rogier Post",
    "Sofie Haan",
    "Emine Kara",
    "Theo Wolters",
)
ROLES = (
    ("Werkbegeleider", ""),
    ("Consulent", "gemeente"),
    ("Wijkteam", "wijkteam"),
    ("Bewindvoerder", "bewindvoering"),
    ("Zus", ""),
    ("Buur", ""),
    ("Taalmaatje", "bibliotheek"),
    ("Schuldhulp", "gemeente"),
    ("Vriend", ""),
    ("Woonbegeleider", "woningbouw"),
)


def add_languages(provider: Organisation) -> None:
    """Write for people with a name from elsewhere what they speak at home and how much Dutch."""
    people = []
    for person in Participant.objects.filter(provider=provider):
        rng = Random(person.reference)
        language = language_of(person.given_names)
        if language:
            person.language, person.language_level = language, rng.choice(LEVELS)
            people.append(person)
    Participant.objects.bulk_update(people, ["language", "language_level"], batch_size=500)


def language_of(given_names: str) -> str:
    for background, language in zip(BACKGROUNDS, LANGUAGES, strict=True):
        if given_names in f"{background.women}|{background.men}".split("|"):
            return language
    return ""


def add_contacts(provider: Organisation) -> None:
    """Give everybody with an open trajectory two or three people around them."""
    contacts = []
    for person in Participant.objects.filter(provider=provider, trajectories__state__in=OPEN).distinct():
        rng = Random(f"{person.reference} contacts")
        roles = [ROLES[0], *rng.sample(ROLES[1:], rng.choice((1, 2)))]
        for (role, organisation), name in zip(roles, rng.sample(NAMES, len(roles)), strict=True):
            contacts.append(contact(person, role, name, organisation))
    NetworkContact.objects.bulk_create(contacts)


def contact(person: Participant, role: str, name: str, organisation: str) -> NetworkContact:
    return NetworkContact(
        provider_id=person.provider_id, participant=person, role=role, name=name, organisation_name=organisation
    )


def add_samira(provider: Organisation, noor: StaffMember) -> None:
    """What everybody who works with Samira el Amrani should know."""
    samira = Participant.objects.get(provider=provider, reference="AE-2041")
    samira.language, samira.language_level = "Arabisch", "A2"
    samira.attention = (
        "De laatste weken twee keer niet gekomen. Bel vóór 09:00, want daarna brengt ze haar zoon naar school."
    )
    samira.attention_on, samira.attention_by = today() - timedelta(days=12), noor
    samira.save()
    samira.contacts.all().delete()
    NetworkContact.objects.bulk_create(
        [
            contact(samira, "Werkbegeleider", "Tineke Prins", "atelier"),
            contact(samira, "Gemeente", "Omar Idrissi", "gemeente Amersfoort"),
            contact(samira, "Schuldhulp", "Annet de Leeuw", "gemeente Amersfoort"),
        ]
    )
