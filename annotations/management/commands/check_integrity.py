"""manage.py check_integrity"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.integrity import CHECKS, faults


class Command(BaseCommand):
    help = "Check that texts, marks and the change log are whole and agree. Exit status 1 if not."

    def handle(self, *args: Any, **options: Any) -> str:
        found = list(faults())
        for fault in found:
            self.stderr.write(str(fault))
        if found:
            raise CommandError(f"{len(found)} faults")
        return f"{len(CHECKS)} checks, no fault"
