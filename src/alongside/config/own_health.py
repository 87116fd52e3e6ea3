"""Asks this machine's own `/healthz` and ends with 0 when all is well: what an engine of containers calls.

As the public name, since the settings for production answer to no other. Only what came with Python is read in.
"""

import os
import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit


def main() -> int:
    port = os.environ.get("PORT") or "8000"
    name = urlsplit(os.environ.get("ALONGSIDE_PUBLIC_URL", "")).netloc or "localhost"
    asked = urllib.request.Request(f"http://127.0.0.1:{port}/healthz", headers={"Host": name})
    try:
        with urllib.request.urlopen(asked, timeout=8) as answer:  # noqa: S310
            sys.stdout.write(answer.read().decode() + "\n")
    except urllib.error.HTTPError as error:
        sys.stdout.write(error.read().decode(errors="replace")[:500] + "\n")
        return 1
    except OSError as error:
        sys.stdout.write(f"Alongside does not answer on port {port}: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
