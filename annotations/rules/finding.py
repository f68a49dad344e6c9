"""What a rule says: a code, how bad it is, and which objects it is about."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from annotations.native.view import Context, Object

MOST_NAMED = 20  # others with which one object is at odds: with n in one place there would be n² findings


@dataclasses.dataclass(frozen=True)
class Finding:
    """`detail` is one plain sentence; `objects` are ids; `values` are numbers for programs.

    `field` is the attribute or role of the first object that has to be mended, where it is one.
    """

    code: str
    level: str
    detail: str
    objects: tuple[str, ...] = ()
    values: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    field: str = ""

    def as_dict(self) -> dict[str, Any]:
        """As the API gives it."""
        return {
            "code": self.code,
            "level": self.level,
            "detail": self.detail,
            "objects": list(self.objects),
            "field": self.field,
            "values": dict(self.values),
        }


Rule = Callable[[Object, Context], Iterable[Finding]]
WholeRule = Callable[[Context], Iterable[Finding]]


def finding(context: Context, code: str, detail: str, *objects: str, level: str = "", at: str = "", **values: Any) -> Finding:
    """The scheme says how bad it is to break a rule, unless `level` does; `at` is the field."""
    stated = level or context.scheme.constraints.get(code, "error")
    return Finding(code, stated, detail, objects, values, at)


def name_of(record: Object) -> str:
    """The id; links and relations of a file may have none."""
    known = record.get("id")
    return str(known or f"{record.get('source')} {record.get('type')} {record.get('target')}")
