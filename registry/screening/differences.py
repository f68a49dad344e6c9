"""What a run changed, and decisions whose entry reads otherwise since: as information. Only a person opens a decision again."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from corpus.models import Corpus
from registry.models import Decision, ListCandidate, ListEntry, ListLink, ListVersion, SanctionsList, ScreeningRun

REJECTED = ListLink.Match.REJECTED


def newly_offered(run: ScreeningRun, user: Any) -> QuerySet[ListCandidate]:
    """Candidates of the run that are new, or there again after they were gone; decided meanwhile or not."""
    rows = ListCandidate.objects.for_user(user).filter(entity__corpus=run.corpus_id, since_run=run)
    return rows.exclude(state=ListCandidate.State.GONE).order_by("-score", "pk")


def taken_back(run: ScreeningRun, user: Any) -> QuerySet[ListCandidate]:
    """Candidates that the run took back, since their entry or the likeness is gone."""
    rows = ListCandidate.objects.for_user(user).filter(entity__corpus=run.corpus_id, last_run=run)
    return rows.filter(state=ListCandidate.State.GONE).order_by("-score", "pk")


def overtaken(user: Any) -> QuerySet[ListLink]:
    """Links whose entry is another one, or gone, since it was decided about. Of a decision without the entry that was seen nothing is known.

    `seen` and `now` are digests of the entry, `now` null where it was delisted; `decision` and `candidate` are ids.
    """
    lists = SanctionsList.objects.for_user(user).filter(versions__state=ListVersion.State.CURRENT)
    # After a merge the decision stands with the entity that is gone: the same person said the same of the same entry.
    by_whom = Q(entity=OuterRef("entity")) | Q(user=OuterRef("reviewer"), note=OuterRef("note"))
    of_link = {
        "corpus": OuterRef("entity__corpus"),
        "list": OuterRef("list"),
        "entry": OuterRef("entry"),
        "match": OuterRef("match"),
    }
    decisions = Decision.objects.filter(by_whom, **of_link).exclude(entry_digest="").order_by("-at", "-id")
    entries = ListEntry.objects.current().filter(list__code=OuterRef("list"), ref=OuterRef("entry"))
    candidates = ListCandidate.objects.filter(entity=OuterRef("entity"), list__code=OuterRef("list"), ref=OuterRef("entry"))
    rows = ListLink.objects.filter(list__in=lists.values("code")).annotate(
        decision=Subquery(decisions.values("pk")[:1]),
        seen=Subquery(decisions.values("entry_digest")[:1]),
        now=Subquery(entries.values("digest")[:1]),
        candidate=Subquery(candidates.values("pk")[:1]),
    )
    return rows.filter(seen__isnull=False).exclude(now=F("seen"), now__isnull=False).order_by("list", "entry", "pk")


def rejected_and_changed(corpus: Corpus, user: Any) -> QuerySet[ListLink]:
    return overtaken(user).filter(entity__corpus=corpus, match=REJECTED, now__isnull=False)


def linked_and_changed(corpus: Corpus, user: Any) -> QuerySet[ListLink]:
    return overtaken(user).exclude(match=REJECTED).filter(entity__corpus=corpus, now__isnull=False)


def linked_and_delisted(corpus: Corpus, user: Any) -> QuerySet[ListLink]:
    return overtaken(user).exclude(match=REJECTED).filter(entity__corpus=corpus, now__isnull=True)
