"""Settings of one installation; everything that differs between installations comes from the environment.

SECONDMENT_DATA_DIR   database, uploads and keys (default: ./data)
DATABASE_URL          PostgreSQL, or another SQLite file; without it SQLite inside the data directory
SECONDMENT_KEY_DIR    directory of keys.json (default: the data directory); anyone who can read it can forge the seals of the trail
SECONDMENT_AUDIT_DROP_DIR   directory kept by someone else: the end of the audit trail is written there every day
                      and compared by verify-audit (default: nowhere)
SECONDMENT_BACKUP_DIR directory of the nightly backups, best on another disk or machine (default: DATA_DIR/backups)
SECONDMENT_HOSTS      comma-separated host names (default: 127.0.0.1, localhost)
SECONDMENT_ADDRESS    the address under which people open it, printed on slips (default: the one in use when they are printed)
SECONDMENT_HTTPS      1 when served over https: secure cookies and HSTS (default: 1 if a certificate is set)
SECONDMENT_TLS_CERTIFICATE, SECONDMENT_TLS_KEY   PEM files for https without a proxy
SECONDMENT_TRUSTED_PROXIES   comma-separated addresses or networks of proxies whose X-Forwarded-For and
                      X-Forwarded-Proto are believed (default: none)
SECONDMENT_TRIES_ACCOUNT, SECONDMENT_TRIES_ADDRESS, SECONDMENT_TRIES_TOTAL   failed tries to sign in within ten minutes:
                      with an account from an address (10), from an address (60), in total (1200)
SECONDMENT_SMTP_URL, SECONDMENT_SMTP_SENDER   mail server (smtp://name:password@host:587, smtps://…) and sender of reminders to
                      offices (default: no mail leaves)
SECONDMENT_HOOK_URL, SECONDMENT_HOOK_SECRET   address that is posted each reminder as JSON, and the key of its signature (default: none)
SECONDMENT_MAP_NUMBER approval number (审图号) of the maps of counties, printed below them (default: none, and the page says so)
SECONDMENT_DEMO       1 loads the demo into an empty installation and keeps its accounts open; 0 closes them
"""

import os
import tempfile
from pathlib import Path

import environ
from django.utils.translation import gettext_lazy as _

from secondment.config.environment import data_directory, database, is_https, number, trusted_proxies
from secondment.config.keys import Keys, read_keys

env = environ.Env()

PACKAGE_DIR = Path(__file__).resolve().parent.parent
# What a server process writes is for its owner alone, what it writes for a moment included.
os.umask(0o077)
DATA_DIR = data_directory(env.str("SECONDMENT_DATA_DIR", default="data"))
TEMPORARY_DIR = data_directory(str(DATA_DIR / "temporary"))
tempfile.tempdir = str(TEMPORARY_DIR)
FILE_UPLOAD_TEMP_DIR = TEMPORARY_DIR
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# Fresh keys are kept only once the database has turned out to be empty (common.installation).
# Elsewhere, so that someone who may read or copy the data cannot forge a sealed trail.
KEY_FILE = data_directory(env.str("SECONDMENT_KEY_DIR", default="") or str(DATA_DIR)) / "keys.json"
FOUND_KEYS = read_keys(KEY_FILE)
KEYS = FOUND_KEYS or Keys.fresh()

SECRET_KEY = KEYS.django
DEBUG = env.bool("SECONDMENT_DEBUG", default=False)
DEMO = env.bool("SECONDMENT_DEMO", default=False)
# Accounts of a demo installation and the role each plays; nowhere else does an account have a known password.
DEMO_ACCOUNTS = {
    "org": "organisation_department",
    "home": "home_unit",
    "host": "host_unit",
    "secondee": "secondee",
    "inspector": "inspector",
    "leader": "leader",
    "sysadmin": "system_administrator",
    "secadmin": "security_administrator",
    "auditor": "audit_administrator",
}
DEMO_PASSWORD = "guazhi-demo-2026"  # noqa: S105 -- printed on the sign-in page of a demo installation only
HTTPS = is_https()
TRUSTED_PROXIES = trusted_proxies()
ALLOWED_HOSTS = env.list("SECONDMENT_HOSTS", default=["127.0.0.1", "localhost"])
MAP_NUMBER = env.str("SECONDMENT_MAP_NUMBER", default="").strip()
PUBLIC_ADDRESS = env.str("SECONDMENT_ADDRESS", default="")

