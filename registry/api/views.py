"""Entities and measures, to be read. They are written through changes and in the admin."""

from __future__ import annotations

from django.db.models import Prefetch
from rest_framework.request import Request
from rest_framework.response import Response

from corpus.api.resource import Resource
from registry.api.filters import BaseEntityFilter, EntityFilter, MeasureFilter
from registry.api.serializers import BaseEntityShape, EntityShape, MeasureShape
from registry.models import BaseEntity, Entity, Measure, Paragraph


class Entities(Resource):
    queryset = Entity.objects.all()
    serializer_class = EntityShape
    filterset_class = EntityFilter
    orders = {"id": ("id",), "name": ("name", "id")}

    def list(self, request: Request) -> Response:
        """Who and what the marks of your corpora mean."""
        return self.listed(Entity.objects.for_user(request.user).whole().select_related("corpus"))


class BaseEntities(Resource):
    queryset = BaseEntity.objects.all()
    serializer_class = BaseEntityShape
    filterset_class = BaseEntityFilter
    orders = {"code": ("code",), "name": ("name", "code")}

    def list(self, request: Request) -> Response:
        """Countries, international bodies, outlets and state organs that entities of any corpus may be the same as."""
        return self.listed(BaseEntity.objects.prefetch_related("names"))


SIGNED = Paragraph.objects.select_related("number_verified_by", "content_verified_by")


class Measures(Resource):
    queryset = Measure.objects.all()
    serializer_class = MeasureShape
    filterset_class = MeasureFilter
    orders = {"code": ("code",), "adopted": ("adopted", "id")}

    def list(self, request: Request) -> Response:
        """Resolutions, laws and programmes. They are public, and the same for everybody."""
        return self.listed(Measure.objects.select_related("adopted_verified_by").prefetch_related(Prefetch("paragraphs", SIGNED)))
