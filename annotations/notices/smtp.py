"""The mail server: Django's SMTP, which also says when only the answer was lost; and none, where no server is set."""

from __future__ import annotations

import smtplib
from collections.abc import Sequence
from typing import Any

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

END_OF_MESSAGE = b"\r\n.\r\n"


class AnswerLost(smtplib.SMTPException):
    """The whole message was sent, and the connection broke before the server confirmed it: most likely it has it."""


class KnowsItsEnd:
    """Of a connection: whether the last that was sent is the end of a message."""

    is_at_end = False

    def send(self, s: Any) -> None:
        super().send(s)  # type: ignore[misc]
        self.is_at_end = isinstance(s, bytes) and s.endswith(END_OF_MESSAGE)

    def getreply(self) -> Any:
        try:
            return super().getreply()  # type: ignore[misc]
        except smtplib.SMTPServerDisconnected as error:
            if self.is_at_end:
                raise AnswerLost(str(error)) from error
            raise


class PlainSmtp(KnowsItsEnd, smtplib.SMTP):
    pass


class TlsSmtp(KnowsItsEnd, smtplib.SMTP_SSL):
    pass


class SmtpMailer(EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return TlsSmtp if self.use_ssl else PlainSmtp


class MailOff(BaseEmailBackend):
    """Sends nothing, and opens no connection."""

    def send_messages(self, email_messages: Sequence[Any]) -> int:
        return 0
