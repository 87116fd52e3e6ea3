"""The tests: fixed keys, a home to throw away, SQLite on disk (so that WAL holds) or DATABASE_URL."""

import os
import tempfile
from pathlib import Path

_TEMPORARY = Path(os.environ.setdefault("ALONGSIDE_TEST_HOME", tempfile.mkdtemp(prefix="alongside-test-")))
_TEMPORARY.mkdir(parents=True, exist_ok=True)
os.environ["ALONGSIDE_HOME"] = str(_TEMPORARY)
os.environ["ALONGSIDE_DEMO"] = "1"
os.environ["ALONGSIDE_SECRET_KEY"] = "test-secret-key-of-no-worth-but-long-enough"  # noqa: S105
os.environ["ALONGSIDE_KEYRING"] = (
    '{"current": "k1", "keys": {"k1": "YWxvbmdzaWRlLXRlc3Qta2V5LTMyLWJ5dGVzLWxvbmc="}}'
)
os.environ["ALONGSIDE_BACKUP_KEY"] = (
    "AGE-SECRET-KEY-1LEJVWTV5WEZ0AFVCLSUPWHYV4NSW3SVXGYD4MST8VGTJE2X7CTAQMLPCE8"
)

from alongside.config.settings.base import *  # noqa: E402, F403
from alongside.config.settings.base import DATABASES, QUEUES, RATE_LIMITS  # noqa: E402

# Tests that are about a limit set it; the others press faster than any person.
RATE_LIMITS = dict.fromkeys(RATE_LIMITS, (1_000_000, 60))
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PUBLIC_URL = "http://testserver"
REPLIES = None
METRICS_TOKEN = ""
# People are made by the thousand in tests; a strong hash for each would be the slowest part of the run.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
EMAIL_FOLDER = _TEMPORARY / "mail"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
OPENINGS_MUST_BE_DECLARED = True
# Work runs at once in tests; those about the worker choose the database backend themselves.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": QUEUES}}
if str(DATABASES["default"]["ENGINE"]).endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(_TEMPORARY / "test.sqlite3")}
DATABASES["default"]["CONN_MAX_AGE"] = 0
LOGGING = {"version": 1, "disable_existing_loggers": False}
