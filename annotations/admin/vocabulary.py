"""Tells the register which types of entities and relations there are: the scheme says it."""

from __future__ import annotations

from annotations.models import Label, Layer, Scheme
from registry.admin.entities import Choices, Vocabulary


def actor_labels() -> Choices:
    """Codes and names of the actor labels of every version, the newest name of each."""
    labels = Label.objects.filter(layer__kind=Layer.Kind.ACTOR).order_by("layer__scheme__loaded", "order")
    return list(dict(labels.values_list("code", "name")).items())


def entity_relations() -> Choices:
    types: dict[str, str] = {}
    for body in Scheme.objects.order_by("loaded").values_list("body", flat=True):
        relations = body.get("entity", {}).get("relations", [])
        types |= {entry["code"]: entry.get("name", entry["code"]) for entry in relations}
    return list(types.items())


Vocabulary.entity_types = staticmethod(actor_labels)
Vocabulary.relation_types = staticmethod(entity_relations)
