"""A copy of all that is stored about oneself."""

from __future__ import annotations

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.renderers import JSONRenderer

from annotations.api.downloads import ZIP, AnyFile
from annotations.models import Assignment
from annotations.queries.own_data import own_data
from corpus.api.request import Request
from corpus.api.resource import Resource
from corpus.models import Token


class OwnData(Resource):
    queryset = Assignment.objects.none()
    renderer_classes = [AnyFile, JSONRenderer]
    throttle_scope = "export"
    scopes = {"retrieve": Token.Scope.EXPORT}

    @extend_schema(parameters=[OpenApiParameter("format", exclude=True)], responses={(200, ZIP): OpenApiTypes.BINARY})
    def retrieve(self, request: Request) -> StreamingHttpResponse:
        """A ZIP of JSON: your account, memberships, readings, changes, posts, decisions, rulings, results, tallies, notices and mails. Needs the scope export.

        Of corpora that you have left there are the dates of your readings alone.
        """
        disposition = {"Content-Disposition": 'attachment; filename="my-data.zip"'}
        return StreamingHttpResponse(own_data(request.user), content_type=ZIP, headers=disposition)
