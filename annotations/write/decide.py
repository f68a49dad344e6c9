"""The one way to decide about an entity and an entry of a sanctions list: docs/adr/0016.

A decision is signed by who makes it, dated by the database and never changed. The entity's link and the state of its screening
follow it in the same transaction, and its revision counts up by one, so that nobody writes over what they have not seen.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest

from annotations.models import Merge
from annotations.native.validators import Misshapen, day, identifier, integer, optional, record, text
from annotations.queries.entity_graph import scheme_of
from annotations.write.errors import Conflict, Invalid, Malformed, Reused
from annotations.write.listed_entry import check_by_hand
from annotations.write.signing import by_scheme
from corpus.db.compiled_queries import Repeated, Slot
from corpus.db.evidence_triggers import OFF, ON
from corpus.db.round_trip import Rows, Statement, round_trip
from corpus.db.row_writer import table
from corpus.models import Membership
from registry.models import Decision, Entity, ListCandidate, ListLink
from registry.screening.proposals import needs_second, open_proposal
from registry.screening.state import StateRow, states_of

Match, State = Decision.Match, Entity.Screening
ROLE = Membership.Role
OF_ANNOTATORS = (Match.POSSIBLE, Match.PROBABLE, Match.REJECTED)
SETTLED = (Match.CONFIRMED, Match.REJECTED)
ABOUT_THE_ENTITY = (Match.NOT_APPLICABLE, Match.WITHDRAWN)
SENDABLE = tuple(each for each in Match.values if each != Match.PROPOSED)
ABOUT_AN_ENTRY = tuple(each for each in SENDABLE if each != Match.NOT_APPLICABLE)
SCREENED = (State.NOT_SCREENED, State.NO_MATCH, State.CANDIDATES)
FIELDS = ("list", "entry", "match", "list_version", "note")

SHAPE = record(
    {
        "id": identifier,
        "revision": integer,
        "list": text(100),
        "entry": text(100),
        "match": text(14, empty=False),
        "list_version": optional(day),
        "note": optional(text(10_000)),
    },
    required=("id", "revision", "match"),
)


# A decision asks for few rows, each by its key: to build the SQL anew took longer than all that PostgreSQL does.
LOCKED = Repeated(
    lambda: Entity.objects.select_for_update(of=("self",)).select_related("corpus").filter(pk=Slot("entity")).order_by()
)
EARLIER = Repeated(lambda: Decision.objects.filter(pk=Slot("id")).order_by())
MERGING = Repeated(lambda: Merge.objects.filter(gone=Slot("entity"), is_finished=False, undone_at=None).order_by())
COLUMNS = (
    "id corpus_id entity list entry match list_version version entry_digest explanation note user_id said_by seconds source"
).split()
SIGNS = ", ".join(f"${number}" for number in range(1, len(COLUMNS) + 1))
MADE = f"INSERT INTO registry_decision ({', '.join(COLUMNS)}) VALUES ({SIGNS}) RETURNING at"  # noqa: S608 - names of our own columns
# A decision and what follows it, in two round trips, of which the last brings the commit.
FOLLOWING = """UPDATE registry_listcandidate c SET state = $1 FROM registry_sanctionslist l
    WHERE c.entity_id = $2 AND c.ref = $3 AND l.id = c.list_id AND l.code = $4 AND c.state <> 'gone'"""
RAISED = "UPDATE registry_entity SET screening = $1, revision = revision + 1 WHERE id = $2"
LINK = Repeated(lambda: ListLink.objects.filter(entity=Slot("entity"), list=Slot("list"), entry=Slot("entry")).order_by())


def decide(entity: Entity, user: User, request: Any, source: str) -> Decision:
    """Decide {id, revision, list, entry, match, list_version, note}; safe to send again.

    `revision` is that of the entity as it was read. Without a list it is about the entity as a whole. Raises a Refusal:
    Malformed, Reused, Conflict, Invalid; or PermissionDenied.
    """
    if not entity.corpus.allows(user, ROLE.ANNOTATOR):
        raise PermissionDenied("Only annotators of the corpus can decide about sanctions lists.")
    body = complete(request)
    with transaction.atomic():
        locked = lock(entity)
        if earlier := EARLIER.first(id=UUID(str(body["id"]))):
            return the_same(earlier, locked, user, body)
        return make(locked, user, body, source, **check_by_hand(locked, body))


def lock(entity: Entity) -> Entity:
    """The entity as it is now; nobody else decides about it in this transaction."""
    if (locked := LOCKED.first(entity=entity.pk)) is None:
        raise Entity.DoesNotExist(f"Entity {entity.pk} was deleted.")
    return cast("Entity", locked)


def about(entity: UUID, code: str, ref: str) -> list[Statement]:
    """What has to be known of an entity and an entry: whether it is being merged away, and the link."""
    return [MERGING.statement(entity=entity), LINK.statement(entity=entity, list=code, entry=ref)]


def make(
    locked: Entity, user: User, body: dict[str, Any], source: str, known: Sequence[Rows] = (), *, last: bool = True, **seen: Any
) -> Decision:
    """A decision that was not made before. `known`: what `about` has told, where it was asked; `last`: nothing is made after it in the same
    transaction; `seen` has the columns that keep what was shown.

    Raises as `decide` does.
    """
    merging, links = known or round_trip(about(locked.pk, body["list"], body["entry"]))
    if other := MERGING.made(merging):
        raise Invalid(f"“{other.gone_name}” is being merged into “{other.kept_name}”: decide about that one.")
    link = LINK.made(links)
    check(locked, user, body, link)
    own = {field: body[field] for field in FIELDS}
    if isinstance(own["list_version"], str):
        own["list_version"] = date.fromisoformat(own["list_version"])
    if own["match"] == Match.CONFIRMED and needs_second(locked.corpus):
        own["match"], seen["seconds"] = by_two(locked, user, own, seen.get("entry_digest", ""))
    made = {"id": UUID(str(body["id"])), "corpus_id": locked.corpus_id, "entity": locked.pk, "user_id": user.pk, "source": source}
    made |= {"entry_digest": ""} | own | seen
    decision = Decision(**made, at=follow(locked, user, made, link, last=last))
    decision.corpus, decision.user = locked.corpus, user
    decision._state.adding = False
    return decision


def by_two(entity: Entity, user: User, own: dict[str, Any], digest: str) -> tuple[str, Any]:
    """(match, proposal that it confirms): a proposal, or what confirms that of another person. Raises Invalid for one's own."""
    proposal = open_proposal(entity.pk, own["list"], own["entry"])
    if proposal is None or proposal.entry_digest != digest:
        return Match.PROPOSED, None  # what was proposed of another state of the entry is proposed anew
    if proposal.user_id == user.pk:
        raise Invalid(f"You proposed this match on {proposal.at:%Y-%m-%d}: another reviewer has to confirm it.")
    return Match.CONFIRMED, proposal.pk


