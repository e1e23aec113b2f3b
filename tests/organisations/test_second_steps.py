"""The second step: set up, asked for at the door, lost and given back."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.urls import reverse
from time_machine import Traveller

from foundation.clock import now
from foundation.models import OutgoingMail
from organisations import factors, one_time_codes
from organisations.models import AccountEvent, FactorKind, RecoveryCode, SecondFactor, SignIn, StaffMember
from tests import factories as make
from tests.conftest import NOW
from tests.factories import PASSWORD
from tests.support.authenticator import Authenticator

pytestmark = pytest.mark.django_db
DOOR, STEP, PAGE = reverse("login"), "/inloggen/stap-twee/", "/ingelogd/"
OPTIONS = re.compile(r'data-options="([^"]+)"')
NEW = "vlinder krokodil asfalt 7"


@pytest.fixture
def noor() -> StaffMember:
    noor: StaffMember = make.StaffMemberFactory(
        email="noor@voorbeeld.test", name="Noor de Wit", coach=make.UnitFactory()
    )
    return noor


@pytest.fixture
def obliged(settings: Any) -> None:
    settings.SECOND_STEP_REQUIRED = True


_FIRST = Client()


def browser(**settings: Any) -> Client:
    """Somebody's browser. All share one way through the middleware: making it takes longer than going it."""
    made = Client(**settings)
    made.handler = _FIRST.handler
    return made


def knock(member: StaffMember, client: Client | None = None) -> Client:
    """The right password at the door."""
    client = client or browser()
    assert client.post(DOOR, {"username": member.email, "password": PASSWORD}).status_code == 302
    return client


def with_app(member: StaffMember) -> SecondFactor:
    """An app that is in use."""
    app = factors.begin_app(by=member)
    app.confirmed_at = now()
    app.save()
    return app


def code_of(app: SecondFactor, later: int = 0) -> str:
    return one_time_codes.code_at(app.secret, one_time_codes.step_now() + later)


def is_in(client: Client) -> bool:
    return client.get("/vandaag/").status_code == 200


def asked_on(client: Client, page: str) -> str:
    """What the page asks the browser's passkeys."""
    found = OPTIONS.search(client.get(page).content.decode())
    assert found
    return found[1].replace("&quot;", '"')


