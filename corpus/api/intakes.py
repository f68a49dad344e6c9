"""Bringing things in, and what became of each."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from corpus.api.parsers import StrictJSONParser, refuse_body, refuse_silence
from corpus.api.permissions import require
from corpus.api.problems import Problem
from corpus.api.resource import InCorpus
from corpus.api.serializers import IntakeItemRow, IntakeRow, IntakeWhole, NewFile, NewIntake
from corpus.intake import deliveries
from corpus.intake.article_text import IngestError
from corpus.intake.ingest import add_result
from corpus.jobs.running import long_job
from corpus.models import Intake, IntakeItem, Membership
from corpus.readers.budget import EACH


class Intakes(InCorpus):
    """Imports of articles."""

    queryset = Intake.objects.all()
    serializer_class = IntakeRow
    orders = {"-id": ("-id",), "id": ("id",)}

    def rows(self) -> Any:
        return Intake.objects.for_user(self.request.user).filter(corpus=self.corpus).counted()

    def list(self, request: Request, slug: str) -> Response:
        """Imports of a corpus, newest first, with the number of results of each kind."""
        return self.listed(self.rows().values(*IntakeRow.columns()))

    @extend_schema(request=NewIntake, responses={202: IntakeWhole})
    def create(self, request: Request, slug: str) -> Response:
        """Import URLs, or start an import that files are added to. Needs the role manager.

        The worker reads what was given; ask for the intake again to see how far it is.
        """
        require(self.corpus, request.user, Membership.Role.MANAGER)
        refuse_silence(request, "give urls; an empty list starts an import for files")
        body = NewIntake(data=request.data)
        body.is_valid(raise_exception=True)
        # The page uploads by the API, with the session of its user; a program has a token.
        door = Intake.Door.API if request.auth else Intake.Door.PAGE
        intake = deliveries.bring_in(self.corpus, (), user=request.user, door=door, **body.validated_data)
        return self.row_response(intake.pk, status=202)

    @extend_schema(responses=IntakeWhole)
    def retrieve(self, request: Request, slug: str, pk: int) -> Response:
        """Progress of an import, and whether a worker is running."""
        return self.row_response(pk)

    @extend_schema(request=None, responses={202: IntakeWhole})
    def retry(self, request: Request, slug: str, pk: int) -> Response:
        """Retry what failed. Needs the role manager."""
        intake = get_object_or_404(self.rows(), pk=pk)
        require(self.corpus, request.user, Membership.Role.MANAGER)
        refuse_body(request)
        deliveries.retry(intake)
        return self.row_response(pk, status=202)

    def row_response(self, pk: int, status: int = 200) -> Response:
        row = get_object_or_404(self.rows().values(*IntakeRow.columns()), pk=pk)
        headers = {"Location": reverse("api:intake-detail", args=[self.corpus.slug, pk])} if status == 202 else {}
        state = {"worker": deliveries.is_worker_alive(), "long_job": long_job(self.corpus)}
        return Response(IntakeWhole(row | state).data, status=status, headers=headers)


class IntakeItems(InCorpus):
    """Results of an import."""

    queryset = IntakeItem.objects.all()
    serializer_class = IntakeItemRow
    orders = {"id": ("id",)}

    def list(self, request: Request, slug: str, pk: int) -> Response:
        """Files and URLs of an import, each with its result."""
        own = Intake.objects.for_user(request.user).filter(corpus=self.corpus)
        intake = get_object_or_404(own, pk=pk)
        return self.listed(intake.items.values(*IntakeItemRow.columns()))


class Files(InCorpus):
    """Files of an import."""

    queryset = Intake.objects.all()
    serializer_class = IntakeItemRow
    parser_classes = [MultiPartParser, StrictJSONParser]

    @extend_schema(request={"multipart/form-data": NewFile}, responses={202: None})
    def create(self, request: Request, slug: str, pk: int) -> Response:
        """Add a file to an import. Needs the role manager."""
        intake = get_object_or_404(Intake.objects.for_user(request.user).filter(corpus=self.corpus), pk=pk)
        require(self.corpus, request.user, Membership.Role.MANAGER)
        file = request.FILES.get("file") if hasattr(request, "FILES") else None
        if file is None:
            raise ValidationError({"file": "is missing"})
        body: Any = request.data
        name = str(body.get("name", file.name))
        try:
            deliveries.deliver(intake, name, file.read(EACH + 1))
        except IngestError as error:
            add_result(intake, name, IntakeItem.Outcome.FAILED, detail=str(error))
            raise Problem("invalid", f"{name[:200]}: {error}", errors=[]) from error
        return Response(status=202)
