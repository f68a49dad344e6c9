"""What questions are asked of: the entries of the index, and which assignments it is behind with."""

from questions.models.entry import Entry
from questions.models.stale import Stale

__all__ = ["Entry", "Stale"]
