"""What a rule may ask about the assignment in which an object stands.

Objects are in the native JSON shape. Answers about other objects may be None: a rule leaves it to
others to complain of a reference that leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from annotations.scheme.view import SchemeView

Object = dict[str, Any]


class Context(Protocol):
    """An assignment: as it will be (a write) or as it is (a check)."""

    @property
    def text(self) -> str: ...
    @property
    def scheme(self) -> SchemeView: ...
    @property
    def segments(self) -> Sequence[Mapping[str, Any]]: ...
    @property
    def zones(self) -> Sequence[Mapping[str, Any]]: ...
    @property
    def published_latest(self) -> date | None: ...
    @property
    def language(self) -> str: ...

    def span(self, pk: str | None) -> Object | None: ...
    def event(self, pk: str | None) -> Object | None: ...
    def citation(self, pk: str | None) -> Object | None: ...
    def claim(self, pk: str | None) -> Object | None: ...
    def entity(self, pk: str | None) -> Object | None: ...
    def measure(self, code: str | None) -> Object | None: ...
    def has_base_entity(self, code: str) -> bool: ...
    def entity_same_as(self, code: str) -> Object | None: ...
    def causes(self, pk: str) -> Iterable[str]: ...

    def spans(self) -> Iterable[Object]: ...
    def events(self) -> Iterable[Object]: ...
    def claims(self) -> Iterable[Object]: ...
    def citations(self) -> Iterable[Object]: ...
    def links(self) -> Iterable[Object]: ...
    def relations(self) -> Iterable[Object]: ...


class NativeContext:
    """Answers from a native document, whatever its ids look like ("A01" or UUIDs)."""

    def __init__(self, doc: Mapping[str, Any], text: str, scheme: SchemeView) -> None:
        self.doc = doc
        self.text = text
        self.scheme = scheme

    def _list(self, key: str) -> list[Object]:
        return list(self.doc.get(key) or [])

    def _by_id(self, key: str) -> dict[str, Object]:
        return {record["id"]: record for record in self._list(key)}

    @property
    def segments(self) -> list[Object]:
        return self._list("segments")

    @property
    def zones(self) -> list[Object]:
        return self._list("zones")

    @property
    def language(self) -> str:
        return (self.doc.get("document") or {}).get("language") or "en"

    @cached_property
    def published_latest(self) -> date | None:
        latest = ((self.doc.get("document") or {}).get("published") or {}).get("latest")
        return date.fromisoformat(latest) if latest else None

    @cached_property
    def _spans(self) -> dict[str, Object]:
        return self._by_id("mentions")

    @cached_property
    def _events(self) -> dict[str, Object]:
        return self._by_id("events")

    @cached_property
    def _claims(self) -> dict[str, Object]:
        return self._by_id("attributions")

    @cached_property
    def _citations(self) -> dict[str, Object]:
        return self._by_id("measure_refs")

    @cached_property
    def _entities(self) -> dict[str, Object]:
        return self._by_id("entities")

    @cached_property
    def _measures(self) -> dict[str, Object]:
        return {measure["code"]: measure for measure in self.scheme.measures}

    def span(self, pk: str | None) -> Object | None:
        return self._spans.get(pk or "")

    def event(self, pk: str | None) -> Object | None:
        return self._events.get(pk or "")

    def claim(self, pk: str | None) -> Object | None:
        return self._claims.get(pk or "")

    def citation(self, pk: str | None) -> Object | None:
        return self._citations.get(pk or "")

    @cached_property
    def events_in_order(self) -> list[Object]:
        """By their first triggers; those without any come last."""
        starts: dict[str, int] = {}
        for mark in self.spans():
            if mark.get("event"):
                start = mark["fragments"][0]["start"]
                starts[mark["event"]] = min(start, starts.get(mark["event"], start))
        return sorted(self.events(), key=lambda event: (event["id"] not in starts, starts.get(event["id"], 0), event["id"]))

    def has_base_entity(self, code: str) -> bool:
        """A document alone does not tell what the shared register has."""
        return True

    def entity_same_as(self, code: str) -> Object | None:
        return next((record for record in self._list("entities") if record.get("same_as") == code), None)

    def entity(self, pk: str | None) -> Object | None:
        return self._entities.get(pk or "")

    def measure(self, code: str | None) -> Object | None:
        return self._measures.get(code or "")

    def causes(self, pk: str) -> list[str]:
        event = self.event(pk) or {}
        arguments = event.get("arguments") or []
        return [x["event"] for x in arguments if x["role"] == "cause" and "event" in x]

    def spans(self) -> list[Object]:
        return list(self._spans.values())

    def events(self) -> list[Object]:
        return list(self._events.values())

    def claims(self) -> list[Object]:
        return list(self._claims.values())

    def citations(self) -> list[Object]:
        return list(self._citations.values())

    def entities(self) -> list[Object]:
        return list(self._entities.values())

    def links(self) -> list[Object]:
        return self._list("relations")

    def relations(self) -> list[Object]:
        return self._list("entity_relations")
