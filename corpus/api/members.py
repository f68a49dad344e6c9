"""Members of a corpus: their roles, and what each can annotate."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from corpus.api.bounded import BoundedList
from corpus.api.parsers import refuse_body
from corpus.api.permissions import require
from corpus.api.problems import Problem, ProblemSerializer
from corpus.api.resource import InCorpus
from corpus.api.rows import Row
from corpus.api.serializers import Strict
from corpus.edits import members as edits
from corpus.edits.history import EditError
from corpus.intake.article_text import TAG
from corpus.models import Membership


class MemberRow(Row):
    id = serializers.IntegerField()
    user = serializers.CharField(source="user__username", help_text="User name.")
    role = serializers.ChoiceField(choices=Membership.Role.choices)
    languages = serializers.ListField(child=serializers.CharField(), help_text="Codes of BCP 47; empty: any.")
    capacity = serializers.IntegerField(allow_null=True, help_text="Characters a week; null: any number.")
    paused = serializers.BooleanField(help_text="true: is offered no articles.")
    created = serializers.DateTimeField()

    class Meta:
        ref_name = "Member"


class NewMember(Strict):
    user = serializers.CharField(max_length=150, help_text="User name of an account.")
    role = serializers.ChoiceField(choices=Membership.Role.choices)

    class Meta:
        ref_name = "NewMember"


class MemberChange(Strict):
    """What is left out stays as it is."""

    role = serializers.ChoiceField(required=False, choices=Membership.Role.choices)
    languages = BoundedList(
        required=False, max_length=20, child=serializers.CharField(max_length=35), help_text="Codes of BCP 47; empty: any."
    )
    capacity = serializers.IntegerField(
        required=False, allow_null=True, min_value=0, max_value=100_000_000, help_text="Characters a week; null: any number."
    )
    paused = serializers.BooleanField(required=False, help_text="true: is offered no articles.")

    def validate_languages(self, codes: list[str]) -> list[str]:
        if wrong := next((code for code in codes if not TAG.fullmatch(code)), None):
            raise serializers.ValidationError(f"“{wrong}” is not a language tag such as en, ko or zh-Hans.")
        return list(dict.fromkeys(codes))

    class Meta:
        ref_name = "MemberChange"


class Members(InCorpus):
    """Needs the role manager. Each change is in the history on the page of members."""

    queryset = Membership.objects.none()
    serializer_class = MemberRow
    orders = {"id": ("id",)}

    def rows(self) -> QuerySet[Membership]:
        require(self.corpus, self.request.user, Membership.Role.MANAGER)
        return Membership.objects.filter(corpus=self.corpus)

    def handle_exception(self, error: Exception) -> Response:
        """What is refused is a problem here."""
        return super().handle_exception(Problem("invalid", str(error), errors=[]) if isinstance(error, EditError) else error)

    def list(self, request: Request, slug: str) -> Response:
        """The members of a corpus; needs the role manager."""
        return self.listed(self.rows().values(*MemberRow.columns()))

    @extend_schema(request=NewMember, responses={201: MemberRow, 422: ProblemSerializer})
    def create(self, request: Request, slug: str) -> Response:
        """Add an account as a member; needs the role manager."""
        rows = self.rows()
        body = NewMember(data=request.data)
        body.is_valid(raise_exception=True)
        account = get_user_model().objects.filter(username=body.validated_data["user"], is_active=True).first()
        if account is None:
            raise serializers.ValidationError({"user": "No active account has this user name."})
        edits.add_member(self.corpus, account, body.validated_data["role"], request.user)
        return Response(MemberRow(rows.values(*MemberRow.columns()).get(user=account)).data, status=201)

    @extend_schema(request=MemberChange, responses={200: MemberRow, 422: ProblemSerializer})
    def partial_update(self, request: Request, slug: str, pk: int) -> Response:
        """Change the role of a member, their languages or capacity, pause or resume them; needs the role manager.

        422: the last active manager stays one.
        """
        member = get_object_or_404(self.rows().select_related("user"), pk=pk)
        body = MemberChange(data=request.data)
        body.is_valid(raise_exception=True)
        work = {name: value for name, value in body.validated_data.items() if name != "role"}
        with transaction.atomic():
            if "role" in body.validated_data:
                edits.change_role(self.corpus, member, body.validated_data["role"], request.user)
            if work:
                edits.change_work(self.corpus, member, work, request.user)
        return Response(MemberRow(Membership.objects.values(*MemberRow.columns()).get(pk=pk)).data)

    @extend_schema(responses={204: None, 422: ProblemSerializer})
    def destroy(self, request: Request, slug: str, pk: int) -> Response:
        """End a membership; needs the role manager. The account and its annotations stay. 422: the last active manager stays."""
        member = get_object_or_404(self.rows().select_related("user"), pk=pk)
        refuse_body(request)
        edits.remove_member(self.corpus, member, request.user)
        return Response(status=204)
