"""`manage.py erase USER --by SUPERUSER`: end an account; without --yes, only say what that would do."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError

from config.erasure.account import ErasureError, check, erase, personal
from config.erasure.mentions import mentions, words_of


class Command(BaseCommand):
    help = (
        "Erase an account: a pseudonym replaces the user name, and mail address, names, password, tokens and notices are deleted."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user", metavar="USER", help="user name of the account")
        parser.add_argument("--by", required=True, metavar="SUPERUSER", help="user name of the superuser who erases it")
        parser.add_argument("--yes", action="store_true", help="erase; without it, the command says what it would do")

    def handle(self, *, user: str, by: str, yes: bool, **options: Any) -> None:
        account, superuser = account_by(user), account_by(by)
        words = words_of(account)
        try:
            check(account, superuser)
            if yes:
                self.erase(account, superuser)
            else:
                self.preview(account)
        except ErasureError as error:
            raise CommandError(str(error)) from None
        self.tell_mentions(words)

    def preview(self, account: Any) -> None:
        self.stdout.write(f"“{account}” would be renamed to a pseudonym. To be deleted:")
        for rows in personal(account):
            if count := rows.count():
                self.stdout.write(f"  {count} {rows.model._meta.verbose_name_plural}")
        self.stdout.write("Readings, changes, decisions and posts stay under the pseudonym. Add --yes to erase.")

    def erase(self, account: Any, superuser: Any) -> None:
        done = erase(account, superuser)
        self.stdout.write(f"The account is now “{done.pseudonym}”. Deleted:")
        for name, count in done.deleted.items():
            self.stdout.write(f"  {count} {name}")
        counts = ", ".join(f"{count} {name}" for name, count in done.redacted.items())
        self.stdout.write(f"The name was replaced in the logs: {counts}.")
        self.stdout.write("Backups, exports and copies of the log that were made before still hold the name.")

    def tell_mentions(self, words: list[str]) -> None:
        """After an erasure: texts of people, which a person has to decide on."""
        rows = mentions(words)
        if not rows:
            self.stdout.write("No other text holds the user name, the names or the mail address.")
            return
        self.stdout.write("User name, names or mail address stand in these rows. Read them and decide on each:")
        for row in rows:
            more = ", …" if row.number > len(row.ids) else ""
            self.stdout.write(f"  {row.table}: {row.number} ({', '.join(row.ids)}{more})")


def account_by(name: str) -> Any:
    row = get_user_model().objects.filter(username=name).first()
    if row is None:
        raise CommandError(f"There is no account “{name}”.")
    return row
