"""How many articles of a corpus have marks, as PostgreSQL counts them by the assignments of the index."""

from __future__ import annotations

from corpus.db.running_counts import Counted

# An article is counted by the one of its assignments that is the first, or the best; a copy is not.
MARKED_ARTICLES = Counted(
    "questions_indexedassignment",
    {
        "begun": "r.is_first AND NOT r.is_copy",
        "marked": "r.is_best AND NOT r.is_copy",
        "marked_in_gold": "r.is_best_gold AND NOT r.is_copy",
    },
)
