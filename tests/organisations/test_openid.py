"""Coming in through one's own organisation: the honest answer is believed, and no lie of an identity provider (T11)."""

import base64
import json
import sys
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from foundation.clock import now, today
from foundation.models import ReadEvent
from organisations.models import (
    AccountEvent,
    GroupRole,
    Identity,
    IdentityProvider,
    Membership,
    Organisation,
    SignIn,
    StaffMember,
)
from organisations.openid import people
from tests import factories as make
from tests.factories import PASSWORD
from tests.organisations.test_second_steps import browser
from tests.support.identity_server import CLIENT, SECRET, IdentityServer, running

pytestmark = pytest.mark.django_db
SLUG = "amersfoort"


@pytest.fixture(scope="module")
def address() -> Iterator[IdentityServer]:
    with running() as server:
        yield server


@pytest.fixture
def server(address: IdentityServer) -> IdentityServer:
    """The one server of this module, honest again."""
    address.reset()
    return address


@pytest.fixture
def town() -> Organisation:
    town: Organisation = make.MunicipalityFactory(code="0307", name="Amersfoort")
    return town


@pytest.fixture
def omar(town: Organisation) -> StaffMember:
    """An account of before the organisation let its own people in."""
    omar: StaffMember = make.StaffMemberFactory(email="omar@amersfoort.test", name="Omar Bakir", officer=town)
    return omar


@pytest.fixture
def provider(town: Organisation, omar: StaffMember, server: IdentityServer) -> IdentityProvider:
    made = IdentityProvider.objects.create(
        organisation=town, slug=SLUG, issuer=server.issuer, client_id=CLIENT, client_secret=SECRET,
        acr_values=["hoog"], amr_values=["otp", "fido"], email_domains=["amersfoort.test"],
    )  # fmt: skip
    GroupRole.objects.create(identity_provider=made, group="draad-lezers", role="municipal_officer")
    return made


def start(slug: str = SLUG) -> str:
    return reverse("organisations:openid_start", args=[slug])


class Visit:
    """Somebody's browser, on its way through the organisation."""

    def __init__(self, server: IdentityServer, slug: str = SLUG) -> None:
        self.server, self.slug, self.client = server, slug, browser()
        self.away = ""

    def leave(self, onward: str = "/rapporten/") -> dict[str, Any]:
        """Go to the organisation, log in there, and return what the browser brings back."""
        answer = self.client.post(start(self.slug), {"next": onward})
        self.away = answer.headers.get("Location", "")
        if self.away:
            return {}
        self.away = answer.context["away"]
        assert escape(self.away) in answer.content.decode()
        assert self.away.startswith(self.server.issuer)
        return self.server.authorize(self.away)

    def come_back(self, brought: dict[str, Any], slug: str = "") -> str:
        answer = self.client.get(reverse("organisations:openid_return", args=[slug or self.slug]), brought)
        assert answer.status_code in {302, 404}
        return answer.headers.get("Location", "")

    def go(self) -> str:
        return self.come_back(self.leave())

    @property
    def is_in(self) -> bool:
        return "_auth_user_id" in self.client.session


def test_the_honest_answer_brings_somebody_in_with_the_role_of_the_group(
    provider: IdentityProvider, server: IdentityServer
) -> None:
    visit = Visit(server)
    assert visit.go() == "/rapporten/"
    member = StaffMember.objects.get(email="yasmina@amersfoort.test")
    assert (member.name, member.has_usable_password()) == ("Yasmina Aziz", False)
    held = Membership.objects.get(staff_member=member)
    assert (held.role, held.organisation, held.starts_on) == ("municipal_officer", provider.organisation, today())
    assert visit.client.get("/rapporten/").status_code == 200
    asked = {name: values[0] for name, values in parse_qs(urlsplit(visit.away).query).items()}
    assert (asked["code_challenge_method"], asked["acr_values"], asked["response_type"]) == ("S256", "hoog", "code")
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 43
    again = Visit(server)
    again.go()
    assert again.is_in
    assert Identity.objects.get().staff_member == member
    assert Membership.objects.filter(staff_member=member).count() == 1


def test_an_accepted_sign_in_counts_as_one_with_a_second_step(
    provider: IdentityProvider, server: IdentityServer, settings: Any
) -> None:
    settings.SECOND_STEP_REQUIRED = True
    visit = Visit(server)
    visit.go()
    assert visit.client.get("/rapporten/").status_code == 200


