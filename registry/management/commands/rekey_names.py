"""manage.py rekey_names"""

from typing import Any

from django.core.management.base import BaseCommand

from registry.list_versions.rekey import outdated_names, rekey_some
from registry.names import MATCHER


class Command(BaseCommand):
    help = "Make the keys of listed names anew that another matcher made. Run it after an upgrade; else the worker does it."

    def handle(self, *args: Any, **options: Any) -> str:
        names = outdated_names().count()
        while rekey_some():
            pass
        return f"{names:,} names have keys of {MATCHER} now. Screen each corpus again, or let the worker do it."
