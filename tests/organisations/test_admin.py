"""The administration opens for the functional manager, and holds the own provider's configuration only."""

import pytest
from django.contrib import admin
from django.core.management import CommandError, call_command
from django.db.models import Model
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.functional import Promise

from organisations.models import StaffMember
from tests import factories as make
from tests.cast import Cast, make_cast
from trajectories.models import Agreement

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def as_fenna(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.fenna)
    return client


@pytest.mark.parametrize("model", sorted(admin.site._registry, key=str), ids=str)
def test_each_list_and_form_opens(model: type[Model], cast: Cast) -> None:
    info = model._meta.app_label, model._meta.model_name
    assert as_fenna(cast).get(reverse("admin:{}_{}_changelist".format(*info))).status_code == 200
    assert as_fenna(cast).get(reverse("admin:{}_{}_add".format(*info))).status_code == 200


@pytest.mark.parametrize("model", sorted(admin.site._registry, key=str), ids=str)
def test_each_name_is_a_text_to_translate(model: type[Model], cast: Cast) -> None:
    """A name that Django makes of the code is English on a Dutch page, and no list of texts has it."""
    names = [model._meta.verbose_name, model._meta.verbose_name_plural]
    kept = admin.site._registry[model]
    request = RequestFactory().get("/")
    request.user = cast.fenna
    form = kept.get_form(request)
    names += [field.label for field in form.base_fields.values()]
    for inline in kept.get_inline_instances(request):
        names += [field.label for field in inline.get_formset(request).form.base_fields.values()]
    columns = [model._meta.get_field(str(name)) for name in kept.list_display if name != "__str__"]
    names += [getattr(column, "verbose_name", "") for column in columns]
    assert [name for name in names if not isinstance(name, Promise)] == []


def test_another_providers_units_and_agreements_are_not_there(cast: Cast) -> None:
    for name, row in (
        ("organisations_unit", cast.foreign_unit),
        ("trajectories_agreement", cast.foreign_trajectory.agreement),
    ):
        assert str(row.pk) not in as_fenna(cast).get(reverse(f"admin:{name}_changelist")).content.decode()
        response = as_fenna(cast).get(reverse(f"admin:{name}_change", args=[row.pk]))
        assert response.status_code == 302  # the admin's way of saying that it is not there


def test_a_new_account_gets_its_password_and_an_old_one_keeps_it(cast: Cast) -> None:
    url = reverse("admin:organisations_staffmember_change", args=[cast.noor.pk])
    form = {"email": "Noor@voorbeeld.test", "name": "Noor de Wit", "is_active": "on", "new_password": ""}
    inline = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
    before = cast.noor.password
    assert as_fenna(cast).post(url, {**form, **inline}).status_code == 302
    noor = StaffMember.objects.get(pk=cast.noor.pk)
    assert (noor.password, noor.email) == (before, "noor@voorbeeld.test")
    as_fenna(cast).post(url, {**form, **inline, "new_password": "een-lange-zin-van-noor "})
    assert StaffMember.objects.get(pk=cast.noor.pk).check_password("een-lange-zin-van-noor ")  # as it was typed


def test_who_got_a_password_from_somebody_else_chooses_another_first(cast: Cast) -> None:
    url = reverse("admin:organisations_staffmember_change", args=[cast.noor.pk])
    form = {"email": "noor@voorbeeld.test", "name": "Noor", "is_active": "on", "new_password": "lantaarn fiets oktober"}
    as_fenna(cast).post(url, {**form, "memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"})
    noor, page = Client(), reverse("organisations:change_password")
    assert noor.login(request=RequestFactory().get("/"), username="noor@voorbeeld.test", password=form["new_password"])
    assert noor.get("/vandaag/").headers["Location"] == page
    assert noor.post("/deelnemers/").headers["Location"] == page
    same = {"password": form["new_password"], "new_password": form["new_password"], "again": form["new_password"]}
    assert noor.post(page, same).context["form"].errors["new_password"]
    own = "zeven kikkers dansen"
    assert noor.post(page, {**same, "new_password": own, "again": own}).status_code == 302
    noor.login(request=RequestFactory().get("/"), username="noor@voorbeeld.test", password=own)
    assert noor.get("/vandaag/").status_code == 200


def test_a_weak_password_is_refused_with_a_reason(cast: Cast) -> None:
    url = reverse("admin:organisations_staffmember_change", args=[cast.noor.pk])
    form = {"email": "noor@voorbeeld.test", "name": "Noor", "new_password": "kort"}
    response = as_fenna(cast).post(url, {**form, "memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"})
    assert response.status_code == 200
    assert not StaffMember.objects.get(pk=cast.noor.pk).check_password("kort")


def test_an_officer_who_reads_another_providers_reports_too_is_changed_by_neither(cast: Cast) -> None:
    url = reverse("admin:organisations_staffmember_change", args=[cast.omar.pk])
    form = {"email": "omar@voorbeeld.test", "name": "Omar", "is_active": "on", "new_password": "lantaarn fiets oktober"}
    inline = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
    assert as_fenna(cast).post(url, {**form, "new_password": "", **inline}).status_code == 302
    make.AgreementFactory(provider=cast.other_provider, municipality=cast.municipality)
    assert as_fenna(cast).post(url, {**form, **inline}).status_code == 403
    assert not StaffMember.objects.get(pk=cast.omar.pk).check_password(form["new_password"])


def test_no_functional_manager_makes_an_officer_of_a_municipality_that_others_work_for_too(cast: Cast) -> None:
    url = reverse("admin:organisations_staffmember_change", args=[cast.noor.pk])
    counts = {"memberships-TOTAL_FORMS": "1", "memberships-INITIAL_FORMS": "0"}
    account = {"email": "noor@voorbeeld.test", "name": "Noor", "is_active": "on", "new_password": ""}
    role = {"organisation": str(cast.municipality.pk), "role": "municipal_officer", "starts_on": "2026-03-17"}
    form = {**account, **counts, **{f"memberships-0-{name}": value for name, value in role.items()}}
    make.AgreementFactory(provider=cast.other_provider, municipality=cast.municipality)
    assert as_fenna(cast).post(url, form).status_code == 200
    assert not cast.noor.memberships.filter(role="municipal_officer").exists()
    Agreement.objects.filter(provider=cast.other_provider).update(municipality=cast.other_municipality)
    assert as_fenna(cast).post(url, form).status_code == 302
    assert cast.noor.memberships.filter(role="municipal_officer").exists()


def test_whoever_runs_the_site_adds_an_officer(cast: Cast) -> None:
    for _twice in range(2):
        call_command("add_officer", "Els@Amersfoort.test", "Els Bos", municipality=cast.municipality.code)
    els = StaffMember.objects.get(email="els@amersfoort.test")
    assert els.standing.municipalities() == {cast.municipality.pk}
    assert els.must_choose_password and not els.has_usable_password()
    with pytest.raises(CommandError, match="no municipality"):
        call_command("add_officer", "els@amersfoort.test", "Els Bos", municipality=cast.provider.code)


def test_an_account_of_another_provider_cannot_be_changed(cast: Cast) -> None:
    response = as_fenna(cast).get(reverse("admin:organisations_staffmember_change", args=[cast.dina.pk]))
    assert response.status_code in {302, 403}
