"""Logs as JSON lines. What people wrote must never reach them, so nothing that could carry it is written.

Left out on purpose: request bodies, query strings, paths (an address may hold an invitation's token; the name
of the route says enough) and the messages of exceptions (a database error quotes the row it refused).
"""

import json
import logging
import traceback
from datetime import UTC, datetime

FIELDS = ("method", "route", "status", "ms", "actor")


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info and record.exc_info[1] is not None:
            line["exception"] = _where(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


def route_of(request) -> str:
    match = getattr(request, "resolver_match", None)
    return match.view_name if match and match.view_name else "unknown"


def _message(record: logging.LogRecord) -> str:
    """Django puts the path of a request into its messages; the route stands in for it."""
    request = getattr(record, "request", None)
    if request is not None and hasattr(request, "path"):
        return f"{request.method} {route_of(request)} {getattr(record, 'status_code', '')}".strip()
    return record.getMessage()


def _where(error: BaseException) -> list[dict]:
    """The chain of exceptions by class and place, without messages."""
    chain = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        frames = traceback.extract_tb(current.__traceback__)
        places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        chain.append({"class": type(current).__qualname__, "frames": places})
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return chain
