"""The product's settings, and the few that differ in a test."""

import os
from importlib.resources import files

from tests.support.home import home
from tests.support.templates import UndefinedFails

os.environ["DRAAD_HOME"] = str(home())
os.environ["DRAAD_DEMO"] = "1"  # plain HTTP, static files straight from their folders
os.environ["SECRET_KEY"] = "only for tests"
# The tests bring their own servers: nobody's data is ever at stake.
for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "DRAAD_KEYS"):
    if "PYTEST_XDIST_WORKER" not in os.environ and "DRAAD_TEST_CHILD" not in os.environ:
        os.environ.pop(name, None)

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, LOGGING, STATICFILES_DIRS, TEMPLATES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast; the product's own has its own test
DATABASES["default"]["CONN_MAX_AGE"] = 0
DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedFails()
DEMO_ACCOUNTS = []  # the door as it is outside the demo
# To a browser the frozen clock of the tests is months behind: what it may keep, it may keep for years.
WHITENOISE_MAX_AGE = 10 * 365 * 24 * 3600
# From here a browser keeps axe, also as it has read it; pressed into each page it would be read each time anew.
STATICFILES_DIRS = [*STATICFILES_DIRS, ("axe", str(files("axe_playwright_python")))]  # type: ignore[list-item]
# Django's server of tests serves files under this address itself: left out, it would be every address.
MEDIA_URL = "/media/"
# Thousands of refusals are asked for on purpose; each would be written down with its traceback.
LOGGING["loggers"] = {"django.request": {"level": "ERROR"}}
