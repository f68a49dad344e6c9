"""manage.py notify"""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand

from annotations.notices.dated import forget_old, notify_of_dates
from annotations.notices.digest import is_mail_on
from annotations.notices.send import NotSent, recipients, send_digest


class Command(BaseCommand):
    help = "Make notices of due dates, delete those that were read 90 days ago, and send the digests that are due, as the worker does."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"notices of due dates: {notify_of_dates()}; deleted: {forget_old()}")
        if not is_mail_on():
            self.stdout.write("Mail is off: set MAIL_URL and MAIL_FROM.")
            return
        states: Counter[str] = Counter()
        for user in recipients():
            try:
                states[send_digest(user) or "left to another process"] += 1
            except NotSent as error:
                self.stderr.write(str(error))
                states["to be tried again"] += 1
        self.stdout.write(f"digests: {', '.join(f'{state} {count}' for state, count in sorted(states.items())) or 'none due'}")
