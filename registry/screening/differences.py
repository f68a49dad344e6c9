"""What a run changed, and decisions whose entry reads otherwise since: as information. Only a person opens a decision again."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from corpus.models import Corpus
from registry.models import ListCandidate, ListLink, ScreeningRun
from registry.screening.link_states import IS_OVERTAKEN, with_decisions

REJECTED = ListLink.Match.REJECTED


def newly_offered(run: ScreeningRun, user: Any) -> QuerySet[ListCandidate]:
    """Candidates of the run that are new, or there again after they were gone; decided meanwhile or not."""
    rows = ListCandidate.objects.for_user(user).filter(entity__corpus=run.corpus_id, since_run=run)
    return rows.exclude(state=ListCandidate.State.GONE).order_by("-score", "pk")


def taken_back(run: ScreeningRun, user: Any) -> QuerySet[ListCandidate]:
    """Candidates that the run took back, since their entry or the likeness is gone."""
    rows = ListCandidate.objects.for_user(user).filter(entity__corpus=run.corpus_id, last_run=run)
    return rows.filter(state=ListCandidate.State.GONE).order_by("-score", "pk")


def overtaken(user: Any) -> QuerySet[Any]:
    """Links whose entry is another one, or gone, since it was decided about. Of a decision without the entry that was seen nothing is known.

    `seen` and `now` are digests of the entry, `now` null where it was delisted; `decision` and `candidate` are ids.
    """
    candidates = ListCandidate.objects.filter(entity=OuterRef("entity"), list__code=OuterRef("list"), ref=OuterRef("entry"))
    rows = with_decisions(ListLink.objects.for_user(user), user).filter(IS_OVERTAKEN)
    linked: QuerySet[Any] = rows.annotate(candidate=Subquery(candidates.values("pk")[:1]))
    return linked.order_by("list", "entry", "pk")


def rejected_and_changed(corpus: Corpus, user: Any) -> QuerySet[ListLink]:
    return overtaken(user).filter(entity__corpus=corpus, match=REJECTED, now__isnull=False)


def linked_and_changed(corpus: Corpus, user: Any) -> QuerySet[ListLink]:
    return overtaken(user).exclude(match=REJECTED).filter(entity__corpus=corpus, now__isnull=False)


def linked_and_delisted(corpus: Corpus, user: Any) -> QuerySet[ListLink]:
    return overtaken(user).exclude(match=REJECTED).filter(entity__corpus=corpus, now__isnull=True)
