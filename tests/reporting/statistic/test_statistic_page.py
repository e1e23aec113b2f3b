"""The pages of the statistic: a unit manager sees a month, solves what is wrong and exports; each reading is logged."""

from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from foundation.encryption import file_keys_kept
from foundation.models import ReadEvent
from participants.law.shielding import lift_shield, shield_file
from reporting.models import StatisticDelivery, StatisticSetting
from tests import factories as make
from tests.cast import Cast, make_cast
from trajectories.models import LabourPosition, Provision, Trajectory

pytestmark = pytest.mark.django_db
BSN = "999990019"


@pytest.fixture
def cast() -> Cast:
    """Samira is coached since January 2025; everything that a delivery needs is there."""
    made = make_cast()
    made.programme.provision_type = "40"
    made.programme.save()
    made.agreement.bsn_ground = "Artikel 6"
    made.agreement.save()
    StatisticSetting.objects.create(provider=made.provider, municipality=made.municipality, reporter_code="0307")
    make.ProvisionFactory(trajectory=made.trajectory, registration="D12345", starts_on=date(2025, 1, 6))
    LabourPosition.objects.create(
        provider=made.provider, participant=made.samira, starts_on=date(2025, 1, 6), capacity="10", aim="1"
    )
    with file_keys_kept():
        made.samira.bsn = BSN
        made.samira.save()
    return made


@pytest.fixture
def ineke(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.ineke)
    return client


def about(cast: Cast, month: str = "2025-10") -> dict[str, str]:
    return {"payer": f"{cast.provider.pk}.{cast.municipality.pk}", "month": month}


def export(client: Client, cast: Cast, month: str = "2025-10", **more: Any) -> Any:
    return client.post(reverse("reporting:export_statistic"), {**about(cast, month), "format": "csv", **more})


def page(client: Client, cast: Cast, name: str = "statistic", month: str = "2025-10") -> Any:
    return client.get(reverse(f"reporting:{name}"), about(cast, month))


def test_the_last_month_that_is_over_stands_there_first(ineke: Client, cast: Cast) -> None:
    seen = ineke.get(reverse("reporting:statistic"))
    assert seen.context["asked"].period.start == date(2026, 2, 1)
    assert seen.context["deliver_before"] == date(2026, 3, 28)


def test_an_export_is_a_download_and_is_logged(ineke: Client, cast: Cast) -> None:
    response = export(ineke, cast)
    assert response.headers["Content-Disposition"].startswith('attachment; filename="srg-tussenbestand-geen-cbs')
    kept = StatisticDelivery.objects.get()
    assert (kept.month, kept.format, kept.rows, kept.made_by) == (date(2025, 10, 1), "csv", 1, cast.ineke)
    assert len(kept.sha256) == 64
    assert kept.lines == {str(cast.unit.pk): {"D12345": ["40", "2025-01-06", ""]}}
    assert ReadEvent.objects.get(what="reporting:export_statistic").participant_ids == [cast.samira.pk]
    assert kept.sha256[:12] in page(ineke, cast).content.decode()


def test_an_error_stops_the_export_and_leads_to_where_it_is_solved(ineke: Client, cast: Cast) -> None:
    cast.agreement.bsn_ground = ""
    cast.agreement.save()
    Provision.objects.update(kind="41")
    assert export(ineke, cast).headers["Location"].startswith(reverse("reporting:statistic_checks"))
    assert not StatisticDelivery.objects.exists()
    worklist = page(ineke, cast, "statistic_checks")
    assert {row["finding"].rule.id for row in worklist.context["errors"]} == {"formats", "no_bsn_ground"}
    assert reverse("trajectories:change_provision", args=[Provision.objects.get().pk]) in worklist.content.decode()
    assert ReadEvent.objects.get(what="reporting:statistic_checks").participant_ids == [cast.samira.pk]


def test_a_warning_does_not_stop_the_export(ineke: Client, cast: Cast) -> None:
    LabourPosition.objects.all().delete()
    assert [row["finding"].rule.id for row in page(ineke, cast, "statistic_checks").context["warnings"]] == [
        "no_position"
    ]
    assert export(ineke, cast).status_code == 200
    assert StatisticDelivery.objects.exists()


