"""The secrets of second factors lie sealed: allauth would write them down as they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator

from alongside.kernel.sealed_elsewhere import SealedColumn

SECRET, SEED, MIGRATED = "secret", "seed", "migrated_codes"
"""Of the app's codes, and of the recovery codes, where codes of an older system may lie instead of a seed."""


def _changed(data: dict[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    data = dict(data)
    for name in (SECRET, SEED):
        if data.get(name):
            data[name] = change(data[name])
    if data.get(MIGRATED):
        data[MIGRATED] = [change(code) for code in data[MIGRATED]]
    return data


FACTOR_SECRETS = SealedColumn(lambda: Authenticator, "data", _changed)
