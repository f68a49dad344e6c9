"""The admin of what marks point at: entities, the shared register, sanctions lists, measures and screening."""

from registry.admin import base, entities, lists, measures, parts, relations, screening

__all__ = ["base", "entities", "lists", "measures", "parts", "relations", "screening"]
