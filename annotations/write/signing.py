"""What no change may say of an entity: links to lists and the state of screening are decided elsewhere, and signed there.

Both are read-only in a change: as they stand, or the change is refused (LST-01). A load of a file makes the decisions that
stand in it, signed by who loads it; `said_by` keeps the name in the file.
"""

from __future__ import annotations

from django.contrib.auth.models import User

from annotations.kinds.write_context import Object, WriteContext
from annotations.models import Change
from annotations.scheme.view import SchemeView
from annotations.write.errors import InUse, Invalid
from registry.models import Entity

CODE = "LST-01"
DECIDED = ("list_links", "screening")
NOT_SCREENED, NOT_APPLICABLE = Entity.Screening.NOT_SCREENED.value, Entity.Screening.NOT_APPLICABLE.value


def by_scheme(record: Object, scheme: SchemeView) -> str:
    """The state before anybody has looked: lists name no class, nobody unnamed, and only some types."""
    listable = not scheme.listable or record["type"] in scheme.listable
    is_one = not record.get("anonymous") and record.get("reference") != Entity.Reference.GENERIC
    return NOT_SCREENED if listable and is_one else NOT_APPLICABLE


def settled(record: Object, before: Object | None, sent: Object, context: WriteContext) -> Object:
    """`record`, which a change makes of `before`, with links and screening as they stand. Raises Invalid (LST-01)."""
    if context.loading:
        return loaded(record, context)
    if before is None:
        return as_new(record, context)
    if sent.get("list_links", before["list_links"]) != before["list_links"]:
        raise refused(record, "list_links are decided on the entity's page, or at entities/{id}/decisions/")
    state = before["screening"]
    if by_scheme(before, context.scheme) != by_scheme(record, context.scheme) and state in (NOT_SCREENED, NOT_APPLICABLE):
        state = by_scheme(record, context.scheme)
    if sent.get("screening", state) not in (before["screening"], state):
        raise refused(record, f"screening is {before['screening']!r} and is set by decisions")
    return record | {"list_links": before["list_links"], "screening": state}


def as_new(record: Object, context: WriteContext) -> Object:
    if record.get("list_links"):
        raise refused(record, "a new entity cannot have list_links: decide them at entities/{id}/decisions/")
    state = by_scheme(record, context.scheme)
    stated = record.get("screening", NOT_SCREENED)
    if stated not in (NOT_SCREENED, state):
        state = stated if stated == last_state(record["id"], context) else ""
    if not state:
        raise refused(record, f"screening {stated!r} is set by decisions: omit it")
    return record | {"list_links": [], "screening": state}


def last_state(pk: str, context: WriteContext) -> str:
    """Of an entity that was deleted, whose deletion is undone."""
    rows = Change.objects.filter(object_id=pk, kind="entity", op="delete", assignment__document__corpus=context.corpus_id)
    last = rows.order_by("-at", "-revision", "-position").first()
    return str(last.before["screening"]) if last and last.before else ""


def loaded(record: Object, context: WriteContext) -> Object:
    links = [link | signature(link, context.user) for link in record.get("list_links") or []]
    return record | ({"list_links": links} if links else {})


def signature(link: Object, user: User) -> Object:
    return {"reviewer": user.get_username(), "said_by": link.get("said_by") or link.get("reviewer")}


def check_deletion(record: Object) -> None:
    """Raises InUse: what was decided about it would hang in the air."""
    if record["list_links"]:
        detail = "it has links to sanctions lists: merge it into another entity, or withdraw the links first"
        raise InUse("The object is still in use.", [{"object": record["id"], "code": InUse.code, "detail": detail}])


def refused(record: Object, detail: str) -> Invalid:
    error = {"object": record["id"], "key": record.get("key", ""), "code": CODE, "detail": detail}
    return Invalid("Decisions about sanctions lists cannot be made by a change.", [error])
