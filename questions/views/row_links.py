"""Where rows of a page lead besides their quotations: to what excludes a figure, and to other readings of an article."""

from __future__ import annotations

from typing import Any

from questions.drawing.addresses import page_of
from questions.ledgers.answered import Answered
from questions.ledgers.disputes import excluded_in

Object = dict[str, Any]


def add_links(answer: Answered, slug: str) -> None:
    """Give rows of figures `excluded`, and entries `readings`: each a number with the address of what it counts; none where there is nothing."""
    rows, asker = answer.page.rows, answer.asker
    for row, number, pairs in excluded_in(asker, answer.page, answer.rests_on["marked"]):
        row["excluded"] = {"number": number, "address": page_of(slug, pairs)}
    for entry in (entry for row in rows for entry in row.get("entries", ())):
        if entry["other_readings"]:
            everybody = asker.question.having(whose="all", article=str(entry["article"]))
            entry["readings"] = {"number": entry["other_readings"], "address": page_of(slug, everybody)}
