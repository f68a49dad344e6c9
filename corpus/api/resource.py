"""What all resources share: who may ask, for what, in which shape the answer comes.

A method of a resource is four moves: find what the person may see, validate, one verb, present.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.cache import patch_vary_headers
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.http import conditional_page
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.permissions import SAFE_METHODS, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.schemas.inspectors import ViewInspector
from rest_framework.viewsets import GenericViewSet

from corpus.api.filters import refuse_others
from corpus.api.pagination import Keyset, chosen_fields
from corpus.api.permissions import InScope
from corpus.api.request import Request as PersonsRequest
from corpus.api.throttles import Strangers
from corpus.models import Corpus, Token


class Described(ViewInspector):
    """Keeps what `extend_schema` says of a view. The package that reads it costs a start 65 ms, so `openapi` brings it."""

    method_mapping = {"get": "retrieve", "post": "create", "put": "update", "patch": "partial_update", "delete": "destroy"}


class ByAcceptHeader(DefaultContentNegotiation):
    """`format` is a parameter of exports, so it does not choose the renderer."""

    settings: Any = SimpleNamespace(URL_FORMAT_OVERRIDE=None)


# ETag of every answer to GET and 304 where the client has it: after the look-up, so never for a stranger.
@method_decorator(conditional_page, name="dispatch")
class Resource(GenericViewSet[Any]):
    """`parameters`: those of an action beyond its filters and pages. `scopes`: by action, where the
    method does not tell it. `orders`: name → sort keys, ending in a unique one."""

    permission_classes = [IsAuthenticated, InScope]
    content_negotiation_class = ByAcceptHeader
    filter_backends = [DjangoFilterBackend]
    pagination_class: type[Keyset] | None = Keyset
    metadata_class = None
    lookup_field = "pk"

    request: PersonsRequest
    parameters: dict[str, tuple[str, ...]] = {}
    scopes: dict[str, str] = {}
    orders: dict[str, tuple[str, ...]] = {"id": ("id",)}

    def scope(self) -> str:
        reading = self.request.method in SAFE_METHODS
        return self.scopes.get(self.action, Token.Scope.READ if reading else Token.Scope.ANNOTATE)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_others(request, self.allowed_parameters())

    def perform_authentication(self, request: Request) -> None:
        try:
            super().perform_authentication(request)
        except AuthenticationFailed:
            limit = Strangers()
            if not limit.allow_request(request, self):
                raise Throttled(limit.wait()) from None
            raise

    def allowed_parameters(self) -> set[str]:
        allowed = set(self.parameters.get(self.action, ()))
        if self.action == "list":
            filters = getattr(self, "filterset_class", None)
            allowed |= set(filters.base_filters if filters else ()) | set(Keyset.parameters)
        return allowed

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        # A browser may keep an answer only to ask whether it still holds, and errors not even for that.
        kept = "private, no-cache" if response.status_code < 300 else "private, no-store"
        response.setdefault("Cache-Control", kept)
        patch_vary_headers(response, ("Authorization", "Cookie"))
        return response

    def listed(self, rows: Any) -> Response:
        """A page of what the filters leave of `rows`, with the fields that were asked for."""
        shape: Any = self.get_serializer()
        names = chosen_fields(self.request, shape.fields)
        data = self.presented(self.get_serializer(self.page_of(rows), many=True).data)
        return self.get_paginated_response([{name: row[name] for name in names} for row in data] if names else data)

    def page_of(self, rows: Any) -> list[Any]:
        """The rows of the page; a list of which a row is more than its columns completes it here."""
        return self.paginate_queryset(self.filter_queryset(rows)) or []

    def presented(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The rows as they go out; a list whose parameters change their form says so here."""
        return rows


class InCorpus(Resource):
    """A resource under /corpora/{slug}/."""

    @cached_property
    def corpus(self) -> Corpus:
        return get_object_or_404(Corpus.objects.for_user(self.request.user), slug=self.kwargs["slug"])
