"""Pages whose address holds a secret."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse


def tells_no_path(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The page loads files and sends a form: neither says from which address. With “no-referrer” browsers would send `Origin: null` with
    the form, which the CSRF check must refuse."""

    @wraps(view)
    def answer(*arguments: Any, **named: Any) -> HttpResponse:
        response = view(*arguments, **named)
        response["Referrer-Policy"] = "strict-origin"
        return response

    return answer
