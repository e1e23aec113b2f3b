#!/usr/bin/env python
"""Django's own door. `python3 run.py manage ...` also starts the embedded servers when they are needed."""

import os
import sys

# What these change belongs to the owner of the tables; everything else runs as the application's role.
OWNERS_COMMANDS = {"createcachetable", "migrate", "optimizemigration", "pgtrigger", "sqlmigrate", "squashmigrations"}
# These look at no row, or bring a login of their own.
WITHOUT_ROWS = {"backup", "check", "collectstatic", "help", "makemigrations", "prepare_database", "restore", "version"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if OWNERS_COMMANDS.intersection(sys.argv[1:2]):
        os.environ["DRAAD_AS_OWNER"] = "1"
    elif sys.argv[1:] and not sys.argv[1].startswith("-") and sys.argv[1] not in WITHOUT_ROWS:
        from config.roles import refuse_too_mighty

        refuse_too_mighty()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
