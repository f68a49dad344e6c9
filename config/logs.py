"""How a log record becomes a line."""

import logging


class OneLine(logging.Formatter):
    """A record is one line, except for its traceback: what a user typed can never look like a second record."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name is logging's
        return super().formatMessage(record).replace("\r", "\\r").replace("\n", "\\n")
