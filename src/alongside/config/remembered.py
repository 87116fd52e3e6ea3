"""What the served house remembers beside its sentences, and where each thread keeps what is its own. See decision 67."""

from __future__ import annotations

import threading
from functools import lru_cache

from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import connections
from django.urls import base as addresses
from django.utils import timezone
from django.utils.translation import trans_real

MOST = 1024
"""More static files than there are."""


def remember_static_addresses() -> None:
    """Where each static file lies is looked up once: its name changes with its content, so only by a new start.

    A page names twenty of them, and each went through the list of all files and through Django's reading of addresses.
    """
    storage = staticfiles_storage
    storage.url = lru_cache(maxsize=MOST)(storage.url)  # type: ignore[method-assign]


def keep_by_thread() -> None:
    """Language, zone, addresses and connections lie with the thread that answers, where Django finds them at once.

    Django keeps them so that they also follow what runs in turns within one thread. Nothing does here: the server
    answers each request in one thread from beginning to end (WSGI), and a page asks for its language some 300 times.
    """
    trans_real._active = threading.local()  # type: ignore[attr-defined]
    timezone._active = threading.local()  # type: ignore[attr-defined]
    addresses._prefixes = threading.local()  # type: ignore[attr-defined]
    addresses._urlconfs = threading.local()  # type: ignore[attr-defined]
    connections._connections = threading.local()  # type: ignore[attr-defined]
