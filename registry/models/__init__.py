"""What marks point at: entities with their names and relations, the shared register, legal measures."""

from registry.models.base import BaseEntity, BaseName
from registry.models.births import EntityBirth
from registry.models.entities import (
    Decision,
    Entity,
    EntityIdentifier,
    EntityName,
    EntityQuerySet,
    ListLink,
    Relation,
)
from registry.models.lists import (
    ListedName,
    ListedNameKey,
    ListEntry,
    ListFile,
    ListVersion,
    SanctionsList,
)
from registry.models.measures import Measure, Paragraph, ParagraphEffect, RegisterSource
from registry.models.screening import (
    EntityKeys,
    ListCandidate,
    Screened,
    ScreenedBy,
    ScreeningRun,
    SecondPersonRule,
)

__all__ = [
    "BaseEntity",
    "BaseName",
    "Decision",
    "Entity",
    "EntityBirth",
    "EntityIdentifier",
    "EntityKeys",
    "EntityName",
    "EntityQuerySet",
    "ListCandidate",
    "ListEntry",
    "ListFile",
    "ListLink",
    "ListVersion",
    "ListedName",
    "ListedNameKey",
    "Measure",
    "Paragraph",
    "ParagraphEffect",
    "RegisterSource",
    "Relation",
    "SanctionsList",
    "Screened",
    "ScreenedBy",
    "ScreeningRun",
    "SecondPersonRule",
]
