#!/usr/bin/env python
"""Django's own door. `python3 run.py manage ...` also starts the embedded servers when they are needed."""

import os
import sys

# What these change belongs to the owner of the tables; everything else runs as the application's role.
OWNERS_COMMANDS = {"createcachetable", "migrate", "optimizemigration", "pgtrigger", "sqlmigrate", "squashmigrations"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if OWNERS_COMMANDS.intersection(sys.argv[1:2]):
        os.environ["DRAAD_AS_OWNER"] = "1"
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
