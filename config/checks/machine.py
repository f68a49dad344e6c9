"""What the installation needs to work: its database, the bytes of originals, the sandbox of the readers, the mail server."""

import secrets
from collections.abc import Iterator
from hashlib import sha256

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Doubt
from django.core.mail import mailers
from django.db import DatabaseError

from annotations.models import Scheme
from config import health
from corpus.objects.raws import store
from corpus.readers import sandboxed
from corpus.sandbox.layers import REMEDY


def database() -> Iterator[CheckMessage]:
    """Tables are asked for rows only where all of them are there."""
    try:
        if not health.database()["ok"]:
            yield Error("The database takes no writes.", hint="Let DATABASE_URL name the primary.", id="attest.E002")
        elif pending := health.pending_migrations():
            yield Error(f"Migrations are pending: {len(pending)}.", hint="Run `manage.py migrate`.", id="attest.E003")
        else:
            yield from first_rows()
    except DatabaseError as error:
        yield Error(f"The database does not respond: {one_line(error)}", hint="Look at DATABASE_URL.", id="attest.E004")


def first_rows() -> Iterator[CheckMessage]:
    if not get_user_model().objects.filter(is_superuser=True, is_active=True).exists():
        yield Doubt("There is no administrator.", hint="Run `manage.py createsuperuser`.", id="attest.W005")
    if not Scheme.objects.exists():
        yield Doubt("There is no scheme.", hint="Run `manage.py load_scheme`.", id="attest.W006")


def originals() -> Iterator[CheckMessage]:
    """Writes an object, reads and removes it: nothing less shows that a folder or a bucket lets us."""
    content = secrets.token_bytes(32)
    key, objects = f"raw/1/{sha256(content).hexdigest()}", store()
    try:
        objects.put(key, content)
        objects.mark(key)
        objects.remove(key)
    except OSError as error:
        yield Error(
            f"Original files cannot be kept in {objects}: {one_line(error)}",
            hint="Give the account of Attest the right to write there, or set OBJECTS to another place.",
            id="attest.E005",
        )


def readers() -> Iterator[CheckMessage]:
    try:
        layers = sandboxed.layers()
    except sandboxed.DeadError as error:
        yield Error(f"Readers cannot be started: {one_line(error)}", id="attest.E006")
    else:
        if sandboxed.strict and not layers.hold:
            yield Error(f"Files cannot be read: {layers}.", hint=f"{REMEDY}.".capitalize(), id="attest.E007")


def mail() -> Iterator[CheckMessage]:
    if not settings.MAIL_FROM:
        return
    try:
        mailers.default.open()
        mailers.default.close()
    except OSError as error:  # smtplib's own are of this kind
        yield Error(f"The mail server does not let us in: {one_line(error)}", hint="Look at MAIL_URL.", id="attest.E008")


def one_line(error: Exception) -> str:
    return " ".join(str(error).split())
