"""The admin of what marks point at: entities and measures."""

from registry.admin import entities, measures, parts, relations

__all__ = ["entities", "measures", "parts", "relations"]
