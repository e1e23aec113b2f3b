"""The texts: every one is found, translated and built, without gettext's tools."""

from pathlib import Path

import pytest

from config import translations

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy

TITLE = _("Log a session")
MONTH = pgettext_lazy("calendar", "May")

def days(number: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", number)
"""
TEMPLATE = """{% load i18n %}
  <p class='it"s'>{% translate "Start" context "of a trajectory" %}</p>

{{ state|default:_("Unknown") }} it's
{% blocktranslate count n=people|length %}{{ n }} person{% plural %}{{ n }} people{% endblocktranslate %}
{% comment %}{% translate "Not this" %}{% endcomment %}
"""
DUTCH = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: nl\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Log a session"
msgstr "Sessie vastleggen"

msgctxt "calendar"
msgid "May"
msgstr "mei"

msgid "%(n)s day"
msgid_plural "%(n)s days"
msgstr[0] "%(n)s dag"
msgstr[1] "%(n)s dagen"

msgctxt "of a trajectory"
msgid "Start"
msgstr "Starten"

msgid "Unknown"
msgstr "Onbekend"

msgid "%(n)s person"
msgid_plural "%(n)s people"
msgstr[0] "%(n)s persoon"
msgstr[1] "%(n)s mensen"
"""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small house with one module, one template and a catalogue."""
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    for folder in ("guidance", "templates", "locale/nl/LC_MESSAGES"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "guidance" / "views.py").write_text(PYTHON)
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE)
    catalogue(tmp_path).write_text(DUTCH)
    return tmp_path


def catalogue(checkout: Path) -> Path:
    return checkout / "locale" / "nl" / "LC_MESSAGES" / "django.po"


def test_everything_is_in_dutch() -> None:
    assert translations.wrong("nl") == []


def test_texts_are_found_in_code_and_templates_with_their_line(checkout: Path) -> None:
    found = {(text.file, text.line, text.text, text.context) for text in translations.find()}
    assert found == {
        ("guidance/views.py", 4, "Log a session", None),
        ("guidance/views.py", 5, "May", "calendar"),
        ("guidance/views.py", 8, ("%(n)s day", "%(n)s days"), None),
        ("templates/page.html", 2, "Start", "of a trajectory"),
        ("templates/page.html", 4, "Unknown", None),
        ("templates/page.html", 5, ("%(n)s person", "%(n)s people"), None),
    }


def test_a_complete_catalogue_has_no_fault(checkout: Path) -> None:
    assert translations.wrong("nl") == []


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('msgid "Log a session"', 'msgid "Log it"', "not in locale/nl/LC_MESSAGES/django.po: 'Log a session'"),
        ('msgid "Unknown"', 'msgid "Known"', "no longer in the code: 'Known'"),
        ('msgstr "mei"', 'msgstr ""', "not translated: 'May'"),
        ('msgid "Unknown"', '#, fuzzy\nmsgid "Unknown"', "fuzzy: 'Unknown'"),
        ('msgctxt "calendar"\n', "", "'May'"),
        ('"%(n)s dagen"', '"%(aantal)s dagen"', "the translation fills in %(aantal), which the text does not"),
    ],
)
def test_a_fault_in_a_catalogue_is_named(checkout: Path, before: str, after: str, fault: str) -> None:
    catalogue(checkout).write_text(DUTCH.replace(before, after))
    assert any(fault in line for line in translations.wrong("nl")), translations.wrong("nl")


def test_a_function_under_another_name_is_named(checkout: Path) -> None:
    (checkout / "guidance" / "forms.py").write_text("from django.utils.translation import gettext as say\n")
    [fault] = translations.wrong("nl")
    assert fault.startswith("guidance/forms.py: texts in say() are not found")


def test_a_missing_catalogue_is_named(checkout: Path) -> None:
    catalogue(checkout).unlink()
    assert translations.wrong("nl") == ["locale/nl/LC_MESSAGES/django.po is missing"]


def test_updating_keeps_what_was_translated_and_leaves_the_rest_open(checkout: Path) -> None:
    catalogue(checkout).write_text(DUTCH.replace('msgid "Unknown"', 'msgid "Known"'))
    translations.update("nl")
    path = "locale/nl/LC_MESSAGES/django.po"
    faults = [fault.removeprefix(path) for fault in translations.wrong("nl")]
    assert [fault.partition(": ")[2] for fault in faults] == ["not translated: 'Unknown'"]
    assert 'msgstr "Sessie vastleggen"' in catalogue(checkout).read_text()


def test_updating_twice_changes_nothing(checkout: Path) -> None:
    translations.update("nl")
    once = catalogue(checkout).read_text()
    translations.update("nl")
    assert catalogue(checkout).read_text() == once


def test_a_catalogue_is_built_when_it_changed(checkout: Path) -> None:
    translations.build()
    built = catalogue(checkout).with_suffix(".mo")
    first = built.stat().st_mtime_ns
    translations.build()
    assert built.stat().st_mtime_ns == first
    catalogue(checkout).write_text(DUTCH)
    translations.build()
    assert built.stat().st_mtime_ns > first


def test_django_reads_what_was_built(checkout: Path) -> None:
    import gettext

    translations.build()
    with catalogue(checkout).with_suffix(".mo").open("rb") as handle:
        dutch = gettext.GNUTranslations(handle)
    assert dutch.gettext("Log a session") == "Sessie vastleggen"
    assert dutch.ngettext("%(n)s day", "%(n)s days", 2) == "%(n)s dagen"
    assert dutch.pgettext("of a trajectory", "Start") == "Starten"
