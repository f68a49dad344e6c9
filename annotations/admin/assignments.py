"""Assignments: who reads what, how far they are, and the way to everything they marked."""

from __future__ import annotations

from types import ModuleType
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin import ActionLocation
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from annotations.admin.filters import AnnotatorFilter
from annotations.admin.wording import change_words
from annotations.assign import give_back
from annotations.documents.export import NATIVE, Export, writers
from annotations.documents.selection import ORDER
from annotations.models import Assignment, Change, Citation, Claim, Event, Figure, Link, Span
from annotations.notices.events import notify_of_assignment
from annotations.schemes.of_corpus import scheme_for
from corpus.accounts.signed_in import SignedIn
from corpus.admin.base import CorpusTable, ShownInline
from corpus.admin.corpora import AccountName
from corpus.admin.counts import count_of
from corpus.admin.download import columns
from corpus.admin.filters import VisibleRelated
from corpus.admin.forms import WholeForm
from corpus.admin.show import admin_link, excerpt, list_link

LATEST = 25
MARKS = (Span, Figure, Event, Claim, Citation, Link)
NEEDED = {Assignment.Role.ANNOTATION: "annotator", Assignment.Role.ADJUDICATION: "reviewer"}
DRAWN = "A rereading is drawn in the queue of its annotator, 30 days after they submitted the article."


class AssignmentForm(WholeForm):
    sentences = {
        "assignment_one_gold_per_document": "This text already has an adjudication.",
    }

    def clean(self) -> Any:
        cleaned = super().clean() or {}
        text, person, role = (cleaned.get(name) for name in ("document", "annotator", "role"))
        if role == Assignment.Role.REREADING and not self.instance.pk:
            self.add_error("role", DRAWN)
        elif text and person and role in NEEDED and not text.corpus.allows(person, NEEDED[role]):
            self.add_error("annotator", f"{person} does not have the role {NEEDED[role]} in {text.corpus}.")
        return cleaned


class AnnotatorOfAssignmentFilter(AnnotatorFilter):
    path = "annotator"


class LatestChangeInline(ShownInline):
    model = Change
    fields = ("written", "user", "op", "kind", "about", "revision")
    readonly_fields = fields
    verbose_name_plural = f"latest {LATEST} changes"
    ordering = ("-revision", "-position")

    def get_queryset(self, request: HttpRequest) -> Any:
        """A formset filters its rows, which a sliced query refuses: the ids are looked up first."""
        match = request.resolver_match
        mine = Change.objects.filter(assignment=match.kwargs.get("object_id") if match else None)
        latest = list(mine.order_by("-revision", "-position").values_list("pk", flat=True)[:LATEST])
        return super().get_queryset(request).filter(pk__in=latest).select_related("user").defer("imported")

    @admin.display(description="at")
    def written(self, row: Change) -> str:
        return admin_link(row, date_format(row.at, "SHORT_DATETIME_FORMAT"))

    @admin.display(description="about")
    def about(self, row: Change) -> str:
        return excerpt(change_words(row), 80)


def download_as(name: str, module: ModuleType) -> Any:
    """The action that downloads the marks of a selection in a format; with a report of what it does not hold."""

    @admin.action(description=f"Export as {module.TITLE}", permissions=["view"])
    def download(table: Any, request: HttpRequest, queryset: Any) -> StreamingHttpResponse:
        chosen = export_of(queryset, name)
        file = f"attest-{timezone.now():%Y-%m-%d}"
        if name == NATIVE:
            return streamed(chosen.with_end(), module.MEDIA_TYPE, f"{file}{module.EXTENSION}")
        return streamed(chosen.with_report(f"{file}{module.EXTENSION}"), "application/zip", f"{file}-{name}.zip")

    download.__name__ = f"download_as_{name}"
    return download


def export_of(queryset: Any, name: str) -> Export:
    """What a list joins for its columns is of no use to an export."""
    return Export(Assignment.objects.filter(pk__in=queryset.values("pk")).order_by(*ORDER), name)


def streamed(pieces: Any, media_type: str, file: str) -> StreamingHttpResponse:
    disposition = {"Content-Disposition": f'attachment; filename="{file}"'}
    return StreamingHttpResponse(pieces, content_type=media_type, headers=disposition)


DOWNLOADS = tuple(download_as(name, module) for name, module in writers().items())