def test_a_role_ends_with_the_group(provider: IdentityProvider, server: IdentityServer) -> None:
    visit = Visit(server)
    visit.go()
    server.claims = {"groups": ["fietsplan"]}
    assert "why=elsewhere" in Visit(server).go()
    assert not Membership.objects.on(today()).filter(staff_member__email="yasmina@amersfoort.test").exists()
    assert not SignIn.objects.filter(staff_member__email="yasmina@amersfoort.test").exists()


def test_an_account_of_before_comes_in_once_it_was_bound(
    omar: StaffMember, provider: IdentityProvider, server: IdentityServer
) -> None:
    people.bind_identity(by=provider, member=omar, subject="7f3a")
    visit = Visit(server)
    visit.go()
    assert visit.client.session["_auth_user_id"] == str(omar.pk)
    assert AccountEvent.objects.get().by is None


def test_who_has_another_way_in_has_no_password_here(
    town: Organisation, omar: StaffMember, provider: IdentityProvider
) -> None:
    door, client = reverse("login"), browser()
    page = client.post(door, {"username": omar.email, "password": PASSWORD})
    assert (page.status_code, town.name in page.content.decode()) == (200, True)
    assert "_auth_user_id" not in client.session
    provider.is_active = False
    provider.save()
    assert client.post(door, {"username": omar.email, "password": PASSWORD}).status_code == 302


def claims(**changed: Any) -> Callable[[IdentityServer], None]:
    """A token that says something else; what is None is left out; a number of seconds is from now."""

    def lie(server: IdentityServer) -> None:
        server.without = {name for name, value in changed.items() if value is None}
        moment = int(now().timestamp())
        server.claims = {
            name: moment + value if name in {"iat", "exp", "nbf"} and isinstance(value, int) else value
            for name, value in changed.items()
        }

    return lie


def signed(make_token: Callable[[IdentityServer, dict[str, Any], dict[str, Any]], str]) -> Callable[..., None]:
    def lie(server: IdentityServer) -> None:
        server.sign = lambda header, claims: make_token(server, header, claims)

    return lie


def _with_secret(secret: bytes) -> Callable[..., str]:
    return lambda _server, _header, claims: jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(secret))


def _with_public_key(server: IdentityServer, _header: Any, claims: Any) -> str:
    return _with_secret(server.key.as_pem(private=False))(server, _header, claims)


def _unsigned(_server: IdentityServer, _header: Any, claims: Any) -> str:
    return ".".join([_part({"alg": "none"}), _part(claims), ""])


def _of_another_key(_server: IdentityServer, header: Any, claims: Any) -> str:
    return jwt.encode(header, claims, ECKey.generate_key("P-256"))


def _with_its_own_key_in_it(_server: IdentityServer, header: Any, claims: Any) -> str:
    other = ECKey.generate_key("P-256", {"kid": "one"})
    return jwt.encode(header | {"jwk": other.as_dict(private=False)}, claims, other)


def _changed_afterwards(server: IdentityServer, header: Any, claims: Any) -> str:
    first, _middle, last = jwt.encode(header, claims, server.key).split(".")
    return ".".join([first, _part(claims | {"sub": "iemand anders"}), last])


def _part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def says(path: str, status: int, kind: str, body: bytes) -> Callable[[IdentityServer], None]:
    return lambda server: server.raw.update({path: (status, kind, body)})


def configured(**changed: Any) -> Callable[[IdentityServer], None]:
    return lambda server: server.configuration.update(changed)


def answers(**changed: Any) -> Callable[[IdentityServer], None]:
    return lambda server: server.token_answer.update(changed)


def keys(*published: dict[str, Any]) -> Callable[[IdentityServer], None]:
    return lambda server: setattr(server, "keys", list(published))


