"""Shapes of entities and measures, as the native format has them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from corpus.api.rows import OrNull
from corpus.api.shape import Shape
from registry.models import BaseEntity, BaseName, Entity, EntityBirth, EntityIdentifier, EntityName, ListLink, Measure, Paragraph


class CodeList(serializers.ListField):
    child = serializers.CharField()


class References(CodeList):
    """Other paragraphs, as measure and number."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"help_text": "Measure and paragraph: UNSCR-2371 8", **options})


class IdentifierShape(serializers.ModelSerializer[EntityIdentifier]):
    class Meta:
        model = EntityIdentifier
        fields = ["scheme", "value"]
        ref_name = "Identifier"


class BirthShape(serializers.ModelSerializer[EntityBirth]):
    class Meta:
        model = EntityBirth
        fields = ["edtf", "words"]
        ref_name = "Birth"


class ListLinkShape(serializers.ModelSerializer[ListLink]):
    """A person's judgement whether an entity is an entry of a sanctions list."""

    reviewer = serializers.CharField(source="reviewer.username", allow_null=True, default=None)
    said_by = OrNull(help_text="Who decided, as a loaded file says it; the reviewer is who loaded it.")
    note = OrNull()

    class Meta:
        model = ListLink
        fields = ["list", "entry", "match", "list_version", "reviewer", "said_by", "note"]
        ref_name = "ListLink"


class NameShape(serializers.ModelSerializer[EntityName]):
    kind = OrNull(help_text="name, alias, former, adjective, demonym, abbreviation, transliteration, original; null: not stated.")
    script = serializers.CharField(help_text="Worked out from the letters.")

    class Meta:
        model = EntityName
        fields = ["name", "kind", "script"]
        ref_name = "EntityName"


class EntityShape(serializers.ModelSerializer[Entity]):
    key = OrNull(help_text="Id in the imported file.")
    corpus = serializers.CharField(source="corpus.slug")
    aliases: Any = serializers.SlugRelatedField("name", many=True, read_only=True, source="names")
    names = NameShape(many=True, help_text="The aliases with their kinds and scripts.")
    countries = serializers.ListField(child=serializers.CharField(), help_text="ISO 3166-1 alpha-2.")
    reference = OrNull(help_text="specific or generic; null: unanswered.")
    births = BirthShape(many=True, help_text="Dates of birth, each with the words of its source; none: not stated.")
    identifiers = IdentifierShape(many=True)
    same_as = serializers.CharField(
        source="same_as_id", allow_null=True, help_text="Entry of the shared register; null: nobody linked one."
    )
    list_links = ListLinkShape(many=True)
    note = OrNull()

    class Meta:
        model = Entity
        fields = [
            "id", "key", "corpus", "type", "name", "aliases", "names", "countries", "reference", "anonymous",
            "births", "identifiers", "same_as", "list_links", "screening", "note", "revision",
        ]  # fmt: skip
        ref_name = "Entity"


class BaseNameShape(serializers.ModelSerializer[BaseName]):
    language = OrNull(help_text="ISO 639-1; null: not stated.")
    script = serializers.CharField(help_text="Worked out from the letters.")

    class Meta:
        model = BaseName
        fields = ["name", "kind", "language", "script"]
        ref_name = "BaseName"


class BaseEntityShape(serializers.ModelSerializer[BaseEntity]):
    """An entry of the shared register, the same for every corpus."""

    countries = serializers.ListField(child=serializers.CharField(), help_text="ISO 3166-1 alpha-2.")
    identifiers = IdentifierShape(many=True)
    names = BaseNameShape(many=True)

    class Meta:
        model = BaseEntity
        fields = ["code", "type", "name", "countries", "identifiers", "names", "source", "licence"]
        ref_name = "BaseEntity"


