"""What every installation shares. `dev` is for one's own machine, `prod` a server, `test` the tests."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from alongside.config import databases, home, surroundings

HOME: Path = home.home()
PACKAGE = home.PACKAGE
DEMO = os.environ.get("ALONGSIDE_DEMO") == "1"
DEBUG = False
# The page of components with made-up words, for who builds them: not on a server that people use.
SHOW_EXAMPLES = True

SECRET_KEY = home.read_secret_key() or ""
SECRET_KEY_FALLBACKS: list[str] = []
ENCRYPTION_KEYRING = home.read_keyring() or {"current": "", "keys": {}}
BACKUP_KEY = home.read_backup_key() or ""
# Where the nightly backups go; better a folder on another disk, or one that is copied to another machine.
BACKUPS_FOLDER = Path(os.environ.get("ALONGSIDE_BACKUPS") or HOME / "backups")

# The address people reach Alongside at; links in e-mails begin with it.
PUBLIC_URL = home.address()
# Whom somebody tells who found a weakness: "mailto:..." or an https address, for /.well-known/security.txt.
SECURITY_CONTACT = os.environ.get("ALONGSIDE_SECURITY_CONTACT", "")
# Proxies in front that are believed when they say from where they were asked: limits of signing in count by that.
TRUSTED_PROXIES = surroundings.proxies()
# What monitoring shows at /metrics; without one, that address is not there.
METRICS_TOKEN = surroundings.metrics_token()


INSTALLED_APPS = [
    "alongside.kernel",
    "alongside.ledger",
    "alongside.ui",
    "alongside.measures",
    "alongside.people",
    "alongside.backups",
    "alongside.journeys",
    "alongside.goals",
    "alongside.rooms.environment",
    "alongside.rooms.first_meeting",
    "alongside.rooms.sessions",
    "alongside.rooms.ending",
    "alongside.overview",
    "alongside.programmes",
    "alongside.material",
    "alongside.help",
    "alongside.archive",
    "alongside.retention",
    "alongside.caseload_files",
    *(["alongside.demo"] if DEMO else []),
    "alongside.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "template_partials",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
]


MIDDLEWARE = [
    "alongside.config.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "alongside.config.access.AccessLogMiddleware",
    "alongside.config.metrics.RequestTimesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "alongside.people.middleware.ActorMiddleware",
    "alongside.people.idle.IdleMiddleware",
    "alongside.people.kept_form_middleware.KeptFormMiddleware",
    "alongside.people.middleware.SecondFactorMiddleware",
    "alongside.people.fresh.FreshSignInMiddleware",
    "alongside.material.rehearsing.RehearsalMiddleware",
    "alongside.people.middleware.SignInTriesMiddleware",
    "alongside.people.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "alongside.config.urls"
WSGI_APPLICATION = "alongside.config.wsgi.application"

# the loader of django-template-partials, around Django's cached one, around our own, which leaves out indentation
_LOADER = ("django.template.loaders.cached.Loader", ["alongside.ui.template_files.Loader"])
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [("template_partials.loader.Loader", [_LOADER])],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "alongside.ui.context.chrome",
                "alongside.people.publisher.publisher",
                "alongside.goals.safety.context.before_words",
                "alongside.overview.context.path",
            ],
            # every form says for whom it was made, so that it can come back to them and to nobody else
            "builtins": ["alongside.ui.templatetags.forms"],
        },
    },
]
FORM_RENDERER = "alongside.ui.forms.Renderer"

# --- database ---------------------------------------------------------------------------------------------
# The way past a pooler that lends its connections for one transaction each, where DATABASE_URL leads to one: for what
# needs a connection to itself, such as backups. Naming it is the switch: nothing is then kept in a connection.
_GIVEN, _DIRECT = os.environ.get("DATABASE_URL"), os.environ.get("ALONGSIDE_DATABASE_DIRECT")
DATABASES = {
    "default": databases.postgresql(_GIVEN, pooled=bool(_DIRECT))
    if _GIVEN
    else databases.sqlite(HOME / "alongside.sqlite3")
}
DIRECT_DATABASE = databases.postgresql(_DIRECT) if _GIVEN and _DIRECT else None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by all server processes and the worker: sign-in rate limits and the worker's heartbeat. Never pages.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    # In each server process: how often somebody saves within a minute.
    "counters": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "counters",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}

# How often one person may send something, as how many in how many seconds (people/limits.py). Every door at which
# something is sent names one of these; somebody who types all day in two windows comes to a fifth of them.
RATE_LIMITS = {
    "words": (600, 60),
    "changes": (300, 60),
    "invitations": (60, 60 * 60),
    "names": (120, 60 * 60),
    "uploads": (30, 60 * 60),
    # by address, for who holds a link and has no account: a whole office may share one
    "links": (120, 60),
}

# --- people -----------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
# Guides, leads and administrators show a second factor; personas of the demo have none to show.
REQUIRE_SECOND_FACTOR = not DEMO
AUTHENTICATION_BACKENDS = ["alongside.people.backends.SignInBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "alongside.people.passwords.GuessableValidator"},
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "alongside.journeys.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "alongside.people.sign_in_forms.LoginForm",
    "request_login_code": "alongside.people.sign_in_forms.RequestLoginCodeForm",
    "confirm_login_code": "alongside.people.sign_in_forms.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "alongside.people.sign_in_forms.ConfirmAddressForm",
    "add_email": "alongside.people.sign_in_forms.AddEmailForm",
    "change_password": "alongside.people.sign_in_forms.ChangePasswordForm",
    "set_password": "alongside.people.sign_in_forms.SetPasswordForm",
    "reset_password": "alongside.people.sign_in_forms.ResetPasswordForm",
    "reset_password_from_key": "alongside.people.sign_in_forms.ResetPasswordKeyForm",
    "reauthenticate": "alongside.people.sign_in_forms.ReauthenticateForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_PREVENT_ENUMERATION = True
# Whoever guesses is slowed down, by address and from where they ask together ("key", `people/clients.py`): nobody locks
# anybody else out. All who ask from one place, such as an office, share the wider limits ("ip").
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "100/m/ip,5/5m/key",
    "request_login_code": "60/m/ip",
    "reset_password": "60/m/ip",
    "reset_password_from_key": "60/m/ip",
    "email_asked_for": "3/m/key,20/h/key",
}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = True
# Address, password and second factor are changed by who has just shown who they are (people/fresh.py).
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PUBLIC_URL.startswith("https") else "http"

MFA_ADAPTER = "alongside.people.adapters.FactorAdapter"
MFA_FORMS = {
    "authenticate": "alongside.people.sign_in_forms.AuthenticateFactorForm",
    "reauthenticate": "alongside.people.sign_in_forms.ReauthenticateFactorForm",
    "activate_totp": "alongside.people.sign_in_forms.ActivateAppForm",
    "add_webauthn": "alongside.people.sign_in_forms.AddPasskeyForm",
    "edit_webauthn": "alongside.people.sign_in_forms.EditPasskeyForm",
}
MFA_RATE_LIMITS = {"webauthn_login": "100/m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_ISSUER = "Alongside"
MFA_TOTP_PERIOD = 30
MFA_TOTP_TOLERANCE = 1

# --- cookies and headers ----------------------------------------------------------------------------------
# A session ends twelve hours after it began; the idle timeout below ends it earlier when nothing is done.
SESSION_ENGINE = "alongside.people.login_sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_IDLE_SECONDS = 2 * 60 * 60
# What a page says once after an action may hold a name: it lies with the session, in no cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_NAME = "alongside_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "alongside_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
# The key to forms that arrived too late: people/kept_forms.py.
KEPT_FORMS_COOKIE_NAME = "alongside_kept_forms"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "alongside.config.errors.csrf_failed"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
# Addresses hold invitation tokens: no other site may learn them.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# The first of them stops files at the limit of their door; the others are Django's own.
FILE_UPLOAD_HANDLERS = [
    "alongside.ui.uploads.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# --- words and times --------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("British English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- calendars elsewhere ----------------------------------------------------------------------------------
# People may have calendars read from public https addresses only. "1" also allows addresses within one's own
# network, and http: for an organisation whose calendars are kept there, and who trusts all who can sign in.
ALLOW_PRIVATE_CALENDARS = os.environ.get("ALONGSIDE_ALLOW_PRIVATE_CALENDARS") == "1"

# --- files ------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "alongside.config.static.HashedStaticFiles"},
}
# A missing file is a mistake in a template; it must not take the whole page down with it.
WHITENOISE_MANIFEST_STRICT = False
# Our own pages alone ask for them.
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_ROOT = HOME / "files"

# --- the ledger -------------------------------------------------------------------------------------------
# A door that shows words and does not declare it: an error in the log; in the tests, of the page itself.
OPENINGS_MUST_BE_DECLARED = False
# A folder outside this machine's database, where the worker writes each sealed block of the ledger once more.
LEDGER_COPY = os.environ.get("ALONGSIDE_LEDGER_COPY", "")

# --- e-mail and work after commit -------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "Alongside <alongside@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Where mail servers report letters that did not arrive: with "bounces@example.org" each letter is sent as from
# "bounces+<letter>@example.org"; hand what arrives there to `alongside bounce`.
BOUNCE_ADDRESS = os.environ.get("ALONGSIDE_BOUNCE_ADDRESS", "")
# A mailbox whose answers to invitations count, read by the worker: calendar programs answer to an address of each
# invitation's own, "calendar+<secret>@example.org". None unless the organisation names one.
REPLIES = surroundings.replies()
EMAIL_FOLDER = HOME / "mail"
EMAIL_TIMEOUT = 20
# Where emails lie when no mail server is set: pages, the log and the commands say so. Nowhere while one is.
MAIL_LIES_IN = ""
if DEMO or not os.environ.get("EMAIL_HOST"):
    MAIL_LIES_IN = "" if DEMO else str(EMAIL_FOLDER)
    EMAIL_BACKEND = "alongside.config.mail.FolderBackend"
else:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = os.environ["EMAIL_HOST"]
    EMAIL_PORT = surroundings.number("EMAIL_PORT", 587)
    EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
    EMAIL_USE_SSL = os.environ.get("EMAIL_USE_SSL") == "1"
    EMAIL_USE_TLS = not EMAIL_USE_SSL and os.environ.get("EMAIL_USE_TLS", "1") == "1"

# What may take long has a queue and a worker of its own, so that no sign-in code waits for it (config/worker.py).
QUEUES = ["default", "calendars", "replies", "archives"]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": QUEUES}}

# --- logs: JSON lines on stderr, without bodies, query strings, tokens or private words -------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "alongside.config.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("ALONGSIDE_LOG_LEVEL", "WARNING")},
    "loggers": {
        # Django adds a console handler and mail to admins of its own; ours is the only one.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.template": {"level": "INFO"},
        # it would log whole emails, whatever level is asked for
        "imapclient": {"level": "WARNING"},
        "alongside": {"level": "INFO"},
    },
}
