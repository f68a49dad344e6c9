"""How a log record becomes a line."""

import logging
import re

# Addresses that whoever has them can use: Django logs the path of what it refuses.
SECRET = re.compile(r"(?:/|%2F)(invitations|password-links)(?:/|%2F)[\w-]{20,}|/(notices/stop)/[^/\s]+", re.IGNORECASE)


class OneLine(logging.Formatter):
    """A record is one line, except for its traceback: what a user typed never looks like a second record, nor moves a cursor.
    The secret of a link is left out."""

    def format(self, record: logging.LogRecord) -> str:
        return SECRET.sub(lambda address: f"/{address[1] or address[2]}/…", super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name is logging's
        message = super().formatMessage(record)
        if message.isprintable():
            return message
        return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in message)
