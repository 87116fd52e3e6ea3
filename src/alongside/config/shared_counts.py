"""Where the server processes of one machine put what they count for the metrics, so that whichever is asked knows all of it.

Nothing here imports Django: `alongside serve` makes the folder before it starts them.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from alongside.config import home, surroundings

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The library looks for it when it is read in."""
IN_MEMORY = Path("/dev/shm")  # noqa: S108


def make_folder() -> Path | None:
    """An empty folder for them; None where nobody may ask.

    It lies in memory where there is such a place. On a full disk a file that is written by mapping it ends its process,
    and a full disk must never take the pages with it.
    """
    os.environ.pop(FOLDER, None)
    if not os.environ.get("ALONGSIDE_METRICS_TOKEN"):
        return None
    of_this_home = hashlib.sha256(str(home.home()).encode()).hexdigest()[:16]
    for place in (IN_MEMORY, Path(tempfile.gettempdir())):
        folder = place / f"alongside-{os.geteuid()}-{of_this_home}"
        # of a server that was killed; the one who starts holds the claim to this home
        shutil.rmtree(folder, ignore_errors=True)
        try:
            folder.mkdir(mode=0o700)
        except OSError:
            continue
        os.environ[FOLDER] = str(folder)
        return folder
    raise surroundings.Wrong(
        f"Alongside cannot make a folder in {IN_MEMORY} or {tempfile.gettempdir()} for what it counts. "
        "Make room there, or leave out ALONGSIDE_METRICS_TOKEN."
    )
