"""Versions of a scheme: the outline, a copy to change, and which corpus marks under which."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html_join

from annotations.admin.schemeparts import SchemePart, SchemePartInline, closed
from annotations.models import Assignment, CorpusScheme, Layer, Rule, Scheme, SchemeDraft
from annotations.moves.adoption import check_adoption
from annotations.schemes.stored import SchemeError, copy_version, problems_of
from corpus.admin.base import CORPUS_FILTER, CorpusTable, Inline, SuperuserTable
from corpus.admin.corpora import CorpusAdmin
from corpus.admin.counts import count_of
from corpus.admin.download import columns
from corpus.admin.forms import WholeForm
from corpus.admin.show import admin_link, list_link
from corpus.edits.history import EditError
from corpus.models import Corpus


class CopyForm(forms.Form):
    version = forms.CharField(max_length=20, label="New version", help_text="Such as 1.1.0.")

    def __init__(self, scheme: Scheme, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.scheme = scheme

    def clean_version(self) -> str:
        version: str = self.cleaned_data["version"]
        if not re.fullmatch(r"[0-9A-Za-z.\-+]+", version):
            raise ValidationError("Use only letters, digits, dots and hyphens.")
        try:
            self.copy = copy_version(self.scheme, version)
        except SchemeError as error:
            raise ValidationError(error.problems) from error
        return version


def next_version(version: str) -> str:
    """1.0.0 → 1.1.0: labels and choices were added or changed."""
    numbers = [int(part) for part in re.findall(r"\d+", version)[:3]]
    major, minor, *_ = [*numbers, 0, 0]
    return f"{major}.{minor + 1}.0"


class LayerInline(SchemePartInline):
    model = Layer
    fields = ("code", "name", "kind", "key", "order")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A layer goes with all of its labels: only on its own page, which asks first."""
        return False


class RuleInline(SchemePartInline):
    model = Rule
    show_change_link = False
    fields = ("code", "level", "text")
    readonly_fields = ("code", "text")
    verbose_name_plural = "rules (the code names the validator)"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A check is a validator in the program; here its level is set."""
        return False


@admin.register(Scheme)
class SchemeAdmin(SchemePart):
    """A scheme comes from a file (load_scheme) or from a copy."""

    may_add = False
    list_display = ("name", "version", "code", "state", "assignments_count", "loaded")
    search_fields = ("name", "code", "version")
    date_hierarchy = "loaded"
    ordering = ("code", "-loaded")
    inlines = (LayerInline, RuleInline)
    readonly_fields = ("code", "version", "loaded", "state", "outline")
    fieldsets = (
        (None, {"fields": ("name", ("code", "version"), ("state", "loaded"), "outline")}),
        ("Other data of the scheme file", {"fields": ("body",), "classes": ("collapse",)}),
    )
    csv_columns = columns(
        "code version name assignments=uses changed=loaded",
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super(SchemePart, self).get_queryset(request)
        return rows.annotate(uses=count_of(Assignment, "scheme"))

    @admin.display(description="state")
    def state(self, row: Any) -> str:
        return "in use, read-only" if row.uses else "draft"

    @admin.display(description="assignments", ordering="uses")
    def assignments_count(self, row: Any) -> str:
        return list_link(Assignment, f"{row.uses:,}", scheme__id__exact=row.pk)

    @admin.display(description="labels")
    def outline(self, row: Scheme) -> str:
        layers = row.layers.prefetch_related("labels")
        return format_html_join(
            "",
            "<p><b>{}</b>: {}</p>",
            (
                (
                    admin_link(layer),
                    format_html_join(" · ", "{}", ((admin_link(label),) for label in layer.labels.all())),
                )
                for layer in layers
            ),
        )

    # A new version

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.copy_view)
        return [path("<path:object_id>/copy/", view, name="annotations_scheme_copy"), *super().get_urls()]

    def copy_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        scheme = self.get_object(request, unquote(object_id))
        if not request.user.is_superuser:
            raise PermissionDenied
        if scheme is None:
            raise Http404
        form = CopyForm(scheme, request.POST or None, initial={"version": next_version(scheme.version)})
        if request.method == "POST" and form.is_valid():
            return self.copied(request, scheme, form.copy)
        context = self.admin_site.each_context(request) | {
            "title": f"Copy {scheme} to a new version",
            "opts": self.opts,
            "original": scheme,
            "form": form,
        }
        return TemplateResponse(request, "admin/annotations/scheme/copy.html", context)

    def copied(self, request: HttpRequest, scheme: Scheme, copy: Scheme) -> HttpResponse:
        self.log_addition(request, copy, [{"added": {"name": "copy", "object": str(scheme)}}])
        text = f"{copy} was created from {scheme}. It can be edited until the first assignment uses it."
        self.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:annotations_scheme_change", args=[copy.pk]))

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        scheme = self.get_object(request, unquote(object_id))
        context = {"closed": closed(request, scheme), **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)


class CorpusSchemeForm(WholeForm):
    def clean_scheme(self) -> Scheme:
        """A corpus marks under a finished version only, and one that has what its readings use."""
        scheme: Scheme = self.cleaned_data["scheme"]
        problems = problems_of(scheme)
        if problems:
            raise ValidationError([f"{scheme} is incomplete: {problem}" for problem in problems[:10]])
        if corpus := self.cleaned_data.get("corpus") or (self.instance.corpus_id and self.instance.corpus):
            self.check_use(corpus, scheme)
        return scheme

    def check_use(self, corpus: Corpus, scheme: Scheme) -> None:
        try:
            check_adoption(corpus, scheme)
        except EditError as error:
            raise ValidationError(str(error)) from error


class CorpusSchemeInline(Inline):
    model = CorpusScheme
    form = CorpusSchemeForm
    fields = ("scheme",)
    autocomplete_fields = ("scheme",)
    max_num = 1
    verbose_name_plural = "scheme for new assignments"

    def owner_changes(self, request: HttpRequest, owner: Any) -> bool:
        return request.user.is_superuser


# The corpus knows nothing of schemes: its page gets them from here.
CorpusAdmin.inlines.append(CorpusSchemeInline)


@admin.register(CorpusScheme)
class CorpusSchemeAdmin(SuperuserTable):
    form = CorpusSchemeForm
    list_display = ("corpus", "scheme")
    list_filter = ("scheme",)
    list_select_related = ("corpus", "scheme")
    search_fields = ("corpus__name", "corpus__slug", "scheme__name")
    ordering = ("corpus__slug",)
    autocomplete_fields = ("corpus", "scheme")
    csv_columns = columns(
        "corpus=corpus.slug scheme=scheme.code version=scheme.version",
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("corpus",) if obj else ()


@admin.register(SchemeDraft)
class SchemeDraftAdmin(CorpusTable):
    """Edited under Setup → Scheme; here it is only shown."""

    list_display = ("corpus", "base", "changed")
    list_filter = (CORPUS_FILTER,)
    list_select_related = ("corpus", "base")
    search_fields = ("corpus__name", "corpus__slug")
    ordering = ("corpus__slug",)
    readonly_fields = fields = ("corpus", "base", "changed", "body")
    csv_columns = columns("corpus=corpus.slug base=base.version changed")
