"""What a privacy officer finds on a Tuesday: terms, a list that waits, requests, a log with something to ask about."""

from foundation.clock import today
from foundation.models import ReadEvent
from organisations.models import StaffMember
from participants.law import requesting, reviewing
from participants.law.classes import take_usual_classes
from participants.law.holding import place_hold
from participants.law.register import take_usual_activities
from participants.law.shielding import shield_file
from participants.models import Participant, PersonExport, PersonRequest, RetentionClass
from tests import factories as make
from tests.cast import Cast
from trajectories.destroying import make_list

GROUND = "Participatiewet art. 7, verwerkersafspraak 2025"


def fill(cast: Cast, shielded: Participant, reader: StaffMember) -> None:
    """The terms of a provider that keeps files shortly, and the list that follows; requests, a shield, a sample."""
    take_usual_classes(by=cast.piet, provider=cast.provider)
    take_usual_activities(by=cast.piet, provider=cast.provider)
    RetentionClass.objects.filter(provider=cast.provider, code__in=["TRAJ-PW", "VZ"]).update(years=1)
    make_list(by=None, provider=cast.provider)
    _ask(cast)
    shield_file(
        by=cast.piet, participant=shielded, kind="staff", reason="Werkte tot vorig jaar bij ons.", readers=[reader]
    )
    place_hold(by=cast.piet, participant=shielded, reason="Klacht bij de gemeente, nummer 2026-114.")
    _look(cast)
    reviewing.draw_sample(by=cast.piet, provider=cast.provider, period=reviewing.recent(today()), seed=7)


def _ask(cast: Cast) -> None:
    _request(cast, "access", "Ik wil weten wat jullie over mij hebben.", days=12)
    erase = _request(cast, "erasure", "Ik wil niet dat dit blijft staan.", days=40)
    requesting.decide_request(by=cast.piet, request=erase, state="granted", decision="We wissen je dossier.")
    requesting.add_statement(
        by=cast.piet, participant=cast.samira, words="Ik kwam die week niet omdat mijn zoon ziek was.", given_on=today()
    )
    PersonExport.objects.create(provider=cast.provider, participant=cast.samira, asked_by=cast.piet, json="{}")
    type(cast.agreement).objects.filter(pk=cast.agreement.pk).update(bsn_ground=GROUND)
    cast.samira.refresh_from_db()
    cast.samira.bsn = "111222333"
    cast.samira.save()


def _request(cast: Cast, kind: str, words: str, *, days: int) -> PersonRequest:
    return requesting.record_request(
        by=cast.piet,
        participant=cast.samira,
        kind=kind,
        words=words,
        received_on=make.days_ago(days),
        identity_checked="Kwam zelf langs, bekend bij Noor.",
    )


def _look(cast: Cast) -> None:
    """Chris of another team looked at Samira."""
    for member in (cast.noor, cast.chris, cast.ineke):
        ReadEvent(
            provider_id=cast.provider.pk,
            staff_member_id=member.pk,
            staff_name=member.name,
            role="coach",
            organisation_name=cast.provider.name,
            action="view",
            what="guidance:person",
            link="unit",
            participant_ids=[cast.samira.pk],
        ).save(force_insert=True)
