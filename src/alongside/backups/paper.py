"""The keys on one sheet of paper: as text to type, and as codes to scan."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _

from alongside.ui.paper import pdf
from alongside.ui.qr import code

from .restoring import Keys


def keys_as_pdf(with_keys: Keys, backup_key: str) -> bytes:
    """A tagged PDF with the backup key, the secret key and each key of the keyring."""
    ring = json.dumps(with_keys.keyring, separators=(",", ":"))
    return pdf(
        "backups/keys.typ",
        {
            "title": _("Keys of Alongside"),
            "lead": _(
                "Anyone who has this page and a backup can read every word in it. Lock the page "
                "away. Delete the file that was printed."
            ),
            "alt": _("The same as a code to scan"),
            "keys": [
                _entry(_("Backup key, in the file keys/backup_key"), backup_key.strip()),
                _entry(_("Keyring, in the file keys/keyring.json"), ring),
                _entry(_("Secret key, in the file keys/secret_key"), with_keys.secret_key),
            ],
        },
    )


def _entry(name: str, text: str) -> dict[str, Any]:
    drawn = code(text)
    return {"name": name, "text": text, "path": drawn.path, "size": drawn.size}
