"""Which readings get suggestions: most do, and a share of them, drawn by what they are, gets none, so that the two can be compared."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.contrib.auth.models import User

from annotations.models import TeamSettings
from corpus.models import Document

ON, CONTROL, OFF = "on", "control", "off"


def drawn_for(document: Document, user: User) -> bool:
    return drawn(TeamSettings.of(document.corpus_id), document.pk, user)


def drawn(settings: TeamSettings, document: UUID, user: User) -> bool:
    """Whether a reading gets suggestions. The same reading of the same corpus is drawn the same each time."""
    seed = f"{settings.corpus_id}/{document}/{user.pk}"
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8]) % 100 >= settings.control_share
