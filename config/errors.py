"""The page for an error of ours: it names the error, and tells nothing of it; and the page for a full disk.

Neither needs anything that may be what fails: no session, no database, no list of the static files.
"""

import logging
import secrets
import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static

from corpus.db.full_disk import RETRY_SECONDS, is_full_disk, log_full_disk

log = logging.getLogger(__name__)


def server_error(request: HttpRequest) -> HttpResponse:
    """The log has the traceback; the name on the page finds it there."""
    error = sys.exception()
    if error is not None and is_full_disk(error):
        return full_disk(error)
    name = secrets.token_hex(4)
    log.error("the error above was shown as %s", name)
    return HttpResponse(page("500.html", name=name), status=500)


def full_disk(error: BaseException) -> HttpResponse:
    log_full_disk(error)
    return HttpResponse(page("507.html"), status=507, headers={"Retry-After": str(RETRY_SECONDS)})


def page(template: str, **context: str) -> str:
    return render_to_string(template, {**context, "style_sheet": style_sheet()})


def style_sheet() -> str:
    """Its address; blank where the static files have not been collected, so that the page comes without it."""
    try:
        return static("css/site.css")
    except ValueError:
        return ""
