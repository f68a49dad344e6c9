"""What a person may still see of rows that are no longer in an answer: the objects that their keys name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from annotations.models import Span
from questions.coreference.linked import events_in_short
from registry.models import Entity

Object = dict[str, Any]
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def remains(keys: Iterable[str], user: Any) -> dict[str, list[Object]]:
    """By key, the events, marks and entities that it names. None of what was deleted, or what the person may not see."""
    named = {key: [UUID(pk) for pk in ID.findall(key)] for key in keys}
    ids = {pk for each in named.values() for pk in each}
    objects = events(ids, user) | marks(ids, user) | entities(ids, user) if ids else {}
    return {key: [objects[pk] for pk in each if pk in objects] for key, each in named.items()}


def events(ids: set[UUID], user: Any) -> dict[UUID, Object]:
    return {
        event["event"]: {
            "kind": "event",
            "id": event["event"],
            "code": event["type"],
            "text": " … ".join(event["triggers"]),
            "title": event["title"],
            "href": event["href"],
        }
        for event in events_in_short(ids, user)
    }


def marks(ids: set[UUID], user: Any) -> dict[UUID, Object]:
    rows = Span.objects.for_user(user).filter(pk__in=ids).select_related("label", "assignment__document__article")
    return {
        mark.pk: {
            "kind": "mark",
            "id": mark.pk,
            "code": mark.label.code,
            "text": mark.quote,
            "title": mark.assignment.document.article.title,
            "href": f"/annotate/{mark.assignment_id}/#mark={mark.pk}",
        }
        for mark in rows
    }


def entities(ids: set[UUID], user: Any) -> dict[UUID, Object]:
    rows = Entity.objects.for_user(user).filter(pk__in=ids).only("name", "type")
    return {
        entity.pk: {
            "kind": "entity",
            "id": entity.pk,
            "code": entity.type,
            "text": entity.name,
            "title": "",
            "href": entity.get_absolute_url(),
        }
        for entity in rows
    }
