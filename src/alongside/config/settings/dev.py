"""One's own machine: `make run`, `alongside serve` and the demo. Plain http on the loopback address."""

import os

from alongside.config import home

home.make_missing_keys()

from alongside.config.settings.base import *  # noqa: E402, F403

DEBUG = os.environ.get("ALONGSIDE_DEBUG") == "1"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
# Passkeys need https everywhere but on the loopback address.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True

if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
    WHITENOISE_USE_FINDERS = True
    WHITENOISE_AUTOREFRESH = True
