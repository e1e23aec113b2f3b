"""`manage.py prepare_database`: the two roles, the extensions and the rights on a PostgreSQL of your own."""

import os
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import environment, roles

_BY_HAND = """The login of DATABASE_URL may not prepare this database: {reason}
Let an administrator run this on it once, and give Draad a login for each role:
{statements}
Then set DATABASE_URL to the login of {application} and DATABASE_OWNER_URL to that of {owner}."""


class Command(BaseCommand):
    help = "Makes the database roles and extensions that Draad needs, on the server of DATABASE_URL. Safe to repeat."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="say nothing when it worked")

    def handle(self, *args: Any, **options: Any) -> None:
        url = os.environ.get("DATABASE_URL")
        if not url:
            raise CommandError("Set DATABASE_URL first; the embedded server prepares itself.")
        owner, application = settings.DRAAD_OWNER_ROLE, settings.DRAAD_APP_ROLE
        try:
            connection = psycopg.connect(url, autocommit=True, connect_timeout=10)
        except psycopg.OperationalError as refused:
            raise CommandError(f"DATABASE_URL does not answer: {str(refused).strip()}") from refused
        with connection:
            try:
                _prepare(connection, owner=owner, application=application)
            except psycopg.errors.InsufficientPrivilege as refused:
                raise CommandError(_by_hand(connection, str(refused), owner, application)) from refused
        if not options["quiet"]:
            self.stdout.write(f"{environment.database(url)['NAME']}: roles {owner} and {application} are ready.")


def _prepare(connection: psycopg.Connection[Any], *, owner: str, application: str) -> None:
    for role in (owner, application):
        roles.create_role(connection, role)
        roles.let_login_step_into(connection, role)
    roles.prepare(connection, owner=owner, application=application)


def _by_hand(connection: psycopg.Connection[Any], reason: str, owner: str, application: str) -> str:
    needed = [f"CREATE ROLE {owner} LOGIN", f"CREATE ROLE {application} LOGIN"]
    composed = roles.statements(connection.info.dbname, owner=owner, application=application)
    needed += [statement.as_string(connection) for statement in composed]
    lines = "\n".join(f"  {statement};" for statement in needed)
    return _BY_HAND.format(reason=reason.splitlines()[0], statements=lines, owner=owner, application=application)
