"""Sessions in the database, of which a full disk ends none."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError

from corpus.db.full_disk import is_full_disk, log_full_disk


class SessionStore(db.SessionStore):
    """Django's, with one difference: where the disk is full, the time of a request is not noted, and the page is shown.

    A new session is stored or the log-in fails.
    """

    def save(self, must_create: bool = False) -> None:
        try:
            super().save(must_create)
        except UpdateError as error:
            if not is_full_disk(error):
                raise
            log_full_disk(error)
