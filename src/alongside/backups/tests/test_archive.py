"""The encrypted file: what goes in comes out, and nothing else does."""

from __future__ import annotations

import io
import json
import random
import tarfile

import pyrage
import pytest

from alongside.backups import archive

MINE = pyrage.x25519.Identity.generate()
SAID = {
    "version": "1",
    "made_at": "2026-11-30T03:00:00+00:00",
    "database": "sqlite",
    "migrations": ("people.0001_initial",),
    "counts": {"people_user": 2},
    "canaries": {},
}


@pytest.fixture
def packed(tmp_path):
    parts = tmp_path / "parts"
    (parts / "files").mkdir(parents=True)
    (parts / "database.sqlite3").write_bytes(random.Random(4).randbytes(300_000))
    (parts / "files" / "logo.svg").write_text("<svg/>")
    file = tmp_path / "backup.age"
    with file.open("wb") as target:
        manifest = archive.pack(parts, SAID, target, MINE.to_public())
    return file, manifest, parts


def empty(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def test_what_goes_in_comes_out(tmp_path, packed):
    file, manifest, parts = packed
    out = empty(tmp_path)

    assert archive.unpack(file, out, MINE) == manifest
    for name in manifest.parts:
        assert (out / name).read_bytes() == (parts / name).read_bytes()
    assert sorted(manifest.parts) == ["database.sqlite3", "files/logo.svg"]
    assert {each.name for each in tmp_path.iterdir()} == {"parts", "backup.age", "out"}, (
        "nothing lies about in clear"
    )


def test_another_key_opens_nothing(tmp_path, packed):
    with pytest.raises(archive.WrongKey, match="another backup key"):
        archive.unpack(packed[0], empty(tmp_path), pyrage.x25519.Identity.generate())


@pytest.mark.parametrize("place", [0, 40, 200, 5_000, 150_000, -1])
def test_a_byte_that_changed_is_found(tmp_path, packed, place):
    raw = bytearray(packed[0].read_bytes())
    raw[place] ^= 1
    packed[0].write_bytes(raw)
    with pytest.raises((archive.Broken, archive.WrongKey)):
        archive.unpack(packed[0], empty(tmp_path), MINE)


@pytest.mark.parametrize("share", [0, 0.001, 0.3, 0.999])
def test_half_a_file_is_no_backup(tmp_path, packed, share):
    raw = packed[0].read_bytes()
    packed[0].write_bytes(raw[: int(len(raw) * share)])
    with pytest.raises(archive.Broken):
        archive.unpack(packed[0], empty(tmp_path), MINE)


def sealed(tmp_path, members):
    """A tar of anybody's, sealed with the right key: whoever knows the public half can make one."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w:gz") as tar:
        for info, content in members:
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    file = tmp_path / "evil.age"
    file.write_bytes(pyrage.encrypt(plain.getvalue(), [MINE.to_public()]))
    return file


def manifest_with(**parts):
    facts = {**SAID, "format": 1, "parts": parts}
    return tarfile.TarInfo("manifest.json"), json.dumps(facts).encode()


def test_what_the_manifest_does_not_name_is_not_let_out(tmp_path):
    file = sealed(tmp_path, [manifest_with(), (tarfile.TarInfo("../outside"), b"x")])
    with pytest.raises(archive.Broken, match="outside is not what its manifest says"):
        archive.unpack(file, empty(tmp_path), MINE)
    assert not (tmp_path / "outside").exists()


def test_a_named_path_that_leads_outside_is_not_followed(tmp_path):
    part = {"size": 1, "sha256": "0" * 64}
    file = sealed(tmp_path, [manifest_with(**{"../outside": part}), (tarfile.TarInfo("../outside"), b"x")])
    with pytest.raises(archive.Broken):
        archive.unpack(file, empty(tmp_path), MINE)
    assert not (tmp_path / "outside").exists()


def test_a_link_is_not_a_part(tmp_path):
    link = tarfile.TarInfo("database.sqlite3")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    file = sealed(
        tmp_path, [manifest_with(**{"database.sqlite3": {"size": 0, "sha256": "0" * 64}}), (link, b"")]
    )
    with pytest.raises(archive.Broken, match="not what its manifest says"):
        archive.unpack(file, empty(tmp_path), MINE)


def test_a_part_that_blows_up_beyond_its_size_is_stopped_before_it_is_written(tmp_path):
    part = {"size": 10, "sha256": "0" * 64}
    bomb = (tarfile.TarInfo("database.sqlite3"), b"\0" * 50_000_000)
    file = sealed(tmp_path, [manifest_with(**{"database.sqlite3": part}), bomb])
    out = empty(tmp_path)
    with pytest.raises(archive.Broken):
        archive.unpack(file, out, MINE)
    assert not list(out.iterdir())


def test_a_missing_part_is_named(tmp_path):
    file = sealed(tmp_path, [manifest_with(**{"database.sqlite3": {"size": 1, "sha256": "0" * 64}})])
    with pytest.raises(archive.Broken, match=r"database\.sqlite3 is missing"):
        archive.unpack(file, empty(tmp_path), MINE)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"format": 1}', b"\xff"])
def test_a_manifest_that_cannot_be_read_is_no_backup_of_ours(tmp_path, content):
    file = sealed(tmp_path, [(tarfile.TarInfo("manifest.json"), content)])
    with pytest.raises(archive.Broken, match="not a backup of Alongside"):
        archive.unpack(file, empty(tmp_path), MINE)


def test_a_format_of_tomorrow_asks_for_a_newer_alongside(tmp_path):
    facts = {**SAID, "format": 2, "parts": {}}
    file = sealed(tmp_path, [(tarfile.TarInfo("manifest.json"), json.dumps(facts).encode())])
    with pytest.raises(archive.Broken, match="newer Alongside"):
        archive.unpack(file, empty(tmp_path), MINE)
