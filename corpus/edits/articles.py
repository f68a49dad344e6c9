"""Metadata of articles as people edit them: of one or of many at once, each with its history and undo."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from corpus.edits.history import EditError, lock_corpus
from corpus.intake.metadata import span_of
from corpus.models import Article, Corpus, Edit, Outlet
from corpus.provenance.addresses import stated_by

MOST = 10_000  # articles that one press changes
COLUMNS = (
    *("title", "outlet", "outlet_basis", "url", "url_basis", "language"),
    *("published_edtf", "published_earliest", "published_latest", "published_basis"),
)
State = dict[str, Any]


def state_of(article: Article) -> State:
    """The metadata as the history keeps them: an outlet by its name, days as ISO 8601."""
    values = {name: getattr(article, name) for name in COLUMNS}
    days = {name: values[name] and values[name].isoformat() for name in ("published_earliest", "published_latest")}
    return values | days | {"outlet": article.outlet.name if article.outlet else ""}


def stated(values: Mapping[str, Any], person: Any) -> State:
    """What follows from values that a person enters: days of a date, and that outlet and URL are stated by that person.

    `values`: any of title, outlet (its name), url, language, published, published_basis.
    """
    state: State = {name: values[name] for name in ("title", "outlet", "url", "language", "published_basis") if name in values}
    for name in ("outlet", "url"):
        if name in values:
            state[f"{name}_basis"] = stated_by(person) if values[name] else ""
    if "published" in values:
        edtf = values["published"]
        earliest, latest = span_of(edtf) if edtf else (None, None)
        days = {"published_earliest": earliest and earliest.isoformat(), "published_latest": latest and latest.isoformat()}
        state |= {"published_edtf": edtf} | days
    return state


def changes(article: Article, values: Mapping[str, Any], person: Any) -> tuple[State, State]:
    """(before, after) of the columns that change. Who enters the value that is there has not stated it anew."""
    current = state_of(article)
    entered = {
        name: value for name, value in values.items() if value != current["published_edtf" if name == "published" else name]
    }
    after = {name: value for name, value in stated(entered, person).items() if value != current[name]}
    return {name: current[name] for name in after}, after


def columns_of(corpus: Corpus, state: State) -> State:
    """The same for the database: an outlet by its row, which is made where there is none of that name."""
    if "outlet" not in state:
        return state
    outlet = Outlet.objects.get_or_create(corpus=corpus, name=state["outlet"])[0] if state["outlet"] else None
    return state | {"outlet": outlet}


@transaction.atomic
def edit_article(article: Article, values: Mapping[str, Any], by: Any) -> Edit | None:
    """None where nothing changes. Raises EditError for a URL that another article has."""
    corpus = lock_corpus(article.corpus, by)
    (edit,) = edit_each(corpus, [article.pk], lambda row: changes(row, values, by), by) or (None,)
    return edit


@transaction.atomic
def edit_articles(corpus: Corpus, keys: Collection[UUID], values: Mapping[str, Any], by: Any) -> list[Edit]:
    """The same values for many articles: an edit for each that changes, all of one batch."""
    if len(keys) > MOST:
        raise EditError(f"{len(keys):,} articles are selected, the limit is {MOST:,}. Narrow the filter.")
    locked = lock_corpus(corpus, by)
    return edit_each(locked, keys, lambda row: changes(row, values, by), by, batch=uuid4())


def edit_each(corpus: Corpus, keys: Collection[UUID], change: Any, by: Any, batch: UUID | None = None) -> list[Edit]:
    """`change`: what of a locked article changes, (before, after). Articles with the same new values are written together."""
    rows = Article.objects.filter(corpus=corpus, pk__in=keys).order_by("pk").select_for_update(of=("self",))
    edits, groups = [], defaultdict(list)
    for article in rows.select_related("outlet"):
        before, after, undone = (*change(article), None)[:3]
        if not after:
            continue
        groups[json.dumps(after, sort_keys=True)].append(article.pk)
        subject = {"kind": Edit.Kind.ARTICLE, "object": str(article.pk), "label": article.title[:200]}
        edits.append(Edit(corpus=corpus, before=before, after=after, batch=batch, undoes=undone, user=by, **subject))
    for after, changed in groups.items():
        write(corpus, changed, json.loads(after))
    return Edit.objects.bulk_create(edits)


def write(corpus: Corpus, keys: list[UUID], state: State) -> None:
    try:
        with transaction.atomic():
            Article.objects.filter(pk__in=keys).update(**columns_of(corpus, state))
    except IntegrityError as error:
        if "article_url_once" not in str(error):
            raise
        raise EditError("Another article of this corpus has this URL.") from error


# Undo


@transaction.atomic
def undo_article(edit: Edit, by: Any) -> list[Edit]:
    """Restore what one edit changed. Raises EditError if one of its fields has another value by now."""
    corpus = lock_corpus(edit.corpus, by)
    edits = restore(corpus, [edit], by)
    if not edits:
        raise EditError(f"The metadata of “{edit.label}” have changed since. Edit them on the page of the article.")
    return edits


@transaction.atomic
def undo_batch(corpus: Corpus, batch: UUID, by: Any) -> tuple[int, int]:
    """Restore what one press changed: of how many articles, and of how many not, since they have changed since."""
    locked = lock_corpus(corpus, by)
    edits = list(Edit.objects.filter(corpus=locked, batch=batch, kind=Edit.Kind.ARTICLE, undone_by=None))
    count = len(restore(locked, edits, by))
    return count, len(edits) - count


def restore(corpus: Corpus, edits: Collection[Edit], by: Any) -> list[Edit]:
    by_key = {UUID(edit.object): edit for edit in edits}

    def change(article: Article) -> tuple[State, State, Edit]:
        edit = by_key[article.pk]
        current = state_of(article)
        after, before = edit.after or {}, edit.before or {}
        stands = all(current[name] == value for name, value in after.items())
        return after, before if stands else {}, edit

    return edit_each(corpus, list(by_key), change, by)
