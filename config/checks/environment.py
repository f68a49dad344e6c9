"""Variables that do not fit each other, or the machine: no service is asked."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Doubt

from config.disk import LEAST_FREE_MB, free_mb
from config.environment import VAR
from config.floors import too_old
from corpus.objects.s3 import is_bucket

HERE = {"localhost", "127.0.0.1", "[::1]"}


def names() -> Iterator[CheckMessage]:
    if set(settings.ALLOWED_HOSTS) <= HERE:
        yield Doubt(
            "ALLOWED_HOSTS has this machine only: nobody else reaches the site.",
            hint="Write the names under which it is reached, such as ALLOWED_HOSTS=attest.example.org.",
            id="attest.W001",
        )
    if settings.MAIL_FROM and urlsplit(settings.SITE_URL).hostname in HERE:
        yield Doubt(
            f"Links in mails begin with {settings.SITE_URL}, which opens on this machine only.",
            hint="Set SITE_URL to the address of the site.",
            id="attest.W002",
        )


def proxies() -> Iterator[CheckMessage]:
    """Attest has no TLS of its own: a proxy that ends it must say so, or each page redirects to itself for ever."""
    if settings.HTTPS_ONLY and not settings.PROXIES:
        yield Error(
            "HTTPS_ONLY is yes and PROXIES is 0: each page would redirect to itself.",
            hint="Set PROXIES to the number of proxies in front (deploy/nginx.conf is one), or HTTPS_ONLY=no on a machine of your own.",
            id="attest.E001",
        )


def folders() -> Iterator[CheckMessage]:
    objects = [] if is_bucket(settings.OBJECTS) else [Path(settings.OBJECTS)]
    for folder in [VAR, *objects]:
        there = next(each for each in [folder, *folder.parents] if each.exists())
        free = free_mb(there)
        if free is not None and free < LEAST_FREE_MB:
            yield Doubt(
                f"{free} MB are free for {folder}; {LEAST_FREE_MB} are needed.",
                hint="Make room, or choose another folder with ATTEST_HOME or OBJECTS.",
                id="attest.W003",
            )


def releases() -> Iterator[CheckMessage]:
    for sentence in too_old():
        yield Doubt(sentence, id="attest.W004")
