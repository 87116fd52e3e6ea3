"""A small client: keep-alive connections on plain sockets, one request under way on each, in a process of its own.

`python -m bench.client` reads a plan as JSON from its input and writes the time of every request as JSON to its output.
It knows nothing of the product and imports nothing of it, so that it takes as little as it can of the two cores.
"""

from __future__ import annotations

import json
import select
import socket
import sys
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

NOTE = "We looked at how the week went and where it became difficult, and at what helped. " * 6


class NotAsPlanned(Exception):
    pass


@dataclass
class Line:
    """One connection, and what it needs to know for its next save."""

    sock: socket.socket
    number: int
    process: str = ""
    began: float = 0.0
    waiting: bytearray = field(default_factory=bytearray)
    # by address: the version and the text the server answered with last
    saved: dict[str, tuple[int, str]] = field(default_factory=dict)
    saves: int = 0


def main() -> None:
    plan = json.load(sys.stdin)
    servers = {
        name: spread(server, plan["lines"], plan["workers"]) for name, server in plan["servers"].items()
    }
    for block in plan["blocks"]:
        for name, lines in servers.items():
            keep_open(plan["servers"][name], lines)
        lines = servers[block["server"]][: block["concurrency"]]
        block["ms"], block["seconds"] = run(plan["servers"][block["server"]], lines, block)
    processes = {name: [line.process for line in lines] for name, lines in servers.items()}
    json.dump({"blocks": plan["blocks"], "processes": processes}, sys.stdout)


def connect(server: dict[str, Any], number: int) -> Line:
    line = Line(socket.create_connection(("127.0.0.1", server["port"]), timeout=60), number)
    line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    line.process = ask(server, line, "/bench/which/").decode()
    return line


def spread(server: dict[str, Any], count: int, workers: int) -> list[Line]:
    """Connections evenly over the server's processes: one and one, as far as the machine lets them be had."""
    by_process: dict[str, list[Line]] = {}
    for attempt in range(200):
        line = connect(server, attempt)
        by_process.setdefault(line.process, []).append(line)
        if len(by_process) >= workers and all(len(lines) * workers >= count for lines in by_process.values()):
            break
    taken: list[Line] = []
    while len(taken) < count and any(by_process.values()):
        for lines in by_process.values():
            if lines:
                taken.append(lines.pop(0))
    for left in (line for lines in by_process.values() for line in lines):
        left.sock.close()
    for number, line in enumerate(taken[:count]):
        line.number = number
    return taken[:count]


def keep_open(server: dict[str, Any], lines: list[Line]) -> None:
    """The server closes what has been idle for half a minute; a line that was closed is opened to its process again."""
    for line in lines:
        try:
            ask(server, line, "/bench/which/")
        except (NotAsPlanned, OSError):
            line.sock.close()
            line.waiting.clear()
            line.sock = again(server, line)


def again(server: dict[str, Any], line: Line) -> socket.socket:
    for _attempt in range(200):
        other = connect(server, line.number)
        if other.process == line.process:
            break
        other.sock.close()
    return other.sock


def run(server: dict[str, Any], lines: list[Line], block: dict[str, Any]) -> tuple[list[float], float]:
    """Send so many requests over these connections; answer with each one's milliseconds and with the seconds of all."""
    poller = select.poll()
    by_descriptor = {line.sock.fileno(): line for line in lines}
    for descriptor in by_descriptor:
        poller.register(descriptor, select.POLLIN)
    times: list[float] = []
    left = block["requests"]
    began = time.perf_counter()
    for line in lines[:left]:
        send(server, line, block)
        left -= 1
    while len(times) < block["requests"]:
        events = poller.poll(30_000)
        if not events:
            raise NotAsPlanned("no answer for 30 seconds")
        for descriptor, _event in events:
            line = by_descriptor[descriptor]
            body = receive(line)
            if body is None:
                continue
            times.append((time.perf_counter() - line.began) * 1000)
            if block["method"] == "POST" and block["what"] == "page":
                answer = json.loads(body)
                line.saved[path_of(line, block)] = (answer["version"], answer["text"])
            if left:
                send(server, line, block)
                left -= 1
    return times, time.perf_counter() - began


def path_of(line: Line, block: dict[str, Any]) -> str:
    return str(block["paths"][line.number % len(block["paths"])])


def send(server: dict[str, Any], line: Line, block: dict[str, Any]) -> None:
    path = path_of(line, block)
    form = None
    if block["method"] == "POST":
        version, text = line.saved.get(path, (1, ""))
        line.saves += 1
        form = {"text": f"{NOTE}{line.saves}", "version": str(version), "base": text}
    data = request(server, block["method"], path, form)
    line.began = time.perf_counter()
    line.sock.sendall(data)


def request(server: dict[str, Any], method: str, path: str, form: dict[str, str] | None = None) -> bytes:
    cookies = "; ".join(f"{name}={value}" for name, value in server["cookies"].items())
    head = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{server['port']}", f"Cookie: {cookies}"]
    if form is None:
        return ("\r\n".join([*head, "Accept: text/html", "", ""])).encode()
    body = urlencode(form).encode()
    head += [
        "Accept: application/json",
        f"X-CSRFToken: {server['csrf']}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
    ]
    return ("\r\n".join([*head, "", ""])).encode() + body


def receive(line: Line) -> bytes | None:
    """What has come so far; the body once it is whole."""
    piece = line.sock.recv(262_144)
    if not piece:
        raise NotAsPlanned("the server closed the connection")
    line.waiting += piece
    end = line.waiting.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = bytes(line.waiting[:end]).lower()
    place = head.find(b"content-length:")
    if place < 0:
        raise NotAsPlanned("an answer without its length: " + head.decode(errors="replace"))
    length = int(head[place + 15 :].split(b"\r\n", 1)[0])
    if len(line.waiting) < end + 4 + length:
        return None
    body = bytes(line.waiting[end + 4 : end + 4 + length])
    status = head.split(b" ", 2)[1]
    line.waiting.clear()
    if status != b"200":
        raise NotAsPlanned(f"status {status.decode()}: {body[:300].decode(errors='replace')}")
    return body


def ask(server: dict[str, Any], line: Line, path: str) -> bytes:
    line.sock.sendall(request(server, "GET", path))
    while (body := receive(line)) is None:
        pass
    return body


if __name__ == "__main__":
    main()
