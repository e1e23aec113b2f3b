"""The pieces of a screen: icons once per page, words that cannot break out, dates as the office writes them."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation
from heroicons import IconDoesNotExist

from foundation.templatetags import look


def render(source: str, **context: object) -> str:
    return Template("{% load look %}" + source).render(Context(context))


def test_in_a_page_an_icon_is_drawn_once_and_used_where_it_is_needed() -> None:
    html = render('{% sprite %}{% icon "check" %}{% icon "check" css="on" %}{% glyph "running" %}{% endsprite %}')
    assert html.count('<symbol id="i-check"') == 1
    assert html.count('href="#i-check"') == 2
    assert 'class="icon on"' in html
    assert '<symbol id="g-run"' in html


def test_in_a_fragment_an_icon_stands_where_it_is_used() -> None:
    html = render('{% icon "sun-o" %}')
    assert "<use" not in html
    assert 'stroke="currentColor"' in html
    assert "<path" in html


def test_an_icon_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(IconDoesNotExist):
        render('{% icon "unicorn" %}')


def test_a_wrapper_around_nothing_leaves_nothing() -> None:
    assert render('{% wrap "nav" css="crumbs" %}  {% endwrap %}') == ""
    assert (
        render('{% wrap "nav" css="crumbs" label="Pad" %}x{% endwrap %}')
        == '<nav class="crumbs" aria-label="Pad">x</nav>'
    )


def test_names_cannot_break_out_of_a_piece() -> None:
    bad = "<script>alert(1)</script>"
    html = render(
        '{% crumb bad %}{% tag bad %}{% panel bad aside=bad id="x" %}{% endpanel %}{% filter_chip bad "/x" %}'
        "{% tabs items bad %}{% note bad %}{% endnote %}{% menu bad %}{% endmenu %}"
        '{% nothing "sun" title=bad %}{% endnothing %}',
        bad=bad,
        items=[{"label": bad, "url": "/?a=1&b=2", "current": True, "count": 3}],
    )
    assert "<script>" not in html
    assert 'href="/?a=1&amp;b=2" aria-current="page"' in html


def test_a_panel_is_named_by_its_heading() -> None:
    html = render('{% panel "Laatste sessies" link="/alle" link_label="Alle" %}x{% endpanel %}')
    assert '<section class="panel" aria-labelledby="h-laatste-sessies">' in html
    assert '<h2 id="h-laatste-sessies">' in html
    assert '<a class="small" href="/alle">Alle</a>' in html


def test_beside_a_heading_words_are_quiet_and_a_tag_stays_a_tag() -> None:
    assert '<span class="quiet small">2 sessies</span>' in render('{% panel "A" aside="2 sessies" %}{% endpanel %}')
    html = render('{% tag "Loopt" glyph="running" kind="accent" as state %}{% panel "A" aside=state %}{% endpanel %}')
    assert '<span class="tag tag-accent">' in html
    assert "quiet" not in html


@pytest.mark.parametrize(
    ("language", "filter_name", "expected"),
    [
        ("nl", "long_date", "dinsdag 3 november"),
        ("nl", "short_date", "3 november"),
        ("nl", "brief_date", "3 nov"),
        ("nl", "full_date", "3 november 2026"),
        ("en", "long_date", "Tuesday 3 November"),
        ("en", "brief_date", "3 Nov"),
    ],
)
def test_dates_are_written_as_the_office_does(language: str, filter_name: str, expected: str) -> None:
    with translation.override(language):
        assert getattr(look, filter_name)(date(2026, 11, 3)) == expected


def test_another_year_is_named() -> None:
    with translation.override("nl"):
        assert look.short_date(date(2025, 11, 3)) == "3 november 2025"


def test_a_moment_is_a_day_in_the_netherlands() -> None:
    with translation.override("nl"):
        assert look.short_date(datetime(2026, 11, 2, 23, 30, tzinfo=UTC)) == "3 november"
