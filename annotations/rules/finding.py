"""What a rule says: a code, how bad it is, and which objects it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotations.nativeview import Context, Object


@dataclass(frozen=True)
class Finding:
    """`detail` is one plain sentence; `objects` are ids; `values` are numbers for programs."""

    code: str
    level: str
    detail: str
    objects: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)


Rule = Callable[[Object, Context], Iterable[Finding]]
WholeRule = Callable[[Context], Iterable[Finding]]


def finding(context: Context, code: str, detail: str, *objects: str, level: str = "", **values: Any) -> Finding:
    """The scheme says how bad it is to break a rule, unless `level` does."""
    stated = level or context.scheme.constraints.get(code, "error")
    return Finding(code, stated, detail, objects, values)


def name_of(item: Object) -> str:
    """The id; links and relations of a file may have none."""
    known = item.get("id")
    return str(known or f"{item.get('source')} {item.get('type')} {item.get('target')}")
