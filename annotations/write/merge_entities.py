"""Two entities become one, and two again: docs/adr/0002.

A merge decides everything about the entities and their relations in one short transaction and moves the first marks in it; where they
are few, that is all. Else both entities are there, and a job moves the rest in slices (`annotations.write.merge_slices`), each a
transaction of its own, so that nobody who saves waits for it. What was before is kept: undoing takes back what the merge did, and
nothing that was done since; a merge that is not finished can be undone too.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from annotations.documents.related_entities import symmetric
from annotations.kinds import KINDS, entity, relation
from annotations.kinds.select import read
from annotations.kinds.write_context import Object, WriteContext
from annotations.models import Assignment, Merge
from annotations.queries.entity_graph import scheme_of
from annotations.rules.actors import exchangeable
from annotations.scheme.view import SchemeView
from annotations.write.errors import Invalid
from annotations.write.merge_checks import check_marks
from annotations.write.moved import MovedObject, Slice, Step, locked, pointing, to_undo
from corpus.db.row_writer import Statements
from corpus.models import Corpus, Document
from registry.joining import BLANK, Entry, carried, combined, disagreements, parted
from registry.models import Decision, Entity
from registry.screening.state import follow_links

WHOSE = ("kept", "gone")
AT_ONCE = 500  # objects that move in the transaction in which a merge begins
ENTITIES, ENDS = "m.id = ANY(%(ids)s)", "m.source_id = ANY(%(ids)s) OR m.target_id = ANY(%(ids)s)"
# A mark that means an entity is no figure, so that the two are counted each by itself.
MOVING = """
WITH actors AS MATERIALIZED (SELECT assignment_id, count(*) AS marks FROM annotations_span WHERE entity_id = %(entity)s GROUP BY 1
), figures AS (
    SELECT span_id, assignment_id FROM annotations_figure WHERE counted_entity_id = %(entity)s
    UNION SELECT span_id, assignment_id FROM annotations_figure WHERE of_whole_entity_id = %(entity)s
), filled AS (SELECT DISTINCT event_id, assignment_id FROM annotations_argument WHERE entity_id = %(entity)s
), said AS (SELECT assignment_id FROM annotations_claim WHERE source_entity_id = %(entity)s)
SELECT (SELECT coalesce(sum(marks), 0)::bigint FROM actors) + (SELECT count(*) FROM figures),
    (SELECT count(*) FROM filled), (SELECT count(*) FROM said),
    (SELECT count(*) FROM registry_relation WHERE source_id = %(entity)s OR target_id = %(entity)s),
    (SELECT count(DISTINCT d.article_id) FROM annotations_assignment a JOIN corpus_document d ON d.id = a.document_id WHERE a.id IN (
        SELECT assignment_id FROM actors UNION ALL SELECT assignment_id FROM figures
        UNION ALL SELECT assignment_id FROM filled UNION ALL SELECT assignment_id FROM said))"""


def moving(gone: Entity) -> dict[str, int]:
    """How many marks, events, claims and relations point at it, and in how many articles."""
    with connection.cursor() as cursor:
        cursor.execute(MOVING, {"entity": gone.pk})
        row = cursor.fetchone() or ()
    return dict(zip(("span", "event", "claim", "relation", "article"), row, strict=True))


def merge(gone: Entity, kept: Entity, user: User, chosen: Mapping[Entry, str] | None = None) -> Merge:
    """All that means `gone` means `kept` from now on. `chosen`: whose decision about an entry of a list holds, "kept" or "gone".

    The answer `is_finished`, or a job goes on with it. Raises Invalid where they cannot be one, or where they disagree on an entry and
    nothing is chosen.
    """
    scheme = scheme_of(kept.corpus)
    check(gone, kept, scheme)
    counts = moving(gone)
    with transaction.atomic():
        pointers, is_all = first(pointing(gone.pk, AT_ONCE + 1))
        revisions = locked(pointers)
        was = stored_locked(gone.pk, kept.pk, going=gone.pk if is_all else None)
        check_free(gone, kept)
        is_all = is_all and set(pointing(gone.pk, AT_ONCE + 1)) <= set(pointers)  # or somebody has marked it once more, just now
        done = begun(gone, kept, user, chosen or {}, was, scheme)
        done.marks, done.total = counts["span"], sum(counts[kind] for kind in ("span", "event", "claim"))
        steps = joining(done, was)
        unlink(gone.pk, done.before["same_as"])
        save(steps, kept.corpus, user)
        hand_on_outlet(gone.pk, kept.pk, gone.outlet_id, is_kept=kept.outlet_id is None)
        done.save()
        if is_all:
            steps.append(leave(done, was))
        Slice(done, pointers, revisions, user, shared=steps).move()
        go_on_or_end(done, is_all=is_all)
    return done


def first(pointers: list[MovedObject]) -> tuple[list[MovedObject], bool]:
    """As many as move at once, and whether that is all of them."""
    return pointers[:AT_ONCE], len(pointers) <= AT_ONCE


def begun(gone: Entity, kept: Entity, user: User, chosen: Mapping[Entry, str], was: Any, scheme: SchemeView | None) -> Merge:
    objects = {record["id"]: record for record in was["entity"]}
    old, new = str(gone.pk), str(kept.pk)
    check_entries(objects[old], objects[new])
    of_gone = settle(objects[new], objects[old], kept, user, chosen)
    ends = carried(was["relation"], old, new, symmetric(scheme) if scheme else [])
    before = {
        "gone": objects[old] | {"same_as": None},
        "kept": objects[new],
        "relations": ends,
        "outlet": gone.outlet_id,
        "of_gone": of_gone,
    }
    before["same_as"] = objects[old]["same_as"]  # which the one that stays gets, as it gets the outlet
    return Merge(
        corpus=kept.corpus, kept=kept.pk, gone=gone.pk, kept_name=kept.name, gone_name=gone.name, before=before, user=user
    )


def joining(done: Merge, was: dict[str, list[Object]]) -> list[Step]:
    """What becomes of the relations, and of the one that stays."""
    kept = next(record for record in was["entity"] if record["id"] == str(done.kept))
    steps: list[Step] = [("relation", *step) for step in done.before["relations"]]
    joined = combined(kept, done.before["gone"], done.before["of_gone"])
    return [*steps, ("entity", kept, joined | {"same_as": kept["same_as"] or done.before["same_as"]})]


def leave(done: Merge, was: dict[str, list[Object]]) -> Step:
    """The one that goes is deleted."""
    step: Step = ("entity", next(record for record in was["entity"] if record["id"] == str(done.gone)), None)
    save([step], done.corpus, done.user)
    return step


def go_on_or_end(done: Merge, *, is_all: bool) -> None:
    done.is_finished = is_all
    done.save(update_fields=["is_finished", "moved", "total"])
    if not is_all:
        defer(done)


def defer(done: Merge) -> None:
    """By its name: the job's own module knows this one. The job begins after this transaction."""
    lock = f"merge {done.pk}"
    app.configure_task("move_marks", queue="intake", lock=lock).defer(merge=str(done.pk))


