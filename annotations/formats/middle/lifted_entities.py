"""The entities that attributes of a file name: by id, or by type and name. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from annotations.formats.middle.flatten import ENTITY
from annotations.formats.middle.unique_ids import Names
from annotations.scheme.view import SchemeView

Object = dict[str, Any]


class LiftedEntities:
    def __init__(self, view: SchemeView, names: Names, lose: Callable[[str, str], None]) -> None:
        self.types = {layer["code"]: layer for layer in view.layers_of("actor")}
        self.known = {label["code"] for layer in self.types for label in view.labels(layer)}
        self.names, self.lose = names, lose
        self.by_key: dict[Any, Object] = {}

    def take(self, described: Any, owner: str, label: str | None) -> str | None:
        """Id of the entity that `described` describes: {"": id, "name": …, "type": …} or its id alone. `label` is its type
        where none is said. None, and counted, where it has no name or no type of the scheme."""
        fields = described if isinstance(described, dict) else {"": described}
        pk, name, kind = fields.get(""), fields.get("name"), fields.get("type") or label
        if not isinstance(name, str) or not name.strip() or kind not in self.known:
            self.lose("entities without a name or a type of the scheme", f"{owner} {pk or name}")
            return None
        key = str(pk) if pk is not None else (kind, name)
        body = self.by_key.get(key)
        if body is None:
            body = {"id": self.names.take(str(pk) if pk is not None else f"E-{name}"), "type": kind, "name": name}
            self.by_key[key] = body
        body |= {field: fields[field] for field in ENTITY if field in fields}
        return str(body["id"])

    def bodies(self) -> list[Object]:
        return list(self.by_key.values())
