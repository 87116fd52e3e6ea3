"""The example proxies of the docs, started as they stand (but for name, port and certificate) in front of the product."""

from __future__ import annotations

import http.client
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from alongside.config.serving import end_with_parent
from tests.served import ROOT, Served, free_port, own_home

EXAMPLES = ROOT / "docs" / "how-to" / "proxies"
PATIENCE = 120
pytestmark = [
    pytest.mark.one_database,
    pytest.mark.django_db(transaction=True),
]


def certificate(folder: Path) -> tuple[Path, Path]:
    """One for localhost that nobody signed."""
    made, key = folder / "localhost.pem", folder / "localhost.key"
    words = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    command = [*words.split(), "-keyout", str(key), "-out", str(made)]
    subprocess.run(command, check=True, capture_output=True)
    return made, key


def nginx(folder: Path, ports: tuple[int, int, int]) -> list[str]:
    inner, tls, clear = ports
    made, key = certificate(folder)
    text = (EXAMPLES / "nginx.conf").read_text()
    for old, new in {
        "listen 443 ssl": f"listen 127.0.0.1:{tls} ssl",
        "listen 80": f"listen 127.0.0.1:{clear}",
        "alongside.example.org": "localhost",
        "/etc/ssl/certs/alongside.pem": str(made),
        "/etc/ssl/private/alongside.key": str(key),
        "127.0.0.1:8000": f"127.0.0.1:{inner}",
    }.items():
        assert old in text
        text = text.replace(old, new)
    paths = "".join(
        f"{name} {folder}/{name};"
        for name in (
            "client_body_temp_path",
            "proxy_temp_path",
            "fastcgi_temp_path",
            "uwsgi_temp_path",
            "scgi_temp_path",
        )
    )
    whole = f"daemon off; pid {folder}/pid; error_log stderr; events {{}} http {{ access_log off; {paths} {text} }}"
    (folder / "nginx.conf").write_text(whole)
    return ["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)]


def caddy(folder: Path, ports: tuple[int, int, int]) -> list[str]:
    inner, tls, clear = ports
    made, key = certificate(folder)
    text = (EXAMPLES / "Caddyfile").read_text()
    for old, new in {
        "https://alongside.example.org {": f"https://localhost:{tls} {{\n\tbind 127.0.0.1\n\ttls {made} {key}",
        "http://alongside.example.org {": f"http://localhost:{clear} {{\n\tbind 127.0.0.1",
        "127.0.0.1:8000": f"127.0.0.1:{inner}",
    }.items():
        assert old in text
        text = text.replace(old, new)
    (folder / "Caddyfile").write_text(f"{{\n\tadmin off\n\tauto_https off\n}}\n{text}")
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


PROXIES = {"nginx": nginx, "caddy": caddy}


@contextmanager
def in_front(name: str, folder: Path) -> Iterator[tuple[int, int]]:
    """The product with the settings for production, and a proxy in front of it: (its port with TLS, its port in clear)."""
    inner, tls, clear = free_port(), free_port(), free_port()
    (folder / "home").mkdir()
    with own_home(folder / "home") as environment:
        production = {
            "DJANGO_SETTINGS_MODULE": "alongside.config.settings.prod",
            "ALONGSIDE_DEMO": "0",
            "ALONGSIDE_PUBLIC_URL": f"https://localhost:{tls}",
            "ALONGSIDE_BEHIND_PROXY": "1",
            "EMAIL_HOST": "localhost",
        }
        by_tls = {"X-Forwarded-Proto": "https", "Host": f"localhost:{tls}"}
        served = Served({**environment, **production}, port=inner, headers=by_tls)
        command = PROXIES[name](folder, (inner, tls, clear))
        try:
            served.start()
            proxy = subprocess.Popen(
                command,
                env={"HOME": str(folder), "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
                stderr=subprocess.DEVNULL,
                preexec_fn=end_with_parent,
            )
            try:
                _wait_for(tls)
                yield tls, clear
            finally:
                proxy.terminate()
                proxy.wait(30)
        finally:
            served.stop()


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            asked(port, "/healthz")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the proxy did not answer")


def asked(port: int, path: str, *, clear: bool = False, **headers: str) -> http.client.HTTPResponse:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    connection = (
        http.client.HTTPConnection("localhost", port, timeout=60)
        if clear
        else http.client.HTTPSConnection("localhost", port, timeout=60, context=context)
    )
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.body = answer.read()  # type: ignore[attr-defined]
    finally:
        connection.close()
    return answer


@pytest.mark.parametrize("name", PROXIES)
def test_the_example_proxy_serves_people_over_tls(name, tmp_path):
    if not shutil.which(name, path="/usr/sbin:/usr/bin:/sbin:/bin"):
        pytest.skip(f"{name} is not on this machine; on Debian: apt-get install {name}")
    with in_front(name, tmp_path) as (tls, clear):
        page = asked(tls, "/accounts/login/")
        assert page.status == 200 and b"Sign in" in page.body
        assert "Secure" in page.headers["Set-Cookie"] and "strict-transport-security" in page.headers

        # who says of itself that it came by TLS, or from elsewhere, is not believed
        lying = {"X-Forwarded-Proto": "http", "X-Forwarded-For": "203.0.113.9"}
        assert asked(tls, "/accounts/login/", **lying).status == 200

        led = asked(clear, "/accounts/login/", clear=True)
        assert led.status == 301 and led.headers["Location"].startswith("https://localhost")
        assert asked(clear, "/calendar/secret/meetings.ics", clear=True).status == 404
        assert asked(tls, "/calendar/secret/meetings.ics").status == 404


def test_what_stands_in_the_examples_is_named_where_one_looks():
    page = (ROOT / "docs" / "how-to" / "run-it.md").read_text()
    assert all(f"proxies/{path.name}" in page for path in EXAMPLES.iterdir())