def hand_on_outlet(giver: uuid.UUID, taker: uuid.UUID, outlet: int | None, *, is_kept: bool) -> None:
    """Of an entity that is an outlet; an outlet is one entity at a time."""
    if outlet and is_kept:
        Entity.objects.filter(pk=giver).update(outlet=None)
        Entity.objects.filter(pk=taker).update(outlet=outlet)


def unlink(giver: uuid.UUID, code: str | None) -> None:
    """From the shared register, before the other one is linked: an entry is one entity of a corpus at a time."""
    if code:
        Entity.objects.filter(pk=giver, same_as=code).update(same_as=None)


def undo(done: Merge, user: User) -> Merge:
    """Both are there again, with what pointed at each: at once, or by a job where that is much, which the answer says like that of `merge`.

    Raises Invalid where one of them is part of a later merge.
    """
    with transaction.atomic():
        done = Merge.objects.select_for_update(of=("self",)).select_related("corpus").get(pk=done.pk)
        if done.undone_at:
            raise Invalid("This merge was already undone.")
        moved_objects = to_undo(done, AT_ONCE)
        revisions = locked(moved_objects)
        kept = Entity.objects.select_for_update(of=("self",), no_key=True).filter(pk=done.kept).first()
        if kept is None:
            raise Invalid(f"“{done.kept_name}” has itself been merged or deleted since. Undo that first.")
        if Merge.objects.unfinished(done.kept, done.gone).exclude(pk=done.pk).exists():
            raise Invalid(f"“{done.kept_name}” is part of another merge. Wait until that is finished.")
        code = done.before.get("same_as") if done.before.get("same_as") == kept.same_as_id else None
        is_there = Entity.objects.filter(pk=done.gone).exists()
        steps = parting(done, stored(done.kept), code, is_there=is_there)
        unlink(done.kept, code)
        save(steps, done.corpus, user)
        if code and is_there:
            Entity.objects.filter(pk=done.gone).update(same_as=code)
        is_given = done.before["outlet"] is not None and done.before["outlet"] == kept.outlet_id
        hand_on_outlet(done.kept, done.gone, done.before["outlet"], is_kept=is_given)
        done.undone_by, done.undone_at, done.total, done.moved = user, timezone.now(), done.moved, 0
        done.save(update_fields=["undone_by", "undone_at", "total", "moved"])
        Slice(done, moved_objects, revisions, user, back=True, shared=steps).move()
        go_on_or_end(done, is_all=not done.batches.filter(is_undone=False).exists())
        return done


