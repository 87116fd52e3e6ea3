"""`GET /healthz`: is the house standing? The database answers, the worker gave a sign of life lately, the disk has room."""

import shutil

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from alongside.config import heartbeat
from alongside.people.doors import public
from alongside.people.openings import Nothing

ROOM_NEEDED = 20 * 1024 * 1024
"""In bytes: the write-ahead log of the database may grow to a few megabytes before it is folded in."""


@public(
    "Monitoring asks without an account; the answer is three truth values.",
    opens=Nothing("It knows of no journey."),
)
@never_cache
@require_safe
def healthz(request):
    database = _database_answers()
    worker = database and heartbeat.is_alive()
    space = _has_space()
    well = database and worker and space
    return JsonResponse({"database": database, "worker": worker, "space": space}, status=200 if well else 503)


def _has_space() -> bool:
    """Whether there is room to write: a page saved now would be."""
    try:
        return shutil.disk_usage(settings.HOME).free >= ROOM_NEEDED
    except OSError:
        return False


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        return False
