"""The promise: what somebody takes along is everything they may read, and not a word of what they may not.

The same story and the same table as for the pages (who_reads.py): at each moment everybody with a part in the journey
takes everything along, and what is in it, pages, papers, tables and the file for programs together, is held against them.
"""

from __future__ import annotations

import base64
import io
import json
import zipfile

import jsonschema
import pytest
from pypdf import PdfReader

from alongside.archive.offline.files import everything_about
from alongside.archive.offline.schema import schema
from alongside.journeys.kinds import KINDS

from .who_reads import MOMENTS, TABLE, mark, readers
from .who_reads_story import Told

pytestmark = pytest.mark.django_db

LOOKED_AT = {
    # what holds for one kind holds for all; each is looked at where words open or close, and at the end
    "treatment": ("preparing", "in error", "over"),
    "supervision": ("sent", "over"),
    "mentoring": ("shown",),
}


def taken_by(person) -> dict[str, bytes]:
    """Every file, by its name in the archive."""
    with zipfile.ZipFile(io.BytesIO(everything_about(person).content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def read_out(name: str, content: bytes) -> str:
    if name.endswith(".pdf"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if name.endswith("DocumentReference.ndjson"):
        rows = [json.loads(line) for line in content.decode().splitlines()]
        return "\n".join(base64.b64decode(row["content"][0]["attachment"]["data"]).decode() for row in rows)
    return content.decode()


def found_in(files: dict[str, bytes]) -> dict[str, str]:
    """Each kind of words that is in it, with a file it is in."""
    texts = {name: read_out(name, content) for name, content in files.items()}
    return {kind: name for kind in TABLE for name, text in texts.items() if mark(kind) in text}


@pytest.mark.parametrize("kind", list(KINDS))
def test_it_is_what_they_may_read_and_nothing_else(cast, kind):
    told = Told(cast, cast.journey(kind, state="preparing"))
    for moment in MOMENTS:
        told.comes_to(moment)
        if moment not in LOOKED_AT[kind]:
            continue
        for letter, who in (("G", cast.guide), ("P", cast.participant), ("S", cast.supporter)):
            files = taken_by(who)
            found, may = found_in(files), {each for each in TABLE if letter in readers(each, moment)}
            more = {each: name for each, name in found.items() if each not in may}
            assert not more, f"{moment}: {who.name} takes along {more}"
            assert may <= found.keys(), f"{moment}: {who.name} misses {may - found.keys()}"
            _reads_the_same_in_each_shape(files, may)
            shared = {name: text for name, text in files.items() if "/fhir/" in name}
            alone = {each for each in TABLE if len(readers(each, moment)) == 1}
            assert not found_in(shared).keys() & alone, "what one reads alone is in no clinical record"


def _reads_the_same_in_each_shape(files: dict[str, bytes], may: set[str]) -> None:
    """Whoever reads the pages reads no less than a program does; and the file is what its schema says."""
    pages = "".join(text.decode() for name, text in files.items() if name.endswith(".html"))
    facts = files["alongside/alongside.json"].decode()
    assert {each for each in may if mark(each) in pages} == may
    assert {each for each in may if mark(each) in facts} == may
    jsonschema.validate(
        json.loads(facts), schema(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


def test_who_covers_takes_along_nothing_but_what_they_wrote(cast):
    told = Told(cast, cast.journey("treatment", state="preparing"))
    told.whole()
    assert found_in(taken_by(cast.colleague)) == {}


@pytest.mark.parametrize("role", ["lead", "administrator", "stranger"])
def test_who_has_no_part_takes_along_their_account_alone(cast, role):
    told = Told(cast, cast.journey("treatment", state="preparing"))
    told.whole()
    files = taken_by(getattr(cast, role))
    assert found_in(files) == {}
    assert json.loads(files["alongside/alongside.json"])["journeys"] == []
