#!/usr/bin/env python
"""The commands: `manage.py help` lists them."""

import sys

from config.environment import make_installation
from config.start import prepare


def main() -> None:
    if sys.argv[1:2] == ["demo"]:
        make_installation()
    prepare()

    from django.core.management import execute_from_command_line  # reads the settings: only after prepare()

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
