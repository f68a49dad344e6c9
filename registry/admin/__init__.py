"""The admin of what marks point at: entities, sanctions lists and measures."""

from registry.admin import entities, lists, measures, parts, relations

__all__ = ["entities", "lists", "measures", "parts", "relations"]
