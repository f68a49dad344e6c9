"""What every table of the admin has: scoped rows, permissions by membership, safe filters, CSV.

Nobody needs Django's model permissions: a superuser manages everything, other staff see the
corpora they are members of, and change there what their role allows.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import BadRequest, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst

from corpus.admin.download import CsvDownload
from corpus.admin.fields import FIELDS, TidyJSONField, TolerantAutocomplete
from corpus.admin.filters import VisibleRelated
from corpus.admin.forms import RowsFormSet, WholeForm
from corpus.admin.reach import reach_of
from corpus.admin.uses import uses_of
from corpus.models import Corpus

# What may follow the path of a filter in an address. Anything else, such as
# annotator__password__startswith, would answer questions about hidden columns.
LOOKUPS = frozenset(["", "exact", "isnull", "in", "gte", "lt", "year", "month", "day", "id__exact", "pk__exact"])


def corpus_id_of(row: Any, path: str) -> Any:
    """The id of the corpus of a row, along "assignment__document__corpus". None for no row."""
    *steps, last = path.split("__")
    for step in steps:
        row = getattr(row, step)
    return row.pk if last == "pk" else getattr(row, f"{last}_id")


class Fields(BaseModelAdmin):
    """What list pages, forms and inlines share: which rows a foreign key may point at."""

    formfield_overrides = FIELDS
    edit_role: str | None = None

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            options["widget"] = TolerantAutocomplete(db_field, self.admin_site, using=options.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **options)

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **options: Any) -> Any:
        """Without the buttons that change or delete the row that a foreign key points at."""
        made = super().formfield_for_dbfield(db_field, request, **options)
        if isinstance(made, TidyJSONField) and db_field.default in (dict, list):
            made.shape = db_field.default
        if made and isinstance(made.widget, RelatedFieldWidgetWrapper):
            made.widget.can_change_related = made.widget.can_delete_related = False
            made.widget.can_add_related = made.widget.can_add_related and isinstance(self, admin.ModelAdmin)
        return made

    def get_field_queryset(self, db: Any, field: Any, request: HttpRequest) -> Any:
        """Only what the person may see, whether it is offered in a list or typed into the request."""
        if field.remote_field.model is Corpus:
            return Corpus.objects.for_user(request.user, self.edit_role or "viewer")
        if self.admin_site.is_registered(field.remote_field.model):
            return self.admin_site.get_model_admin(field.remote_field.model).get_queryset(request)
        return super().get_field_queryset(db, field, request)


class TableAdmin(CsvDownload, Fields, admin.ModelAdmin):
    """A table of the admin. Deleting many at once is not offered anywhere."""

    form: type[forms.ModelForm] = WholeForm
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    view_on_site: Any = False
    more_lookups: tuple[str, ...] = ()

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        filters = [name_of(entry) for entry in self.get_list_filter(request)]
        return any(follows(lookup, path) for path in [self.date_hierarchy, *self.more_lookups, *filters] if path)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        title = capfirst(str(self.opts.verbose_name_plural))
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def response_action(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse | None:
        """Django looks for whatever keys were sent; one that is no key at all is the sender's error."""
        try:
            return super().response_action(request, *args, **options)
        except (ValueError, ValidationError) as error:
            raise BadRequest("A key of the selection is malformed.") from error

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))
        if row is None or not self.has_delete_permission(request, row) or not (reason := self.why_kept(row)):
            return super().delete_view(request, object_id, extra_context)
        self.message_user(request, reason, messages.ERROR)
        url = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return HttpResponseRedirect(reverse(url, args=[row.pk]))

    def why_kept(self, row: models.Model) -> str:
        """Why it cannot be deleted, as a sentence; empty where it can."""
        uses = uses_of(row)
        return f"“{row}” cannot be deleted: {uses} of it." if uses else ""


def name_of(entry: Any) -> Any:
    """What a filter is called in an address: the path of its column, or its own parameter."""
    return entry[0] if isinstance(entry, list | tuple) else getattr(entry, "parameter_name", entry)


def follows(lookup: str, path: str) -> bool:
    return lookup == path or (lookup.startswith(f"{path}__") and lookup.removeprefix(f"{path}__") in LOOKUPS)


class CorpusTable(TableAdmin):
    """Rows of a corpus. `corpus_path` leads to it; the roles say from which one on a person may."""

    corpus_path = "corpus"
    add_role: str | None = None
    delete_role: str | None = None

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        if hasattr(rows, "for_user"):
            return rows.for_user(request.user)
        if request.user.is_superuser and request.user.is_active:
            return rows
        return rows.filter(**{f"{self.corpus_path}__in": Corpus.objects.for_user(request.user)})

    def permits(self, request: HttpRequest, row: Any, role: str | None) -> bool:
        if role is None:
            return False
        reach = reach_of(request)
        if row is None:
            return reach.anywhere(role)
        return reach.allows(corpus_id_of(row, self.corpus_path), role)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.permits(request, obj, "viewer")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.permits(request, None, self.add_role)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.permits(request, obj, self.edit_role)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.permits(request, obj, self.delete_role)


class SuperuserTable(TableAdmin):
    """Rows of nobody's corpus: superusers manage them, other staff read them or know nothing."""

    staff_may_read = False
    may_add = True
    may_change = True
    may_delete = True

    def get_queryset(self, request: HttpRequest) -> Any:
        """Nothing for those who may not look: a page then answers like one that is not there."""
        rows = super().get_queryset(request)
        return rows if self.has_view_permission(request) else rows.none()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.staff_may_read or request.user.is_superuser

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_add and request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change and request.user.is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_delete and request.user.is_superuser


class Inline(Fields, admin.TabularInline):
    """Rows on the page of their owner, edited by whoever may change the owner."""

    form = WholeForm
    formset = RowsFormSet
    extra = 0
    view_on_site = False

    def owner_changes(self, request: HttpRequest, owner: Any) -> bool:
        table = self.admin_site.get_model_admin(self.parent_model)
        if owner is None:
            return table.has_add_permission(request)
        return table.has_change_permission(request, owner)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.owner_changes(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.owner_changes(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.owner_changes(request, obj)


class ShownInline(Inline):
    """Rows that are only shown: something else writes them."""

    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


CORPUS_FILTER = ("corpus", VisibleRelated)
