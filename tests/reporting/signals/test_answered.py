"""What was passed on, apart; and two files that look like one person, beside each other."""

import pytest
from django.test import Client
from django.urls import reverse

from foundation.models import ReadEvent
from organisations.models import StaffMember
from participants.models import Participant
from reporting.models import SignalAnswer
from reporting.signals.actions import answer_signal, pass_on_signal
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.factories import days_ago

pytestmark = pytest.mark.django_db
SIGNALS = "/signalen/"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def signed_in(member: StaffMember) -> Client:
    client = Client()
    client.force_login(member)
    return client


def test_what_was_passed_on_can_be_looked_at_apart(cast: Cast) -> None:
    passed, own = (make.SessionFactory(trajectory=cast.trajectory, held_on=days_ago(n), attendance="") for n in (4, 5))
    about = {"check": "session_not_filled_in", "participant": cast.samira}
    pass_on_signal(by=cast.ineke, record_id=passed.pk, coach=cast.bo, reason="Weet jij dit?", **about)  # type: ignore[arg-type]
    answer_signal(by=cast.ineke, record_id=own.pk, reason="Dubbel.", **about)  # type: ignore[arg-type]
    client = signed_in(cast.ineke)
    assert "passed=1" in client.get(SIGNALS).content.decode()
    apart = client.get(SIGNALS, {"passed": "1"})
    [group] = apart.context["groups"]
    [row] = group["rows"]
    assert (row["is_passed"], row["owner"], row["answered"]) == (True, "Bo Kuiper", "Ineke Vos, 17-3-2026")
    assert "Weet jij dit?" in apart.content.decode()
    assert "passed=1" in group["all_url"]
    everything = client.get(SIGNALS, {"check": "session_not_filled_in"})
    assert [row["answered"] for row in everything.context["groups"][0]["rows"]] == ["Ineke Vos, 17-3-2026"] * 2


def twin(cast: Cast, **more: object) -> Participant:
    given = {"provider": cast.provider, "home_municipality": cast.municipality}
    name = {"given_names": "Samira", "prefix": "el", "surname": "Amrani"}
    made: Participant = make.ParticipantFactory(**{**given, **name, **more})
    return made


def test_two_files_stand_beside_each_other_and_reading_both_is_logged(cast: Cast) -> None:
    other = twin(cast, birth_year=None, birth_month=None, birth_day=None, benefit="wia")
    make.TrajectoryFactory(participant=other, programme=cast.programme, coach=cast.bo)
    twin(cast, surname="Bakker", given_names="Jan", birth_year=1960)
    client = signed_in(cast.ineke)
    assert reverse("reporting:compare_files", args=[other.pk]) in client.get(SIGNALS).content.decode()
    page = client.get(reverse("reporting:compare_files", args=[other.pk]))
    assert [column["reference"] for column in page.context["columns"]] == [other.reference, cast.samira.reference]
    lines = page.context["lines"]
    assert "WIA" in [line.texts[0] for line in lines if line.differs]
    assert [line.texts[0] for line in lines if not line.texts[0]], "what one file does not know is no difference"
    assert {other.pk, cast.samira.pk} == set(ReadEvent.objects.get(what="reporting:compare_files").participant_ids)
    answered = client.post(page.context["answer_url"], {"reason": "Dit zijn twee personen."})
    assert answered.status_code == 302
    assert SignalAnswer.objects.get().record_id == other.pk


def test_a_file_of_another_unit_is_not_laid_beside_it(cast: Cast) -> None:
    hidden = twin(cast)
    make.TrajectoryFactory(participant=hidden, programme=cast.other_unit_trajectory.programme, coach=cast.chris)
    page = signed_in(cast.noor).get(reverse("reporting:compare_files", args=[cast.samira.pk]))
    assert page.context["is_alone"]
    assert hidden.reference not in page.content.decode()
    assert signed_in(cast.noor).get(reverse("reporting:compare_files", args=[hidden.pk])).status_code == 404
