"""Where rows of a page lead besides their quotations: to what excludes a figure, and to other readings of an article."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from questions.asking.asker import Asker
from questions.drawing.addresses import page_of
from questions.ledgers.answered import Answered
from questions.ledgers.disputes import numbers_of_pairs, pairs_of

Object = dict[str, Any]


def add_links(answer: Answered, slug: str) -> None:
    """Give rows of figures `excluded`, and entries `readings`: each a number with the address of what it counts; none where there is nothing."""
    rows, asker = answer.page.rows, answer.asker
    # Of a single article there are no figures of others.
    if asker.question.ledger.name == "figures" and answer.rests_on["marked"] > 1:
        add_excluded(rows, asker, slug)
    for entry in (entry for row in rows for entry in row.get("entries", ())):
        if entry["other_readings"]:
            everybody = asker.question.having(whose="all", article=str(entry["article"]))
            entry["readings"] = {"number": entry["other_readings"], "address": page_of(slug, everybody)}


def add_excluded(rows: Iterable[Object], asker: Asker, slug: str) -> None:
    figures = {row["id"]: row for row in rows}
    for pk, number in numbers_of_pairs(asker, list(figures)).items():
        figures[pk]["excluded"] = {"number": number, "address": page_of(slug, pairs_of(asker.question, pk))}
