"""Calendars as other programs write them, and a machine that serves them, for the tests of reading elsewhere."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def calendar(*events: str, head: str = "", maker: str = "-//Elsewhere//EN") -> bytes:
    """A calendar with these events, each given by its lines."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{maker}", *filter(None, [head])]
    for number, event in enumerate(events):
        lines += ["BEGIN:VEVENT", f"UID:{number}@elsewhere", "DTSTAMP:20260101T000000Z", event, "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


GOOGLE = calendar(
    "DTSTART:20990105T100000Z\r\nDTEND:20990105T110000Z\r\nSUMMARY:Secret title\r\nTRANSP:OPAQUE",
    "DTSTART;TZID=Europe/London:20990106T090000\r\nDTEND;TZID=Europe/London:20990106T100000\r\n"
    "RRULE:FREQ=WEEKLY;COUNT=3\r\nEXDATE;TZID=Europe/London:20990113T090000\r\nSUMMARY:Weekly",
    "DTSTART;VALUE=DATE:20990110\r\nDTEND;VALUE=DATE:20990111\r\nTRANSP:TRANSPARENT\r\nSUMMARY:A birthday",
    head="X-WR-CALNAME:Work\r\nX-WR-TIMEZONE:Europe/London",
    maker="-//Google Inc//Google Calendar 70.9054//EN",
)
OUTLOOK = calendar(
    "DTSTART;TZID=W. Europe Standard Time:20990105T100000\r\nDTEND;TZID=W. Europe Standard Time:20990105T110000\r\n"
    "X-MICROSOFT-CDO-BUSYSTATUS:BUSY\r\nSUMMARY:Busy",
    "DTSTART;TZID=W. Europe Standard Time:20990106T100000\r\nDTEND;TZID=W. Europe Standard Time:20990106T110000\r\n"
    "X-MICROSOFT-CDO-BUSYSTATUS:FREE\r\nSUMMARY:Free",
    "DTSTART:20990107T100000\r\nDTEND:20990107T110000\r\nSTATUS:CANCELLED\r\nSUMMARY:Cancelled",
    maker="Microsoft Exchange Server 2010",
)
APPLE = calendar(
    "DTSTART;VALUE=DATE:20990105\r\nDURATION:P2D\r\nSUMMARY:Away",
    "DTSTART:20990108T080000\r\nDURATION:PT45M\r\nSUMMARY:By the wall",
    maker="-//Apple Inc.//macOS 15.0//EN",
)

Answer = Callable[[BaseHTTPRequestHandler], None]


def says(body: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def endless(handler: BaseHTTPRequestHandler) -> None:
    """More than anybody wants, fast."""
    handler.send_response(200)
    handler.end_headers()
    handler.wfile.write(b"BEGIN:VCALENDAR\r\n")
    while True:
        handler.wfile.write(b"X-FILL:" + b"x" * 65_000 + b"\r\n")


def trickling(handler: BaseHTTPRequestHandler) -> None:
    """A byte at a time, never long enough apart to be called silent."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"B")
        handler.wfile.flush()
        time.sleep(0.05)


class Elsewhere:
    """A machine that serves calendars by path, and remembers who asked for what."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []


@contextmanager
def elsewhere() -> Iterator[Elsewhere]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here.asked.append((self.path, dict(self.headers)))
            try:
                here.answers[self.path](self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_said: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    here = Elsewhere(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()
