"""Attacks on the door (T10): none brings anybody in. Each attack says how often it tried; the sum is printed."""

import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from statistics import median
from typing import Any

import pytest
from django.contrib.auth import hashers
from django.db import connection
from django.test import Client
from django.urls import reverse
from fido2.webauthn import AuthenticatorData
from time_machine import Traveller

from foundation.models import ReadEvent
from foundation.refused import Refused
from organisations import factors, one_time_codes
from organisations.models import SecondFactor, SignIn, StaffMember, StepGuesses
from tests import factories as make
from tests.conftest import NOW
from tests.factories import PASSWORD
from tests.organisations.test_second_steps import (
    DOOR,
    STEP,
    asked_on,
    browser,
    code_of,
    is_in,
    knock,
    with_app,
    with_passkey,
)
from tests.support.authenticator import Authenticator

pytestmark = pytest.mark.django_db
# The long form tries thousands: DRAAD_LONG=1.
LONG = bool(os.environ.get("DRAAD_LONG"))
TRIED: dict[str, int] = {}
WRONG = "verkeerd-geraden-woord"


@pytest.fixture(scope="module", autouse=True)
def told(request: Any) -> Any:
    """Say at the end how often the door was tried."""
    yield
    capture = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        sys.stdout.write(f"\nT10: {sum(TRIED.values())} attacks of {len(TRIED)} kinds on the door, accepted 0\n")


@pytest.fixture
def noor() -> StaffMember:
    noor: StaffMember = make.StaffMemberFactory(email="noor@voorbeeld.test", coach=make.UnitFactory())
    return noor


def tried(kind: str, number: int = 1) -> None:
    TRIED[kind] = TRIED.get(kind, 0) + number


def anybody_in() -> bool:
    return SignIn.objects.filter(staff_member__isnull=False).exists()


def post(form: dict[str, str], address: str = DOOR, **client: Any) -> Any:
    return browser(**client).post(address, form)


def test_many_passwords_on_one_account(noor: StaffMember) -> None:
    """Also with the right one among them, once five were wrong."""
    number = 1000 if LONG else 20
    for at in range(number):
        post({"username": noor.email, "password": f"{WRONG}{at}"})
    assert post({"username": noor.email, "password": PASSWORD}).status_code == 429
    assert not anybody_in()
    tried("passwords on one account", number)


def test_a_victim_is_shut_out_for_minutes_and_elsewhere_not_at_all(noor: StaffMember, clock: Traveller) -> None:
    for _ in range(10):
        post({"username": noor.email, "password": WRONG}, REMOTE_ADDR="198.51.100.9")
    assert post({"username": noor.email, "password": PASSWORD}, REMOTE_ADDR="203.0.113.7").status_code == 302
    clock.move_to(NOW + timedelta(minutes=16))
    assert post({"username": noor.email, "password": PASSWORD}, REMOTE_ADDR="198.51.100.9").status_code == 302
    tried("shutting a victim out", 10)


def test_one_password_on_many_accounts(noor: StaffMember) -> None:
    number = 500 if LONG else 20
    for at in range(number):
        post({"username": f"persoon{at}@voorbeeld.test", "password": "Zomer2026!"})
    assert not anybody_in()
    tried("one password on many accounts", number)


