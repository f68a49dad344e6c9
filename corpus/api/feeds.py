"""Subscriptions to feeds."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from corpus.api.parsers import refuse_body
from corpus.api.permissions import require
from corpus.api.resource import InCorpus
from corpus.api.rows import OrNull, Row
from corpus.api.serializers import Strict
from corpus.intake.feeds import adjust, look_now, subscribe
from corpus.intake.fetch import checked
from corpus.intake.limits import FetchError
from corpus.models import Feed, Membership


class FeedRow(Row):
    id = serializers.IntegerField()
    url = serializers.CharField()
    title = OrNull()
    with_pages = serializers.BooleanField(help_text="Whether the page of each new entry is fetched.")
    other_sites = serializers.BooleanField(help_text="Whether pages on other sites are fetched too.")
    minutes = serializers.IntegerField(help_text="Minutes between two refreshes.")
    is_active = serializers.BooleanField(help_text="false: paused.")
    asked = serializers.DateTimeField(allow_null=True, help_text="Time of the last refresh.")
    due = serializers.DateTimeField(help_text="Time of the next refresh.")
    failures = serializers.IntegerField(help_text="Consecutive failures.")
    problem = OrNull(help_text="Error of the last refresh.")
    left_over = serializers.IntegerField(help_text="New entries left for the next refresh; one refresh takes at most 100.")
    elsewhere = serializers.IntegerField(
        help_text="New entries of the last refresh that link to other sites and were not fetched."
    )

    class Meta:
        ref_name = "Feed"


class NewFeed(Strict):
    url = serializers.CharField(max_length=2000)
    minutes = serializers.IntegerField(default=60, min_value=5, max_value=10_080)
    with_pages = serializers.BooleanField(default=True)
    other_sites = serializers.BooleanField(default=False, help_text="Also fetch pages on other sites that the feed links to.")

    def validate_url(self, url: str) -> str:
        try:
            checked(url)
        except FetchError as error:
            raise serializers.ValidationError(str(error)) from error
        return url

    class Meta:
        ref_name = "NewFeed"


class FeedChange(Strict):
    """What is left out stays as it is."""

    is_active = serializers.BooleanField(required=False, help_text="false: pause. true: resume now.")
    minutes = serializers.IntegerField(required=False, min_value=5, max_value=10_080)
    with_pages = serializers.BooleanField(required=False)
    other_sites = serializers.BooleanField(required=False)

    class Meta:
        ref_name = "FeedChange"


class Feeds(InCorpus):
    """Subscriptions to feeds."""

    queryset = Feed.objects.all()
    serializer_class = FeedRow

    def rows(self) -> Any:
        return Feed.objects.for_user(self.request.user).filter(corpus=self.corpus)

    def list(self, request: Request, slug: str) -> Response:
        """What a corpus is subscribed to, and how the last look went."""
        return self.listed(self.rows().values(*FeedRow.columns()))

    @extend_schema(request=NewFeed, responses={201: FeedRow})
    def create(self, request: Request, slug: str) -> Response:
        """Subscribe to a feed: the worker looks within a minute. Needs the role manager."""
        require(self.corpus, request.user, Membership.Role.MANAGER)
        body = NewFeed(data=request.data)
        body.is_valid(raise_exception=True)
        return self.row_response(subscribe(self.corpus, user=request.user, **body.validated_data), status=201)

    @extend_schema(request=FeedChange, responses={200: FeedRow})
    def partial_update(self, request: Request, slug: str, pk: int) -> Response:
        """Pause or resume a subscription, change its interval, or choose which pages are fetched. Needs the role manager."""
        feed = self.managed(pk)
        body = FeedChange(data=request.data)
        body.is_valid(raise_exception=True)
        adjust(feed, **body.validated_data)
        return self.row_response(feed)

    @extend_schema(request=None, responses={202: FeedRow})
    def look(self, request: Request, slug: str, pk: int) -> Response:
        """Refresh the feed now, as soon as a worker is free. Needs the role manager."""
        feed = self.managed(pk)
        refuse_body(request)
        look_now(feed)
        return self.row_response(feed, status=202)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, slug: str, pk: int) -> Response:
        """End a subscription. Articles imported from it stay. Needs the role manager."""
        feed = self.managed(pk)
        refuse_body(request)
        feed.delete()
        return Response(status=204)

    def managed(self, pk: int) -> Feed:
        feed: Feed = get_object_or_404(self.rows(), pk=pk)
        require(self.corpus, self.request.user, Membership.Role.MANAGER)
        return feed

    def row_response(self, feed: Feed, status: int = 200) -> Response:
        return Response(FeedRow(self.rows().values(*FeedRow.columns()).get(pk=feed.pk)).data, status=status)