INSTALLED_APPS = [
    "secondment.common",
    "secondment.units",
    "secondment.accounts",
    "secondment.audit",
    "secondment.jobs",
    "secondment.documents",
    "secondment.notices",
    "secondment.obligations",
    "secondment.backups",
    "secondment.people",
    "secondment.posts",
    "secondment.directory",
    "secondment.onboarding",
    "secondment.campaigns",
    "secondment.standards",
    "secondment.placements",
    "secondment.leave",
    "secondment.task_books",
    "secondment.places",
    "secondment.talks",
    "secondment.appraisals",
    "secondment.findings",
    "secondment.measurement",
    "secondment.daily_work",
    "secondment.allowances",
    "secondment.assessments",
    "secondment.growth",
    "secondment.matching",
    "secondment.decision",
    "secondment.signals",
    "secondment.workforce",
    "secondment.appeals",
    "secondment.burden",
    "secondment.portal",
    "secondment.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "secondment.common.proxies.TrustedProxyMiddleware",
    "secondment.appraisals.middleware.BallotPathMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "secondment.common.middleware.StaticFilesMiddleware",
    "secondment.common.middleware.CompressionMiddleware",
    "secondment.common.middleware.SecurityHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "secondment.common.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "secondment.onboarding.middleware.FirstRunMiddleware",
    "secondment.accounts.middleware.SignInMiddleware",
    "secondment.accounts.middleware.SessionLimitsMiddleware",
    "secondment.accounts.middleware.KeptFormMiddleware",
    "secondment.accounts.middleware.PasswordChangeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "secondment.common.middleware.SentTextMiddleware",
    "secondment.common.middleware.SubmissionMiddleware",
    "secondment.common.middleware.DomainErrorMiddleware",
    "secondment.common.middleware.BusyMiddleware",
    "secondment.accounts.middleware.RefusalTrailMiddleware",
]

ROOT_URLCONF = "secondment.config.urls"
WSGI_APPLICATION = "secondment.config.wsgi.application"
FORM_RENDERER = "secondment.common.markup.StringRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["secondment.common.templatetags.posting"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "secondment.common.navigation.frame",
            ],
        },
    },
]

# SQLite: IMMEDIATE and FULL are what keep acknowledged writes through power cuts and avoid lock errors.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
        "PRAGMA cache_size=-64000;PRAGMA temp_store=MEMORY;"
    ),
}
DATABASES = {
    "default": database(
        env.str("DATABASE_URL", default=""),
        sqlite_file=DATA_DIR / "secondment.sqlite3",
        sqlite_options=SQLITE_OPTIONS,
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "secondment.accounts.backends.ThrottleBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "secondment.accounts.hashing.SlottedArgon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "secondment.accounts.passwords.KnownNamesValidator"},
]
# Failed tries to sign in within ten minutes; sign-ins that work do not count, so an office behind one address has room.
SIGN_IN_TRIES_ACCOUNT = number("SECONDMENT_TRIES_ACCOUNT", 10, least=3, most=100)
SIGN_IN_TRIES_ADDRESS = number("SECONDMENT_TRIES_ADDRESS", 60, least=10, most=10_000)
SIGN_IN_TRIES_TOTAL = number("SECONDMENT_TRIES_TOTAL", 1_200, least=60, most=1_000_000)
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "portal:home"
LOGOUT_REDIRECT_URL = "accounts:sign_in"

_drop = env.str("SECONDMENT_AUDIT_DROP_DIR", default="")
AUDIT_DROP_DIR = data_directory(_drop) if _drop else None

# Looked at when a backup is made: a disk that is not mounted must not keep the site from starting.
BACKUP_DIR = Path(env.str("SECONDMENT_BACKUP_DIR", default="") or DATA_DIR / "backups").absolute()

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SMTP_URL = env.str("SECONDMENT_SMTP_URL", default="")
SMTP_SENDER = env.str("SECONDMENT_SMTP_SENDER", default="secondment@localhost")
HOOK_URL = env.str("SECONDMENT_HOOK_URL", default="")
HOOK_SECRET = env.str("SECONDMENT_HOOK_SECRET", default="")

SESSION_IDLE_MINUTES = number("SECONDMENT_IDLE_MINUTES", 30, least=1, most=480)
SESSION_ABSOLUTE_HOURS = 8
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_HOURS * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = False
CSRF_FAILURE_VIEW = "secondment.accounts.views.kept.csrf_failure"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5_000_000

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS: list[Path] = []  # every app carries its own catalogue
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
FORMAT_MODULE_PATH = ["secondment.config.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
# Files collected by `./run` are served under names that change with their content, so browsers may keep them.
IS_COLLECTED = (STATIC_ROOT / "staticfiles.json").exists()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if IS_COLLECTED or env.bool("SECONDMENT_COLLECT", default=False)
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not IS_COLLECTED
WHITENOISE_MAX_AGE = 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_ROOT = DATA_DIR / "files"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
PRODUCT_NAME = _("干部挂职管理系统")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
