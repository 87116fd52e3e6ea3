"""Many meetings open at once: each of their browsers asks as `live.js` does, and some of them write.

`python -m bench.tables` reads a plan as JSON and writes the time of every request as JSON, like `bench.client`. It runs
in a process of its own, on plain sockets, on the same two cores as the server: what it takes is taken from the server.
"""

from __future__ import annotations

import heapq
import json
import random
import select
import sys
import time
from dataclasses import dataclass
from typing import Any

from .client import NOTE, Line, NotAsPlanned, ask, receive, request
from .client import connect as connect_line

TOGETHER = 1.0
"""Seconds between an answer and the next question, as `live.js` waits while the other is there."""
WRITES_EVERY = 20.0
"""Seconds between two saves of one person: people listen more than they type."""


@dataclass
class Browser:
    line: Line
    server: dict[str, Any]
    table: dict[str, Any]
    token: str = ""
    writes_at: float = 0.0
    writing: bool = False


def main() -> None:
    plan = json.load(sys.stdin)
    chance = random.Random(7)
    browsers = [
        _come(plan, table, session, chance) for table in plan["tables"] for session in table["sessions"]
    ]
    asked, saved, seconds = run(browsers, plan["seconds"], plan["warm_up"], chance)
    json.dump(
        {"asked_ms": asked, "saved_ms": saved, "seconds": seconds, "browsers": len(browsers)}, sys.stdout
    )


def _come(plan: dict[str, Any], table: dict[str, Any], session: str, chance: random.Random) -> Browser:
    """Open a connection and the page of the meeting, as somebody does who comes to it."""
    cookies = {**plan["cookies"], plan["session_cookie"]: session}
    server = {"port": plan["port"], "cookies": cookies, "csrf": plan["csrf"]}
    browser = Browser(connect_line(server, 0), server, table, writes_at=chance.uniform(0, WRITES_EVERY))
    if plan["open_pages"]:
        ask(server, browser.line, table["page"])
    return browser


def run(
    browsers: list[Browser], seconds: float, warm_up: float, chance: random.Random
) -> tuple[list[float], list[float], float]:
    """Answers with the milliseconds of every question and of every save after the warm-up."""
    poller = select.poll()
    by_descriptor = {browser.line.sock.fileno(): browser for browser in browsers}
    for descriptor in by_descriptor:
        poller.register(descriptor, select.POLLIN)
    began = time.perf_counter()
    # everybody came at another moment
    due = [(began + chance.uniform(0, TOGETHER), number) for number in range(len(browsers))]
    heapq.heapify(due)
    asked: list[float] = []
    saved: list[float] = []
    numbers = {id(browser): number for number, browser in enumerate(browsers)}
    until = began + warm_up + seconds
    while (now := time.perf_counter()) < until:
        while due and due[0][0] <= now:
            _moment, number = heapq.heappop(due)
            _send(browsers[number], now - began)
        wait = max(0.0, (due[0][0] if due else until) - time.perf_counter())
        for descriptor, _event in poller.poll(min(wait, 0.05) * 1000):
            browser = by_descriptor[descriptor]
            body = _heard(browser)
            if body is None:
                continue
            now = time.perf_counter()
            if now - began > warm_up:
                (saved if browser.writing else asked).append((now - browser.line.began) * 1000)
            heapq.heappush(due, (now + TOGETHER, numbers[id(browser)]))
    return asked, saved, seconds


def _send(browser: Browser, elapsed: float) -> None:
    line, box = browser.line, browser.table["box"]
    browser.writing = elapsed >= browser.writes_at
    if browser.writing:
        browser.writes_at += WRITES_EVERY
        line.saves += 1
        version, text = line.saved.get(box, (1, ""))
        form = {"text": f"{NOTE}{line.saves}", "version": str(version), "base": text}
        data = request(browser.server, "POST", box, form)
    else:
        data = request(browser.server, "GET", f"{browser.table['watch']}?since={browser.token}")
    line.began = time.perf_counter()
    line.sock.sendall(data)


def _heard(browser: Browser) -> bytes | None:
    """The body once it is whole, b"" for *nothing new*; what it says is kept as a browser keeps it."""
    try:
        body = receive(browser.line)
    except NotAsPlanned as answer:
        if "204" in str(answer):
            browser.line.waiting.clear()
            return b""
        raise
    if body is None:
        return None
    said = json.loads(body)
    if browser.writing:
        browser.line.saved[browser.table["box"]] = (said["version"], said["text"])
    else:
        browser.token = said["token"]
    return body


if __name__ == "__main__":
    main()
