"""Django's settings. Safe by default; `guichet check` says what must be set before real use.

Every name read from the environment is listed in README.md. Without any, this is a demonstration on this machine.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from collections.abc import Callable
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

import platformdirs
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured
from jinja2 import ChainableUndefined

from guichet.web import catalogue, palette
from guichet.web.logs import LOGGING  # noqa: F401 (a setting)

PACKAGE = Path(__file__).parent
DEMONSTRATION = "Guichet, démonstration"


def _data_dir() -> Path:
    """GUICHET_DATA_DIR, else `.data` beside the sources of a checkout, else the user's own data folder."""
    checkout = PACKAGE.parent.parent
    if named := os.environ.get("GUICHET_DATA_DIR"):
        folder = Path(named).absolute()
    elif (checkout / "pyproject.toml").exists():
        folder = checkout / ".data"
    else:
        folder = platformdirs.user_data_path("guichet")
    # For root, the database runs as `nobody`, who must be able to go through.
    try:
        folder.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"GUICHET_DATA_DIR: {folder}: {error.strerror}.") from error
    return folder


def _kept_secret(path: Path, make: Callable[[], str]) -> str:
    """A secret of a demonstration: made once, readable by its owner only."""
    try:
        if not path.exists():
            fresh = path.with_name(f"{path.name}.{os.getpid()}")
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(make())
            with contextlib.suppress(FileExistsError):  # the first of two commands started at once wins
                os.link(fresh, path)
            fresh.unlink()
        return path.read_text()
    except OSError as error:
        raise ImproperlyConfigured(f"GUICHET_DATA_DIR: {path}: {error.strerror}.") from error


def _field_keys() -> list[str]:
    """The keys of what is kept encrypted (see `records.vault`): the first one closes, all of them open."""
    named = os.environ.get("GUICHET_FIELD_KEYS", "").replace(",", " ").split()
    keys = named or [_kept_secret(DATA_DIR / "field_key", lambda: Fernet.generate_key().decode())]
    try:
        for key in keys:
            Fernet(key)
    except ValueError:
        raise ImproperlyConfigured("GUICHET_FIELD_KEYS: a key is 32 random bytes in URL-safe base64.") from None
    return keys


def _served() -> str:
    """The address that `guichet serve` said last: the commands run beside it write the same one."""
    try:
        return (DATA_DIR / "address").read_text()
    except OSError:
        return "http://127.0.0.1:8000"


def _base_url() -> str:
    url = (os.environ["GUICHET_BASE_URL"] if "GUICHET_BASE_URL" in os.environ else _served()).rstrip("/")
    with contextlib.suppress(ValueError):  # of a port
        if (
            re.fullmatch(r"https?://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?(/[!-~]*)?", url)
            and urlsplit(url).port != 0
        ):
            return url
    raise ImproperlyConfigured("GUICHET_BASE_URL: this is not an address, write it as https://guichet.example.")


def _log_days() -> int:
    days = os.environ.get("GUICHET_LOG_DAYS", "30")
    if not (days.isdecimal() and 1 <= int(days) <= 400):
        raise ImproperlyConfigured("GUICHET_LOG_DAYS: write a number of days, from 1 to 400.")
    return int(days)


def _email() -> SplitResult | None:
    """Where e-mails leave by."""
    with contextlib.suppress(ValueError):  # of a port or of a host
        url = urlsplit(os.environ.get("EMAIL_URL", ""))
        if not any(url) or (url.scheme in ("smtp", "smtps") and url.hostname and url.port != 0):
            return url if any(url) else None
    raise ImproperlyConfigured("EMAIL_URL: write it as smtp://user:password@host:587, or smtps://.")


def _franceconnect_url() -> str:
    """The issuer. Secrets are sent there: in the clear, to this machine alone."""
    url = os.environ.get("FRANCECONNECT_URL", "").rstrip("/")
    here = re.match(r"http://(127\.0\.0\.1|localhost)[:/]", url + "/") is not None
    if url and not re.fullmatch(rf"http{'s?' if here else 's'}://[A-Za-z0-9.-]+(:[0-9]{{1,5}})?(/[!-~]*)?", url):
        raise ImproperlyConfigured("FRANCECONNECT_URL: write it as https://oidc.franceconnect.gouv.fr/api/v2.")
    return url


def _site_name() -> str:
    name = os.environ.get("GUICHET_NAME", DEMONSTRATION)
    if not name.isprintable() or not name.strip():
        raise ImproperlyConfigured("GUICHET_NAME: write a name on one line.")
    return name


def _theme() -> palette.Theme | None:
    try:
        return palette.read(os.environ.get("GUICHET_THEME", ""))
    except ValueError as error:
        raise ImproperlyConfigured(f"GUICHET_THEME: write {error}.") from error


