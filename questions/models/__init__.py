"""What questions are asked of: the entries, findings and assignments of the index, which assignments it is behind with, which events are linked, and the questions that people save."""

from questions.models.entry import Entry
from questions.models.finding import IndexedFinding
from questions.models.indexed_assignment import IndexedAssignment
from questions.models.judgement import Judgement, LinkedEvent
from questions.models.saved import SavedQuestion, SeenState
from questions.models.stale import Stale

__all__ = ["Entry", "IndexedAssignment", "IndexedFinding", "Judgement", "LinkedEvent", "SavedQuestion", "SeenState", "Stale"]