@pytest.mark.parametrize(("moment", "code"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")])
def test_codes_are_those_of_the_standard(moment: int, code: str) -> None:
    """RFC 6238, appendix B, cut to six figures."""
    assert one_time_codes.code_at("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", moment // 30) == code


@pytest.mark.usefixtures("obliged")
def test_who_has_none_sets_one_up_and_sees_nothing_before(noor: StaffMember) -> None:
    client = knock(noor)
    for page in ("/vandaag/", PAGE, "/ingelogd/herstelcodes/", "/", "/beheer/"):
        assert client.get(page).headers["Location"] == "/ingelogd/instellen/"
    assert client.get("/ingelogd/instellen/").status_code == 200
    assert client.post("/ingelogd/app/nieuw/").headers["Location"] == "/ingelogd/app/"
    page = client.get("/ingelogd/app/").content.decode()
    app = SecondFactor.objects.get()
    assert "<svg" in page
    assert app.secret[:4] in page
    assert client.post("/ingelogd/app/", {"code": "000000"}).status_code == 200
    before = client.cookies["sessionid"].value
    done = client.post("/ingelogd/app/", {"code": code_of(app), "name": "Mijn telefoon"}).content.decode()
    codes = re.findall(r"[2-9A-Z]{4}(?:-[2-9A-Z]{4}){3}", done)
    assert len(set(codes)) == RecoveryCode.objects.count() == 10
    assert client.cookies["sessionid"].value != before
    assert is_in(client)
    assert not any(code in str(RecoveryCode.objects.values()) for code in codes)


def test_the_secret_is_sealed_in_the_database(noor: StaffMember) -> None:
    app = with_app(noor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM organisations_secondfactor")
        assert app.secret.encode() not in bytes(cursor.fetchone()[0])


def test_password_and_code_bring_somebody_in_and_the_password_alone_nowhere(noor: StaffMember) -> None:
    app = with_app(noor)
    client = knock(noor)
    assert not is_in(client)
    assert client.post(STEP, {"code": "123"}).status_code == 200
    assert client.post(STEP, {"code": f"{code_of(app)[:3]} {code_of(app)[3:]}"}).headers["Location"] == "/"
    assert is_in(client)


def test_a_code_of_half_a_minute_ago_counts_and_one_of_before_not(noor: StaffMember, clock: Traveller) -> None:
    clock.move_to(NOW, tick=False)
    app = with_app(noor)
    assert not factors.pass_with_code(by=noor, code=code_of(app, -2))
    assert not factors.pass_with_code(by=noor, code=code_of(app, 1)), "not one that is still to come"
    assert factors.pass_with_code(by=noor, code=code_of(app, -1))


def test_a_recovery_code_counts_once_however_it_is_typed(noor: StaffMember) -> None:
    with_app(noor)
    code = factors.renew_codes(by=noor)[0]
    client = knock(noor)
    assert client.post(STEP, {"code": code.lower().replace("-", " ")}).status_code == 302
    assert is_in(client)
    assert knock(noor).post(STEP, {"code": code}).status_code == 200
    assert OutgoingMail.objects.filter(to=noor.email).count() == 2


def test_between_the_steps_ten_minutes(noor: StaffMember, clock: Traveller) -> None:
    app = with_app(noor)
    client = knock(noor)
    clock.move_to(NOW + timedelta(minutes=11))
    assert client.post(STEP, {"code": code_of(app)}).headers["Location"].startswith(DOOR)
    assert not is_in(client)


def with_passkey(member: StaffMember, device: Authenticator) -> Client:
    """Add a passkey on the page for it."""
    client = browser()
    client.force_login(member)
    answer = device.make(asked_on(client, "/ingelogd/passkey/"))
    form = {"answer": answer, "name": "Laptop", "password": PASSWORD}
    assert b"Laptop" in client.post("/ingelogd/passkey/", form, follow=True).content or SecondFactor.objects.exists()
    return client


def test_a_passkey_is_made_and_brings_somebody_in(noor: StaffMember) -> None:
    device = Authenticator()
    with_passkey(noor, device)
    kept = SecondFactor.objects.get()
    assert (kept.kind, kept.name, bytes(kept.credential_id or b"")) == (
        FactorKind.PASSKEY,
        "Laptop",
        device.credential_id,
    )
    client = knock(noor)
    assert client.post(STEP, {"answer": device.use(asked_on(client, STEP))}).status_code == 302
    assert is_in(client)
    alone = browser()
    answer = device.use(asked_on(alone, "/inloggen/passkey/"))
    assert alone.post("/inloggen/passkey/?next=/vandaag/", {"answer": answer}).headers["Location"] == "/vandaag/"
    assert is_in(alone)


def test_passkeys_may_be_used_on_their_own_pages_only(noor: StaffMember) -> None:
    client = browser()
    assert "publickey-credentials-get=(self)" in client.get("/inloggen/passkey/").headers["Permissions-Policy"]
    assert "publickey-credentials-get=()" in client.get(DOOR).headers["Permissions-Policy"]
    client.force_login(noor)
    made = client.get("/ingelogd/passkey/").headers["Permissions-Policy"]
    assert "publickey-credentials-create=(self)" in made
    assert "camera=()" in made


def test_one_removes_a_step_with_the_password_but_not_the_last_where_it_is_obligatory(
    noor: StaffMember, settings: Any
) -> None:
    app, other = with_app(noor), with_app(noor)
    client = browser()
    client.force_login(noor)
    address = reverse("organisations:remove_factor", args=[app.pk])
    assert client.post(address, {"password": "niet dat"}).status_code == 200
    assert client.post(address, {"password": PASSWORD}).status_code == 302
    settings.SECOND_STEP_REQUIRED = True
    session = client.session
    session["second_step"] = "code"
    session.save()
    client.cookies["sessionid"] = session.session_key or ""
    last = reverse("organisations:remove_factor", args=[other.pk])
    assert client.post(last, {"password": PASSWORD}).status_code == 200
    assert list(SecondFactor.objects.all()) == [other]


def test_the_first_step_ends_the_sign_ins_of_the_password_alone(noor: StaffMember) -> None:
    thief = knock(noor)
    client = knock(noor)
    client.post("/ingelogd/app/nieuw/")
    client.post("/ingelogd/app/", {"code": code_of(SecondFactor.objects.get()), "password": PASSWORD})
    assert (is_in(client), is_in(thief)) == (True, False)


def test_somebody_chooses_another_password(noor: StaffMember) -> None:
    client = knock(noor)
    address = "/ingelogd/wachtwoord/"
    form = {"password": PASSWORD, "new_password": NEW, "again": NEW}
    for wrong in ({"password": "niet dat"}, {"again": "anders"}, {"new_password": "Amersfoort2026!", "again": ""}):
        assert client.post(address, form | wrong).status_code == 200
    assert client.post(address, form).headers["Location"] == "/inloggen/?why=password"
    assert not SignIn.objects.filter(staff_member=noor).exists()
    assert client.post(DOOR, {"username": noor.email, "password": NEW}).status_code == 302
    assert AccountEvent.objects.get().change == "password_changed"


class TestLost:
    """Phone and paper are gone."""

    @pytest.fixture
    def fenna(self, noor: StaffMember) -> StaffMember:
        organisation = noor.standing.memberships[0].organisation  # type: ignore[attr-defined]
        fenna: StaffMember = make.StaffMemberFactory(name="Fenna Kok", functional_manager=organisation)
        return fenna

    def test_the_functional_manager_removes_them_with_a_reason(self, noor: StaffMember, fenna: StaffMember) -> None:
        app = with_app(noor)
        there = knock(noor)
        there.post(STEP, {"code": code_of(app)})
        client = browser()
        client.force_login(fenna)
        address = reverse("organisations:reset_factors", args=[noor.pk])
        assert b"tweede-stap" in client.get(f"/beheer/organisations/staffmember/{noor.pk}/change/").content
        assert client.post(address, {"reason": ""}).status_code == 200
        assert client.post(address, {"reason": "Stond aan mijn bureau, telefoon gestolen."}).status_code == 302
        assert not SecondFactor.objects.exists()
        assert not is_in(there)
        event = AccountEvent.objects.get()
        assert (event.by, event.staff_member, event.reason[:5]) == (fenna, noor, "Stond")
        assert OutgoingMail.objects.filter(to=noor.email).count() == 1
        assert "Stond" in client.get(address).content.decode()
        with pytest.raises(ProgrammingError), transaction.atomic():
            AccountEvent.objects.update(reason="anders")

    def test_not_ones_own_and_not_of_who_works_elsewhere_too(self, noor: StaffMember, fenna: StaffMember) -> None:
        client = browser()
        client.force_login(fenna)
        make.add_role(noor, "municipal_officer", make.MunicipalityFactory())
        for member in (fenna, noor):
            assert client.get(reverse("organisations:reset_factors", args=[member.pk])).status_code == 404


def test_recovery_codes_are_slow_to_guess_and_those_of_before_count_still(noor: StaffMember) -> None:
    with_app(noor)
    code = factors.renew_codes(by=noor)[0]
    quick = one_time_codes.quick_hash(code)
    assert not RecoveryCode.objects.filter(hashed=quick).exists()
    assert RecoveryCode.objects.filter(hashed=one_time_codes.slow_hash(code, noor.pk)).exists()
    RecoveryCode.objects.filter(staff_member=noor).delete()
    RecoveryCode.objects.create(staff_member=noor, hashed=quick)
    assert factors.pass_with_code(by=noor, code=code)
    assert not factors.pass_with_code(by=noor, code=code)
