"""A ruling is written, shown beside its labels, and held against later decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, QuerySet

from annotations.guidelines import versions
from annotations.guidelines.carried import CarriedLabels, carried_in, guideline_of
from annotations.models import AdjudicationDecision, Guideline, GuidelineVersion, Move, Ruling
from corpus.db.compiled_queries import Repeated, Slot
from corpus.edits.history import EditError
from corpus.models import Corpus, Document
from corpus.models.document import text_of

SHOWN = 5  # beside a label
MOST_READ = 2_000  # newest rulings of a corpus, in which those beside labels are looked for
LONGEST = 2_000  # characters of a reason
LONGEST_QUOTE = 1_000


class LabelledWords(NamedTuple):
    label: str  # LAYER.LABEL
    quote: str


class RulingDraft(NamedTuple):
    """`fragments`: where the words are in the text of `document`. `decision`: what it came from."""

    document: Document
    fragments: Sequence[Sequence[int]]
    right: str
    wrong: str
    why: str
    decision: AdjudicationDecision | None = None


@transaction.atomic
def rule(guideline: Guideline, draft: RulingDraft, user: User) -> Ruling:
    """Add it to the newest version of the guideline. Raises EditError, PermissionDenied."""
    corpus = guideline.corpus
    corpus.require(user, versions.WRITES)
    if draft.document.corpus_id != corpus.pk:
        raise EditError("The article is of another corpus: choose one of this corpus.")
    known = versions.subjects(corpus)
    if unknown := [label for label in (draft.right, draft.wrong) if label and label not in known]:
        raise EditError(f"“{unknown[0]}” is no label of the scheme in use: choose one from the list.")
    if draft.decision and draft.decision.adjudication.gold.document_id != draft.document.pk:
        raise EditError("The decision is about another article.")
    if draft.right == draft.wrong:
        raise EditError("Choose two different labels, or leave the wrong one empty.")
    text = text_of(draft.document.pk)
    quote = " … ".join(text[start:end] for start, end in draft.fragments)
    if not quote or len(quote) > LONGEST_QUOTE:
        raise EditError(f"Choose 1 to {LONGEST_QUOTE:,} characters of the text.")
    newest = guideline.versions.all()[0]
    values = {"fragments": [list(part) for part in draft.fragments], "quote": quote}
    return Ruling.objects.create(version=newest, user=user, **values, **fields_of(draft))


def fields_of(draft: RulingDraft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in ("document", "right", "wrong", "why", "decision")}


@transaction.atomic
def guideline_for(corpus: Corpus, label: str, why: str, user: User) -> Guideline:
    """The guideline of a label; where there is none, a new one that says why. Raises EditError, PermissionDenied."""
    if label and (present := guideline_of(corpus, label)):
        return present
    title = versions.subjects(corpus).get(label, label).rpartition(": ")[2]
    return versions.create(corpus, label, user, title=title, body=why).guideline


def only_place(document: Document, quote: str) -> list[list[int]]:
    """Where the text has these words, which it must have once. Raises EditError."""
    text = text_of(document.pk)
    count = text.count(quote) if quote else 0
    if count != 1:
        times = "does not have these words" if not count else f"has these words {count} times: add words before or after them"
        raise EditError(f"The text {times}.")
    start = text.index(quote)
    return [[start, start + len(quote)]]


def rulings_of(guideline: Guideline, user: User) -> QuerySet[Ruling]:
    """All of a guideline, newest first, with `breaches`: how many later decisions went against each."""
    rows = Ruling.objects.for_user(user).filter(version__guideline=guideline)
    joined = rows.select_related("version", "user", "document__article").defer("document__text", "document__source_map")
    return joined.annotate(breaches=Count("decisions_against")).order_by("-at", "-pk")


def rulings_by_label(corpus: Corpus, user: User, carried: CarriedLabels) -> dict[str, list[dict[str, Any]]]:
    """LAYER.LABEL → the newest rulings in which it is right or wrong, SHOWN at most. A quote that the person may not see is empty."""
    rows = Ruling.objects.for_user(user).filter(version__guideline__corpus=corpus)
    names = versions.subjects(corpus)
    labels: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows.select_related("version__guideline").defer("version__body")[:MOST_READ]:
        now = {name: carried.now(code, row.at) if code else "" for name, code in (("right", row.right), ("wrong", row.wrong))}
        shown = {
            "quote": row.quote if row.shows_quote else "",
            **{name: names.get(code, code) or getattr(row, name) for name, code in now.items()},
            "why": row.why,
            "address": f"{row.version.guideline.get_absolute_url()}#r-{row.pk}",
        }
        for label in {row.right, row.wrong, *now.values()} - {""}:
            if len(labels[label]) < SHOWN:
                labels[label].append(shown)
    return dict(labels)


def beside_labels(corpus: Corpus, user: User) -> dict[str, dict[str, Any]]:
    """LAYER.LABEL → its guideline, if it has one, and `rulings`, for the annotator's page."""
    carried = carried_in(corpus)
    guidelines, by_label = versions.guidelines_of_labels(corpus, user, carried), rulings_by_label(corpus, user, carried)
    return {label: guidelines.get(label, {}) | {"rulings": by_label.get(label, [])} for label in {**guidelines, **by_label}}


def ruling_against(
    rulings: Iterable[Ruling], moves: Iterable[Move], marks: Iterable[LabelledWords], scheme: int | None = None
) -> Ruling | None:
    """The newest ruling by which one of these marks, of the version `scheme`, has the wrong label: of the same words, whatever their case
    and spaces. `rulings` and `moves`: the answers of RULED and DONE for the corpus."""
    by_words: dict[str, set[str]] = defaultdict(set)
    for mark in marks:
        by_words[folded(mark.quote)].add(mark.label)
    carried = CarriedLabels(moves)
    latest = latest_by_words(rulings, by_words) if by_words else []
    return next((row for row in latest if breaks(row, by_words[folded(row.quote)], carried, scheme)), None)


RULED = Repeated(
    lambda: Ruling.objects.filter(version__guideline__corpus=Slot("corpus")).only(
        "id", "quote", "right", "wrong", "version", "at"
    )
)


def latest_by_words(rows: Iterable[Ruling], words: Iterable[str]) -> list[Ruling]:
    """Of the same words and right label's layer the newest alone holds: a later ruling replaces an earlier one."""
    asked = set(words)
    newest: dict[tuple[str, str], Ruling] = {}
    for row in rows:
        if (quote := folded(row.quote)) in asked:
            newest.setdefault((quote, layer_of(row.right)), row)
    return list(newest.values())


def breaks(ruling: Ruling, labels: Iterable[str], carried: CarriedLabels, scheme: int | None) -> bool:
    """A label that a scheme change has left behind is nobody's any more."""
    right, wrong = (carried.now(label, ruling.at, scheme) if label else "" for label in (ruling.right, ruling.wrong))
    if ruling.wrong:
        return wrong in labels and bool(wrong)
    return bool(right) and any(other_in_layer(label, right) for label in labels)


def other_in_layer(label: str, right: str) -> bool:
    return label != right and layer_of(label) == layer_of(right)


def layer_of(label: str) -> str:
    return label.partition(".")[0]


def folded(quote: str) -> str:
    return " ".join(quote.split()).casefold()


def newest_versions(corpus: Corpus) -> QuerySet[GuidelineVersion]:
    """One of each guideline, to choose from."""
    rows = GuidelineVersion.objects.filter(guideline__corpus=corpus).newest().select_related("guideline")
    return rows.defer("body").order_by("guideline__layer", "guideline__label", "guideline_id")
