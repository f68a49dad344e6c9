"""What the schemes say of roles, as rows for the statement that makes entries."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any

from annotations.models import Scheme
from annotations.schemes.stored import compiled
from corpus.db.compiled_queries import Repeated
from corpus.db.round_trip import Rows, round_trip

# What a role of an event type may be: where it happens; the people by whose workplace it has a place; who acts; on whom.
Roles = list[dict[str, Any]]


VERSIONS = Repeated(lambda: Scheme.objects.order_by("pk").only("loaded"))


def scheme_roles(versions: Rows | None = None) -> Roles:
    """A row for each role of each event type of all schemes, by the keys of the rows of label and role. `versions`: the rows of VERSIONS,
    where it was sent with others."""
    schemes = VERSIONS.all_made(round_trip([VERSIONS.statement()])[0] if versions is None else versions)
    return [row for scheme in schemes for row in _roles(scheme.pk, scheme.loaded)]


@lru_cache(maxsize=16)
def _roles(pk: int, loaded: datetime) -> Roles:
    scheme = compiled(Scheme.objects.only("loaded").get(pk=pk))
    view = scheme.view
    places = view.places
    people = (places.get("people") or {}).get("roles") or []
    labels = {code: key for (layer, code), key in scheme.labels.items() if view.kind(layer) == "event"}
    rows = []
    for (label, role), key in scheme.roles.items():
        acts = view.acts.get(label) or {}
        is_place = role in places["roles"] and role not in (places.get("not") or {}).get(label, [])
        flags = {
            "is_place": is_place,
            "is_people": role in people,
            "is_actor": role == acts.get("from"),
            "is_acted": role == acts.get("to"),
        }
        if label in labels and any(flags.values()):
            rows.append({"label": labels[label], "role": key, **flags})
    return rows
