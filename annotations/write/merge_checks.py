"""What stands against a merge of entities of two types that may stand for each other: marks and roles that take only one of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotations.models import Argument, Scheme, Span
from annotations.rules.actors import exchangeable
from annotations.schemes.stored import compiled
from annotations.write.errors import Invalid
from registry.models import Entity


def check_marks(gone: Entity, kept: Entity) -> None:
    """Raises Invalid (ACT-01, EVT-02), with one line for each label and each role, however many marks there are."""
    errors = [
        {"object": str(gone.pk), "code": code, "detail": detail}
        for code, detail in [*of_marks(gone, kept), *of_roles(gone, kept)]
    ]
    if errors:
        raise Invalid("The changes break rules of the scheme.", errors)


def of_marks(gone: Entity, kept: Entity) -> Iterator[tuple[str, str]]:
    rows = Span.objects.filter(entity=gone).order_by().values_list("assignment__scheme", "label__code").distinct()
    for scheme, label in rows:
        if not exchangeable(label, kept.type, view(scheme)):
            yield "ACT-01", f"marks under {label} cannot mean {kept.name!r}, which is {kept.type}"


def of_roles(gone: Entity, kept: Entity) -> Iterator[tuple[str, str]]:
    rows = Argument.objects.filter(entity=gone).order_by()
    for scheme, event, code in rows.values_list("assignment__scheme", "event__label__code", "role__code").distinct():
        role = view(scheme).roles(event).get(code, {})
        if not any(takes(filler, kept.type) for filler in role.get("fillers", ())):
            yield "EVT-02", f"{code} of {event}: {kept.name!r}, which is {kept.type}, cannot fill it"


def takes(filler: Any, label: str) -> bool:
    labels = filler.get("labels")
    return filler["kind"] == "actor" and (labels == "ANY" or label in (labels or ()))


def view(scheme: int) -> Any:
    return compiled(Scheme.objects.defer("body").get(pk=scheme)).view
