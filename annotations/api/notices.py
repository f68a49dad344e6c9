"""One's own notices."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from annotations.models import Notice
from corpus.api.request import Request
from corpus.api.resource import Resource
from corpus.api.rows import Row
from corpus.api.serializers import Strict


class NoticeRow(Row):
    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=Notice.Kind.choices)
    corpus = serializers.CharField(source="corpus__slug")
    assignment = serializers.UUIDField(source="assignment_id", allow_null=True)
    thread = serializers.UUIDField(source="thread_id", allow_null=True)
    guideline = serializers.IntegerField(source="guideline_id", allow_null=True)
    article = serializers.UUIDField(source="article_id", allow_null=True)
    plan = serializers.IntegerField(source="plan_id", allow_null=True)
    number = serializers.IntegerField(allow_null=True, help_text="Articles that were assigned, or differences from the gold.")
    at = serializers.DateTimeField()
    read = serializers.DateTimeField(allow_null=True)

    class Meta:
        ref_name = "Notice"


class NoticeShape(Strict):
    read = serializers.BooleanField(help_text="true: what is read does not become unread again.")

    class Meta:
        ref_name = "NoticeRead"


class Notices(Resource):
    queryset = Notice.objects.all()
    serializer_class = NoticeRow
    orders = {"-at": ("-at", "-id")}
    parameters = {"list": ("read", "kind")}

    @extend_schema(
        parameters=[
            OpenApiParameter("read", bool, description="Default: both."),
            OpenApiParameter("kind", str, enum=Notice.Kind.values, description="Default: all."),
        ]
    )
    def list(self, request: Request) -> Response:
        """Your own notices, newest first. Read ones are deleted after 90 days."""
        rows = Notice.objects.for_user(request.user)
        read, kind = (request.query_params.get(name) for name in ("read", "kind"))
        if read is not None:
            if read not in ("true", "false"):
                raise ValidationError({"read": "should be true or false"})
            rows = rows.filter(read__isnull=read == "false")
        if kind is not None:
            if kind not in Notice.Kind.values:
                raise ValidationError({"kind": f"should be one of {', '.join(Notice.Kind.values)}"})
            rows = rows.filter(kind=kind)
        return self.listed(rows.values(*NoticeRow.columns()))

    @extend_schema(request=NoticeShape, responses=NoticeRow)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Mark one of your notices as read. Safe to repeat."""
        notice = get_object_or_404(Notice.objects.for_user(request.user), pk=pk)
        body = NoticeShape(data=request.data)
        body.is_valid(raise_exception=True)
        if not body.validated_data["read"]:
            raise ValidationError({"read": "should be true"})
        Notice.objects.filter(pk=notice.pk, read=None).update(read=timezone.now())
        return Response(notice_row(notice.pk))


def notice_row(pk: int) -> dict[str, Any]:
    row = Notice.objects.filter(pk=pk).values(*NoticeRow.columns()).get()
    return dict(NoticeRow(row).data)
