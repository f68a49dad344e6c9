"""Corpora and who is a member of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from corpus.admin.base import CORPUS_FILTER, CorpusTable, Inline
from corpus.admin.counts import count_of
from corpus.admin.download import columns
from corpus.admin.forms import RowsFormSet
from corpus.admin.show import list_link
from corpus.edits.members import is_last_manager
from corpus.models import Article, Corpus, Membership

User = get_user_model()
NO_MANAGER = "The corpus would have no active manager. Make another member a manager first."


class AccountName(forms.ModelChoiceField):
    """An account by its exact name. A manager can add a person without being shown all accounts."""

    widget = forms.TextInput
    default_error_messages = {"invalid_choice": "No active account has this user name."}

    def __init__(self, **options: Any) -> None:
        options["help_text"] = "User name of the account."
        super().__init__(User.objects.filter(is_active=True), to_field_name="username", **options)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            return User.objects.filter(pk=value).values_list("username", flat=True).first()
        return super().prepare_value(value)


class Memberships(BaseModelAdmin):
    """Superusers pick accounts from all; a manager types the name of the one they know."""

    def get_autocomplete_fields(self, request: HttpRequest) -> tuple[str, ...]:
        return ("user", "corpus") if request.user.is_superuser else ("corpus",)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name == "user" and not request.user.is_superuser:
            return AccountName(label="Account")
        return super().formfield_for_foreignkey(db_field, request, **options)


class MembershipFormSet(RowsFormSet):
    """The members of one corpus: one who can manage it stays."""

    def clean(self) -> None:
        super().clean()
        rows = [form for form in self.forms if getattr(form, "cleaned_data", None)]
        had = any(is_managing(form.instance.user, form.initial.get("role")) for form in rows if form.instance.pk)
        kept = [form.cleaned_data for form in rows if not form.cleaned_data.get("DELETE")]
        if had and not any(is_managing(row.get("user"), row.get("role")) for row in kept):
            raise ValidationError(NO_MANAGER)


def is_managing(user: Any, role: str | None) -> bool:
    return role == Membership.Role.MANAGER and user is not None and user.is_active


class MembershipForm(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        role = data.get("role", Membership.Role.MANAGER)
        if self.instance.pk and role != Membership.Role.MANAGER and is_last_manager(self.instance.corpus, self.instance):
            raise ValidationError(NO_MANAGER)
        return data


class MembershipInline(Memberships, Inline):
    model = Membership
    formset = MembershipFormSet
    edit_role = "manager"
    fields = ("user", "role")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("user", "corpus")


@admin.register(Corpus)
class CorpusAdmin(CorpusTable):
    corpus_path = "pk"
    edit_role = "manager"
    list_display = ("name", "slug", "article_count", "member_count", "created")
    search_fields = ("name", "slug", "description")
    date_hierarchy = "created"
    ordering = ("slug",)
    fields = ("name", "slug", "description", "created")
    # A list, since the scheme of a corpus is added to it by the app that has schemes.
    inlines = [MembershipInline]
    csv_columns = columns(
        "slug name description articles=articles_in_it members=members_of_it created",
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        return rows.annotate(articles_in_it=count_of(Article, "corpus"), members_of_it=count_of(Membership, "corpus"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The slug stands in addresses that people keep: only a superuser changes it."""
        return ("created",) if request.user.is_superuser else ("slug", "created")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser

    @admin.display(description="articles", ordering="articles_in_it")
    def article_count(self, row: Any) -> Any:
        return list_link(Article, f"{row.articles_in_it:,}", corpus__id__exact=row.pk)

    @admin.display(description="members", ordering="members_of_it")
    def member_count(self, row: Any) -> str:
        return f"{row.members_of_it:,}"


@admin.register(Membership)
class MembershipAdmin(Memberships, CorpusTable):
    form = MembershipForm
    edit_role = add_role = delete_role = "manager"
    list_display = ("user", "corpus", "role", "created")
    list_filter = (CORPUS_FILTER, "role")
    list_select_related = ("user", "corpus")
    search_fields = ("user__username", "user__first_name", "user__last_name", "corpus__name")
    date_hierarchy = "created"
    ordering = ("corpus__slug", "user__username")
    fields = ("corpus", "user", "role")
    csv_columns = columns(
        "corpus=corpus.slug account=user.username name=user.get_full_name active=user.is_active role since=created",
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Another person is another membership."""
        return ("corpus", "user") if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and is_last_manager(obj.corpus, obj))
