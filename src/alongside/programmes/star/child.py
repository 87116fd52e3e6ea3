"""`python -m alongside.programmes.star.child FOLDER MONTH`: reads the snapshot it is given and nothing else."""

import os
import sys
from pathlib import Path


def main(folder: str, last: str) -> None:
    import django
    from django.conf import settings

    database = settings.DATABASES["default"]
    if copy := os.environ.get("ALONGSIDE_STAR_SNAPSHOT"):
        # a copy that nobody else has: no journal, no waiting, and never a write
        database.update(NAME=f"file:{copy}?mode=ro&immutable=1", OPTIONS={"uri": True}, TEST={})
    else:
        database["NAME"] = os.environ["ALONGSIDE_STAR_DATABASE"]
    django.setup()
    from alongside.programmes.star.writing import write_from_here

    write_from_here(Path(folder), last=int(last))


if __name__ == "__main__":
    main(*sys.argv[1:])
