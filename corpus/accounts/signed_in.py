"""A request of somebody who is signed in: each but those to pages that say that they are public."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.http import HttpRequest


class SignedIn(HttpRequest):
    user: User
