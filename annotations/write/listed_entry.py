"""What a decision by hand rests on: where its list is loaded, the entry is in it, and what the list says of it is kept with the decision."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from annotations.write.errors import Invalid, Malformed
from corpus.models import Corpus
from registry.models import Decision, Entity, ListCandidate, ListEntry, ListVersion
from registry.names import STRONG


def check_by_hand(entity: Entity, body: dict[str, Any]) -> dict[str, Any]:
    """Columns of the decision: digest of the entry and number of the version; none for a list that is not loaded, which stays as typed.

    Raises Malformed for an entry that was never in the list; Invalid without the note that a confirmation needs.
    """
    if not body["list"] or body["match"] == Decision.Match.WITHDRAWN:
        return {}
    current = current_version(entity.corpus, body["list"])
    if current is None:
        return {}
    offers = ListCandidate.objects.filter(entity=entity, list=current.list_id, ref=body["entry"])
    if offer := offers.exclude(state=ListCandidate.State.GONE).first():
        check_note(body, offer)
    return entry_in(current, body["entry"])


def current_version(corpus: Corpus, code: str) -> ListVersion | None:
    """None for a list of another corpus, as for one that is not there."""
    usable = Q(list__corpus=None) | Q(list__corpus=corpus)
    rows = ListVersion.objects.filter(usable, list__code=code, state=ListVersion.State.CURRENT)
    version: ListVersion | None = rows.select_related("list").first()
    return version


def entry_in(current: ListVersion, ref: str) -> dict[str, Any]:
    """As the current version has it, or the last one with it: somebody may decide about an entry that was delisted."""
    rows = ListEntry.objects.filter(list=current.list_id, ref=ref, versions__startswith__lte=current.number)
    entry = rows.order_by("-versions").first()
    if entry is None:
        raise Malformed(f"The list {current.list} has no entry “{ref}” in version {current.number} or before.")
    return {"entry_digest": entry.digest, "version": min(current.number, entry.versions.upper - 1)}


def check_note(sent: dict[str, Any], candidate: ListCandidate) -> None:
    if sent["match"] == Decision.Match.CONFIRMED and not sent["note"].strip() and (reason := doubt(candidate)):
        raise Invalid(f"Explain in the note why the match is confirmed: {reason}.")


def doubt(candidate: ListCandidate) -> str:
    """What speaks against the candidate, so that who confirms it has to say why; empty for nothing."""
    differing = [fact["field"] for fact in candidate.explanation.get("facts", ()) if fact["says"] == "differs"]
    if differing:
        return f"these facts differ: {', '.join(differing)}"
    return f"the score is {candidate.score}, below {STRONG}" if candidate.score < STRONG else ""
