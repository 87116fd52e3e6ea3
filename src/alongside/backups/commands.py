"""`alongside backup`, `restore` and `keys`: what a person types, and the sentences they read."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from django.conf import settings

from alongside.kernel.key_use import values_sealed_with

from . import databases, keys, making, restoring, runs


def backup(arguments: argparse.Namespace) -> int:
    try:
        made = runs.back_up(Path(arguments.to) if arguments.to else None)
    except runs.Failed as failed:
        return _no(f"No backup was made. {failed}")
    rows = sum(made.manifest.counts.values())
    _say(f"Backed up {rows} rows into {made.file}")
    return 0


def restore(arguments: argparse.Namespace) -> int:
    """The command has looked for the keys by now; whether they are the right ones the backup tells."""
    file = Path(arguments.file)
    if not file.is_file():
        return _no(f"There is no file {file}.")
    try:
        with_keys = _keys(arguments.key)
        restored = restoring.restore(
            file, home=Path(settings.HOME), database=databases.ours(), with_keys=with_keys
        )
    except (restoring.Refused, making.Busy, databases.Trouble, ValueError) as refused:
        return _no(f"Nothing was restored. {refused}")
    except OSError as trouble:
        return _no(f"Nothing was restored. The disk could not take it: {trouble.strerror}.")
    _say(
        f"Restored the backup of {restored.manifest.made_at}: {sum(restored.manifest.counts.values())} rows, "
        f"and words of {restored.opened} kinds were opened. Everyone has to sign in again."
    )
    return 0


def drill(arguments: argparse.Namespace) -> int:
    try:
        restored = runs.prove_newest(Path(arguments.folder) if arguments.folder else None)
    except runs.Failed as failed:
        return _no(f"The backup could not be restored. {failed}")
    if restored is None:
        return _no("There is no backup yet. Make one with: alongside backup")
    _say(f"The backup of {restored.manifest.made_at} was restored as a test, and all of it is there.")
    return 0


def print_keys(arguments: argparse.Namespace) -> int:
    from .paper import keys_as_pdf

    target = Path(arguments.file)
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _no(f"{target} is there already. Choose another name.")
    except OSError as trouble:
        return _no(f"{target} could not be written: {trouble.strerror}.")
    with os.fdopen(descriptor, "wb") as out:
        out.write(keys_as_pdf(runs.keys_here(), settings.BACKUP_KEY))
    _say(f"The keys are in {target}. Print it, lock the paper away, and delete the file.")
    return 0


def retire_key(arguments: argparse.Namespace) -> int:
    """The command writes the keyring; here it is asked whether it may."""
    name, ring = arguments.name, settings.ENCRYPTION_KEYRING
    if name not in ring["keys"]:
        return _no(f"There is no key {name}. There are: {', '.join(sorted(ring['keys']))}.")
    if name == ring["current"]:
        return _no(f"Key {name} is the one in use. Run “alongside rotatekeys” first.")
    sealed = values_sealed_with(name)
    if sealed:
        return _no(f"{sealed} values are still sealed with {name}. Run “alongside rotatekeys” first.")
    return 0


def _keys(named: str | None) -> restoring.Keys:
    text = Path(named).read_text() if named else settings.BACKUP_KEY
    if not text:
        raise ValueError("The backup key is missing. Put it back, or name its file with --key.")
    return restoring.Keys(
        identity=keys.identity_from(text),
        keyring=settings.ENCRYPTION_KEYRING,
        secret_key=settings.SECRET_KEY,
    )


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")


def _no(words: str) -> int:
    sys.stderr.write(words + "\n")
    return 1
