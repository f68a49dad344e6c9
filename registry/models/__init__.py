"""What marks point at: entities with their names and relations, legal measures."""

from registry.models.entities import (
    Decision,
    Entity,
    EntityIdentifier,
    EntityName,
    EntityQuerySet,
    ListLink,
    Relation,
)
from registry.models.measures import Measure, Paragraph, ParagraphEffect, RegisterSource

__all__ = [
    "Decision",
    "Entity",
    "EntityIdentifier",
    "EntityName",
    "EntityQuerySet",
    "ListLink",
    "Measure",
    "Paragraph",
    "ParagraphEffect",
    "RegisterSource",
    "Relation",
]
