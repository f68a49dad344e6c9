"""Two entities become one, and two again: docs/adr/0009.

One transaction. Every assignment in which something points at the entity that goes gets a batch in
its log, so that an open page learns of it as of any other change; entities and relations are written
once. What was before is kept: undoing takes back what the merge did, and nothing that was done since.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from annotations.documents.related_entities import symmetric
from annotations.kinds import KINDS, entity, relation
from annotations.kinds.select import read
from annotations.kinds.write_context import Object, Place
from annotations.kinds.writing import add
from annotations.models import Assignment, Change, Claim, Event, Merge, Span
from annotations.queries.entity_graph import scheme_of
from annotations.rules.actors import exchangeable
from annotations.scheme.view import SchemeView
from annotations.write.apply import logged, raise_revision
from annotations.write.batch import Batch, Draft
from annotations.write.errors import InUse, Invalid
from annotations.write.lookup import BatchContext
from annotations.write.repoint import repointed, restored
from corpus.models import Corpus, Document
from registry.joining import Entry, carried, combined, disagreements, parted
from registry.models import Decision, Entity

WHOSE = ("kept", "gone")
HOLDERS: dict[str, Any] = {"span": Span, "event": Event, "claim": Claim}
# Assignment → kind → ids of its objects.
Held = dict[uuid.UUID, dict[str, set[str]]]
# Kind, before, after.
Step = tuple[str, Object | None, Object | None]
ENTITIES, ENDS = "m.id = ANY(%(ids)s)", "m.source_id = ANY(%(ids)s) OR m.target_id = ANY(%(ids)s)"


def moving(gone: Entity) -> dict[str, int]:
    """How many marks, events, claims and relations point at it, and in how many articles."""
    held = holders(gone.pk)
    found = {kind: sum(len(ids.get(kind, ())) for ids in held.values()) for kind in HOLDERS}
    articles = Assignment.objects.filter(pk__in=held).values("document__article").distinct().count()
    return {**found, "relation": len(stored(gone.pk)["relation"]), "article": articles}


def merge(gone: Entity, kept: Entity, user: Any, chosen: Mapping[Entry, str] | None = None) -> Merge:
    """All that means `gone` means `kept` from now on. `chosen`: whose decision about an entry of a list holds, "kept" or "gone".

    Raises Invalid where they cannot be one, or where they disagree on an entry and nothing is chosen; InUse where it changes meanwhile.
    """
    scheme = scheme_of(kept.corpus)
    check(gone, kept, scheme)
    old, new = str(gone.pk), str(kept.pk)
    with transaction.atomic():
        held = holders(gone.pk)
        places = locked(held, user)
        was = stored_locked(gone, kept)
        if holders(gone.pk).keys() - places.keys():
            raise InUse("Someone has just annotated it again. Try again.")
        objects = {item["id"]: item for item in was["entity"]}
        of_gone = settle(objects[new], objects[old], kept, user, chosen or {})
        batches = [Moved(places[pk], held[pk], lambda kind, item: repointed(kind, item, old, new)) for pk in places]
        ends = carried(was["relation"], old, new, symmetric(scheme) if scheme else [])
        steps: list[Step] = [("relation", *step) for step in ends]
        steps += [("entity", objects[new], combined(objects[new], objects[old], of_gone)), ("entity", objects[old], None)]
        save(steps, kept.corpus, user)
        Entity.objects.filter(pk=kept.pk).update(outlet=kept.outlet_id or gone.outlet_id)
        before = {"gone": objects[old], "kept": objects[new], "relations": ends, "outlet": gone.outlet_id, "of_gone": of_gone}
        told = {"kept_name": kept.name, "gone_name": gone.name, "marks": sum(len(ids.get("span", ())) for ids in held.values())}
        changes = [pk for batch in batches for pk in batch.log(steps)]
        return Merge.objects.create(
            corpus=kept.corpus, kept=kept.pk, gone=gone.pk, before=before, changes=changes, user=user, **told
        )


def undo(done: Merge, user: Any) -> Merge:
    """Both are there again, with what pointed at each. Raises Invalid where one of them is part of a later merge."""
    old, new = str(done.gone), str(done.kept)
    with transaction.atomic():
        done = Merge.objects.select_for_update(of=("self",)).select_related("corpus").get(pk=done.pk)
        if done.undone_at:
            raise Invalid("This merge was already undone.")
        log = list(Change.objects.filter(pk__in=done.changes, kind__in=HOLDERS))
        held: Held = {}
        for change in log:
            held.setdefault(change.assignment_id, {}).setdefault(change.kind, set()).add(str(change.object_id))
        places = locked(held, user)
        kept = Entity.objects.select_for_update(of=("self",)).filter(pk=done.kept).first()
        if kept is None:
            raise Invalid(f"“{done.kept_name}” has itself been merged or deleted since. Undo that first.")
        earlier = {(change.kind, str(change.object_id)): change.before for change in log}
        steps = parting(done, stored(done.kept))
        save(steps, done.corpus, user)
        if done.before["outlet"] and done.before["outlet"] == kept.outlet_id:
            Entity.objects.filter(pk=done.kept).update(outlet=None)
            Entity.objects.filter(pk=done.gone).update(outlet=done.before["outlet"])

        def back(kind: str, item: Object) -> Object:
            return restored(kind, item, earlier[kind, item["id"]], old, new)

        for batch in [Moved(places[pk], held[pk], back) for pk in places]:
            batch.log(steps)
        done.undone_by, done.undone_at = user, timezone.now()
        done.save(update_fields=["undone_by", "undone_at"])
        return done


def parting(done: Merge, now: dict[str, list[Object]]) -> list[Step]:
    """The one that went comes back, the other gives up what it got, relations get their ends back where they are free."""
    gone, kept = done.before["gone"], now["entity"][0]
    steps: list[Step] = [
        ("entity", None, gone | {"revision": gone["revision"] + 1}),
        (
            "entity",
            kept,
            parted(kept, done.before["kept"], gone, [(name, entry) for name, entry in done.before.get("of_gone", ())]),
        ),
    ]
    current = {item["id"]: item for item in now["relation"]}
    wanted = {item[end] for item, _ in done.before["relations"] for end in ("source", "target")}
    alive = {str(pk) for pk in Entity.objects.filter(pk__in=wanted).values_list("pk", flat=True)} | {str(done.gone)}
    for item, carried_on in done.before["relations"]:
        there = current.get(item["id"])
        # One that was carried over, and that somebody has taken away since, stays away.
        if {item["source"], item["target"]} <= alive and bool(there) == bool(carried_on):
            ends = {"source": item["source"], "target": item["target"], "revision": (there or item)["revision"] + 1}
            steps.append(("relation", there, (there or item) | ends))
    return steps


def settle(kept: Object, gone: Object, entity: Entity, user: Any, chosen: Mapping[Entry, str]) -> list[Entry]:
    """Entries for which the decision about the one that goes holds; what is chosen is a decision, signed. Raises Invalid (LST-03)."""
    found, open_pairs = disagreements(kept, gone), []
    for one, other in found:
        entry = (one["list"], one["entry"])
        if chosen.get(entry) not in WHOSE:
            open_pairs.append({"object": str(entity.pk), "code": "LST-03", "detail": said_of(one, other)})
    if open_pairs:
        raise Invalid("The entities have different decisions about a sanctions list: choose which to keep.", open_pairs)
    for one, other in found:
        link = other if chosen[one["list"], one["entry"]] == "gone" else one
        about = {field: link[field] for field in ("list", "entry", "match", "list_version")}
        Decision.objects.create(
            corpus=entity.corpus, entity=entity.pk, user=user, source=Decision.Source.MERGE, note=link["note"] or "", **about
        )
    return [(one["list"], one["entry"]) for one, _ in found if chosen[one["list"], one["entry"]] == "gone"]


def said_of(one: Object, other: Object) -> str:
    by = [f"{link['match']}{' by ' + link['reviewer'] if link['reviewer'] else ''}" for link in (one, other)]
    return f"{one['list']} {one['entry']}: {by[0]} for the entity to keep, {by[1]} for the other one"


def differing(gone: Entity, kept: Entity) -> list[tuple[Object, Object]]:
    """What was decided about both, and differs, to be shown."""
    objects = {item["id"]: item for item in stored(gone.pk, kept.pk)["entity"]}
    return disagreements(objects[str(kept.pk)], objects[str(gone.pk)])


def check(gone: Entity, kept: Entity, scheme: SchemeView | None) -> None:
    if gone.pk == kept.pk:
        raise Invalid("An entity cannot be merged with itself.")
    if gone.corpus_id != kept.corpus_id:
        raise Invalid("The entities belong to different corpora.")
    alike = exchangeable(gone.type, kept.type, scheme) if scheme else gone.type == kept.type
    if not alike:
        detail = f"{gone.name!r} is {gone.type}, {kept.name!r} is {kept.type}: marks of one cannot refer to the other"
        raise Invalid("The entities have different types.", [{"object": str(gone.pk), "code": "ACT-01", "detail": detail}])
    if gone.outlet_id and kept.outlet_id:
        raise Invalid("Both are outlets with articles in the corpus.")


def holders(pk: uuid.UUID) -> Held:
    """What points at the entity, by the assignment that it belongs to."""
    found: Held = {}
    pointing: dict[str, set[str]] = {}
    for kind, holder, _ in entity.pointers([str(pk)]):
        pointing.setdefault(kind, set()).add(holder)
    for kind, rows in HOLDERS.items():
        for owner, holder in rows.objects.filter(pk__in=pointing.get(kind, ())).values_list("assignment", "pk"):
            found.setdefault(owner, {}).setdefault(kind, set()).add(str(holder))
    return found


def locked(held: Held, user: Any) -> dict[uuid.UUID, Place]:
    """All of the assignments in one order, also submitted ones: a merge changes no judgement of theirs."""
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("document", "scheme")
    rows = rows.only("status", "revision", "document__corpus", "document__article", "scheme__loaded")
    now = timezone.now()
    return {row.pk: Place(row, user, row.revision + 1, now) for row in rows.filter(pk__in=held).order_by("pk")}


def stored(*pks: uuid.UUID) -> dict[str, list[Object]]:
    return read({"entity": ENTITIES, "relation": ENDS}, {"ids": list(pks)}, KINDS, "")


def stored_locked(gone: Entity, kept: Entity) -> dict[str, list[Object]]:
    """As they are now; nobody can point at them until we are done."""
    rows = Entity.objects.select_for_update(of=("self",)).filter(pk__in=[gone.pk, kept.pk]).order_by("pk")
    if len(rows) < 2:
        raise Invalid("One of them no longer exists.")
    return stored(gone.pk, kept.pk)


def save(steps: list[Step], corpus: Corpus, user: Any) -> None:
    """Entities and relations belong to no assignment."""
    nowhere = Place(Assignment(document=Document(corpus=corpus)), user, 0, timezone.now())
    for kind, module in (("entity", entity), ("relation", relation)):
        own = [(before, after) for name, before, after in steps if name == kind]
        module.insert([after for before, after in own if before is None and after], nowhere)
        changed = [after for before, after in own if before and after]
        module.replace(changed, nowhere)
        if kind == "entity":
            entity.replace_links(changed, nowhere)
        nowhere.out.send()
    for kind, module in (("relation", relation), ("entity", entity)):
        module.remove([before["id"] for name, before, after in steps if name == kind and before and after is None])


class Moved:
    """Objects of one assignment with other pointers, checked and ready to be sent."""

    def __init__(self, place: Place, ids: dict[str, set[str]], patch: Callable[[str, Object], Object]) -> None:
        self.place = place
        context = BatchContext(place)
        found = [(kind, item) for kind, wanted in sorted(ids.items()) for item in context.load(kind, wanted)]
        patched = [(kind, item["id"], patch(kind, item)) for kind, item in found]
        self.drafts = [Draft(str(uuid.uuid4()), Change.Op.UPDATE, kind, {"id": pk} | new, "") for kind, pk, new in patched if new]
        batch = Batch(place, self.drafts)
        self.steps = [batch.step(draft) for draft in self.drafts]
        batch.check()
        batch.store()

    def log(self, shared: list[Step]) -> list[str]:
        """Write it, and into the log also what became of the entities. Ids of the changes."""
        drafts = [*self.drafts, *(draft_of(step) for step in shared)]
        steps = [*self.steps, *((before, after) for _, before, after in shared)]
        pairs = zip(drafts, steps, strict=True)
        add(self.place, Change, [logged(draft, step, self.place, position) for position, (draft, step) in enumerate(pairs)])
        raise_revision(self.place)
        self.place.out.send()
        return [draft.id for draft in drafts]


def draft_of(step: Step) -> Draft:
    kind, before, after = step
    op = Change.Op.CREATE if before is None else Change.Op.UPDATE if after else Change.Op.DELETE
    return Draft(str(uuid.uuid4()), op, kind, {"id": (before or after or {})["id"]}, "")
