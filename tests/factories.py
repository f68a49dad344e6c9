"""Rows for tests, one function by noun. People are named by their role."""

from __future__ import annotations

import hashlib
import itertools
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from annotations.models import Assignment, CorpusScheme, Scheme
from corpus.models import Article, Corpus, Document, Membership, Outlet, Raw, Segment
from tests import schemes

DOMAIN = Path(__file__).parents[1] / "domain"
count = itertools.count(1)


def user(name: str = "", **fields: Any) -> Any:
    """An account without a password; give `password` for one that can log in."""
    model = get_user_model()
    return model.objects.create_user(name or f"person{next(count)}", **fields)


def corpus(slug: str = "", **fields: Any) -> Corpus:
    name = slug or f"corpus-{next(count)}"
    return Corpus.objects.create(slug=name, **{"name": name.title(), **fields})


def membership(of: Corpus, who: Any, role: str) -> Membership:
    return Membership.objects.create(corpus=of, user=who, role=role)


def outlet(of: Corpus, name: str = "Example Wire", **fields: Any) -> Outlet:
    return Outlet.objects.create(corpus=of, name=name, **fields)


def article(of: Corpus, title: str = "An article", **fields: Any) -> Article:
    return Article.objects.create(corpus=of, title=title, **fields)


def document(text: str, *, of: Article | None = None, corpus: Corpus | None = None, **fields: Any) -> Document:
    """An article's text stored as it is, with one segment for each block of lines."""
    owner = of or article(corpus or globals()["corpus"](), text.split("\n", maxsplit=1)[0][:80] or "untitled")
    raw = text.encode()
    digest = hashlib.sha256(raw).hexdigest()
    stored, _ = Raw.objects.get_or_create(corpus=owner.corpus, sha256=digest, defaults={"content": raw})
    made = Document.objects.create(
        article=owner,
        corpus=owner.corpus,
        version=owner.documents.count() + 1,
        text=text,
        sha256=digest,
        raw=stored,
        raw_length=len(text),
        encoding="utf-8",
        source_map=[identity_run(text)] if text else [],
        extractor="text",
        extractor_version="1",
        retrieved=timezone.now(),
        **fields,
    )
    Segment.objects.bulk_create(segments(made))
    return made


def identity_run(text: str) -> dict[str, Any]:
    end = len(text)
    return {"clean_start": 0, "clean_end": end, "raw_start": 0, "raw_end": end, "op": "copy"}


def segments(of: Document) -> list[Segment]:
    rows, start = [], 0
    for position, block in enumerate(of.text.split("\n\n")):
        end = start + len(block)
        kind = "title" if position == 0 and "\n\n" in of.text else "paragraph"
        code = "title" if kind == "title" else f"p{position}"
        if block.strip():
            rows.append(Segment(document=of, position=position, code=code, kind=kind, start=start, end=end))
        start = end + 2
    return rows


def scheme() -> Scheme:
    """The core scheme, loaded once in a database."""
    return Scheme.objects.defer("body").order_by("pk").first() or schemes.core()


def assignment(of: Document, who: Any, role: str = "annotation", **fields: Any) -> Assignment:
    """Open; gold is submitted, unless its `status` is given."""
    if role == "adjudication" and "status" not in fields:
        fields |= {"status": "submitted", "submitted": timezone.now()}
    return Assignment.objects.create(
        document=of, annotator=who, role=role, scheme=fields.pop("scheme", None) or scheme(), **fields
    )


def submitted(of: Assignment) -> Assignment:
    """Closed as it is, whatever the rules say of it."""
    Assignment.objects.filter(pk=of.pk).update(status="submitted", submitted=timezone.now())
    of.refresh_from_db()
    return of


def adopt(of: Corpus) -> CorpusScheme:
    return CorpusScheme.objects.create(corpus=of, scheme=scheme())