DATA_DIR = _data_dir()
PROGRAMS_DIR = DATA_DIR / "programs"
EVENTS_DIR = DATA_DIR / "events"
LOGS_DIR = DATA_DIR / "logs"
AUDIENCE_DIR = DATA_DIR / "audience"
LOG_DAYS = _log_days()
BASE_URL = _base_url()
SITE_NAME = _site_name()
THEME = _theme()
IS_DEMONSTRATION = "GUICHET_NAME" not in os.environ
TRUSTED_PROXIES = os.environ.get("GUICHET_TRUSTED_PROXIES", "").replace(",", " ").split()
_HTTPS = urlsplit(BASE_URL).scheme == "https"

DEBUG = False
SECRET_KEY = os.environ.get("GUICHET_SECRET_KEY") or _kept_secret(DATA_DIR / "secret_key", lambda: secrets.token_urlsafe(48))
FIELD_KEYS = _field_keys()
ALLOWED_HOSTS = sorted({urlsplit(BASE_URL).hostname or "127.0.0.1", "127.0.0.1", "localhost", "[::1]"})

# Threads of one web worker, each with its connection: two workers stay far under `max_connections`.
WEB_THREADS = 8
WEB_WORKERS = 2
_CONNECTIONS = {"pool": {"min_size": 1, "max_size": WEB_THREADS, "timeout": 10}}


def _database() -> dict[str, object]:
    common = {"OPTIONS": _CONNECTIONS, "CONN_HEALTH_CHECKS": True}
    url = os.environ.get("DATABASE_URL")
    if not url:
        return {"ENGINE": "guichet.records.embedded", "NAME": "guichet", **common}
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        named = conninfo_to_dict(url)
    except ProgrammingError:
        named = {}  # its message would quote the password
    if "dbname" not in named:
        raise ImproperlyConfigured("DATABASE_URL: write it as postgresql://user:password@host/name.")
    django_names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    own = {name: named.pop(key, "") for name, key in django_names.items()}
    return {"ENGINE": "guichet.records.postgresql", **common, **own, "OPTIONS": {**_CONNECTIONS, **named}}


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "guichet.records",
]
MIDDLEWARE = [
    "guichet.web.metrics.Measured",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "guichet.web.languages.LanguageOfTheAddress",
    "guichet.web.compression.Compressed",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "guichet.web.errors.Methods",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "guichet.web.headers.Protected",
    "guichet.web.pace.Paced",
]
FILE_UPLOAD_HANDLERS = ["guichet.web.door.NoFile"]
ROOT_URLCONF = "guichet.web.urls"
WSGI_APPLICATION = "guichet.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "web" / "templates"],
        "OPTIONS": {
            "environment": "guichet.web.templating.Environments",
            "context_processors": ["guichet.web.site.site"],
            # What a page forgets to give is shown as nothing; the tests refuse it.
            "undefined": ChainableUndefined,
        },
    }
]

# French is the source language of every text; the address decides (see guichet.web.languages).
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True
try:
    LOCALE_PATHS = [catalogue.compiled(PACKAGE / "locale", DATA_DIR)]
except OSError as error:
    raise ImproperlyConfigured(f"GUICHET_DATA_DIR: {DATA_DIR}: {error.strerror}.") from error

_EMAIL = _email()
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _EMAIL else 'filebased'}.EmailBackend"
if _EMAIL:
    EMAIL_HOST = _EMAIL.hostname
    EMAIL_USE_SSL = _EMAIL.scheme == "smtps"
    EMAIL_PORT = _EMAIL.port or (465 if EMAIL_USE_SSL else 25)
    EMAIL_USE_TLS = not EMAIL_USE_SSL and EMAIL_PORT == 587
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_EMAIL.username or ""), unquote(_EMAIL.password or "")
EMAIL_FILE_PATH = DATA_DIR / "courriels"  # without EMAIL_URL, a demonstration shows them
with contextlib.suppress(OSError):
    EMAIL_FILE_PATH.mkdir(mode=0o700, exist_ok=True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = f"ne-pas-repondre@{urlsplit(BASE_URL).hostname}"

# All three, or FranceConnect is not offered.
FRANCECONNECT_URL = _franceconnect_url()
FRANCECONNECT_CLIENT_ID = os.environ.get("FRANCECONNECT_CLIENT_ID", "")
FRANCECONNECT_CLIENT_SECRET = os.environ.get("FRANCECONNECT_CLIENT_SECRET", "")

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}

AUTH_USER_MODEL = "records.Compte"
AUTHENTICATION_BACKENDS = ["guichet.records.acces.Acces"]
PASSWORD_HASHERS = ["guichet.records.passwords.Argon2id"]
SESSION_ENGINE = "guichet.records.sessions"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # the database says when it ends; the cookies end with the browser
CSRF_COOKIE_AGE = None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = _HTTPS
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^metrics$"]
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "guichet.web.errors.csrf_failure"
