"""The admin of marks, which the change log alone writes, and of the scheme, which is edited here."""

from annotations.admin import (
    assignments,
    attributes,
    changes,
    claims,
    discussion,
    events,
    formatmappings,
    guidelines,
    labels,
    loads,
    merges,
    roles,
    schemes,
    sitelinks,
    spans,
    vocabulary,
)

__all__ = [
    "assignments",
    "attributes",
    "changes",
    "claims",
    "discussion",
    "events",
    "formatmappings",
    "guidelines",
    "labels",
    "loads",
    "merges",
    "roles",
    "schemes",
    "sitelinks",
    "spans",
    "vocabulary",
]