def parting(done: Merge, now: dict[str, list[Object]], code: str | None, *, is_there: bool = False) -> list[Step]:
    """The one that went comes back, unless it `is_there` still; the other gives up what it got, with its link to the entry `code` of the
    shared register; relations get their ends back where they are free."""
    gone, kept = BLANK | done.before["gone"] | {"same_as": code}, now["entity"][0]
    of_gone = [(name, entry) for name, entry in done.before.get("of_gone", ())]
    steps: list[Step] = [] if is_there else [("entity", None, gone | {"revision": gone["revision"] + 1})]
    own = None if code else kept["same_as"]
    steps.append(("entity", kept, parted(kept, done.before["kept"], gone, of_gone) | {"same_as": own}))
    current = {record["id"]: record for record in now["relation"]}
    ends_of_relations = {record[end] for record, _ in done.before["relations"] for end in ("source", "target")}
    alive = {str(pk) for pk in Entity.objects.filter(pk__in=ends_of_relations).values_list("pk", flat=True)} | {str(done.gone)}
    for record, carried_on in done.before["relations"]:
        there = current.get(record["id"])
        # One that was carried over, and that somebody has taken away since, stays away.
        if {record["source"], record["target"]} <= alive and bool(there) == bool(carried_on):
            ends = {"source": record["source"], "target": record["target"], "revision": (there or record)["revision"] + 1}
            steps.append(("relation", there, (there or record) | ends))
    return steps


def settle(kept: Object, gone: Object, entity: Entity, user: User, chosen: Mapping[Entry, str]) -> list[Entry]:
    """Entries for which the decision about the one that goes holds; what is chosen is a decision, signed. Raises Invalid (LST-03)."""
    disagreeing, open_pairs = disagreements(kept, gone), []
    for one, other in disagreeing:
        entry = (one["list"], one["entry"])
        if chosen.get(entry) not in WHOSE:
            open_pairs.append({"object": str(entity.pk), "code": "LST-03", "detail": said_of(one, other)})
    if open_pairs:
        raise Invalid("The entities have different decisions about a sanctions list: choose which to keep.", open_pairs)
    for one, other in disagreeing:
        link = other if chosen[one["list"], one["entry"]] == "gone" else one
        about = {field: link[field] for field in ("list", "entry", "match", "list_version")}
        Decision.objects.create(
            corpus=entity.corpus, entity=entity.pk, user=user, source=Decision.Source.MERGE, note=link["note"] or "", **about
        )
    return [(one["list"], one["entry"]) for one, _ in disagreeing if chosen[one["list"], one["entry"]] == "gone"]


def said_of(one: Object, other: Object) -> str:
    by = [f"{link['match']}{' by ' + link['reviewer'] if link['reviewer'] else ''}" for link in (one, other)]
    return f"{one['list']} {one['entry']}: {by[0]} for the entity to keep, {by[1]} for the other one"


def differing(gone: Entity, kept: Entity) -> list[tuple[Object, Object]]:
    """What was decided about both, and differs, to be shown."""
    objects = {record["id"]: record for record in stored(gone.pk, kept.pk)["entity"]}
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
    if gone.type != kept.type:
        check_marks(gone, kept)


def check_entries(gone: Object, kept: Object) -> None:
    """Raises Invalid where both are linked to the shared register."""
    if gone["same_as"] and kept["same_as"]:
        names = [f"{record['name']!r} is linked to {record['same_as']!r}" for record in (gone, kept)]
        error = {"object": gone["id"], "code": "same-as", "detail": f"{', '.join(names)}: remove one of the links first"}
        raise Invalid("The entities are different entries of the shared register.", [error])


def check_free(gone: Entity, kept: Entity) -> None:
    """Raises Invalid where one of them is part of a merge that is not finished."""
    other = Merge.objects.unfinished(gone.pk, kept.pk).first()
    if other:
        act = "separated from" if other.undone_at else "merged into"
        raise Invalid(f"“{other.gone_name}” is being {act} “{other.kept_name}”. Wait until that is finished.")


def stored(*pks: uuid.UUID) -> dict[str, list[Object]]:
    return read({"entity": ENTITIES, "relation": ENDS}, {"ids": list(pks)}, KINDS, "")


def stored_locked(gone: uuid.UUID, kept: uuid.UUID, going: uuid.UUID | None = None) -> dict[str, list[Object]]:
    """As they are now. Nobody can change them until the transaction ends; but point at them, unless it is the one that is `going`."""
    for pk in sorted((gone, kept)):
        if not Entity.objects.select_for_update(of=("self",), no_key=pk != going).filter(pk=pk).values_list("pk", flat=True):
            raise Invalid("One of them no longer exists.")
    return stored(gone, kept)


def save(steps: list[Step], corpus: Corpus, user: User) -> None:
    """Entities and relations belong to no assignment."""
    out = Statements()
    nowhere = WriteContext(Assignment(document=Document(corpus=corpus)), user, 0, timezone.now(), out=out)
    for kind, module in (("entity", entity), ("relation", relation)):
        own = [(before, after) for name, before, after in steps if name == kind]
        module.insert([after for before, after in own if before is None and after], nowhere)
        changed = [after for before, after in own if before and after]
        module.replace(changed, nowhere)
        if kind == "entity":
            entity.replace_links(changed, nowhere)
        out.send()
        if kind == "entity":
            follow_links([after["id"] for after in changed])
    for kind, module in (("relation", relation), ("entity", entity)):
        module.remove([before["id"] for name, before, after in steps if name == kind and before and after is None])
