"""What every entry point does before the settings are read, and the entry point of all commands."""

import gc
import os
import sys
from functools import cache

from config import postgres
from config.durability import refuse_unsafe
from config.environment import load_installation, make_installation


@cache
def prepare() -> None:
    """Complete the environment: the installation's own values, and a database that answers."""
    load_installation()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    postgres.ensure()
    refuse_unsafe(os.environ["DATABASE_URL"])


def set_up() -> None:
    """Django, with all that it loads. None of that is ever garbage: to look for some, again and again, is a third of a command."""
    import django  # reads the settings: only after prepare()

    gc.disable()
    django.setup()
    gc.freeze()
    gc.enable()


def main() -> None:
    """Run the command that the arguments name. `postgres start` and `postgres stop` need no Django, and no server to stop it."""
    if sys.argv[1:2] == ["postgres"]:
        postgres.main(sys.argv[2:])
        return
    if sys.argv[1:2] == ["demo"]:
        make_installation()
    if sys.argv[1:2] == ["restore"] and "SECRET_KEY" not in os.environ:
        from config.backups.key import take_key

        load_installation()
        take_key(sys.argv[2:])
    prepare()
    set_up()

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