@admin.register(Assignment)
class AssignmentAdmin(CorpusTable):
    """Given here; marked on the site. Whoever wrote in it stays its annotator."""

    form = AssignmentForm
    corpus_path = "document__corpus"
    add_role = "manager"
    list_display = (
        "article",
        "annotator",
        "role",
        "status",
        "mark_count",
        "revision",
        "created",
        "submitted",
        "released",
        "saw_gold",
        "page",
    )
    list_filter = (
        "status", "role", ("document__corpus", VisibleRelated), AnnotatorOfAssignmentFilter, ("scheme", VisibleRelated),
    )  # fmt: skip
    list_select_related = ("document__article", "annotator", "scheme")
    search_fields = ("document__article__title", "document__article__key", "annotator__username")
    date_hierarchy = "created"
    ordering = ("-created", "id")
    more_lookups = ("document",)
    actions = ("download_csv", *DOWNLOADS, "open_again")
    inlines = (LatestChangeInline,)
    readonly_fields = (
        "article", "page", "marks", "scheme", "status", "revision", "shown_notes", "created", "submitted", "independent", "released",
        "saw_gold", "id",
    )  # fmt: skip
    csv_columns = columns(
        "id=pk article=document.article.title document_id annotator=annotator.username role status scheme=scheme.version "
        "marks=marks_in_it revision created submitted independent released saw_gold",
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request).select_related("document__article", "annotator", "scheme").defer("scheme__body")
        return rows.defer("document__text", "document__source_map").annotate(marks_in_it=count_of(Span, "assignment"))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ("document", "annotator", "role")
        return (
            "article", "page", "annotator", "role", ("status", "submitted"), ("independent", "released", "saw_gold"), "marks", "scheme",
            "revision", "shown_notes", "created", "id",
        )  # fmt: skip

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return self.inlines if obj else ()

    def get_autocomplete_fields(self, request: HttpRequest) -> tuple[str, ...]:
        return ("document", "annotator") if request.user.is_superuser else ("document",)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name == "annotator" and not request.user.is_superuser:
            return AccountName()
        return super().formfield_for_foreignkey(db_field, request, **options)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.scheme = scheme_for(obj.document.corpus)
        super().save_model(request, obj, form, change)
        if not change:
            notify_of_assignment(obj.annotator, obj.document.corpus, 1, cast("SignedIn", request).user)

    def has_reopen_permission(self, request: HttpRequest) -> bool:
        return self.permits(request, None, "manager")

    @admin.action(
        description="Reopen",
        permissions=["reopen"],
        location=[ActionLocation.CHANGE_LIST, ActionLocation.CHANGE_FORM],
    )
    def open_again(self, request: SignedIn, queryset: Any) -> None:
        closed = queryset.filter(status=Assignment.Status.SUBMITTED).select_related("document")
        mine = [row for row in closed if self.permits(request, row, "manager")]
        for row in mine:
            give_back(row, request.user, "Reopened in the admin.")
            self.log_change(request, row, [{"changed": {"fields": ["Status"]}}])
        self.message_user(request, f"{len(mine)} reopened.")

    @admin.display(description="article", ordering="document__article__title")
    def article(self, row: Assignment) -> str:
        return excerpt(row.document.article.title, 80)

    @admin.display(description="marks", ordering="marks_in_it")
    def mark_count(self, row: Any) -> str:
        return list_link(Span, f"{row.marks_in_it:,}", assignment__id__exact=row.pk)

    @admin.display(description="page")
    def page(self, row: Assignment) -> str:
        return format_html('<a href="{}">open</a>', row.get_absolute_url())

    @admin.display(description="contents")
    def marks(self, row: Assignment) -> str:
        parts = [
            list_link(
                model,
                f"{model.objects.filter(assignment=row).count():,} {model._meta.verbose_name_plural}",
                assignment__id__exact=row.pk,
            )
            for model in MARKS
        ]
        return format_html("{}, {}, {}, {}, {}, {}", *parts)

    @admin.display(description="notes")
    def shown_notes(self, row: Assignment) -> str:
        return "\n".join(note.text for note in row.notes.all())

    @admin.display(description="text")
    def text(self, row: Assignment) -> str:
        return admin_link(row.document)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        return obj.get_absolute_url() if obj else None
