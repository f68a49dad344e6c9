"""What questions are asked of: the entries and findings of the index, which assignments it is behind with, and which events are linked."""

from questions.models.entry import Entry
from questions.models.finding import IndexedFinding
from questions.models.judgement import Judgement, LinkedEvent
from questions.models.stale import Stale

__all__ = ["Entry", "IndexedFinding", "Judgement", "LinkedEvent", "Stale"]
