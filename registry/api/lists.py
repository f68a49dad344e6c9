"""Sanctions lists over HTTP: read by whoever sees them, loaded and decided by whoever manages them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Prefetch, Subquery
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from corpus.api.parsers import StrictJSONParser, refuse_body
from corpus.api.problems import Problem, ProblemSerializer
from corpus.api.resource import Resource
from registry.api.filters import ListEntryFilter
from registry.api.list_shapes import (
    EntryChangeShape,
    ListEntryShape,
    ListVersionShape,
    NewListFile,
    SanctionsListShape,
    entry_change,
    whole_entry,
)
from registry.list_versions.changes import added, changes, removed, rewritten, with_names
from registry.list_versions.decide import NotHeld, confirm, refuse
from registry.list_versions.refresh import look_now
from registry.list_versions.submit import MOST_BYTES, AlreadyThere, TooLarge, load_later, submit
from registry.models import ListedName, ListEntry, ListVersion, SanctionsList

KINDS = {"added": added, "removed": removed, "changed": rewritten}


def numbered(state: str) -> Any:
    """The number of the version of a list that is current, or held."""
    return Subquery(ListVersion.objects.filter(list=OuterRef("pk"), state=state).values("number")[:1])


class OfList(Resource):
    """A resource of one list, or of all."""

    @cached_property
    def list_row(self) -> SanctionsList:
        row: SanctionsList = get_object_or_404(self.lists(), code=self.kwargs["code"])
        return row

    def lists(self) -> Any:
        rows = SanctionsList.objects.for_user(self.request.user).select_related("corpus")
        return rows.annotate(current_number=numbered("current"), held=numbered("held"))

    def manage(self) -> SanctionsList:
        """Raises PermissionDenied for those who see it and no more."""
        if not self.list_row.may_manage(self.request.user):
            who = "the role “manager” in its corpus" if self.list_row.corpus_id else "an administrator"
            raise PermissionDenied(f"This needs {who}.")
        return self.list_row


class Lists(OfList):
    queryset = SanctionsList.objects.all()
    serializer_class = SanctionsListShape
    orders = {"code": ("code",)}

    def list(self, request: Request) -> Response:
        """Public sanctions lists, and those of your corpora."""
        return self.listed(self.lists())

    @extend_schema(responses=SanctionsListShape)
    def retrieve(self, request: Request, code: str) -> Response:
        """A list: its issuer, its current version, its last refresh."""
        return Response(SanctionsListShape(self.list_row).data)

    @extend_schema(request=None, responses={202: SanctionsListShape, 422: ProblemSerializer})
    def look(self, request: Request, code: str) -> Response:
        """Refresh the list now, as soon as a worker is free. Needs the role manager; of a public list, an administrator."""
        row = self.manage()
        refuse_body(request)
        if not row.address:
            raise Problem("invalid", "The list has no address: enter one on its page.", errors=[])
        look_now(row)
        return Response(SanctionsListShape(row).data, status=202)


class ListVersions(OfList):
    queryset = ListVersion.objects.all()
    serializer_class = ListVersionShape
    parser_classes = [MultiPartParser, StrictJSONParser]
    orders = {"-number": ("-number",), "number": ("number",)}

    def rows(self) -> Any:
        return self.list_row.versions.select_related("file", "decided_by").defer("file__content")

    def list(self, request: Request, code: str) -> Response:
        """Versions of a list, newest first."""
        return self.listed(self.rows())

    @extend_schema(responses=ListVersionShape)
    def retrieve(self, request: Request, code: str, number: int) -> Response:
        """A version: its state, what it counts, why it is held, what of the file was not read."""
        return self.row_response(number)

    @extend_schema(request={"multipart/form-data": NewListFile}, responses={202: ListVersionShape, 409: ProblemSerializer})
    def create(self, request: Request, code: str) -> Response:
        """Upload a file as the next version. Needs the role manager; of a public list, an administrator.

        The worker loads it; ask for the version again to see its state. The same bytes again are a conflict.
        """
        row = self.manage()
        body = NewListFile(data=request.data)
        if getattr(request, "FILES", {}).get("file") is None:
            raise ValidationError({"file": "is missing"})
        body.is_valid(raise_exception=True)
        file = body.validated_data["file"]
        try:
            version = submit(row, file.read(MOST_BYTES + 1), name=file.name, user=request.user)
        except AlreadyThere as error:
            raise Problem("conflict", str(error), number=error.version.number) from error
        except TooLarge as error:
            raise Problem("too-large", str(error)) from error
        load_later(version, body.validated_data.get("format", ""))
        return self.row_response(version.number, status=202)

    @extend_schema(request=None, responses={200: ListVersionShape, 409: ProblemSerializer})
    def confirm(self, request: Request, code: str, number: int) -> Response:
        """Confirm a held version: it becomes current. Needs the role manager; of a public list, an administrator."""
        return self.decided(request, number, confirm)

    @extend_schema(request=None, responses={200: ListVersionShape, 409: ProblemSerializer})
    def refuse(self, request: Request, code: str, number: int) -> Response:
        """Refuse a held version: the current one stays. Needs the role manager; of a public list, an administrator."""
        return self.decided(request, number, refuse)

    def decided(self, request: Request, number: int, decide: Callable[[ListVersion, Any], None]) -> Response:
        version = get_object_or_404(self.manage().versions, number=number)
        refuse_body(request)
        try:
            decide(version, request.user)
        except NotHeld as error:
            raise Problem("conflict", str(error)) from error
        return self.row_response(number)

    def row_response(self, number: int, status: int = 200) -> Response:
        version = get_object_or_404(self.rows(), number=number)
        address = reverse("api:list-version-detail", args=[self.list_row.code, number])
        return Response(ListVersionShape(version).data, status=status, headers={"Location": address} if status == 202 else {})


class ListChanges(OfList):
    """What a version changed."""

    queryset = ListEntry.objects.all()
    serializer_class = EntryChangeShape
    orders = {"ref": ("ref", "id")}
    parameters = {"list": ("kind",)}

    @extend_schema(
        parameters=[OpenApiParameter("kind", str, enum=[*KINDS], description="Default: changed, also if only respelled.")]
    )
    def list(self, request: Request, code: str, number: int) -> Response:
        """Entries of a version that were added, removed or changed since the version before it."""
        version = get_object_or_404(self.list_row.versions, number=number)
        kind = request.query_params.get("kind", "changed")
        if kind not in KINDS:
            raise ValidationError({"kind": f"should be one of {', '.join(KINDS)}"})
        self.version, self.kind = version, kind
        rows = with_names(KINDS[kind](version, version.based_on))
        return self.listed(rows if version.state in {"held", "current", "past"} else rows.none())

    def get_serializer(self, *args: Any, **options: Any) -> Any:
        """Of entries on a page, what became of each."""
        if not args:
            return super().get_serializer(**options)
        rows = args[0]
        if self.kind == "changed":
            shown = [entry_change(change) for change in changes(self.version, self.version.based_on, rows)]
        else:
            shown = [whole_entry(entry, self.kind) for entry in rows]
        return EntryChangeShape(shown, **options)


class ListEntries(OfList):
    queryset = ListEntry.objects.all()
    serializer_class = ListEntryShape
    filterset_class = ListEntryFilter
    orders = {"ref": ("ref", "id")}

    def rows(self) -> Any:
        rows = ListEntry.objects.filter(list=self.list_row)
        return rows.prefetch_related(Prefetch("names", ListedName.objects.order_by("position")))

    def list(self, request: Request, code: str) -> Response:
        """Entries of a list in its current version, or in another one."""
        rows = self.rows()
        if "version" not in request.query_params:
            rows = rows.filter(versions__contains=vars(self.list_row)["current_number"] or 0)
        return self.listed(rows)

    @extend_schema(responses=ListEntryShape)
    def retrieve(self, request: Request, code: str, ref: str) -> Response:
        """An entry as it last stood."""
        rows = self.rows().filter(ref=ref).order_by("-versions")
        return Response(ListEntryShape(get_object_or_404(rows[:1])).data)
