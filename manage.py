#!/usr/bin/env python
"""Django's own commands, for those who work in a clone. Everyone else uses `alongside`."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
