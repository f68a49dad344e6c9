"""`manage.py check`: Django's, with an installation's own checks where `--deploy` asks for them."""

from typing import Any

from django.core.management.commands import check
from django.db import OperationalError, connection


class Command(check.Command):
    def handle(self, *app_labels: Any, **options: Any) -> None:
        """Without a database Django's checks of models end in a traceback: then only the installation's are made, which say so."""
        try:
            connection.ensure_connection()
        except OperationalError:
            options |= {"tags": ["installation"], "deploy": True}
        super().handle(*app_labels, **options)
