"""How a log record becomes a line."""

import logging


class OneLine(logging.Formatter):
    """A record is one line, except for its traceback: what a user typed never looks like a second record, nor moves a cursor."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name is logging's
        message = super().formatMessage(record)
        if message.isprintable():
            return message
        return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in message)
