"""The rest of a merge, or of its undoing, slice by slice: what the job does, and what it goes on with after it was killed.

Each slice is a transaction: its objects, their logs and how far the merge is. So nothing is moved twice, and a merge is finished
exactly when nothing points at the entity that goes and that entity is deleted, which is one transaction too.
"""

from __future__ import annotations

import time
from operator import attrgetter
from typing import Any, cast

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from annotations.documents.related_entities import symmetric
from annotations.models import Assignment, Merge
from annotations.queries.entity_graph import scheme_of
from annotations.write.merge_entities import AT_ONCE, defer, leave, save, stored, stored_locked, unlink
from annotations.write.moved import MovedObject, Slice, Step, fetch_rows, locked, pointing, to_undo
from corpus.jobs.heartbeat import got_on
from registry.joining import BLANK, carried, combined
from registry.models import Entity

SECONDS = 0.15  # that a slice may take: so long somebody who saves in one of its assignments may wait
FEWEST, MOST = 200, 2_000
AHEAD = 20_000  # objects that are looked up at once: each look passes over what has moved before
PAUSE = 0.005  # in which somebody who waits for an assignment gets it


def carry_out(pk: Any) -> None:
    """Until it is finished. The size of the slices follows what the machine can do meanwhile."""
    size, more, ahead = AT_ONCE // 2, True, list[MovedObject]()
    while more:
        began = time.perf_counter()
        more = carry_on(pk, size, ahead)
        took = time.perf_counter() - began
        size = int(min(MOST, max(FEWEST, size * min(2.0, SECONDS / took))))
        got_on()
        time.sleep(PAUSE)


@transaction.atomic
def carry_on(pk: Any, size: int, ahead: list[MovedObject]) -> bool:
    """One slice of so many objects; whether there is more. `ahead`: what is known to be next."""
    done = Merge.objects.select_for_update(of=("self",)).select_related("corpus", "user", "undone_by").filter(pk=pk).first()
    if done is None or done.is_finished:
        return False
    done.is_finished = back(done, size) if done.undone_at else forth(done, size, ahead)
    done.save(update_fields=["is_finished", "moved", "total", "before"])
    return not done.is_finished


def forth(done: Merge, size: int, ahead: list[MovedObject]) -> bool:
    """Whether it was the last one."""
    if len(ahead) < size:
        # Assignment by assignment: each that a slice touches has its own entries in the logs, beside those of its marks.
        ahead[:] = sorted(pointing(done.gone, AHEAD), key=attrgetter("assignment"))
    if len(ahead) <= size:
        return last(done, ahead)
    move(done, ahead[:size])
    del ahead[:size]
    return False


def move(done: Merge, moved_objects: list[MovedObject], *, is_back: bool = False) -> None:
    """With the entities as they are, so that pages and mirrors that learn of the marks know what they mean."""
    revisions = locked(moved_objects)
    names = [done.kept, *([done.gone] if is_back else [])]
    list(Entity.objects.raw("SELECT id FROM registry_entity WHERE id = ANY(%s) ORDER BY id FOR SHARE", [names]))
    shared = [("entity", record, record) for record in stored(*names)["entity"]]
    Slice(
        done, moved_objects, revisions, cast("User", done.undone_by) if is_back else done.user, back=is_back, shared=shared
    ).move()


def last(done: Merge, moved_objects: list[MovedObject]) -> bool:
    """Move what is left and delete the entity that goes; what people have said of it meanwhile, the other one gets."""
    if not Entity.objects.filter(pk=done.gone).exists():  # somebody has deleted it as soon as nothing pointed at it
        return True
    revisions = locked(moved_objects) or locked_last(done)
    was = stored_locked(done.gone, done.kept, going=done.gone)
    most = len(moved_objects) + MOST
    moved_objects = pointing(done.gone, most)
    own = [each for each in moved_objects if each.assignment in revisions]
    if len(own) == most or len(own) < len(moved_objects):  # somebody has marked it once more, just now
        Slice(done, own, {each.assignment: revisions[each.assignment] for each in own}, done.user).move()
        return False
    steps = changed_meanwhile(done, was)
    unlink(done.gone, done.before.get("same_as"))
    save(steps, done.corpus, done.user)
    Slice(done, own, revisions, done.user, shared=[*steps, leave(done, was)]).move()
    return True


def locked_last(done: Merge) -> dict[str, int]:
    """The assignment that has moved last, whose log says that the entity is gone where nothing is left to be moved."""
    pk = done.batches.order_by("-pk").values_list("assignment", flat=True).first()
    rows = Assignment.objects.select_for_update(of=("self",), no_key=True).filter(Q(pk=pk))
    return {str(pk): revision + 1 for pk, revision in rows.values_list("pk", "revision")}


def changed_meanwhile(done: Merge, was: Any) -> list[Step]:
    """Relations and facts of the one that goes since the merge began."""
    scheme, before = scheme_of(done.corpus), done.before
    later = carried(was["relation"], str(done.gone), str(done.kept), symmetric(scheme) if scheme else [])
    objects = {record["id"]: record for record in was["entity"]}
    gone, kept = objects[str(done.gone)], objects[str(done.kept)]
    steps: list[Step] = [("relation", *step) for step in later]
    linked = kept["same_as"] or gone["same_as"]
    if gone != BLANK | before["gone"]:
        added = gone if gone["note"] != before["gone"]["note"] else gone | {"note": None}  # else it would be there twice
        steps.append(("entity", kept, combined(kept, added) | {"same_as": linked}))
    handed_on = before.get("same_as") or (None if kept["same_as"] else gone["same_as"])
    done.before = before | {"gone": gone | {"same_as": None}, "same_as": handed_on, "relations": [*before["relations"], *later]}
    return steps


def back(done: Merge, size: int) -> bool:
    """Whether it was the last one."""
    moved_objects = to_undo(done, size)
    if not moved_objects or not Entity.objects.filter(pk=done.gone).exists():  # or somebody has deleted it
        return True
    move(done, moved_objects, is_back=True)
    return not done.batches.filter(is_undone=False).exists()


def defer_unfinished() -> None:
    """A job for each merge that has none."""
    with_job = {pk for (pk,) in fetch_rows(WITH_JOB, {})}
    for done in Merge.objects.unfinished():
        if str(done.pk) not in with_job:
            defer(done)


WITH_JOB = """SELECT args ->> 'merge' FROM procrastinate_jobs WHERE task_name = 'move_marks' AND status IN ('todo', 'doing')"""
