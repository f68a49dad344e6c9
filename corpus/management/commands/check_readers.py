"""manage.py check_readers"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from corpus.readers import sandboxed
from corpus.sandbox.layers import REMEDY


class Command(BaseCommand):
    help = "Say which layers of the sandbox hold the readers of files on this machine. Exit status 1 where nothing would be read."

    def handle(self, *args: Any, **options: Any) -> str:
        try:
            layers = sandboxed.layers()
        except sandboxed.DeadError as error:
            raise CommandError(f"No reader can be started: {error}") from None
        if sandboxed.strict and not layers.hold:
            raise CommandError(f"{layers}. Nothing is read: {REMEDY}.")
        return str(layers)
