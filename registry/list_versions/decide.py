"""A held version is confirmed, so that it becomes current, or refused, so that its entries go. A person decides, once."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from registry.list_versions.load import discard, lock
from registry.models import ListVersion

State = ListVersion.State


class NotHeld(Exception):
    """The version is not held any more."""

    def __init__(self, version: ListVersion) -> None:
        super().__init__(f"Version {version.number} of {version.list} is not held: it is {version.get_state_display()}.")


@transaction.atomic
def confirm(version: ListVersion, user: Any) -> None:
    """Serve it instead of the current version. Raises NotHeld."""
    begin(version, user)
    version.list.versions.filter(state=State.CURRENT).update(state=State.PAST)
    version.state = State.CURRENT
    version.save(update_fields=["state", "decided_by", "decided_at"])


@transaction.atomic
def refuse(version: ListVersion, user: Any) -> None:
    """Keep the file, and none of its entries; the current version serves on. Raises NotHeld."""
    begin(version, user)
    discard(version, f"Refused by {user} on {timezone.now():%Y-%m-%d}.")


def begin(version: ListVersion, user: Any) -> None:
    lock(version.list)
    version.refresh_from_db()
    if version.state != State.HELD:
        raise NotHeld(version)
    version.decided_by, version.decided_at = user, timezone.now()
