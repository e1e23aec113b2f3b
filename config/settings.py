"""Settings of Draad. What differs between machines comes from the environment; docs list the variables.

No variable is needed for the demo and the tests. Safe by default: without DRAAD_DEMO=1 the site wants HTTPS.
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import django_stubs_ext

from config import environment
from config.demo import ACCOUNTS, PASSWORD

# Lets our classes say at run time what they are generic over: ModelAdmin[Agreement].
django_stubs_ext.monkeypatch()

BASE_DIR = environment.ROOT
DRAAD_HOME = environment.home()
DRAAD_KEYS = os.environ.get("DRAAD_KEYS") or str(DRAAD_HOME / "keys.json")
# Who was erased. Keep it where a backup of the database does not come, and copy it elsewhere often.
DRAAD_ERASURES = os.environ.get("DRAAD_ERASURES") or str(DRAAD_HOME / "erasures.jsonl")
DRAAD_DEMO = environment.flag("DRAAD_DEMO")
# Shown at the door of the demo, and nowhere else.
DEMO_ACCOUNTS = [
    {**dict(zip(("role", "name"), account.role.split(": "), strict=True)), "email": account.email, "password": PASSWORD}
    for account in (ACCOUNTS if DRAAD_DEMO else ())
]
DEBUG = environment.flag("DRAAD_DEBUG")
SECRET_KEY = environment.secret_key()
ALLOWED_HOSTS = environment.words("DRAAD_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = environment.words("DRAAD_ORIGINS")

INSTALLED_APPS = [
    # First, so that organisations can take its groups out of the administration again.
    "django.contrib.auth",
    "config",
    "reporting",
    "guidance",
    "trajectories",
    "participants",
    "organisations",
    "foundation",
    "django.contrib.admin",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_include_bootstrap",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "axes",
]
MIDDLEWARE = [
    "config.metrics.measured",
    # First, so that a redirect, a static file and an error carry the headers too.
    "config.middleware.browser_rules",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.known_methods",
    "config.middleware.readable_address",
    "config.middleware.looking_changes_nothing",
    "organisations.middleware.Sessions",
    "config.middleware.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "organisations.middleware.go_on_signed_in",
    "organisations.middleware.SignInFirst",
    "organisations.middleware.see_own_rows",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "foundation.middleware.write_refusals",
    "participants.limits.AskToWait",
    "foundation.middleware.keep_file_keys",
    "foundation.back.lead_back",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "organisations.navigation.navigation",
            ],
            # Its csrf_token also writes what lets a form count once.
            "builtins": ["foundation.templatetags.once"],
        },
    },
]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # a message names people: not in a cookie
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# The owner makes and changes tables; the application's role owns nothing and reads and writes rows.
DRAAD_OWNER_ROLE = os.environ.get("DRAAD_OWNER_ROLE", "draad_owner")
DRAAD_APP_ROLE = os.environ.get("DRAAD_APP_ROLE", "draad_app")
DATABASES: dict[str, Any] = {
    "default": {
        **environment.connection(owner=DRAAD_OWNER_ROLE, application=DRAAD_APP_ROLE),
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    },
}
if environment.flag("DRAAD_POOL"):
    # Half the cost of a page was its connection. Django wants no age beside a pool.
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 2, "max_size": 8, "timeout": 5}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organisations.StaffMember"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_VALIDATORS}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "organisations.passwords.GuessableValidator"},
]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
# Who guesses waits: for minutes, for one account from one place, so that nobody can shut a colleague out for long.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "organisations.locking.account_of"
AXES_CLIENT_IP_CALLABLE = "foundation.reading.client_address"
AXES_LOCKOUT_CALLABLE = "organisations.locking.locked_out"
# Who signed in stands in the read log; the administration is no place to look at guesses.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
# Beside the password: an app with codes, a passkey, or the word of one's own organisation. Only a demo may do without.
SECOND_STEP_REQUIRED = environment.flag("DRAAD_SECOND_STEP") or not DRAAD_DEMO
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = LOGIN_URL

# Redis is never needed to serve a page: sessions are in PostgreSQL, and nothing is cached yet.
SESSION_ENGINE = "organisations.sessions"
# On the server; the cookie itself goes when the browser is closed.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_IDLE_SECONDS = 60 * int(os.environ.get("DRAAD_IDLE_MINUTES", "30"))
SESSION_LONGEST_SECONDS = 3600 * int(os.environ.get("DRAAD_LONGEST_HOURS", "12"))
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

STATIC_URL = "/static/"
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site has a use for our files
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
if DRAAD_DEMO:
    # Straight from the source folders: nothing to collect before the first page.
    WHITENOISE_USE_FINDERS = True
    WHITENOISE_AUTOREFRESH = False
else:
    STATIC_ROOT = Path(os.environ.get("DRAAD_STATIC") or DRAAD_HOME / "static")
    WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["gz", "ico", "jpg", "map", "png", "webp", "woff2", "zip"]
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }

# A request that only asks for a page changes no data. The exceptions, by table, each with its reason:
WRITTEN_WHILE_READING = {
    "foundation_readevent": "the read log: looking itself is what it tells of",
    "organisations_signin": "who is signed in: that somebody is still there, and a message that was shown",
}
# Everything a page needs comes from ourselves, and nothing in a page is code.
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "font-src": ["'self'"],
    # Bootstrap's style sheet draws ticks, arrows and crosses as data: images. Those run nothing and load nothing.
    "img-src": ["'self'", "data:"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
}
# What somebody downloads is no page of ours: opened in the browser all the same, it may do nothing at all.
DOWNLOAD_CSP = {
    "default-src": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
    "sandbox": [],
}
# What a browser could offer a page. Draad asks for none of it, but passkeys where somebody signs in or adds one.
PERMISSIONS_OFF = (
    "accelerometer autoplay browsing-topics camera clipboard-read clipboard-write display-capture"
    " encrypted-media fullscreen gamepad geolocation gyroscope hid idle-detection local-fonts magnetometer microphone"
    " midi payment picture-in-picture publickey-credentials-create publickey-credentials-get screen-wake-lock serial"
    " storage-access usb window-management xr-spatial-tracking"
).split()
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# No script of ours reads a cookie: htmx sends the token that stands in the form.
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
# The demo and the tests speak plain HTTP to this machine only.
_HTTPS = environment.flag("DRAAD_HTTPS", default=not DRAAD_DEMO)
# Under this name a browser takes a cookie from this host over HTTPS only: no other site of the domain can plant one.
_HOST = "__Host-" if _HTTPS else ""
SESSION_COOKIE_NAME = f"{_HOST}sessionid"
CSRF_COOKIE_NAME = f"{_HOST}csrftoken"
LANGUAGE_COOKIE_NAME = f"{_HOST}language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _HTTPS
SECURE_SSL_REDIRECT = _HTTPS
# A watchman on this machine asks the process itself, not the proxy that does TLS.
SECURE_REDIRECT_EXEMPT = ["^livez$", "^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS
# The browsers' preload list is for whole domains, and it is not ours to put a site's domain on it.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
if environment.flag("DRAAD_BEHIND_PROXY"):
    # Only when a proxy of ours sets this header itself: otherwise a visitor could claim HTTPS.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
if EMAIL_HOST := os.environ.get("DRAAD_MAIL_HOST", ""):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_PORT = int(os.environ.get("DRAAD_MAIL_PORT", "587"))
    EMAIL_HOST_USER = os.environ.get("DRAAD_MAIL_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("DRAAD_MAIL_PASSWORD", "")
    EMAIL_USE_TLS = environment.flag("DRAAD_MAIL_TLS", default=True)
    EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("DRAAD_MAIL_FROM", "Draad <draad@localhost>")
# Where a link in an e-mail leads.
DRAAD_URL = os.environ.get("DRAAD_URL", "http://localhost:8000").rstrip("/")
# So many different files, and so many lists and documents, one account may open and take along; 0 is without end.
FILES_A_MINUTE = int(os.environ.get("DRAAD_FILES_A_MINUTE", "30"))
FILES_AN_HOUR = int(os.environ.get("DRAAD_FILES_AN_HOUR", "200"))
TAKEN_A_MINUTE = int(os.environ.get("DRAAD_TAKEN_A_MINUTE", "20"))
TAKEN_AN_HOUR = int(os.environ.get("DRAAD_TAKEN_AN_HOUR", "100"))
# Whom somebody tells who found a hole, as /.well-known/security.txt says it.
SECURITY_CONTACTS = environment.words("DRAAD_SECURITY_CONTACT")

# Where a virus scanner (clamd) listens: the path of its socket, or host:port. Empty: papers are looked at by us only.
DRAAD_CLAMAV = os.environ.get("DRAAD_CLAMAV", "").strip()
DRAAD_CLAMAV_SECONDS = float(os.environ.get("DRAAD_CLAMAV_SECONDS", "60"))

# The job row in PostgreSQL is the truth: a message only says that there is something to do. It may come twice or
# not at all, so a task is acknowledged when it is done and no result is kept.
# How long a worker may be silent before another takes its job over.
JOB_LEASE_SECONDS = int(os.environ.get("DRAAD_JOB_LEASE_SECONDS", "30"))
CELERY_BROKER_URL = environment.broker()
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A broker that is frozen answers nothing at all: nobody waits for it longer than this.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "socket_timeout": 10,
    "socket_connect_timeout": 3,
    "socket_keepalive": True,
    "health_check_interval": 10,
}
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker as long as it takes
CELERY_BROKER_CHANNEL_ERROR_RETRY = True  # a broker that is full refuses what is asked: that ends a worker else
CELERY_TASK_DEFAULT_QUEUE = "draad"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SOFT_TIME_LIMIT = 15 * 60
CELERY_TASK_TIME_LIMIT = 16 * 60
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# What a worker is at goes on without a broker: it holds its job by a lease in PostgreSQL.
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000  # kilobytes
CELERY_TIMEZONE = TIME_ZONE

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "config.plain_log.JsonLines"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            # Lines for people where people look on; for machines else, without what an exception may quote.
            "formatter": os.environ.get("DRAAD_LOG_FORMAT") or ("line" if DRAAD_DEMO else "json"),
        }
    },
    "root": {"handlers": ["stderr"], "level": os.environ.get("DRAAD_LOG_LEVEL", "WARNING")},
    # The hash of each seal of the read log, to be sent to another machine: see docs/read-log.md.
    # Axes would write who guesses, by e-mail address.
    "loggers": {"foundation.sealing": {"level": "INFO"}, "axes": {"level": "ERROR"}},
}
