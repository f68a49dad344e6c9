"""A request to the API, as its resources have it."""

from __future__ import annotations

from django.contrib.auth.models import User
from rest_framework import request


class Request(request.Request):
    """Of somebody who is known: nobody else gets past `IsAuthenticated`."""

    user: User
