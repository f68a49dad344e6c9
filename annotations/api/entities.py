"""Entities beside the text: proposals for the words of a mark, and one entity with what it leads to."""

from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from annotations.api.shapes import NativeEntity, NativeRelation
from annotations.documents.related_entities import neighbourhood
from annotations.queries.entity_candidates import MATCHES, MOST, asking, proposals
from annotations.queries.entity_graph import scheme_of
from annotations.queries.shared_candidates import shared_proposals
from annotations.queries.sounding_alike import sounding_alike
from annotations.queries.withheld_entities import withheld_from
from corpus.api.request import Request
from corpus.api.resource import InCorpus, Resource
from corpus.api.shape import Shape
from corpus.models import Corpus
from registry.api.serializers import IdentifierShape
from registry.models import Entity

LONGEST, MOST_TYPES = 200, 50


class EntityProposalShape(Shape):
    """An entity that matches the words, with the matching name."""

    match = serializers.ChoiceField(
        choices=MATCHES, help_text="exact: the same name; similar: a similar spelling; sounds: alike in sound."
    )
    matched = serializers.CharField(help_text="The matching name.")
    kind = serializers.CharField(allow_null=True, help_text="Kind of that name; null: not stated.")
    unnamed = serializers.BooleanField(help_text="An unnamed individual: never matched across articles automatically.")
    entity = NativeEntity()

    class Meta:
        ref_name = "EntityProposal"


class SharedProposalShape(Shape):
    """An entry of the shared register that matches the words and that no entity of the corpus is linked to."""

    match = serializers.ChoiceField(choices=MATCHES)
    matched = serializers.CharField(help_text="The matching name.")
    kind = serializers.CharField(help_text="Kind of that name.")
    code = serializers.CharField(help_text="Value for `same_as` of an entity.")
    type = serializers.CharField()
    name = serializers.CharField()
    countries = serializers.ListField(child=serializers.CharField())
    identifiers = IdentifierShape(many=True)
    source = serializers.CharField()
    licence = serializers.CharField()
    known = NativeEntity(allow_null=True, help_text="Entity of the corpus with the same name and type, not linked yet.")

    class Meta:
        ref_name = "SharedProposal"


class ProposalsShape(Shape):
    results = EntityProposalShape(many=True)
    shared = SharedProposalShape(many=True)

    class Meta:
        ref_name = "EntityProposals"


class NeighbourhoodShape(Shape):
    """The entity and the entities related to it, with their relations."""

    entities = NativeEntity(many=True)
    relations = NativeRelation(many=True)

    class Meta:
        ref_name = "EntityWithRelations"


class Proposals(InCorpus):
    serializer_class = ProposalsShape
    queryset = Entity.objects.none()
    parameters = {"retrieve": ("q", "type", "unnamed", "same")}

    @extend_schema(
        parameters=[
            OpenApiParameter("q", str, description="Words of a text, or the beginning of a name; at most 200 characters."),
            OpenApiParameter("type", str, description="Entity types (codes of actor labels), separated by commas. Default: any."),
            OpenApiParameter("unnamed", str, enum=["yes"], description="Include unnamed entities, such as a local source."),
            OpenApiParameter("same", str, enum=["yes"], description="Only this name, ignoring case, punctuation and legal form."),
        ],
        responses=ProposalsShape,
    )
    def retrieve(self, request: Request, slug: str) -> Response:
        """At most 20 entities of a corpus that match the words, best first, and entries of the shared register.

        Case, articles and the form of quotation marks do not count; other names do, also those of a linked entry of the shared register.
        Entities that are known only from other annotations of a text that you are annotating are withheld until you have submitted yours.
        """
        words, types = search_terms(request)
        corpus = get_object_or_404(asking(Corpus.objects.for_user(request.user), words), slug=slug)
        unnamed, same = (request.query_params.get(name) == "yes" for name in ("unnamed", "same"))
        withheld = withheld_from(request.user, corpus)
        own = proposals(corpus, types, withheld, unnamed=unnamed, same=same)
        if same:
            return Response({"results": [each.native() for each in own], "shared": []})
        sounding = sounding_alike(corpus, types, {each.entity["id"] for each in own} | set(map(str, withheld.entities)))
        shared = shared_proposals(corpus, types, withheld)
        results = [each.native() for each in [*own[: MOST - len(sounding)], *sounding]]
        return Response({"results": results, "shared": [each.native() for each in shared]})


def search_terms(request: Request) -> tuple[str, list[str]]:
    """Raises ValidationError for what no name can hold."""
    words, types = request.query_params.get("q", ""), request.query_params.get("type", "")
    if len(words) > LONGEST or not storable(words):
        raise ValidationError({"q": f"should be text of at most {LONGEST} characters"})
    codes = [code for code in types.split(",") if code]
    if len(codes) > MOST_TYPES or not storable(types):
        raise ValidationError({"type": "should be codes of actor labels, separated by commas"})
    return words, codes


def storable(words: str) -> bool:
    """Neither NUL nor half of a surrogate pair, which the database cannot hold."""
    return not any(sign == "\x00" or "\ud800" <= sign <= "\udfff" for sign in words)


class OneEntity(Resource):
    serializer_class = NeighbourhoodShape
    queryset = Entity.objects.all()

    @extend_schema(responses=NeighbourhoodShape)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        """One entity with its relations and the related entities."""
        entity = get_object_or_404(Entity.objects.for_user(request.user).select_related("corpus"), pk=pk)
        neighbours = neighbourhood(entity, scheme_of(entity.corpus))
        hidden = set(map(str, withheld_from(request.user, entity.corpus).entities))
        entities = [record for record in neighbours["entity"] if record["id"] not in hidden]
        relations = [record for record in neighbours["relation"] if hidden.isdisjoint((record["source"], record["target"]))]
        return Response({"entities": sorted(entities, key=lambda record: record["id"] != str(pk)), "relations": relations})
