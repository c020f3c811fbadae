#!/usr/bin/env python3
"""Django's command line; in production `DJANGO_SETTINGS_MODULE` names other settings."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cramps_site.settings.dev")
    from django.core.management import execute_from_command_line  # after the settings module is named

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
