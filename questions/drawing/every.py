"""Which plot a ledger has beside its table."""

from __future__ import annotations

from typing import Any

from questions.asking.answer import IndexAnswer, within_time
from questions.asking.asker import Asker
from questions.drawing.actors import drawn_network
from questions.drawing.numbers import drawn_counts, drawn_ranges
from questions.drawing.times import drawn_times
from questions.plots.elements import SvgElement
from questions.wording.amounts import amount_words
from questions.wording.code_names import CodeNames

Object = dict[str, Any]
VIEWS = {"events": "timeline", "figures": "ranges", "network": "network", "counts": "bars"}


def drawn(asker: Asker, rows: list[Object]) -> SvgElement | None:
    """The plot of an answer; None where nothing can be drawn. `rows`: those of the page."""
    names, question, slug = CodeNames(asker.scheme), asker.question, asker.corpus.slug
    if question.ledger.name == "events":
        captions = {
            str(row["id"]): " ≠ ".join(map(amount_words, row["values"]))
            if row["disputed"]
            else "; ".join(map(amount_words, row["values"]))
            for row in rows
        }
        with within_time(asker.corpus):
            return drawn_times(IndexAnswer(asker), captions)
    if question.ledger.name == "figures":
        return drawn_ranges(rows, names)
    if question.ledger.name == "network":
        return drawn_network(question, slug, rows, names)
    return drawn_counts(question, slug, rows, names) if question.ledger.name == "counts" else None
