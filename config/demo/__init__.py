"""The demo: seven providers with invented people and a few years of life, and the accounts to look around with."""

from typing import NamedTuple


class Account(NamedTuple):
    """Who to sign in as: what that person does, and the e-mail address."""

    role: str
    email: str


ACCOUNTS = (
    Account("begeleider / job coach: Noor de Wit, Amfors", "noor@amfors.voorbeeld.test"),
    Account("unitmanager / unit manager: Ineke Vos, Amfors", "ineke@amfors.voorbeeld.test"),
    Account("contractmanager / officer: Omar Idrissi, Amersfoort", "omar@amersfoort.voorbeeld.test"),
    Account("contractmanager / officer: Karin Smeets, Leusden", "karin@leusden.voorbeeld.test"),
    Account("functioneel beheerder / functional manager: Sanne Brouwer", "sanne@amfors.voorbeeld.test"),
    Account("privacyfunctionaris / privacy officer: Wim Terpstra", "wim@amfors.voorbeeld.test"),
    Account("begeleider / job coach: Mehtap Koç, Lucrato", "mehtap@lucrato.voorbeeld.test"),
    Account("begeleider / job coach: Yvette Martina, Pantar", "yvette@pantar.voorbeeld.test"),
)
PASSWORD = "draad-demo-2026"  # noqa: S105 - of invented people, only where DRAAD_DEMO=1
"""The password of everybody in the demo."""
