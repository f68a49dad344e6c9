"""The page for an error of ours: it names the error, and tells nothing of it; and the page for a full disk."""

import logging
import secrets
import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from corpus.db.full_disk import RETRY_SECONDS, is_full_disk, log_full_disk

log = logging.getLogger(__name__)


def server_error(request: HttpRequest) -> HttpResponse:
    """The log has the traceback; the name on the page finds it there."""
    error = sys.exception()
    if error is not None and is_full_disk(error):
        return full_disk(error)
    name = secrets.token_hex(4)
    log.error("the error above was shown as %s", name)
    # Without the request: what failed may be the session or the database.
    return HttpResponse(render_to_string("500.html", {"name": name}), status=500)


def full_disk(error: BaseException) -> HttpResponse:
    log_full_disk(error)
    return HttpResponse(render_to_string("507.html"), status=507, headers={"Retry-After": str(RETRY_SECONDS)})
