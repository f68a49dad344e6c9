"""The admin of what marks point at: entities, the shared register, sanctions lists and measures."""

from registry.admin import base, entities, lists, measures, parts, relations

__all__ = ["base", "entities", "lists", "measures", "parts", "relations"]
