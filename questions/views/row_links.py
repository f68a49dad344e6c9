"""Where rows of a page lead besides their quotations: to what excludes a figure, and to other readings of an article."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count

from questions.asking.asker import Asker
from questions.asking.time_limits import TooBroad, within_time
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
    if asker.question["whose"] not in ("", "all"):
        add_readings([entry for row in rows for entry in row.get("entries", ())], asker, slug)


def add_excluded(rows: Iterable[Object], asker: Asker, slug: str) -> None:
    figures = {row["id"]: row for row in rows}
    try:
        with within_time(asker.corpus):
            numbers = numbers_of_pairs(asker, list(figures))
    except TooBroad:
        return
    for pk, number in numbers.items():
        figures[pk]["excluded"] = {"number": number, "address": page_of(slug, pairs_of(asker.question, pk))}


def add_readings(entries: Iterable[Object], asker: Asker, slug: str) -> None:
    """Of the same article, as far as the asker may see them."""
    by_article: dict[UUID, list[Object]] = {}
    for entry in entries:
        by_article.setdefault(entry["article"], []).append(entry)
    readings = asker.readings.live().filter(document__article__in=list(by_article)).values("document__article")
    for article, number in readings.annotate(number=Count("pk", distinct=True)).values_list("document__article", "number"):
        if number > 1:
            everybody = asker.question.having(whose="all", article=str(article))
            for entry in by_article[article]:
                entry["readings"] = {"number": number - 1, "address": page_of(slug, everybody)}
