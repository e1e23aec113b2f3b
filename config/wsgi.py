"""What gunicorn serves: `gunicorn config.wsgi`."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Only the web server keeps a pool: a pool that is opened before a worker forks would be shared by its children.
os.environ.setdefault("DRAAD_POOL", "1")

from django.core.wsgi import get_wsgi_application


def _begin() -> None:
    """Look at our role and at the database once the apps are there."""
    from config.roles import refuse_too_mighty
    from config.starting import refuse_when_behind

    refuse_too_mighty()
    refuse_when_behind()


application = get_wsgi_application()
_begin()
