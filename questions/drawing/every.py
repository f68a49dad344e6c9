"""Which plot a ledger has beside its table."""

from __future__ import annotations

from typing import Any

from corpus.plots.elements import SvgElement
from corpus.plots.frame import empty, noted
from questions.asking.answer import IndexAnswer
from questions.asking.asker import Asker
from questions.asking.time_limits import within_time
from questions.drawing.actors import drawn_network
from questions.drawing.numbers import drawn_counts, drawn_ranges
from questions.drawing.times import drawn_times
from questions.ledgers.law import citing_events
from questions.wording.amounts import amount_words
from questions.wording.code_names import CodeNames

Object = dict[str, Any]
VIEWS = {"events": "timeline", "law": "timeline", "figures": "ranges", "network": "network", "counts": "bars"}


# What a file says in which there is nothing; timelines say it themselves.
EMPTY = {"figures": "No figures with a value", "network": "No actors who act on others"}


def drawn_or_empty(asker: Asker, rows: list[Object], *, is_whole: bool) -> SvgElement:
    """For a file, which is asked for by address: one without anything in it says so."""
    return drawn(asker, rows, is_whole=is_whole) or empty(EMPTY.get(asker.question.ledger.name, "No rows"))


def drawn(asker: Asker, rows: list[Object], *, is_whole: bool) -> SvgElement | None:
    """The plot of an answer; None where nothing can be drawn. `rows`: those of the page; `is_whole`: whether there are no others.

    A plot of a part says so: whoever sees it without its page would take it for the whole.
    """
    if asker.question.ledger.name == "events":
        captions = {
            str(row["id"]): " ≠ ".join(map(amount_words, row["values"]))
            if row["disputed"]
            else "; ".join(map(amount_words, row["values"]))
            for row in rows
        }
        with within_time(asker.corpus):
            return drawn_times(IndexAnswer(asker), captions)
    if asker.question.ledger.name == "law":
        with within_time(asker.corpus):
            return drawn_times(citing_events(asker), {})
    drawing = drawn_rows(asker, rows)
    return drawing and (drawing if is_whole else noted(drawing, f"Only {len(rows):,} rows of the answer are drawn."))


def drawn_rows(asker: Asker, rows: list[Object]) -> SvgElement | None:
    names, question, slug = CodeNames(asker.scheme), asker.question, asker.corpus.slug
    if question.ledger.name == "figures":
        return drawn_ranges(rows, names)
    if question.ledger.name == "network":
        return drawn_network(question, slug, rows, names)
    return drawn_counts(question, slug, rows, names) if question.ledger.name == "counts" else None
