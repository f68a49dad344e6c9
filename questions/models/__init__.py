"""What questions are asked of: the entries of the index, which assignments it is behind with, and which events are linked."""

from questions.models.entry import Entry
from questions.models.judgement import Judgement, LinkedEvent
from questions.models.stale import Stale

__all__ = ["Entry", "Judgement", "LinkedEvent", "Stale"]
