"""`manage.py background [--again]`: what waits, and what was given up and why."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import jobs, mail
from foundation.models import Job, JobState, OutgoingMail


class Command(BaseCommand):
    help = str(gettext_lazy("Tell what work waits and what was given up, and why."))

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help=_("Try once more all that was given up."))

    def handle(self, *args: Any, again: bool, **options: Any) -> None:
        failed = Job.objects.filter(state=JobState.FAILED)
        lost = OutgoingMail.objects.exclude(failed_at=None)
        if again:
            for job in failed:
                jobs.retry(job)
            mails = mail.retry(lost)
            text = _("Tried once more: %(jobs)s jobs, %(mails)s e-mails.")
            self.stdout.write(text % {"jobs": len(failed), "mails": mails})
            return
        self._waiting()
        for job in failed.order_by("finished_at"):
            self.stdout.write(f"{job.finished_at:%Y-%m-%d %H:%M}  {job.pk}  {job.kind}  {job.error.splitlines()[-1:]}")
        for each in lost.order_by("failed_at"):
            self.stdout.write(f"{each.failed_at:%Y-%m-%d %H:%M}  {each.pk}  e-mail  {each.error}")

    def _waiting(self) -> None:
        now = timezone.now()
        work, post = jobs.waiting(now), mail.waiting(now)
        oldest = [since for one in (work, post) for since in one.order_by("created_at").values_list("created_at")[:1]]
        seconds = max(((now - since).total_seconds() for (since,) in oldest), default=0)
        text = _("%(jobs)s jobs and %(mails)s e-mails wait, the oldest for %(seconds).0f seconds.")
        self.stdout.write(text % {"jobs": work.count(), "mails": post.count(), "seconds": seconds})