def test_a_month_of_which_the_text_was_not_compared_asks_to_confirm_that(ineke: Client, cast: Cast) -> None:
    assert "is_confirmed" in page(ineke, cast, month="2026-02").context["form"].fields
    assert "is_confirmed" not in page(ineke, cast).context["form"].fields
    asked = export(ineke, cast, "2026-02")
    assert asked.context["form"].errors["is_confirmed"]
    assert not StatisticDelivery.objects.exists()
    assert export(ineke, cast, "2026-02", is_confirmed="on").headers["Content-Type"] == "application/zip"


def test_a_month_before_the_first_verified_text_is_refused(ineke: Client, cast: Cast) -> None:
    assert page(ineke, cast, month="2024-12").context["stops"]
    assert export(ineke, cast, "2024-12").status_code == 302
    assert not StatisticDelivery.objects.exists()


def test_this_month_can_be_looked_at_and_not_exported(ineke: Client, cast: Cast) -> None:
    ids = {row["finding"].rule.id for row in page(ineke, cast, "statistic_checks", "2026-03").context["errors"]}
    assert ids == {"month_not_over"}


def test_the_lines_per_person_mask_the_bsn_and_are_logged(ineke: Client, cast: Cast) -> None:
    seen = page(ineke, cast, "statistic_people")
    text = seen.content.decode()
    assert "••••••019" in text
    assert BSN not in text
    assert [row["person"].name for row in seen.context["people"]] == ["Samira el Amrani"]
    assert ReadEvent.objects.get(what="reporting:statistic_people").participant_ids == [cast.samira.pk]


def test_a_corrected_day_is_listed_with_the_person(ineke: Client, cast: Cast) -> None:
    export(ineke, cast, "2025-09")
    Provision.objects.update(starts_on=date(2025, 1, 13))
    [row] = page(ineke, cast).context["corrections"]
    assert (row["registration"], row["name"]) == ("D12345", "Samira el Amrani")
    assert [row["finding"].rule.id for row in page(ineke, cast, "statistic_checks").context["warnings"]] == [
        "start_changed"
    ]


def test_people_of_another_unit_are_not_in(ineke: Client, cast: Cast) -> None:
    make.ProvisionFactory(trajectory=cast.other_unit_trajectory, starts_on=date(2025, 1, 6))
    assert [person.name for person in page(ineke, cast).context["asked"].month.people] == ["Samira el Amrani"]


def test_another_municipality_and_an_odd_month_are_no_way_around(ineke: Client, cast: Cast) -> None:
    strange = {"payer": f"{cast.other_provider.pk}.{cast.other_municipality.pk}"}
    assert ineke.get(reverse("reporting:statistic"), strange).status_code == 404
    assert ineke.post(reverse("reporting:export_statistic"), strange).status_code == 404
    for month in ("0000-99", "0001-01", "2031-01", "gisteren"):
        odd = ineke.get(reverse("reporting:statistic"), {"month": month})
        assert odd.context["asked"].period.start == date(2026, 2, 1)


def test_a_manager_without_a_municipality_is_told_so() -> None:
    client = Client()
    client.force_login(make.StaffMemberFactory(manager=make.UnitFactory()))
    for name in ("statistic", "statistic_checks", "statistic_people"):
        assert client.get(reverse(f"reporting:{name}")).status_code == 200


def test_the_functional_manager_keeps_how_it_is_delivered(cast: Cast) -> None:
    fenna = Client()
    fenna.force_login(cast.fenna)
    add = reverse("admin:reporting_statisticsetting_add")
    offered = fenna.get(add).context["adminform"].form.fields["municipality"].queryset
    assert {one.kind for one in offered} == {"municipality"}
    given = {
        "provider": cast.provider.pk,
        "municipality": cast.other_municipality.pk,
        "reporter_code": "0327",
        "later_ends": "send",
        "months_back": "2",
    }
    assert fenna.post(add, given | {"reporter_code": "32"}).status_code == 200
    assert fenna.post(add, given).status_code == 302
    assert StatisticSetting.objects.get(reporter_code="0327").months_back == 2


