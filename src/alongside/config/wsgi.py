"""What granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.urls import get_resolver

from .remembered import keep_by_thread, remember_static_addresses
from .translation_cache import remember_translations

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings.dev")

application = get_wsgi_application()
remember_translations()
remember_static_addresses()
# whoever has a connection open already is no server that begins, but a test or a shell that reads this
if not any(one.connection for one in connections.all(initialized_only=True)):
    keep_by_thread()

# The house itself never becomes rubbish: everything is read in, and from here on nobody looks through it in vain. A page
# over many journeys makes enough objects for several such rounds.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
