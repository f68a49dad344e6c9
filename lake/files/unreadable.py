"""What is raised where a file of a lake is missing or damaged."""

from __future__ import annotations

LONGEST = 300  # characters of a library's message, which may quote a whole text


class LakeUnreadable(RuntimeError):
    """A file of the lake is missing or damaged; the message names it and the remedy."""

    def __init__(self, error: Exception) -> None:
        first = next(iter(str(error).splitlines()), type(error).__name__)[:LONGEST]
        super().__init__(
            f"{first}. `manage.py lake check` names each damaged file: restore them from a backup, or read the crawls into a new lake."
        )
