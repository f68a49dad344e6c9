"""Shapes of sanctions lists, their versions, entries and changes."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from corpus.api.rows import OrNull
from corpus.api.shape import Shape
from registry.list_versions.changes import EntryChange
from registry.lists.formats import FORMATS
from registry.models import ListedName, ListEntry, ListVersion, SanctionsList


class TextPairs(serializers.ListField):
    """Lists of two texts."""

    child = serializers.ListField(child=serializers.CharField(), min_length=2, max_length=2)


class SanctionsListShape(serializers.ModelSerializer[SanctionsList]):
    issuer = OrNull()
    corpus = serializers.CharField(source="corpus.slug", allow_null=True, default=None, help_text="null: public.")
    format = OrNull(help_text="null: recognised by content.")
    programmes = serializers.ListField(child=serializers.CharField(), help_text="Only entries of these are loaded; empty: all.")
    licence = OrNull()
    attribution = OrNull()
    address = OrNull()
    problem = OrNull(help_text="Error of the last refresh.")
    current = serializers.IntegerField(source="current_number", allow_null=True, help_text="Number of the current version.")
    held = serializers.IntegerField(allow_null=True, help_text="Number of a version to be confirmed or refused.")

    class Meta:
        model = SanctionsList
        fields = [
            "code", "name", "issuer", "corpus", "format", "programmes", "licence", "attribution", "address", "minutes",
            "is_active", "due", "asked", "failures", "problem", "current", "held",
        ]  # fmt: skip
        ref_name = "SanctionsList"


class ListVersionShape(serializers.ModelSerializer[ListVersion]):
    format = OrNull()
    published = serializers.DateField(allow_null=True, help_text="As the file says; null: not stated.")
    sha256 = serializers.CharField(source="file.sha256", help_text="SHA-256 of the file.")
    size = serializers.IntegerField(source="file.size", help_text="Bytes of the file.")
    file = OrNull(source="file.name", help_text="Name of the file.")
    address = OrNull(source="file.address", help_text="Address from which the file was fetched.")
    entries = serializers.IntegerField(source="entry_count")
    names = serializers.IntegerField(source="name_count")
    reasons = serializers.ListField(child=serializers.CharField(), help_text="Why it was held or refused.")
    losses = serializers.DictField(
        child=serializers.IntegerField(), help_text="What of the file was not read: path and how often."
    )
    decided_by = serializers.CharField(source="decided_by.username", allow_null=True, default=None)

    class Meta:
        model = ListVersion
        fields = [
            "number", "state", "format", "loader", "published", "loaded", "sha256", "size", "file", "address", "based_on",
            "entries", "names", "added", "removed", "changed", "respelled", "reasons", "losses", "decided_by", "decided_at",
        ]  # fmt: skip
        ref_name = "ListVersion"


class ListedNameShape(serializers.ModelSerializer[ListedName]):
    language = OrNull(help_text="ISO 639; null: not stated.")
    script = serializers.CharField(help_text="Worked out from the letters.")

    class Meta:
        model = ListedName
        fields = ["text", "kind", "language", "script"]
        ref_name = "ListedName"


class ListEntryShape(serializers.ModelSerializer[ListEntry]):
    names = ListedNameShape(many=True)
    programmes = serializers.ListField(child=serializers.CharField())
    listed_on = serializers.DateField(allow_null=True, help_text="null: not stated.")
    births = serializers.ListField(child=serializers.CharField(), help_text="EDTF")
    countries = serializers.ListField(child=serializers.CharField(), help_text="ISO 3166-1 alpha-2.")
    identifiers = TextPairs(help_text="Scheme and value.")
    references = TextPairs(help_text="List and reference of the same on other lists.")
    remarks = OrNull()
    first_version = serializers.IntegerField(source="versions.lower", help_text="First version in which it stood like this.")
    last_version = serializers.SerializerMethodField(help_text="Last version in which it stood like this.")

    class Meta:
        model = ListEntry
        fields = [
            "ref", "kind", "names", "programmes", "listed_on", "births", "countries", "identifiers", "references", "remarks",
            "first_version", "last_version", "digest",
        ]  # fmt: skip
        ref_name = "ListEntry"

    def get_last_version(self, row: ListEntry) -> int:
        return int(row.versions.upper) - 1


class EntryChangeShape(Shape):
    """What became of an entry from the version before to this one."""

    ref = serializers.CharField()
    change = serializers.ChoiceField(choices=["added", "removed", "changed", "respelled"])
    names_added = serializers.ListField(child=serializers.CharField())
    names_gone = serializers.ListField(child=serializers.CharField())
    respelled = TextPairs(help_text="Names before and after.")
    facts = serializers.ListField(child=serializers.CharField(), help_text="Facts that changed.")

    class Meta:
        ref_name = "EntryChange"


def entry_change(change: EntryChange) -> dict[str, Any]:
    return {
        "ref": change.after.ref,
        "change": "respelled" if change.only_respelled else "changed",
        "names_added": change.names_added,
        "names_gone": change.names_gone,
        "respelled": [list(pair) for pair in change.respelled],
        "facts": change.facts,
    }


def whole_entry(entry: ListEntry, kind: str) -> dict[str, Any]:
    """An entry that came or went, with all of its names."""
    names = [name.text for name in entry.names.all()]
    new, gone = (names, []) if kind == "added" else ([], names)
    return {"ref": entry.ref, "change": kind, "names_added": new, "names_gone": gone, "respelled": [], "facts": []}


class NewListFile(Shape):
    file = serializers.FileField()
    format = serializers.ChoiceField(choices=list(FORMATS), required=False, help_text="Left out: recognised by content.")

    class Meta:
        ref_name = "NewListFile"
