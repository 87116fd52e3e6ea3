"""What `make check` looks at, as tests: form, style, types, migrations and generated docs."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.served import ROOT

sys.path.insert(0, str(ROOT / "tools"))

from check import LOOKS

pytestmark = pytest.mark.one_database

# the rules of imports have a test of their own
TRIED = [name for name in LOOKS if name != "imports"]


@pytest.mark.parametrize("name", TRIED)
def test_what_the_check_looks_at_is_good(name, tmp_path):
    own = {"ALONGSIDE_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "alongside.config.settings.test"}
    done = subprocess.run(
        LOOKS[name], cwd=ROOT, env={**os.environ, **own}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
