"""The product's own settings for one's own machine, with the floor's addresses beside the product's."""

import os
from pathlib import Path

from alongside.config.settings.dev import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
STATIC_ROOT = Path(os.environ["BENCH_STATIC"])
