"""A server that people reach over https. What differs from place to place comes from the environment."""

import os
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from alongside.config import surroundings
from alongside.config.settings.base import *  # noqa: F403
from alongside.config.settings.base import DEMO, ENCRYPTION_KEYRING, PUBLIC_URL, SECRET_KEY, TRUSTED_PROXIES

if not PUBLIC_URL.startswith("https://"):
    raise ImproperlyConfigured("Set ALONGSIDE_PUBLIC_URL to the https address people will use.")
if DEMO:
    raise ImproperlyConfigured(
        "The demo signs in anyone as anyone: it does not run with production settings."
    )
if not SECRET_KEY or not ENCRYPTION_KEYRING["keys"]:
    raise ImproperlyConfigured(
        "The keys are missing: run `alongside setup`, or put them back from your backup."
    )
if not os.environ.get("EMAIL_HOST"):
    raise ImproperlyConfigured("Set EMAIL_HOST: invitations and sign-in codes go out by email.")
if in_clear := surroundings.reached_in_clear():
    raise ImproperlyConfigured(in_clear)

ALLOWED_HOSTS = [
    *filter(None, [urlsplit(PUBLIC_URL).hostname]),
    *filter(None, os.environ.get("ALONGSIDE_HOSTS", "").split(",")),
]
CSRF_TRUSTED_ORIGINS = ["https://" + host for host in ALLOWED_HOSTS]

SHOW_EXAMPLES = False
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
KEPT_FORMS_COOKIE_NAME = "__Host-kept-forms"
LANGUAGE_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
# A load balancer asks without https whether the house stands, and monitoring on the same machine how it goes. A calendar
# program is refused, not led to https: its address would go on crossing the network in clear, and nobody would notice.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^metrics$", r"^calendar/"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
# Whether a domain joins the browsers' preload list is for its owner to decide, not for a programme on it.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