def complete(request: HttpRequest) -> dict[str, Any]:
    try:
        body: dict[str, Any] = SHAPE(request)
    except Misshapen as error:
        raise Malformed(f"The decision is invalid: {error}.") from None
    body = {"list": "", "entry": "", "list_version": None} | body | {"note": body.get("note") or ""}
    if body["match"] not in SENDABLE:
        raise Malformed(f"match: should be one of {', '.join(SENDABLE)}.")
    whole = body["match"] in ABOUT_THE_ENTITY and not body["list"] and not body["entry"]
    if not whole and (not body["list"].strip() or not body["entry"].strip() or body["match"] == Match.NOT_APPLICABLE):
        raise Malformed("Give a list and an entry; only “not applicable” has neither.")
    return body


def the_same(earlier: Decision, entity: Entity, user: User, body: dict[str, Any]) -> Decision:
    """It was sent before, and the answer was lost on the way."""
    sent = {field: str(body[field] or "") for field in FIELDS}
    was = {field: str(getattr(earlier, field) or "") for field in FIELDS}
    if was["match"] == Match.PROPOSED:
        was["match"] = Match.CONFIRMED.value  # so it was sent
    if (earlier.entity, earlier.user_id, was) != (entity.pk, user.pk, sent):
        raise Reused("The decision id was already used for another decision.")
    return earlier