def test_the_door_says_and_does_the_same_for_an_account_and_for_none(
    noor: StaffMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same words, and the same number of slow hashes: how long it takes tells nothing."""
    StaffMember.objects.create_user("gesloten@voorbeeld.test", name="X", password=PASSWORD, is_active=False)
    StaffMember.objects.create_user("zonder@voorbeeld.test", name="Y")
    hashed = _count_hashes(monkeypatch)
    answers = {}
    for email in (noor.email, "niemand@voorbeeld.test", "gesloten@voorbeeld.test", "zonder@voorbeeld.test"):
        hashed.clear()
        page = post({"username": email, "password": WRONG}).content.decode().replace(email, "")
        answers[email] = (page.partition("<main")[2].count("<"), "verkeerd" in page, len(hashed))
    assert len(set(answers.values())) == 1, answers
    tried("finding out who has an account", len(answers))


def _count_hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    seen: list[str] = []
    hasher = type(hashers.get_hasher())
    encode = hasher.encode

    def counted(self: Any, password: str, salt: str, *rest: Any) -> str:
        seen.append(password)
        return str(encode(self, password, salt, *rest))

    monkeypatch.setattr(hasher, "encode", counted)
    return seen


if LONG:

    def test_how_long_it_takes_tells_nothing(noor: StaffMember, settings: Any) -> None:
        """With the product's own slow hash."""
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
        noor.set_password(PASSWORD)
        noor.save()
        took: dict[str, list[float]] = {noor.email: [], "niemand@voorbeeld.test": []}
        for at in range(60):
            for email, times in took.items():
                begun = time.perf_counter()
                post({"username": email, "password": WRONG}, REMOTE_ADDR=f"203.0.113.{at}")
                times.append(time.perf_counter() - begun)
        known, unknown = (median(times) for times in took.values())
        assert abs(known - unknown) < 0.25 * max(known, unknown)
        tried("finding out by time", 120)


@pytest.mark.parametrize("page", ["/vandaag/", "/ingelogd/", "/ingelogd/app/", "/deelnemers/", "/beheer/", "/"])
def test_the_second_step_is_not_passed_over_by_address(noor: StaffMember, page: str) -> None:
    with_app(noor)
    client = knock(noor)
    assert client.get(page).headers["Location"].startswith("/inloggen/")
    assert client.post(page).headers["Location"].startswith("/inloggen/")
    tried("passing over the second step", 2)


def test_the_administration_has_no_door_of_its_own(noor: StaffMember) -> None:
    form = {"username": noor.email, "password": PASSWORD, "next": "/beheer/"}
    assert post(form, "/beheer/login/").headers["Location"].startswith("/inloggen/")
    assert not anybody_in()
    tried("another door")


def test_the_second_step_without_the_first(noor: StaffMember) -> None:
    app = with_app(noor)
    assert post({"code": code_of(app)}, STEP).headers["Location"].startswith("/inloggen/")
    client = knock(noor)
    StaffMember.objects.filter(pk=noor.pk).update(password="!")
    assert client.post(STEP, {"code": code_of(app)}).headers["Location"].startswith("/inloggen/")
    assert not anybody_in()
    tried("the second step without the first", 2)


def test_a_password_that_was_right_sets_up_no_second_step_beside_the_one_there_is(
    noor: StaffMember, settings: Any
) -> None:
    """Who came in with a stolen password before its owner set up a second step, is out when they do."""
    settings.SECOND_STEP_REQUIRED = True
    thief = knock(noor)
    with_app(noor)
    thief.post("/ingelogd/app/nieuw/")
    assert SecondFactor.objects.count() == 1
    assert not anybody_in()
    tried("setting up a second step of one's own")


def test_a_code_counts_once(noor: StaffMember) -> None:
    app = with_app(noor)
    code = code_of(app)
    assert knock(noor).post(STEP, {"code": code}).status_code == 302
    again = knock(noor)
    assert again.post(STEP, {"code": code}).status_code == 200
    assert again.post(STEP, {"code": code_of(app, -1)}).status_code == 200
    assert not is_in(again)
    tried("a code again", 2)


def test_who_guesses_codes_waits_from_wherever_and_longer_each_time(noor: StaffMember, clock: Traveller) -> None:
    app, number = with_app(noor), 0
    for minutes in (16, 31, 61):
        for place in range(6):
            client = knock(noor, browser(REMOTE_ADDR=f"203.0.113.{place}"))
            client.post(STEP, {"code": "000000"})
            number += 1
        right = knock(noor)
        assert right.post(STEP, {"code": code_of(app)}).status_code == 200
        assert not is_in(right)
        clock.shift(timedelta(minutes=minutes))
    assert StepGuesses.objects.get().failures == 15
    assert ReadEvent.objects.filter(action="sign_in_failed", what="second_step").count() == number + 3
    tried("guessing codes", number)


def test_the_session_of_before_is_not_the_one_of_after(noor: StaffMember) -> None:
    """A key that somebody planted, or that was seen before the second step, opens nothing."""
    app, client = with_app(noor), browser()
    client.cookies["sessionid"] = "geplant0geplant0geplant0geplant0"
    knock(noor, client)
    between = client.cookies["sessionid"].value
    client.post(STEP, {"code": code_of(app)})
    after = client.cookies["sessionid"].value
    assert len({between, after, "geplant0geplant0geplant0geplant0"}) == 3
    for key in (between, "geplant0geplant0geplant0geplant0"):
        thief = browser()
        thief.cookies["sessionid"] = key
        assert not is_in(thief)
        assert thief.get(STEP).status_code == 302
    tried("a session of before", 4)


def test_no_form_of_another_site_signs_anybody_in(noor: StaffMember) -> None:
    app = with_app(noor)
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(DOOR, {"username": noor.email, "password": PASSWORD}).status_code == 403
    for address, form in ((STEP, {"code": code_of(app)}), ("/inloggen/passkey/", {"answer": "{}"})):
        assert strict.post(address, form).status_code == 403
    assert not anybody_in()
    tried("a form of another site", 3)


def test_another_host_and_another_site_to_go_on_to_are_refused(noor: StaffMember) -> None:
    form = {"username": noor.email, "password": PASSWORD}
    assert browser(headers={"host": "elders.test"}).post(DOOR, form).status_code == 400
    for onward in ("https://elders.test/", "//elders.test", "javascript:alert(1)", "http:///elders.test"):
        assert post({**form, "next": onward}).headers["Location"] == "/"
    tried("another host", 5)


def _other_origin(device: Authenticator) -> None:
    device.origin = "https://elders.test"


def _other_host(device: Authenticator) -> None:
    device.host = "elders.test"


def _nobody_there(device: Authenticator) -> None:
    device.flags = AuthenticatorData.FLAG.UP


def _copy(device: Authenticator) -> None:
    device.uses -= 1


def _other_key(device: Authenticator) -> None:
    device.key = Authenticator().key


def _unknown(device: Authenticator) -> None:
    device.credential_id = b"onbekend"


BENDS: tuple[Callable[[Authenticator], None], ...] = (
    _other_origin,
    _other_host,
    _nobody_there,
    _copy,
    _other_key,
    _unknown,
)


def test_a_passkey_that_does_not_hold_opens_nothing(noor: StaffMember) -> None:
    """Of another site, without a finger, a copy that fell behind, another key, unknown; an answer again; nonsense."""
    device = Authenticator()
    with_passkey(noor, device)
    client = knock(noor)
    assert client.post(STEP, {"answer": device.use(asked_on(client, STEP))}).status_code == 302
    SignIn.objects.all().delete()
    for bend in BENDS:
        for client, address in ((knock(noor), STEP), (browser(), "/inloggen/passkey/")):
            bent = Authenticator(uses=device.uses, credential_id=device.credential_id, key=device.key)
            bend(bent)
            assert client.post(address, {"answer": bent.use(asked_on(client, address))}).status_code == 200
            assert not is_in(client)
    client, other = knock(noor), knock(noor)
    answer = device.use(asked_on(client, STEP))
    for wrong in ("", "{}", "[]", "geen json", '{"id": 1}', '{"rawId": "AA", "id": "AA", "response": null}'):
        assert other.post(STEP, {"answer": wrong}).status_code == 200
    assert other.post(STEP, {"answer": answer}).status_code == 200  # asked of another
    assert client.post(STEP, {"answer": answer}).status_code == 302
    again = knock(noor)
    assert again.post(STEP, {"answer": answer}).status_code == 200
    assert not is_in(again)
    tried("a passkey that does not hold", 2 * len(BENDS) + 8)


def test_the_passkey_of_a_colleague_is_not_ones_own(noor: StaffMember) -> None:
    colleague: StaffMember = make.StaffMemberFactory(email="bo@voorbeeld.test")
    device, mine = Authenticator(), Authenticator()
    with_passkey(colleague, device)
    with_passkey(noor, mine)
    client = knock(noor)
    assert client.post(STEP, {"answer": device.use(asked_on(client, STEP))}).status_code == 200
    StaffMember.objects.filter(pk=colleague.pk).update(is_active=False)
    alone = browser()
    assert (
        alone.post("/inloggen/passkey/", {"answer": device.use(asked_on(alone, "/inloggen/passkey/"))}).status_code
        == 200
    )
    assert not is_in(alone)
    tried("the passkey of another", 2)


def test_a_stolen_session_changes_nothing_in_how_somebody_signs_in(noor: StaffMember) -> None:
    """Each change asks for the password once more."""
    app, thief = with_app(noor), browser()
    thief.force_login(noor)
    thief.post("/ingelogd/app/nieuw/")
    begun = SecondFactor.objects.get(confirmed_at=None)
    remove = reverse("organisations:remove_factor", args=[app.pk])
    forms: list[tuple[str, dict[str, str]]] = [
        ("/ingelogd/app/", {"code": code_of(begun)}),
        ("/ingelogd/passkey/", {"answer": Authenticator().make(asked_on(thief, "/ingelogd/passkey/"))}),
        ("/ingelogd/herstelcodes/", {}),
        ("/ingelogd/wachtwoord/", {"new_password": "vlinder krokodil asfalt", "again": "vlinder krokodil asfalt"}),
        (remove, {}),
    ]
    for address, form in forms:
        assert thief.post(address, {**form, "password": WRONG}).status_code in {200, 429}
    noor.refresh_from_db()
    assert noor.check_password(PASSWORD)
    assert list(SecondFactor.objects.usable()) == [app]
    tried("changes in a stolen session", len(forms))


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    """On connections of their own: what is looked at together is looked at one after the other."""

    def test_a_code_sent_many_times_counts_once(self) -> None:
        member, number = make.StaffMemberFactory(), 200 if LONG else 12
        app = with_app(member)
        paper = factors.renew_codes(by=member)[0]
        for code in (one_time_codes.code_at(app.secret, one_time_codes.step_now()), paper):
            StepGuesses.objects.all().delete()
            passed = together(number, lambda code=code: _passes(member, code))  # type: ignore[misc]
            assert passed.count(True) == 1
        tried("the same code at the same moment", 2 * number)

    def test_guesses_sent_together_are_counted_all(self) -> None:
        member, number = make.StaffMemberFactory(), 200 if LONG else 12
        with_app(member)
        together(number, lambda: _passes(member, "000000"))
        assert StepGuesses.objects.get().failures == factors.GUESSES
        tried("guesses at the same moment", number)


def _passes(member: StaffMember, code: str) -> bool:
    try:
        return factors.pass_with_code(by=member, code=code)
    except Refused:
        return False
    finally:
        connection.close()


def together(number: int, do: Callable[[], bool]) -> list[bool]:
    with ThreadPoolExecutor(6) as pool:
        return [future.result() for future in [pool.submit(do) for _ in range(number)]]
