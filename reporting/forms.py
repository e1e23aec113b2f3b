"""The forms of reporting."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from foundation.clock import today
from foundation.forms import DayField, HouseForm
from foundation.periods import Period
from organisations.models import StaffMember
from reporting.models import Report, ReportText, TextKind
from reporting.prechecks import Deviation
from trajectories.models import Agreement

LONGEST_TEXT = 4000


class MakeReportForm(HouseForm):
    """Ask for a report: over which agreements, and over which days."""

    agreements = forms.ModelMultipleChoiceField(
        Agreement.objects.none(),
        label=_("For which agreement?"),
        help_text=_("Choose several for one report together. That needs the recorded consent of each payer."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one agreement.")},
    )
    first = DayField(label=_("First day"))
    last = DayField(label=_("Last day"))
    reference_date = DayField(
        label=_("Reference date"), help_text=_("The day on which is counted. What is dated later does not count.")
    )

    def __init__(self, *args: Any, agreements: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelMultipleChoiceField[Agreement]", self.fields["agreements"]).queryset = agreements

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last, reference = data.get("first"), data.get("last"), data.get("reference_date")
        if first and last and last < first:
            self.add_error("last", _("The last day lies before the first day. Check both dates."))
        elif first and last:
            data["period"] = Period(first, last)
        if first and reference and reference < first:
            self.add_error("reference_date", _("The reference date lies before the period. Choose a later day."))
        if reference and reference > today():
            self.add_error(
                "reference_date", _("The reference date lies in the future. Choose today or an earlier day.")
            )
        return data


def last_year() -> dict[str, Any]:
    """Return what the form starts with: the last whole calendar year, counted today."""
    year = Period.year(today().year - 1)
    return {"first": year.start, "last": year.end, "reference_date": today()}


class CorrectReportForm(HouseForm):
    """Ask for the next version of a signed report."""

    reason = forms.CharField(
        label=_("Why is there a new version?"),
        help_text=_("The municipality reads this. Do not name anybody."),
        widget=forms.Textarea({"rows": 4}),
        max_length=LONGEST_TEXT,
    )
    reference_date = DayField(
        label=_("Reference date"), help_text=_("The day on which is counted. What is dated later does not count.")
    )

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, initial={"reference_date": today()}, **kwargs)
        self.report = report

    def clean_reference_date(self) -> Any:
        day = self.cleaned_data["reference_date"]
        if not self.report.reference_date <= day <= today():
            raise forms.ValidationError(
                _("Choose a reference date from that of the version before up to today."),
            )
        return day


class ReturnReportForm(HouseForm):
    """A question of the payer."""

    question = forms.CharField(
        label=_("Question or remark"),
        help_text=_("Needed when you return the report. Do not name anybody."),
        widget=forms.Textarea({"rows": 3}),
        max_length=LONGEST_TEXT,
        error_messages={"required": _("Write what you want to know.")},
    )


class AcceptReportForm(ReturnReportForm):
    """Nothing, since no question goes along with accepting: what was typed is not thrown away unasked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].required = False

    def clean_question(self) -> str:
        if self.cleaned_data["question"]:
            raise forms.ValidationError(
                _("This goes along only when you return the report. Return it, or empty this and accept."),
            )
        return ""


class ExplainTargetsForm(HouseForm):
    """One text for each target that is missed or exceeded. It may be saved half: checking asks for all of them."""

    def __init__(self, *args: Any, deviations: Sequence[Deviation], texts: Iterable[ReportText], **kwargs: Any) -> None:
        written = {(t.agreement_id, t.figure): t.text for t in texts if t.kind == TextKind.EXPLANATION}
        super().__init__(*args, **kwargs)
        self.deviations = deviations
        for one in deviations:
            self.fields[one.name] = forms.CharField(
                label=f"{one.label}, {one.agreement.municipality.name}",
                help_text=_numbers_of(one),
                widget=forms.Textarea({"rows": 3}),
                max_length=LONGEST_TEXT,
                required=False,
                initial=written.get((one.agreement.pk, one.figure_id), ""),
            )

    def explanations(self) -> list[tuple[Deviation, str]]:
        """Return what was written, by target."""
        return [(one, self.cleaned_data[one.name]) for one in self.deviations]


