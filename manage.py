#!/usr/bin/env python
"""The city's command line. ``manage.py up`` starts everything; ``manage.py help`` lists the rest."""

import os
import sys

from config.supervisor import life, running
from kernel import environment


def main() -> None:
    """Run one command. This function will hand `up` to the supervisor, and any other to Django in the running city."""
    if sys.argv[1:] == ["up"]:
        sys.exit(life.main())
    environment.adopt(running.join(environment.load()))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - reads the environment

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
