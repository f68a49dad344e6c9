"""What every entry point does before the settings are read."""

import os

from config import postgres
from config.durability import refuse_unsafe
from config.environment import load_installation


def prepare() -> None:
    """Complete the environment: the installation's own values, and a database that answers."""
    load_installation()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    postgres.ensure()
    refuse_unsafe(os.environ["DATABASE_URL"])
