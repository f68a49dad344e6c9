"""Two readings of one text beside each other: where they differ, and the text with the marks of both."""

from __future__ import annotations

import uuid
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from django.contrib.auth.models import User
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from annotations.agreement.reading import ReadingView
from annotations.models import Assignment
from annotations.queries.comparable import NEWEST, comparable
from annotations.scoring.differences import PairDifference, rows_of
from annotations.scoring.pairs import views_at
from annotations.scoring.report import letters
from annotations.templatetags.codes import words
from annotations.views.adjudication_text import CARD, READER, TextStretch, segments_with
from corpus.accounts.signed_in import SignedIn
from corpus.models import Document, Membership

LEFT, RIGHT = "A", "B"
SHOWN = 500  # differences


class ReadingChoice(NamedTuple):
    """A reading of the text, as it is named to the person."""

    pk: uuid.UUID
    name: str
    revision: int


class ComparedLine(NamedTuple):
    """`card`: under which its words lead to it, of the first one of these words; `words`: the place in the text to go to."""

    difference: PairDifference
    card: str
    words: str


@require_safe
def compare(request: SignedIn) -> HttpResponse:
    """`left` and `right`: ids of two readings of a text. Whoever may not see both gets 404."""
    left_pk, right_pk = (identifier(request.GET.get(name, "")) for name in ("left", "right"))
    text = get_object_or_404(Assignment.objects.only("document"), pk=left_pk).document_id
    document = get_object_or_404(Document.objects.for_user(request.user).select_related("article__corpus"), pk=text)
    choices = choices_for(list(comparable(request.user, document.pk)[:NEWEST]), document, request.user)
    if not {left_pk, right_pk} <= choices.keys():
        raise Http404
    left, right = choices[left_pk], choices[right_pk]
    views, _ = views_at({left.pk: left.revision, right.pk: right.revision})
    sides = [views[left.pk], views[right.pk]]
    differences = rows_of(*sides)[:SHOWN] if left.pk != right.pk else []
    segments = segments_with(document, document.text, stretches(sides, differences), [LEFT, RIGHT])
    shown = {
        "article": document.article,
        "corpus": document.article.corpus,
        "left": left,
        "right": right,
        "choices": choices.values(),
        "count": len(differences),
        "lines": lines(differences, {part.anchor for row in segments for part in row["parts"]}),
        "segments": segments,
    }
    return render(request, "annotations/compare.html", shown)


def identifier(text: str) -> uuid.UUID:
    """Raises Http404."""
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Http404 from None


def choices_for(readings: Sequence[Assignment], document: Document, user: User) -> dict[uuid.UUID, ReadingChoice]:
    """Managers see user names, others letters: of the readings of this text alone, so that nobody is followed from text to text."""
    manages = document.article.corpus.allows(user, Membership.Role.MANAGER)
    others = [each for each in readings if each.role != Assignment.Role.ADJUDICATION and each.annotator_id != user.pk]
    numbers = {each.pk: number for number, each in enumerate(sorted(others, key=lambda each: each.pk))}

    def name(each: Assignment) -> str:
        if each.role == Assignment.Role.ADJUDICATION:
            return "Gold"
        again = ", rereading" if each.role == Assignment.Role.REREADING else ""
        if each.annotator_id == user.pk:
            return f"Me{again}"
        return f"{each.annotator if manages else f'Annotator {letters(numbers[each.pk])}'}{again}"

    return {each.pk: ReadingChoice(each.pk, name(each), each.revision) for each in readings}


def stretches(sides: Sequence[ReadingView], differences: Sequence[PairDifference]) -> Iterator[TextStretch]:
    for letter, side in zip((LEFT, RIGHT), sides, strict=True):
        for mark in side.native["mentions"]:
            for part in mark["fragments"]:
                yield TextStretch(part["start"], part["end"], READER, letter, words(mark["label"]))
    for difference in differences:
        yield TextStretch(difference.start, difference.end, CARD, card_of(difference))


def card_of(difference: PairDifference) -> str:
    """One name for all differences of the same words."""
    return f"{difference.start}-{difference.end}"


def lines(differences: Sequence[PairDifference], anchors: Container[str]) -> Iterator[ComparedLine]:
    """`anchors`: words that can be gone to; those inside a shorter difference cannot."""
    begun = set[str]()
    for difference in differences:
        card = card_of(difference)
        yield ComparedLine(difference, "" if card in begun else card, f"w-{card}" if card in anchors else "text")
        begun.add(card)
