"""The page for an error of ours: it names the error, and tells nothing of it."""

import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

log = logging.getLogger(__name__)


def server_error(request: HttpRequest) -> HttpResponse:
    """The log has the traceback; the name on the page finds it there."""
    name = secrets.token_hex(4)
    log.error("the error above was shown as %s", name)
    # Without the request: what failed may be the session or the database.
    return HttpResponse(render_to_string("500.html", {"name": name}), status=500)