LIES: dict[str, Callable[[IdentityServer], None]] = {
    "another issuer": claims(iss="https://elders.test"),
    "the issuer with a slash": lambda server: claims(iss=server.issuer + "/")(server),
    "no issuer": claims(iss=None),
    "another audience": claims(aud="andere-toepassing"),
    "no audience": claims(aud=None),
    "several audiences, nobody's": claims(aud=[CLIENT, "andere-toepassing"]),
    "given to another": claims(aud=[CLIENT, "andere-toepassing"], azp="andere-toepassing"),
    "another nonce": claims(nonce="een-van-gisteren"),
    "no nonce": claims(nonce=None),
    "expired": claims(exp=-120),
    "never expires": claims(exp=None),
    "expires in words": claims(exp="morgen"),
    "of the future": claims(iat=600),
    "of an hour ago": claims(iat=-3600),
    "of no time": claims(iat=None),
    "not yet": claims(nbf=600),
    "no level": claims(acr=None),
    "a lower level": claims(acr="laag"),
    "no methods": claims(amr=None),
    "a password only": claims(amr=["pwd"]),
    "methods in one word": claims(amr="otp"),
    "nobody": claims(sub=None),
    "an empty subject": claims(sub=""),
    "a subject that is a list": claims(sub=["7f3a"]),
    "a subject that no database holds": claims(sub="7f\x003a"),
    "a group that no database holds": claims(groups=["draad\x00lezers"]),
    "an address that no database holds": claims(email="y\x00a@amersfoort.test"),
    "somebody else with the address of an account": claims(email="omar@amersfoort.test"),
    "an address of elsewhere": claims(email="iemand@elders.test"),
    "two addresses in one": claims(email="x@elders.test@amersfoort.test"),
    "no address": claims(email=None),
    "no groups": claims(groups=None),
    "unknown groups": claims(groups=["fietsplan"]),
    "not signed": signed(_unsigned),
    "signed with the public key as a secret": signed(_with_public_key),
    "signed with our own secret": signed(_with_secret(SECRET.encode())),
    "signed by another": signed(_of_another_key),
    "with its own key in it": signed(_with_its_own_key_in_it),
    "changed after signing": signed(_changed_afterwards),
    "no token but words": signed(lambda *_args: "geen.bewijs"),
    "sealed and not signed": signed(lambda *_args: "a.b.c.d.e"),
    "no keys": keys(),
    "a shared secret as a key": keys(OctKey.import_key(b"x" * 32).as_dict()),
    "a key for sealing": lambda server: keys(server.key.as_dict(private=False) | {"use": "enc"})(server),
    "keys in a web page": says("/keys", 200, "text/html", b"<html>"),
    "no token in the answer": answers(id_token=None),
    "another kind of token": answers(token_type="mac"),
    "an answer that leads elsewhere": says("/token", 307, "application/json", b"http://127.0.0.1:9/token"),
    "an answer without end": says("/token", 200, "application/json", b'{"x":"' + b"a" * 300_000 + b'"}'),
    "a list for an answer": says("/token", 200, "application/json", b"[]"),
}


def test_no_lie_is_believed(provider: IdentityProvider, server: IdentityServer, capsys: Any) -> None:
    """Each lie alone: nobody comes in, no account and no tie is made, and the refusal stands in the log."""
    accounts, believed = StaffMember.objects.count(), []
    for name, lie in LIES.items():
        server.reset()
        lie(server)
        visit, before = Visit(server), ReadEvent.objects.filter(action="sign_in_failed").count()
        refused = "why=elsewhere" in visit.go() and not visit.is_in and not server.refused
        logged = ReadEvent.objects.filter(action="sign_in_failed").count() == before + 1
        if not (refused and logged and StaffMember.objects.count() == accounts and not Identity.objects.exists()):
            believed.append(name)
    with capsys.disabled():
        sys.stdout.write(f"\nT11: {len(LIES)} lies of an identity provider, believed {len(believed)}\n")
    assert believed == []
    server.reset()
    honest = Visit(server)
    honest.go()
    assert honest.is_in
    assert len(LIES) >= 45


@pytest.mark.parametrize(
    "lie",
    [
        configured(issuer="https://elders.test"),
        configured(code_challenge_methods_supported=["plain"]),
        configured(token_endpoint="http://elders.test/token"),
        configured(jwks_uri=None),
    ],
)
def test_a_server_that_is_not_what_we_know_is_not_asked(
    provider: IdentityProvider, server: IdentityServer, lie: Callable[[IdentityServer], None]
) -> None:
    lie(server)
    visit = Visit(server)
    assert visit.leave() == {}
    assert "why=elsewhere" in visit.away


def test_an_answer_counts_once_and_for_the_browser_that_asked(
    provider: IdentityProvider, server: IdentityServer
) -> None:
    """State swapped, missing, of another browser, or brought twice; the code replayed; no code at all."""
    asked, thief = Visit(server), Visit(server)
    brought, of_thief = asked.leave(), thief.leave()
    stranger = Visit(server)
    stranger.come_back(brought)
    thief.come_back(brought)
    for wrong in ({**brought, "state": of_thief["state"]}, {"code": brought["code"]}, {"error": "access_denied"}):
        visit = Visit(server)
        wrong = {**wrong, "state": visit.leave()["state"]} if "error" in wrong else wrong
        assert "why=elsewhere" in visit.come_back(wrong)
        assert not visit.is_in
    assert not (stranger.is_in or thief.is_in)
    assert asked.come_back(brought) == "/rapporten/"
    twice = Visit(server)
    state = twice.leave()["state"]
    assert "why=elsewhere" in twice.come_back({"code": brought["code"], "state": state})
    assert "why=elsewhere" in twice.come_back({"code": brought["code"], "state": state})
    assert not twice.is_in


