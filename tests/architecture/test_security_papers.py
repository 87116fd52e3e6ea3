"""Whom to tell of a weakness, what a release is made of, and which of its parts are known to be weak."""

import datetime as dt
import importlib
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def tools(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    yield lambda name: importlib.import_module(name)
    for name in ("packages", "sbom", "audit"):
        sys.modules.pop(name, None)


@pytest.mark.django_db
def test_security_txt_names_who_is_told_and_holds_for_less_than_a_year(client, settings):
    settings.SECURITY_CONTACT, settings.PUBLIC_URL = "mailto:safe@example.org", "https://alongside.example"
    answer = client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert fields["Contact"] == "mailto:safe@example.org"
    assert fields["Canonical"] == "https://alongside.example/.well-known/security.txt"
    expires = dt.datetime.fromisoformat(fields["Expires"])
    assert dt.timedelta(days=30) < expires - dt.datetime.now(dt.UTC) < dt.timedelta(days=365)


@pytest.mark.django_db
def test_there_is_none_while_nobody_reads_what_comes(client, settings):
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404


def test_the_bill_names_every_locked_package_with_its_hashes(tools):
    made = tools("sbom").bill()
    lock = (ROOT / "requirements" / "base.txt").read_text()
    python = [one for one in made["components"] if one["purl"].startswith("pkg:pypi/")]
    assert len(python) == sum("==" in line for line in lock.splitlines() if line[:1].isalnum())
    assert sum(len(one["hashes"]) for one in python) == lock.count("--hash=sha256:")
    refs = [one["bom-ref"] for one in made["components"]]
    assert {one["name"] for one in python} >= {"django", "zxcvbn"} and len(refs) == len(set(refs))


def test_the_audit_fails_on_what_is_known_and_says_which(tools, capsys):
    def osv(question):
        names = [each["package"]["name"] for each in question["queries"]]
        return {"results": [{"vulns": [{"id": "GHSA-1"}]} if name == "django" else {} for name in names]}

    assert tools("audit").main(osv) == 1
    assert (
        "django " in (said := capsys.readouterr().out)
        and "GHSA-1" in said
        and "1 with known weaknesses" in said
    )


def test_the_audit_passes_where_nothing_is_known(tools):
    assert tools("audit").main(lambda question: {"results": [{} for _each in question["queries"]]}) == 0


@pytest.mark.parametrize("answer", [OSError("no way there"), {"results": []}, {"code": 3}])
def test_an_audit_that_could_not_be_made_is_no_audit(tools, capsys, answer):
    def osv(question):
        if isinstance(answer, Exception):
            raise answer
        return answer

    assert tools("audit").main(osv) == 2
    assert capsys.readouterr().err.startswith("Nothing was audited")
