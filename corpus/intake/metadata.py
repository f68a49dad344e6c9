"""What is said of an article: its title, address, outlet, language and date. What people entered stays."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from django.utils import timezone

from corpus.cleaning.clean import Cleaned
from corpus.ids import timely
from corpus.intake.article_text import IngestError, language_or_guess, stated_language, title_of
from corpus.models import Article, Corpus, Outlet
from corpus.provenance.addresses import Addresses, stated_by
from corpus.readers.extracted import Record


def refuse_deleted(article: Article) -> None:
    if article.deletion_id:
        raise IngestError(f"its article “{article.title[:80]}” is in the bin: a manager restores it there")


def drafted(corpus: Corpus, record: Record, cleaned: Cleaned, facts: dict[str, Any], known: Addresses) -> Article:
    """The article that a record would make, without its outlet."""
    stated = stated_language(record)
    published = dated(facts.get("published"), facts.get("published_basis", Article.DateBasis.STATED)) or dated(
        record.published, record.published_basis or Article.DateBasis.STATED
    )
    fields = {"title": facts.get("title") or record.title, "language": facts.get("language") or stated} | published
    addresses = {
        "url": known.url,
        "url_basis": known.basis,
        "claimed_url": known.claimed,
        "claimed_by": known.claimed and known.claimed_by,
    }
    return new_article(corpus, cleaned.text, fields, source_file=record.name[-500:], **addresses)


def new_article(corpus: Corpus, text: str, facts: dict[str, Any], *, claimant: str = "", **columns: Any) -> Article:
    """An article of this text, not written yet: of `facts`, those that `fill` knows, and a title. What is not said is read off the text."""
    title = title_of(facts.get("title") or "", text)
    article = Article(timely(), corpus=corpus, title=title, created=timezone.now(), **columns)
    fill(article, facts | {"language": language_or_guess(facts.get("language") or "", text)}, claimant=claimant)
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


def describe(article: Article, facts: dict[str, Any], outlet: Outlet | None = None, *, claimant: str, person: Any) -> None:
    """Fill what is blank in the article's description; what people entered stays."""
    blank = fill(article, facts, outlet, claimant=claimant, person=person)
    if blank:
        article.save(update_fields=blank)


def fill(
    article: Article, facts: dict[str, Any], outlet: Outlet | None = None, *, claimant: str = "", person: Any = None
) -> list[str]:
    """The same without saving it; the names of the columns that were filled.

    `claimant`: whose word the address is. `person`: who answers for the outlet.
    """
    published = published_of(article, facts)
    claimed = "" if article.url else facts.get("url") or facts.get("claimed_url") or ""
    claimed_outlet = "" if article.outlet_id or outlet else facts.get("claimed_outlet") or ""
    values = {
        "key": facts.get("key") or facts.get("id"),
        "claimed_url": claimed,
        "claimed_outlet": claimed_outlet,
        "claimed_by": (claimed or claimed_outlet) and claimant,
        "language": facts.get("language"),
        "source_file": facts.get("source_file"),
        "published_edtf": published.get("edtf"),
        "published_basis": published.get("basis"),
        "published_earliest": published.get("earliest"),
        "published_latest": published.get("latest"),
        "outlet": outlet,
        "outlet_basis": stated_by(person) if outlet and not article.outlet_id else "",
    }
    blank = {name: value for name, value in values.items() if value and not getattr(article, name)}
    for name, value in blank.items():
        setattr(article, name, value)
    return list(blank)


def published_of(article: Article, facts: dict[str, Any]) -> dict[str, Any]:
    """The date of `facts`, unless the article has another one: days of two dates are never mixed."""
    published: dict[str, Any] = facts.get("published") or {}
    return published if article.published_edtf in ("", published.get("edtf")) else {}
