"""What suggesters that only read a text find in it. A text never changes: it is read once in the life of a process, as long as it is in use."""

from __future__ import annotations

from functools import lru_cache
from types import ModuleType
from uuid import UUID

from annotations.models import Assignment
from annotations.suggesters import claims, figures, triggers
from annotations.suggesters.suggestion import ScannedText, Suggestion, is_sound

RULES: tuple[ModuleType, ...] = (figures, claims, triggers)
MOST = 64  # texts


class TextOnce:
    """A text under a scheme, known by both: a change of either is another one."""

    def __init__(self, read: ScannedText, document: UUID, language: str) -> None:
        self.read = read
        self.known_by = (document, language, id(read.scheme))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TextOnce) and self.known_by == other.known_by

    def __hash__(self) -> int:
        return hash(self.known_by)


def of_text(reading: Assignment, read: ScannedText) -> tuple[Suggestion, ...]:
    return suggestions_in(TextOnce(read, reading.document_id, read.language))


@lru_cache(maxsize=MOST)
def suggestions_in(once: TextOnce) -> tuple[Suggestion, ...]:
    return tuple(each for rule in RULES for each in rule.suggest(once.read) if is_sound(each, once.read))
