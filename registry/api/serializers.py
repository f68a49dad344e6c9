"""Shapes of entities and measures, as the native format has them."""

from __future__ import annotations

from rest_framework import serializers

from corpus.api.rows import OrNull
from registry.models import Entity, EntityIdentifier, ListLink, Measure, Paragraph


class IdentifierShape(serializers.ModelSerializer[EntityIdentifier]):
    class Meta:
        model = EntityIdentifier
        fields = ["scheme", "value"]
        ref_name = "Identifier"


class ListLinkShape(serializers.ModelSerializer[ListLink]):
    """A person's judgement whether an entity is an entry of a sanctions list."""

    reviewer = serializers.CharField(source="reviewer.username", allow_null=True, default=None)
    said_by = OrNull(help_text="Who decided, as a loaded file says it; the reviewer is who loaded it.")
    note = OrNull()

    class Meta:
        model = ListLink
        fields = ["list", "entry", "match", "list_version", "reviewer", "said_by", "note"]
        ref_name = "ListLink"


class EntityShape(serializers.ModelSerializer[Entity]):
    key = OrNull(help_text="Id in the imported file.")
    corpus = serializers.CharField(source="corpus.slug")
    aliases = serializers.SlugRelatedField("name", many=True, read_only=True, source="names")
    countries = serializers.ListField(child=serializers.CharField(), help_text="ISO 3166-1 alpha-2.")
    reference = OrNull(help_text="specific or generic; null: unanswered.")
    identifiers = IdentifierShape(many=True)
    list_links = ListLinkShape(many=True)
    note = OrNull()

    class Meta:
        model = Entity
        fields = [
            "id", "key", "corpus", "type", "name", "aliases", "countries", "reference", "anonymous",
            "identifiers", "list_links", "screening", "note", "revision",
        ]  # fmt: skip
        ref_name = "Entity"


class ParagraphShape(serializers.ModelSerializer[Paragraph]):
    """What one paragraph of a measure requires."""

    paragraph = serializers.CharField(source="number")
    report_dates = serializers.ListField(child=serializers.DateField())

    class Meta:
        model = Paragraph
        fields = ["paragraph", "topic", "effect", "summary", "deadline", "report_dates"]
        ref_name = "Paragraph"


class MeasureShape(serializers.ModelSerializer[Measure]):
    aliases = serializers.ListField(child=serializers.CharField())
    provisions = ParagraphShape(many=True, source="paragraphs")

    class Meta:
        model = Measure
        fields = ["id", "code", "symbol", "issuer", "adopted", "regime", "aliases", "provisions"]
        ref_name = "Measure"
