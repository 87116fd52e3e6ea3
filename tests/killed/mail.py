"""A mailbox in which the worker dies: before a letter is in it, or after, when nobody could be told any more."""

import os
import signal
from pathlib import Path

from django.conf import settings

from alongside.config.mail import FolderBackend


def _counted(folder: Path) -> int:
    """Which letter this is, counted over all workers there have been."""
    with open(folder / "begun", "ab") as begun:
        begun.write(b".")
    return (folder / "begun").stat().st_size


class KillingBackend(FolderBackend):
    """`killing` in the home names the letters at which to die: `7 before`, `12 after`, one a line."""

    def send_messages(self, email_messages):
        plan = dict(line.split() for line in (settings.HOME / "killing").read_text().splitlines())
        for message in email_messages:
            moment = plan.get(str(_counted(settings.HOME)))
            if moment == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            super().send_messages([message])
            if moment == "after":
                os.kill(os.getpid(), signal.SIGKILL)
        return len(email_messages)
