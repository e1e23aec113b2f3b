"""A form says at the field what is wrong and what to do, keeps what was typed, and can be used without a mouse."""

import re
from datetime import date

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template.loader import render_to_string
from django.utils import translation

from foundation.forms import DayField, HouseForm, MinutesField, Segments


class VisitForm(HouseForm):
    came = forms.ChoiceField(
        label="Is Samira gekomen?",
        choices=[("yes", "Gekomen"), ("no", "Niet gekomen")],
        widget=Segments("seg-visit"),
        error_messages={"required": "Kies of Samira gekomen is."},
    )
    text = forms.CharField(label="Wat hebben jullie gedaan?", help_text="Schrijf <feiten>.", widget=forms.Textarea)
    domains = forms.MultipleChoiceField(
        label="Waarover?",
        choices=[("money", "Geldzaken"), ("home", "Wonen")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    day = DayField(label="Dag")
    minutes = MinutesField(label="Minuten")
    reason = forms.ChoiceField(label="Reden", choices=[("", "Kies een reden"), ("a", "Doel gehaald")])
    route = forms.ChoiceField(
        label="Route", choices=[(str(i), f"Route {i}") for i in range(5)], widget=forms.RadioSelect
    )
    worry = forms.BooleanField(label="Er is een zorg", required=False)


GOOD = {"came": "yes", "text": "Gebeld.", "day": "2026-03-17", "minutes": "45", "reason": "a", "route": "1"}


@pytest.fixture(autouse=True)
def english() -> None:
    translation.activate("en")


def draw(form: VisitForm) -> str:
    return str(render_crispy_form(form))  # type: ignore[no-untyped-call]  # crispy has no types


def html_of(data: dict[str, str] | None = None) -> str:
    return draw(VisitForm(data))


@pytest.mark.parametrize("typed", ["2026-03-17", "17-3-2026", "17-03-2026", "17/3/2026"])
def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    assert DayField().clean(typed) == date(2026, 3, 17)


def test_what_is_no_day_stays_to_be_read_and_mended() -> None:
    html = html_of({**GOOD, "day": "31-31-2026"})
    assert re.search(r'<input type="text" name="day" value="31-31-2026"', html)
    assert re.search(r'<input type="date" name="day" value="2026-03-17"', html_of(GOOD))


@pytest.mark.parametrize(
    ("typed", "said"), [("0", "1 minute or more"), ("601", "600 minutes or fewer"), ("3,5", "whole")]
)
def test_minutes_are_whole_and_within_a_day_of_work(typed: str, said: str) -> None:
    with pytest.raises(forms.ValidationError, match=said):
        MinutesField().clean(typed)


def test_a_missing_answer_is_called_by_its_name() -> None:
    errors = VisitForm({}).errors
    assert errors["came"] == ["Kies of Samira gekomen is."]
    assert errors["text"] == ["Fill in “Wat hebben jullie gedaan?”."]
    assert errors["reason"] == ["Choose an answer at “Reden”."]
    assert errors["day"] == ["Fill in a day."]


def test_each_error_of_the_summary_leads_to_a_control() -> None:
    form = VisitForm({})
    html = draw(form)
    summary = render_to_string("components/errors.html", {"form": form})
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert len(targets) == len(form.errors) == 6
    for target in targets:
        assert f'id="{target}"' in html
    assert "6 answers are not right yet" in summary


def test_no_errors_no_summary() -> None:
    assert not render_to_string("components/errors.html", {"form": VisitForm()}).strip()


def test_what_a_control_is_described_by_is_there() -> None:
    html = html_of({})
    for ids in re.findall(r'aria-describedby="([^"]+)"', html):
        for key in ids.split():
            assert html.count(f'id="{key}"') == 1, key


def test_label_hint_error_and_control_come_in_that_order() -> None:
    html = html_of({**GOOD, "text": ""})
    places = [html.index(part) for part in ('for="id_text"', "id_text_helptext", 'id="id_text_error"', "<textarea")]
    assert places == sorted(places)


def test_two_choices_are_segments_many_are_a_list_toggles_are_chips() -> None:
    html = html_of(GOOD)
    assert '<div class="seg seg-visit">' in html
    assert '<div class="choices">' in html
    assert '<div class="chips">' in html
    assert html.count('class="opt"') == 2


def test_nothing_is_chosen_beforehand() -> None:
    assert "checked" not in html_of()


def test_there_is_no_style_no_script_and_no_browser_balloon() -> None:
    html = html_of({})
    assert not re.search(r"style=|<script|\son\w+=|\srequired[ >]", html)


def test_a_hint_is_text() -> None:
    assert "Schrijf &lt;feiten&gt;." in html_of()
