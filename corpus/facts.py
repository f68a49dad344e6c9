"""What is said of an article: its title, address, outlet, language and date. What people entered stays."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone

from corpus.clean import Cleaned
from corpus.ids import timely
from corpus.language import language_of
from corpus.models import Article, Corpus, Outlet
from corpus.record import Record

LONGEST_URL = 2000
# A language tag by its form (BCP 47); what a page says of its language may be anything.
TAG = re.compile(r"(?=.{2,35}\Z)[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


class IngestError(ValueError):
    """A thing that is not stored, in plain words: what and why."""


def drafted(corpus: Corpus, record: Record, cleaned: Cleaned, facts: dict[str, Any]) -> Article:
    """The article that a record would make, without its outlet."""
    article = Article(
        timely(),
        corpus=corpus,
        title=(facts.get("title") or record.title or first_line(cleaned.text))[:1000],
        url=facts.get("url") or (record.url if len(record.url) <= LONGEST_URL else ""),
        source_file=record.name[-500:],
        created=timezone.now(),
    )
    stated = record.language if TAG.fullmatch(record.language) else ""
    language = facts.get("language") or stated or language_of(cleaned.text)
    published = dated(facts.get("published")) or dated(record.published, record.published_basis or Article.DateBasis.STATED)
    fill(article, {"language": language} | published)
    return article


def dated(edtf: str | None, basis: str = Article.DateBasis.STATED) -> dict[str, Any]:
    """A publication date given as one day, month or year of ISO 8601 → the facts of `describe`."""
    if not edtf:
        return {}
    earliest, latest = span_of(edtf)
    return {
        "published": {
            "edtf": edtf,
            "earliest": earliest.isoformat(),
            "latest": latest.isoformat(),
            "basis": basis,
        }
    }


def span_of(edtf: str) -> tuple[date, date]:
    """First and last day of YYYY, YYYY-MM or YYYY-MM-DD. Raises IngestError for anything else."""
    parts = edtf.split("-")
    try:
        year, *rest = [int(part) for part in parts]
        if len(rest) > 1:
            return date(year, *rest), date(year, *rest)
        first, last = (rest or [1])[0], (rest or [12])[0]
        return date(year, first, 1), date(year, last, monthrange(year, last)[1])
    except (ValueError, TypeError) as error:
        raise IngestError(f"published: {edtf!r} is not a date like 2017-09-04, 2017-09 or 2017") from error


def domain_of(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def outlet_for(corpus: Corpus, url: str, known: int | None, name: str | None, stated: str) -> int | None:
    """The outlet by the name that a person gave, else the known one of the address, else as the thing itself says."""
    if name:
        return Outlet.objects.get_or_create(corpus=corpus, name=name)[0].pk
    if known or not stated:
        return known
    return Outlet.objects.create(corpus=corpus, name=stated[:200], domain=domain_of(url)).pk


def first_line(text: str) -> str:
    return text.strip().split("\n", 1)[0]


def describe(article: Article, facts: dict[str, Any], outlet: Outlet | None = None) -> None:
    """Fill what is blank in the article's description; what people entered stays."""
    blank = fill(article, facts, outlet)
    if blank:
        article.save(update_fields=blank)


def fill(article: Article, facts: dict[str, Any], outlet: Outlet | None = None) -> list[str]:
    """The same without saving it; the names of the columns that were filled."""
    published = facts.get("published") or {}
    given = {
        "key": facts.get("key") or facts.get("id"),
        "url": facts.get("url"),
        "url_basis": facts.get("url_basis"),
        "language": facts.get("language"),
        "source_file": facts.get("source_file"),
        "published_edtf": published.get("edtf"),
        "published_basis": published.get("basis"),
        "published_earliest": published.get("earliest"),
        "published_latest": published.get("latest"),
        "outlet": outlet,
    }
    blank = {name: value for name, value in given.items() if value and not getattr(article, name)}
    for name, value in blank.items():
        setattr(article, name, value)
    return list(blank)
