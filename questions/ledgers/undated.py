"""How many events or figures a question leaves out because no day is stated for them: nothing is dropped without its number."""

from __future__ import annotations

from dataclasses import replace

from questions.address.question import Question
from questions.asking.answer import SELECTIONS, EntrySelection, IndexAnswer
from questions.asking.asker import Asker
from questions.asking.condition import Condition, both
from questions.asking.filters import FILTERS

OF_DAYS = ("from", "to", "undated")
# With what an address asks for these rows, too.
LET_IN = {"undated": "1", "dates": "meet"}


def leaves_out(question: Question) -> bool:
    """Whether it asks for stated days."""
    has_window = bool(question["from"] or question["to"])
    return not question.is_on("undated") or (question["dates"] == "within" and has_window)


def undated(asker: Asker, parts: dict[str, int] | None) -> dict[str, int | None]:
    """As a number of the answer; nothing where such rows are in it. `parts`: of the answer. None where counting takes too long."""
    question = asker.question
    if not leaves_out(question) or not asker.counts:
        return {}
    dated = both([FILTERS[name](asker) for name in OF_DAYS if question[name]])
    only = Condition(f"(({{e}}.earliest IS NULL AND {{e}}.latest IS NULL) OR ({dated.sql}))", dated.values)
    let_in = replace(asker, question=question.having(**LET_IN))
    usual = SELECTIONS[question.ledger.name]
    both_kinds = IndexAnswer(let_in, EntrySelection(usual.kinds, usual.order, only)).parts()
    if parts is None or both_kinds is None:
        return {"undated": None}
    part = question["part"]
    return {"undated": both_kinds.get(part, 0) - parts.get(part, 0)}