def check(entity: Entity, user: User, body: dict[str, Any], link: ListLink | None) -> None:
    """Raises PermissionDenied, Conflict with both states, or Invalid."""
    settled = link is not None and link.match in SETTLED
    if (settled or body["match"] not in OF_ANNOTATORS) and not entity.corpus.allows(user, ROLE.REVIEWER):
        raise PermissionDenied(
            "Only reviewers of the corpus can confirm or withdraw a decision, or change one that was confirmed or rejected."
        )
    if body["revision"] != entity.revision:
        theirs = link and {field: getattr(link, field) for field in FIELDS} | {"reviewer": str(link.reviewer or "")}
        yours = {field: body[field] for field in FIELDS}
        raise Conflict(entity.revision, [{"change": body["id"], "kind": "decision", "yours": yours, "theirs": theirs}])
    if body["match"] == Match.WITHDRAWN and body["list"] and not (link or open_proposal(entity.pk, body["list"], body["entry"])):
        raise Invalid("Nothing to withdraw: there is no current decision about this entry.")
    if body["match"] == Match.NOT_APPLICABLE:
        check_not_applicable(entity, body)


def check_not_applicable(entity: Entity, body: dict[str, Any]) -> None:
    if not body["note"].strip():
        raise Invalid("Explain in the note why screening does not apply.")
    if open_links(entity).exists():
        error = {"object": str(entity.pk), "code": "LST-02", "detail": "it has current links to sanctions lists"}
        raise Invalid("The entity is linked to an entry of a list: withdraw the link first.", [error])


def follow(entity: Entity, user: User, own: dict[str, Any], link: ListLink | None, *, last: bool) -> Any:
    """The decision is stored, and link, screening and revision follow it. A proposal changes no link: it counts when it is confirmed. The moment
    of the decision."""
    statements: list[Statement] = [stored(own)]
    if own["match"] == Match.WITHDRAWN and link:
        link.delete()
    elif own["list"] and own["match"] not in (Match.WITHDRAWN, Match.PROPOSED):
        says = {name: own[name] for name in ("match", "list_version", "note")} | {"reviewer_id": user.pk, "said_by": ""}
        if link:
            ListLink.objects.filter(pk=link.pk).update(**says)
        else:
            statements.append(made_link(entity, own, says))
    if own["list"] and own["match"] != Match.PROPOSED:
        statements += [(ON, ()), following(entity, own), (OFF, ())]
    ((at,),), *_, rows = round_trip([*statements, states_of([entity.pk])])
    screening = screening_of(entity, own, StateRow(*rows[0]))
    round_trip([(ON, ()), (RAISED, [str(screening), entity.pk]), (OFF, ())], last=last)
    return at


def stored(own: dict[str, Any]) -> Statement:
    explanation = own.get("explanation")
    texts = {name: str(own[name]) for name in ("match", "source")}
    row = {"said_by": ""} | own | texts | {"explanation": None if explanation is None else json.dumps(explanation)}
    return MADE, [row.get(column) for column in COLUMNS]


def made_link(entity: Entity, own: dict[str, Any], says: dict[str, Any]) -> Statement:
    into = table(ListLink)
    return into.insert_one, into.values({"entity_id": entity.pk, "list": own["list"], "entry": own["entry"], **says})


def following(entity: Entity, own: dict[str, Any]) -> Statement:
    """The offer of this entry is decided, or open again."""
    state = ListCandidate.State.OPEN if own["match"] == Match.WITHDRAWN else ListCandidate.State.DECIDED
    return FOLLOWING, [str(state), entity.pk, own["entry"], own["list"]]


def open_links(entity: Entity) -> Any:
    return ListLink.objects.filter(entity=entity).exclude(match=Match.REJECTED)


def screening_of(entity: Entity, own: dict[str, Any], row: StateRow) -> str:
    """How far it was looked for in lists, worked out of the decisions."""
    if row.is_linked:
        return State.LINKED
    if own["list"] and row.worked_out and entity.screening in SCREENED:
        return row.worked_out  # nothing took it out of the screening before, and this does not
    last = Decision.objects.filter(entity=entity.pk, list="").order_by("-at", "-id").first()
    if last and last.match == Match.NOT_APPLICABLE:
        return State.NOT_APPLICABLE
    scheme = scheme_of(entity.corpus)
    record = {"type": entity.type, "anonymous": entity.anonymous, "reference": entity.reference}
    if scheme and by_scheme(record, scheme) == State.NOT_APPLICABLE:
        return State.NOT_APPLICABLE
    kept = (State.NO_MATCH, State.CANDIDATES)
    return row.worked_out or (entity.screening if entity.screening in kept else State.NOT_SCREENED)