def test_an_answer_of_one_organisation_is_not_taken_for_anothers(
    provider: IdentityProvider, server: IdentityServer
) -> None:
    with running() as other:
        IdentityProvider.objects.create(
            organisation=make.MunicipalityFactory(name="Leusden"), slug="leusden", issuer=other.issuer,
            client_id=CLIENT, client_secret=SECRET, amr_values=["otp"], email_domains=["leusden.test"],
        )  # fmt: skip
        visit = Visit(server)
        brought = visit.leave()
        assert "why=elsewhere" in visit.come_back(brought, slug="leusden")
        visit = Visit(server)
        assert "why=elsewhere" in visit.come_back({**visit.leave(), "iss": other.issuer})
        server.configuration = {"authorization_response_iss_parameter_supported": True}
        visit = Visit(server)
        assert "why=elsewhere" in visit.go()
        assert not visit.is_in


def test_the_code_is_given_back_with_the_secret_of_pkce(provider: IdentityProvider, server: IdentityServer) -> None:
    visit = Visit(server)
    brought = visit.leave()
    server.codes[brought["code"]]["code_challenge"] = "van-een-ander"
    assert "why=elsewhere" in visit.come_back(brought)
    assert server.refused == ["PKCE"]


def test_a_municipality_gives_no_role_at_a_provider(provider: IdentityProvider, server: IdentityServer) -> None:
    GroupRole.objects.create(identity_provider=provider, group="baas", role="functional_manager")
    GroupRole.objects.create(identity_provider=provider, group="baas", role="coach", unit=make.UnitFactory())
    server.claims = {"groups": ["baas"]}
    assert "why=elsewhere" in Visit(server).go()
    assert not Membership.objects.filter(staff_member__email="yasmina@amersfoort.test").exists()


def test_a_closed_account_stays_closed(provider: IdentityProvider, server: IdentityServer) -> None:
    Visit(server).go()
    StaffMember.objects.filter(email="yasmina@amersfoort.test").update(is_active=False)
    visit = Visit(server)
    assert "why=elsewhere" in visit.go()
    assert not visit.is_in


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_link_or_a_picture_elsewhere_begins_no_sign_in(
    provider: IdentityProvider, server: IdentityServer, method: str
) -> None:
    """Whoever follows one finds the door, with no question made up that an answer would fit."""
    visit = Visit(server)
    answer = getattr(visit.client, method)(start(), {"next": "/rapporten/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/inloggen/?next=/rapporten/")
    assert not visit.client.session.keys()
    assert server.asked == []


def test_a_form_elsewhere_begins_no_sign_in(provider: IdentityProvider, server: IdentityServer) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(start(), {"next": "/rapporten/"}).status_code == 403
    assert (list(strict.session.keys()), server.asked) == ([], [])


def test_who_is_in_stays_who_they_are(omar: StaffMember, provider: IdentityProvider, server: IdentityServer) -> None:
    """Also with the good answer to a question of before: in another tab they came in meanwhile."""
    visit = Visit(server)
    brought = visit.leave()
    visit.client.force_login(omar)
    answers = [visit.client.post(start(), {"next": "/rapporten/"}), visit.client.get(start())]
    assert [answer.headers["Location"] for answer in answers] == ["/rapporten/", "/"]
    assert visit.come_back(brought) == "/"
    assert visit.client.session["_auth_user_id"] == str(omar.pk)
    assert "Omar Bakir" in visit.client.get("/rapporten/").content.decode()


def test_after_coming_in_one_goes_to_a_page_of_ours(provider: IdentityProvider, server: IdentityServer) -> None:
    visit = Visit(server)
    assert visit.come_back(visit.leave("https://elders.test/")) == "/"


def test_an_organisation_without_a_way_in_is_not_found(provider: IdentityProvider) -> None:
    assert browser().post(start("elders")).status_code == 404
    assert browser().post(reverse("organisations:openid_return", args=[SLUG])).status_code == 405