def _numbers_of(one: Deviation) -> str:
    word = _("Missed") if one.is_missed else _("Exceeded")
    values = {"word": word, "realised": one.realised, "target": f"{one.target:g}"}
    if one.expected is None:
        return _("%(word)s: %(realised)s realised, the target is %(target)s.") % values
    return _("%(word)s: %(realised)s realised, %(expected)s expected by now, the target is %(target)s.") % {
        **values,
        "expected": round(one.expected),
    }


class PlansForm(HouseForm):
    """What the organisation plans."""

    text = forms.CharField(
        label=_("What do you plan for the next period?"),
        help_text=_("This may stay empty. Leave a line blank between paragraphs."),
        widget=forms.Textarea({"rows": 8}),
        max_length=LONGEST_TEXT,
        required=False,
    )


class ReaderField(forms.ModelChoiceField):  # type: ignore[type-arg]  # the base is no generic at run time
    """A colleague, with the units where he or she may read files (``reads_in``, prefetched)."""

    def label_from_instance(self, obj: Any) -> str:
        units = sorted({membership.unit.name for membership in obj.reads_in})
        return f"{obj.name}, {', '.join(units)}"


class StoryForm(HouseForm):
    """A story, made unrecognisable, with the consent of whom it is about."""

    title = forms.CharField(
        label=_("Title"),
        help_text=_("With an invented name and an age band: “Marijke, between 45 and 54”."),
        max_length=120,
    )
    text = forms.CharField(
        label=_("The story"),
        help_text=_("Leave a line blank between paragraphs."),
        widget=forms.Textarea({"rows": 10}),
        max_length=LONGEST_TEXT,
    )
    consent_on = DayField(
        label=_("Consent given on"),
        help_text=_("For this story, by whom it is about. Somebody may take it back until the report is signed."),
        error_messages={"required": _("Fill in the day of consent. Without consent a story cannot go along.")},
    )
    consent_of = forms.CharField(
        label=_("Consent given by"),
        help_text=_("The number of the file, such as AE-2041; of several people with commas. No report tells it."),
        error_messages={"required": _("Fill in the number of the file of who agreed to this story.")},
    )
    reader = ReaderField(
        StaffMember.objects.none(),
        label=_("Who reads it as well?"),
        help_text=_("This colleague gets an e-mail with a link to the story."),
        required=False,
        empty_label=_("I ask somebody myself"),
    )

    def __init__(self, *args: Any, story: ReportText | None, readers: Any, people: Any, **kwargs: Any) -> None:
        initial = {name: getattr(story, name) for name in ("title", "text", "consent_on")} if story else {}
        if story:
            initial["consent_of"] = ", ".join(_numbers_of_files(people, story.consent_of))
        super().__init__(*args, initial=initial, **kwargs)
        self.people = people
        cast("forms.ModelChoiceField[StaffMember]", self.fields["reader"]).queryset = readers

    def clean_consent_on(self) -> Any:
        day = self.cleaned_data["consent_on"]
        if day > today():
            raise forms.ValidationError(_("The day of consent lies in the future. Choose today or earlier."))
        return day

    def clean_consent_of(self) -> list[Any]:
        """The files with these numbers, of people whom the report is about."""
        asked = {number.strip().lower() for number in self.cleaned_data["consent_of"].split(",") if number.strip()}
        found = dict(self.people.annotate(lower=Lower("reference")).filter(lower__in=asked).values_list("lower", "pk"))
        if unknown := sorted(asked - found.keys()):
            raise forms.ValidationError(
                _("We know nobody in this report with number %(numbers)s. Check it."),
                params={"numbers": ", ".join(unknown).upper()},
            )
        return sorted(found.values())


def _numbers_of_files(people: Any, files: Iterable[Any]) -> list[str]:
    return list(people.filter(pk__in=files).order_by("reference").values_list("reference", flat=True))


class CheckFileForm(HouseForm):
    """A file to compare with those of a report."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_("We compare the file and do not keep it. At most 100 MB."),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty. Choose another."),
            "missing": _("Choose a file."),
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.is_too_large:
            raise forms.ValidationError(_("This file is larger than 100 MB. No file of a report is that large."))
        return file
