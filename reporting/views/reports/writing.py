"""The texts of a draft: explanations of targets, plans, and stories with their second reader."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.clock import today
from foundation.notices import refused, said, saved
from organisations.access import Permission, StaffRequest, fetch, requires
from organisations.models import Membership, StaffMember, Unit
from organisations.roles import ROLE_PERMISSIONS
from participants.models import Participant
from reporting import actions
from reporting.figures import CATALOGUE
from reporting.forms import ExplainTargetsForm, PlansForm, StoryForm
from reporting.models import FigureNote, Report, ReportState, ReportText, TextKind
from reporting.prechecks import deviations_of
from reporting.views.reports.reading import for_page
from trajectories.models import Trajectory

MOST_NOTES = 20


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_MAKE)
def explain_targets(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Write why each target was missed or exceeded, beside what managers noted at the figures."""
    found: Report = fetch(for_page(), request, Permission.REPORT_MAKE, pk=pk)
    if not actions.allows(found, "write"):
        return redirect("reporting:report", found.pk)
    form = ExplainTargetsForm(request.POST or None, deviations=deviations_of(found), texts=list(found.texts.all()))
    if form.is_valid():
        for one, text in form.explanations():
            actions.explain_target(
                by=request.user, report=found, agreement=one.agreement.pk, figure=one.figure_id, text=text
            )
        saved(request, _("Your explanation is saved."))
        return redirect("reporting:report", found.pk)
    context = {"report": found, "form": form, "notes": _notes_of(found)}
    return render(request, "reporting/explain_targets.html", context)


def _notes_of(report: Report) -> list[tuple[str, FigureNote]]:
    """The notes at the figures of the units of a report, dated in its period, each with the name of its figure."""
    notes = FigureNote.objects.filter(
        unit__programmes__agreements__report_parts__report=report,
        dated_on__range=(report.period_from, report.period_until),
    )
    return [
        (str(CATALOGUE[note.figure].label), note) for note in notes.distinct()[:MOST_NOTES] if note.figure in CATALOGUE
    ]


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_MAKE)
def write_plans(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Write what the organisation plans."""
    found: Report = fetch(for_page(), request, Permission.REPORT_MAKE, pk=pk)
    if not actions.allows(found, "write"):
        return redirect("reporting:report", found.pk)
    plans = found.texts.filter(kind=TextKind.PLANS).first()
    form = PlansForm(request.POST or None, initial={"text": plans.text if plans else ""})
    if form.is_valid():
        actions.write_plans(by=request.user, report=found, text=form.cleaned_data["text"])
        saved(request, _("Your plans are saved."))
        return redirect("reporting:report", found.pk)
    return render(request, "reporting/write_plans.html", {"report": found, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_MAKE)
def add_story(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Write a new story."""
    found: Report = fetch(for_page(), request, Permission.REPORT_MAKE, pk=pk)
    return _write_story(request, found, None)


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_MAKE)
def edit_story(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Change a story; then it is read again."""
    story = get_object_or_404(stories_of(request.user, Permission.REPORT_MAKE), pk=pk)
    return _write_story(request, story.report, story)


def _write_story(request: StaffRequest, found: Report, story: ReportText | None) -> HttpResponse:
    if not actions.allows(found, "write"):
        return redirect("reporting:report", found.pk)
    form = StoryForm(
        request.POST or None,
        story=story,
        readers=_readers_for(found, request.user),
        people=_people_of(found, request.user),
    )
    if form.is_valid():
        try:
            actions.write_story(by=request.user, report=found, story=story, **form.cleaned_data)
            saved(request, _("The story is saved."))
            return redirect("reporting:report", found.pk)
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "reporting/write_story.html", {"report": found, "form": form, "story": story})


def _readers_for(report: Report, writer: StaffMember) -> QuerySet[StaffMember]:
    """Who may read files in the units of a report today, but for the writer; with the units in ``reads_in``."""
    roles = [role for role, may in ROLE_PERMISSIONS.items() if Permission.FILE_READ in may]
    units = Unit.objects.filter(programmes__agreements__report_parts__report=report)
    reading = Membership.objects.on(today()).filter(role__in=roles, unit__in=units)
    found = StaffMember.objects.filter(pk__in=reading.values("staff_member"), is_active=True).exclude(pk=writer.pk)
    with_units = Prefetch("memberships", queryset=reading.select_related("unit"), to_attr="reads_in")
    return found.prefetch_related(with_units).order_by("name")


def _people_of(report: Report, member: StaffMember) -> QuerySet[Participant]:
    """The people a report is about whose files ``member`` may read."""
    own = Participant.objects.visible_to(member, Permission.FILE_READ)
    paid = Trajectory.objects.filter(participant=OuterRef("pk"), agreement__in=report.parts.values("agreement"))
    return own.filter(Exists(paid))


@require_POST
@requires(Permission.REPORT_MAKE)
def remove_story(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Take a story out of a draft."""
    story = get_object_or_404(stories_of(request.user, Permission.REPORT_MAKE), pk=pk)
    try:
        actions.remove_story(by=request.user, story=story)
        said(request, _("The story is removed."))
    except ValidationError as error:
        refused(request, error.messages[0])
    return redirect("reporting:report", story.report_id)


@require_GET
@requires(Permission.FILE_READ)
def stories(request: StaffRequest) -> HttpResponse:
    """The stories of the own units that wait for a second reader."""
    waiting = stories_of(request.user, Permission.FILE_READ).filter(report__state=ReportState.DRAFT, read_by=None)
    found = list(waiting.exclude(written_by=request.user).order_by("written_at"))
    return render(request, "reporting/stories.html", {"stories": found})


@require_http_methods(["GET", "POST"])
@requires(Permission.FILE_READ)
def read_story(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Read a story of a colleague, and say that nobody can be recognised."""
    story = get_object_or_404(stories_of(request.user, Permission.FILE_READ), pk=pk)
    if request.method == "POST":
        try:
            actions.read_story(by=request.user, story=story)
            said(request, _("Thank you. The story can go along with the report."))
        except ValidationError as error:
            refused(request, error.messages[0])
        return redirect("reporting:stories")
    is_open = actions.allows(story.report, "write") and not story.read_by_id
    may_read = is_open and story.written_by_id != request.user.pk
    return render(request, "reporting/read_story.html", {"story": story, "may_read": may_read})


def stories_of(member: StaffMember, permission: Permission) -> QuerySet[ReportText]:
    """Return the stories in reports on programmes of the units where a role gives ``permission``."""
    units = member.standing.units(permission)
    own = Report.objects.filter(parts__agreement__programmes__unit__in=units)
    found: Any = ReportText.objects.filter(kind=TextKind.STORY, report__in=own)
    return found.select_related("report", "written_by", "read_by", "consent_noted_by")  # type: ignore[no-any-return]
