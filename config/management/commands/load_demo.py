from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.demo.loading import NotEmpty, load_demo


class Command(BaseCommand):
    help = "Load seven providers with invented people, once."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            is_new = load_demo()
        except NotEmpty as problem:
            raise CommandError(
                "This database holds other providers. Load the demo into an empty database (another DRAAD_HOME)."
            ) from problem
        if options["verbosity"]:
            self.stdout.write("The demo is loaded." if is_new else "The demo was loaded already.")
