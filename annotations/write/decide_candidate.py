"""A decision about a candidate of screening: the same verb, which also keeps what was seen, and refuses what was overtaken.

The entry that the person saw is named by its digest. If the list has changed meanwhile, the decision is a conflict that shows both states.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest

from annotations.native.validators import Misshapen, identifier, integer, listing, optional, record, text
from annotations.write import decide as verb
from annotations.write.errors import Conflict, Invalid, Malformed
from annotations.write.listed_entry import check_note
from corpus.db.compiled_queries import Repeated, Slot
from corpus.db.round_trip import Rows, round_trip
from corpus.models import Membership
from registry.models import Decision, Entity, ListCandidate, ListEntry, ListLink, ListVersion

Match = Decision.Match
# What a decision asks before it is made, in one round trip. The candidate is locked after its entity, as a run locks them.
CANDIDATE = Repeated(
    lambda: ListCandidate.objects.select_for_update(of=("self",)).select_related("list").filter(pk=Slot("candidate")).order_by()
)
# The version in which the entry was compared.
COMPARED = Repeated(
    lambda: ListVersion.objects.filter(
        list=Slot("list"), number__in=ListCandidate.objects.filter(pk=Slot("candidate")).order_by().values("version")
    ).order_by()
)
CURRENT = Repeated(lambda: ListEntry.objects.current().filter(list=Slot("list"), ref=Slot("ref")).order_by())
SHAPE = record(
    {
        "id": identifier,
        "match": text(14, empty=False),
        "note": optional(text(10_000)),
        "entry": text(64),
        "revision": optional(integer),
        "also": optional(listing(record({"candidate": integer, "entry": text(64)}, required=("candidate", "entry")))),
    },
    required=("id", "match", "entry"),
)
MOST_TOGETHER = 50  # candidates of one card


def decide_candidate(candidate: ListCandidate, user: User, request: Any, source: str) -> Decision:
    """Decide {id, match, note, entry, revision, also}; safe to send again. `entry`: digest of the entry that was shown.

    Without a revision nobody may have decided about it before. `also`: {candidate, entry} of the same card, which get a decision of
    their own with the same words; all are made or none. Raises a Refusal: Malformed, Reused, Conflict, Invalid; or PermissionDenied.
    """
    if not candidate.entity.corpus.allows(user, Membership.Role.ANNOTATOR):
        raise PermissionDenied("Only annotators of the corpus can decide about sanctions lists.")
    sent = complete(request)
    with transaction.atomic():
        known = known_of(candidate, sent["id"])
        others = of_card(candidate, sent["also"], user)
        made = decide_one(sent, known, user, source, last=not others)
        rows = ListCandidate.objects.select_related("list").filter(pk__in=list(others)).order_by("pk")
        for other in rows if others else ():
            own: dict[str, Any] = {"id": str(uuid5(UUID(str(sent["id"])), str(other.pk))), "entry": others[other.pk]}
            known = known_of(other, own["id"])
            if known.candidate.state != ListCandidate.State.DECIDED or sent["revision"] is not None:
                own["revision"] = known.entity.revision
            decide_one(sent | own, known, user, source, last=False)
    return made


class KnownCandidate(NamedTuple):
    """What is known of a candidate before it is decided. `entry`: as it stands in the current version, None if it is delisted;
    `about`: as `verb.make` takes it."""

    entity: Entity
    candidate: ListCandidate
    compared: ListVersion | None
    earlier: Decision | None
    entry: ListEntry | None
    about: Sequence[Rows]


def known_of(candidate: ListCandidate, decision: Any) -> KnownCandidate:
    """`decision`: id of the one that is to be made. Nobody else decides about the entity in this transaction."""
    asked: dict[Repeated, dict[str, Any]] = {
        verb.LOCKED: {"entity": candidate.entity_id},
        CANDIDATE: {"candidate": candidate.pk},
        COMPARED: {"list": candidate.list_id, "candidate": candidate.pk},
        verb.EARLIER: {"id": UUID(str(decision))},
        CURRENT: {"list": candidate.list_id, "ref": candidate.ref},
    }
    statements = [query.statement(**values) for query, values in asked.items()]
    rows = round_trip([*statements, *verb.about(candidate.entity_id, candidate.list.code, candidate.ref)])
    entity, locked, compared, earlier, entry = (query.made(each) for query, each in zip(asked, rows, strict=False))
    if entity is None or locked is None:
        raise Entity.DoesNotExist(f"Entity {candidate.entity_id} was deleted.")
    return KnownCandidate(entity, locked, compared, earlier, entry, rows[len(asked) :])


def decide_one(sent: dict[str, Any], known: KnownCandidate, user: User, source: str, *, last: bool) -> Decision:
    candidate, entity = known.candidate, known.entity
    body = as_decision(sent, known)
    if earlier := known.earlier:
        return verb.the_same(earlier, entity, user, body | {"list_version": earlier.list_version})
    if sent["match"] != Match.WITHDRAWN:
        check_entry(sent, known)
        check_note(sent, candidate)
    check_first(sent, candidate, entity)
    seen = {"version": candidate.version, "entry_digest": candidate.entry_digest, "explanation": candidate.explanation}
    return verb.make(entity, user, body, source, known.about, last=last, **seen)


def of_card(candidate: ListCandidate, also: list[dict[str, Any]], user: User) -> dict[int, str]:
    """Digest by candidate. Raises Invalid for what is not on the card, or not to be seen."""
    digests = {each["candidate"]: each["entry"] for each in also if each["candidate"] != candidate.pk}
    if digests:
        rows = ListCandidate.objects.for_user(user).filter(pk__in=list(digests), entity=candidate.entity_id)
        held = set(rows.filter(card=candidate.card_id, card__isnull=False).values_list("pk", flat=True))
        if apart := sorted(digests.keys() - held):
            raise Invalid(
                f"also: candidate {apart[0]} is not on the card of candidate {candidate.pk}. Screen again, or decide about it alone."
            )
    return digests


def complete(request: HttpRequest) -> dict[str, Any]:
    try:
        body: dict[str, Any] = SHAPE(request)
    except Misshapen as error:
        raise Malformed(f"The decision is invalid: {error}.") from None
    if body["match"] not in verb.ABOUT_AN_ENTRY:
        raise Malformed(f"match: should be one of {', '.join(verb.ABOUT_AN_ENTRY)}.")
    also = body.get("also") or []
    if len(also) > MOST_TOGETHER:
        raise Malformed(f"also: has {len(also)} candidates, {MOST_TOGETHER} are the limit.")
    return body | {"note": body.get("note") or "", "revision": body.get("revision"), "also": also}


def as_decision(sent: dict[str, Any], known: KnownCandidate) -> dict[str, Any]:
    """As the verb for entities takes it."""
    revision = known.entity.revision if sent["revision"] is None else sent["revision"]
    return {
        "id": sent["id"],
        "revision": revision,
        "list": known.candidate.list.code,
        "entry": known.candidate.ref,
        "match": sent["match"],
        "list_version": known.compared.published if known.compared else None,
        "note": sent["note"],
    }


def current_entry(candidate: ListCandidate) -> ListEntry | None:
    """The entry as it stands in the current version; None if it is delisted."""
    entry: ListEntry | None = CURRENT.first(list=candidate.list_id, ref=candidate.ref)
    return entry


def check_entry(sent: dict[str, Any], known: KnownCandidate) -> None:
    """Raises Conflict with both states where the list says something else than was seen."""
    candidate, entity = known.candidate, known.entity
    digest = known.entry.digest if known.entry else None
    if not sent["entry"] == candidate.entry_digest == digest:
        yours = {"entry": sent["entry"], "match": sent["match"], "note": sent["note"]}
        theirs = {"entry": digest, "compared": candidate.entry_digest, "state": candidate.state, "score": candidate.score}
        raise Conflict(entity.revision, [{"change": sent["id"], "kind": "decision", "yours": yours, "theirs": theirs}])


def check_first(sent: dict[str, Any], candidate: ListCandidate, entity: Entity) -> None:
    """Raises Conflict where somebody has decided, and who sends this has not seen that."""
    if sent["revision"] is not None or sent["match"] == Match.WITHDRAWN or candidate.state != ListCandidate.State.DECIDED:
        return
    links = ListLink.objects.filter(entity=entity, list=candidate.list.code, entry=candidate.ref)
    if link := links.select_related("reviewer").first():
        yours = {"match": sent["match"], "note": sent["note"]}
        theirs = {"match": link.match, "note": link.note, "reviewer": str(link.reviewer or "")}
        raise Conflict(entity.revision, [{"change": sent["id"], "kind": "decision", "yours": yours, "theirs": theirs}])