class LimitShape(Shape):
    """An amount that a paragraph allows. `high`: amount and unit; `low_of`: several of these, the lower of which holds."""

    goods = serializers.CharField()
    high = serializers.ListField(child=serializers.CharField(), required=False)
    low_of = serializers.ListField(child=serializers.ListField(child=serializers.CharField()), required=False)
    period = serializers.CharField(required=False)
    to = serializers.DateField(required=False)
    replaced_by = serializers.CharField(required=False)
    roles = serializers.ListField(child=serializers.CharField(), required=False)
    exact_verified = serializers.BooleanField(required=False)

    def get_fields(self) -> dict[str, Any]:
        return super().get_fields() | {"from": serializers.DateField(required=False)}

    class Meta:
        ref_name = "Limit"


class ScopeShape(Shape):
    """Events that a paragraph is about: their type, their attributes, their goods."""

    label = serializers.CharField()
    where = serializers.DictField(child=serializers.ListField(child=serializers.CharField()), required=False)
    goods = serializers.ListField(child=serializers.CharField(), required=False)
    roles = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="A country of the measure fills one of these."
    )

    def get_fields(self) -> dict[str, Any]:
        return super().get_fields() | {"from": serializers.DateField(required=False)}

    class Meta:
        ref_name = "Scope"


class SignedBy(serializers.CharField):
    def __init__(self, column: str) -> None:
        super().__init__(
            source=f"{column}.username",
            allow_null=True,
            default=None,
            help_text="Who verified it; null: the loaded file, or nobody.",
        )


class ParagraphShape(serializers.ModelSerializer[Paragraph]):
    """What one paragraph of a measure requires."""

    paragraph = serializers.CharField(source="number")
    number_verified_by, content_verified_by = SignedBy("number_verified_by"), SignedBy("content_verified_by")
    number_verified_source = OrNull(help_text="The text that was read; null: not stated beside `evidence`.")
    content_verified_source = OrNull(help_text="The text that was read; null: not stated beside `evidence`.")
    report_dates = serializers.ListField(child=serializers.DateField())
    limits = LimitShape(many=True)
    applies_to = ScopeShape(many=True)
    replaces = References()
    replaced_by = References()
    tightened_by = References()
    hs = CodeList(help_text="Chapters or headings of the Harmonized System.")
    hs_verified = CodeList(help_text="Those of `hs` that a source names.")
    evidence = CodeList(help_text="Codes of the sources that were read.")

    class Meta:
        model = Paragraph
        fields = [
            "paragraph", "number_verified", "number_verified_by", "number_verified_on", "number_verified_source", "topic", "effect",
            "summary", "content_verified", "content_verified_by", "content_verified_on", "content_verified_source", "in_force_from", "in_force_to",
            "deadline", "deadline_verified", "report_dates", "exceptions", "limits", "applies_to", "hs", "hs_verified",
            "replaces", "replaced_by", "tightened_by", "note", "evidence",
        ]  # fmt: skip
        ref_name = "Paragraph"


class MeasureShape(serializers.ModelSerializer[Measure]):
    aliases = serializers.ListField(child=serializers.CharField())
    programmes = CodeList(help_text="Programmes of lists that belong to its regime, each after the format of its list: un DPRK.")
    countries = CodeList(help_text="Countries that it is about, ISO 3166-1 alpha-2.")
    evidence = CodeList(help_text="Codes of the sources that were read.")
    adopted_verified_by = SignedBy("adopted_verified_by")
    adopted_verified_source = OrNull(help_text="The text that was read; null: not stated beside `evidence`.")
    provisions = ParagraphShape(many=True, source="paragraphs")

    class Meta:
        model = Measure
        fields = [
            "id", "code", "symbol", "issuer", "kind", "adopted", "adopted_verified", "adopted_verified_by",
            "adopted_verified_on", "adopted_verified_source", "in_force_from", "in_force_to", "regime", "programmes", "countries", "aliases", "address", "note", "evidence", "provisions",
        ]  # fmt: skip
        ref_name = "Measure"
