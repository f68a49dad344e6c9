"""manage.py check_readers"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from corpus.readers import sandboxed
from corpus.sandbox.layers import REMEDY


class Command(BaseCommand):
    help = "List the layers of the readers' sandbox that are active on this machine. Exit status 1 if files cannot be read."

    def handle(self, *args: Any, **options: Any) -> str:
        try:
            layers = sandboxed.layers()
        except sandboxed.DeadError as error:
            raise CommandError(f"Readers cannot be started: {error}") from None
        if sandboxed.strict and not layers.hold:
            raise CommandError(f"{layers}. Files cannot be read: {REMEDY}.")
        return str(layers)
