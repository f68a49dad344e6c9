"""What is known of a link: who decided, when, and what has become of the entry since."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce

from corpus.db.choices import TextChoices
from registry.models import Decision, ListEntry, ListLink, ListVersion, SanctionsList

READ = (ListVersion.State.CURRENT, ListVersion.State.PAST)  # versions that were in use


class EntryState(TextChoices):
    SAME = "same", ""
    CHANGED = "changed", "entry changed since"
    DELISTED = "delisted", "delisted"
    NOT_LOADED = "not_loaded", "list not loaded"
    UNKNOWN = "unknown", "entry not kept with the decision"


class LinkState(NamedTuple):
    """A link with its decision: `at`, the moment of it, and `entry_state`, what the list says since. None: not known."""

    link: ListLink
    at: datetime | None
    entry_state: str
    delisted_on: date | None

    @property
    def by(self) -> str:
        return str(self.link.reviewer or self.link.said_by or "")

    @property
    def since(self) -> str:
        """In the words of the pages; empty where nothing has changed."""
        if self.delisted_on:
            return f"delisted on {self.delisted_on}"
        return str(EntryState(self.entry_state).label)

    @property
    def says(self) -> str:
        by = f", by {self.by}" if self.by else ""
        at = f" on {self.at:%Y-%m-%d}" if self.at else ""
        since = f"; {self.since}" if self.since else ""
        return f"{self.link.list} {self.link.entry}: {self.link.get_match_display()}{by}{at}{since}"


def with_decisions(rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """Each with `decided_at`; `decision` and `seen`, id and entry digest of the last decision that kept one; `now`, that of the entry in the
    current version; `is_loaded`; `gone_on`, the day of the first version without it."""
    lists = SanctionsList.objects.for_user(user).filter(versions__state=ListVersion.State.CURRENT)
    # After a merge the decision stands with the entity that is gone: the same person said the same of the same entry.
    by_whom = Q(entity=OuterRef("entity")) | Q(user=OuterRef("reviewer"), note=OuterRef("note"))
    of_link = {
        "corpus": OuterRef("entity__corpus"),
        "list": OuterRef("list"),
        "entry": OuterRef("entry"),
        "match": OuterRef("match"),
    }
    decisions = Decision.objects.filter(by_whom, **of_link).order_by("-at", "-id")
    kept = decisions.exclude(entry_digest="")
    entries = ListEntry.objects.filter(list__in=lists, list__code=OuterRef("list"), ref=OuterRef("entry"))
    later = ListVersion.objects.filter(list__in=lists, list__code=OuterRef("list"), number__gte=OuterRef("until"))
    day = Coalesce("published", Cast("loaded", DateField()))
    shown: QuerySet[Any] = rows.annotate(
        decided_at=Subquery(decisions.values("at")[:1]),
        decision=Subquery(kept.values("pk")[:1]),
        seen=Subquery(kept.values("entry_digest")[:1]),
        now=Subquery(entries.current().values("digest")[:1]),
        until=Subquery(entries.order_by("-versions").values("versions__endswith")[:1]),
        is_loaded=Exists(lists.filter(code=OuterRef("list"))),
    ).annotate(gone_on=Subquery(later.filter(state__in=READ).order_by("number").annotate(day=day).values("day")[:1]))
    return shown


IS_OVERTAKEN = Q(seen__isnull=False, is_loaded=True) & ~Q(now__isnull=False, now=F("seen"))


def state_of(link: Any) -> LinkState:
    """Of a row of `with_decisions`."""
    return LinkState(link, link.decided_at, entry_state(link), link.gone_on if link.is_loaded and link.now is None else None)


def entry_state(link: Any) -> EntryState:
    if not link.is_loaded:
        return EntryState.NOT_LOADED
    if link.now is None:
        return EntryState.DELISTED if link.until else EntryState.UNKNOWN
    if link.seen is None:
        return EntryState.UNKNOWN
    return EntryState.SAME if link.now == link.seen else EntryState.CHANGED


def states_of_links(rows: QuerySet[ListLink], user: Any) -> list[LinkState]:
    return [state_of(link) for link in with_decisions(rows, user).select_related("reviewer")]