def test_the_functional_manager_chooses_the_kind_of_a_programme_by_name(cast: Cast) -> None:
    fenna = Client()
    fenna.force_login(cast.fenna)
    form = fenna.get(reverse("admin:trajectories_programme_change", args=[cast.programme.pk])).context["adminform"].form
    choices = dict(form.fields["provision_type"].choices)
    assert len(choices) == 19
    assert choices["40"].endswith("(40)")


def test_what_was_sent_is_shown_with_the_tick_and_a_file_is_laid_beside_it(ineke: Client, cast: Cast) -> None:
    sent = export(ineke, cast, "2026-02", is_confirmed="on").content
    kept = StatisticDelivery.objects.get()
    assert kept.is_confirmed
    assert "bevestigd" in page(ineke, cast).content.decode() or "confirmed" in page(ineke, cast).content.decode()
    there = reverse("reporting:statistic_delivery", args=[kept.pk])
    [row] = ineke.get(there).context["page"].rows
    assert (row["registration"], row["starts_on"], row["digest"]) == (
        "D12345",
        date(2025, 1, 6),
        kept.digests["D12345"][:12],
    )
    assert ineke.post(there, {"file": SimpleUploadedFile("a.zip", sent)}).context["found"].is_same_file
    Provision.objects.update(starts_on=date(2025, 1, 13))
    other = export(ineke, cast, "2026-02", is_confirmed="on").content
    assert ineke.post(there, {"file": SimpleUploadedFile("a.zip", other)}).context["found"].changed == ("D12345",)
    assert ineke.post(there, {"file": SimpleUploadedFile("a.zip", b"iets")}).context["form"].errors["file"]
    assert ineke.post(there).context["form"].errors["file"]


def test_an_export_of_another_provider_is_not_there(ineke: Client, cast: Cast) -> None:
    export(ineke, cast)
    stranger = Client()
    stranger.force_login(make.StaffMemberFactory(manager=cast.foreign_unit))
    assert (
        stranger.get(reverse("reporting:statistic_delivery", args=[StatisticDelivery.objects.get().pk])).status_code
        == 404
    )


def test_a_compared_month_asks_no_tick_and_keeps_none(ineke: Client, cast: Cast) -> None:
    export(ineke, cast)
    assert not StatisticDelivery.objects.get().is_confirmed


def answer(client: Client, rule: str, row: Any, reason: str = "Is nieuw hier.") -> Any:
    return client.post(reverse("reporting:answer_finding", args=[rule, row.pk]), {"reason": reason})


def test_a_warning_that_is_right_as_it_is_does_not_come_back_the_next_month(ineke: Client, cast: Cast) -> None:
    LabourPosition.objects.all().delete()
    provision = Provision.objects.get()
    [row] = page(ineke, cast, "statistic_checks").context["warnings"]
    assert (row["owner"], row["answer_url"] != "") == ("Noor de Wit", True)
    assert answer(ineke, "no_position", provision, "").context["form"].errors["reason"]
    assert answer(ineke, "no_position", provision).status_code == 302
    for month in ("2025-10", "2025-11"):
        seen = page(ineke, cast, "statistic_checks", month)
        assert seen.context["warnings"] == []
        [settled] = seen.context["settled"]
        assert (settled["reason"], settled["answered_by"]) == ("Is nieuw hier.", "Ineke Vos")
        assert seen.context["tabs"][1]["count"] == 0
    ineke.post(reverse("reporting:reopen_finding", args=["no_position", provision.pk]))
    assert len(page(ineke, cast, "statistic_checks").context["warnings"]) == 1


