"""The e-mail backend for a machine that sends no mail: one `.eml` file a message."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

from alongside.kernel.clock import now


class FolderBackend(BaseEmailBackend):
    """A folder that knows a message by its Message-ID and whom it is for, as a mailbox does.

    A worker that dies between sending and saying so sends again: the second copy takes the place of the first.
    """

    def send_messages(self, email_messages):
        folder = Path(settings.EMAIL_FOLDER)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for message in email_messages:
            made = message.message()
            known = hashlib.sha256(f"{made['Message-ID']} {message.recipients()}".encode()).hexdigest()[:32]
            here = next(folder.glob(f"*-{known}.eml"), None)
            name = here.stem if here else f"{now():%Y%m%dT%H%M%S}-{known}"
            # Written beside and renamed, so that a reader never sees half a message.
            unfinished = folder / f"{name}.part"
            unfinished.write_bytes(made.as_bytes())
            unfinished.rename(folder / f"{name}.eml")
        return len(email_messages)
