"""`GET /healthz`: is the house standing? The database answers and the worker gave a sign of life lately."""

from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from alongside.config import heartbeat
from alongside.people.doors import public


@public("Monitoring asks without an account; the answer is two truth values.")
@never_cache
@require_safe
def healthz(request):
    database = _database_answers()
    worker = database and heartbeat.is_alive()
    return JsonResponse({"database": database, "worker": worker}, status=200 if database and worker else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        return False