def test_another_day_to_look_again_asks_anew(ineke: Client, cast: Cast) -> None:
    provision = Provision.objects.get()
    Provision.objects.update(review_on=date(2025, 9, 30))
    answer(ineke, "review_due", provision)
    assert page(ineke, cast, "statistic_checks").context["warnings"] == []
    Provision.objects.update(review_on=date(2026, 3, 30))
    [row] = page(ineke, cast, "statistic_checks", "2026-03").context["warnings"]
    assert row["finding"].rule.id == "review_due"


def test_a_trajectory_without_a_provision_can_be_right_as_it_is(ineke: Client, cast: Cast) -> None:
    Provision.objects.all().delete()
    form = ineke.get(reverse("reporting:answer_finding", args=["missing", cast.trajectory.pk]))
    assert "%(programme)s" not in form.content.decode()
    answer(ineke, "missing", cast.trajectory, "Wmo.")
    assert page(ineke, cast, "statistic_checks", "2026-02").context["warnings"] == []


def test_an_error_is_solved_and_not_answered(ineke: Client, cast: Cast) -> None:
    assert answer(ineke, "closed_scheme", Provision.objects.get()).status_code == 404
    other = make.ProvisionFactory(trajectory=cast.other_unit_trajectory)
    assert answer(ineke, "no_position", other).status_code == 404


def test_a_provision_that_outlived_its_trajectory_ends_with_one_click(ineke: Client, cast: Cast) -> None:
    Trajectory.objects.filter(pk=cast.trajectory.pk).update(ended_on=date(2026, 2, 12), state="ended")
    [row] = page(ineke, cast, "statistic_checks", "2026-02").context["errors"]
    assert row["finding"].rule.id == "outlives_trajectory"
    ineke.post(row["close_url"])
    provision = Provision.objects.get()
    assert (provision.ends_on, provision.end_reason) == (date(2026, 2, 12), "2")
    Provision.objects.update(starts_on=date(2026, 2, 13), ends_on=None, end_reason="")
    [row] = page(ineke, cast, "statistic_checks", "2026-02").context["errors"]
    assert row["close_url"] == ""
    ineke.post(reverse("reporting:close_provision", args=[provision.pk]))
    assert Provision.objects.get().ends_on is None


def test_a_shielded_file_is_delivered_and_named_by_its_number_only(ineke: Client, cast: Cast) -> None:
    export(ineke, cast, "2025-09")
    Provision.objects.update(starts_on=date(2025, 1, 13), review_on=date(2025, 2, 1))
    why = "Een zus van Bo."
    shield = shield_file(by=cast.piet, participant=cast.samira, kind="staff", reason=why, readers=[cast.noor])
    lines = page(ineke, cast, "statistic_people")
    [row] = lines.context["people"]
    assert row["person"].name == f"Dossier {cast.samira.reference}, niet open voor jou"
    about_checks = page(ineke, cast, "statistic_checks")
    rows = [row for kind in ("errors", "warnings") for row in about_checks.context[kind]]
    assert rows
    assert {(row["url"], row["answer_url"], row["close_url"]) for row in rows} == {("", "", "")}
    assert page(ineke, cast).context["corrections"]
    assert ReadEvent.objects.filter(what="reporting:statistic").latest("id").participant_ids == [cast.samira.pk]
    told = [page(ineke, cast).content, lines.content, about_checks.content]
    for name in ("statistic_people", "statistic_checks"):
        export_of_page = ineke.get(reverse(f"reporting:export_{name}", args=["csv"]), about(cast))
        told.append(b"".join(export_of_page.streaming_content))  # type: ignore[attr-defined]
    assert [name for name in ("Samira", "Amrani", "17-5-1985", "••019") for text in told if name in text.decode()] == []
    assert [cast.samira.reference.encode() in text for text in told[1:]] == [True] * 4
    judged = reverse("reporting:answer_finding", args=["review_due", Provision.objects.get().pk])
    assert ineke.get(judged).status_code == 404
    with ZipFile(BytesIO(export(ineke, cast).content)) as delivered:
        assert any(BSN in delivered.read(name).decode() for name in delivered.namelist())
    lift_shield(by=cast.piet, shield=shield)
    assert ineke.get(judged).status_code == 200
