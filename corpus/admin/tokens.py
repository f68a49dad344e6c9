"""API tokens: issued here with the secret shown once, and revoked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin import ActionLocation
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from corpus.admin.base import TableAdmin
from corpus.admin.download import columns
from corpus.admin.forms import WholeForm
from corpus.models import Token

LONGEST = timedelta(days=366)


class TokenAdminForm(WholeForm):
    scopes = forms.MultipleChoiceField(choices=Token.Scope, widget=forms.CheckboxSelectMultiple, label="Scopes")

    def clean_expires(self) -> Any:
        expires, now = self.cleaned_data["expires"], timezone.now()
        start = self.instance.created or now
        if not now < expires <= start + LONGEST:
            raise ValidationError("Choose a date in the future, at most one year from now.")
        return expires


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        return [("alive", "active"), ("revoked", "revoked"), ("expired", "expired")]

    def queryset(self, request: Any, queryset: Any) -> Any:
        if self.value() == "alive":
            return queryset.alive()
        if self.value() == "revoked":
            return queryset.exclude(revoked=None)
        return queryset.filter(expires__lt=timezone.now()) if self.value() else queryset


def state_of(token: Token) -> str:
    if token.revoked:
        return "revoked"
    return "active" if token.expires > timezone.now() else "expired"


@admin.register(Token)
class TokenAdmin(TableAdmin):
    """Staff manage their own, superusers everybody's. The digest is shown to nobody."""

    form = TokenAdminForm
    list_display = ("name", "prefix", "user", "may", "state", "created", "expires", "last_used")
    list_filter = (StateFilter,)
    list_select_related = ("user",)
    search_fields = ("name", "prefix", "user__username")
    date_hierarchy = "created"
    ordering = ("-created",)
    actions = ("download_csv", "revoke")
    csv_columns = columns(
        "prefix name user=user.username scopes state created expires last_used revoked",
        state=state_of,
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        rows: Any = super().get_queryset(request)
        return rows.for_user(request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None or request.user.is_superuser or obj.user_id == request.user.pk

    has_change_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return True

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A revoked token stays in the list, so that one can see what there was."""
        return False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        if obj:
            return ("name", "user", "prefix", "may", "state", "created", "expires", "last_used", "revoked")
        owner = ("user",) if request.user.is_superuser else ()
        return (*owner, "name", "scopes", "expires")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """What a token may do is fixed when it is issued."""
        fixed = ("user", "prefix", "may", "state", "created", "last_used", "revoked")
        return fixed if obj else ()

    def get_autocomplete_fields(self, request: HttpRequest) -> tuple[str, ...]:
        return ("user",) if request.user.is_superuser else ()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            obj.save(update_fields=form.changed_data)
            return
        owner = form.cleaned_data.get("user") or request.user
        issued, secret = Token.issue(owner, obj.name, obj.scopes, expires=obj.expires)
        # The form's own object becomes the issued one, for the log and the answer.
        obj.__dict__.update(issued.__dict__)
        vars(request)["issued_secret"] = secret

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        """The secret goes into this one answer. A message would put it into a cookie or a table."""
        context = self.admin_site.each_context(request) | {
            "title": "Token created",
            "opts": self.opts,
            "token": obj,
            "secret": vars(request)["issued_secret"],
        }
        response = TemplateResponse(request, "admin/corpus/token/issued.html", context)
        response["Cache-Control"] = "no-store"
        return response

    @admin.action(
        description="Revoke (takes effect immediately)",
        permissions=["change"],
        location=[ActionLocation.CHANGE_LIST, ActionLocation.CHANGE_FORM],
    )
    def revoke(self, request: HttpRequest, queryset: Any) -> None:
        alive = list(queryset.filter(revoked=None))
        for token in alive:
            token.revoked = timezone.now()
            token.save(update_fields=["revoked"])
            self.log_change(request, token, [{"changed": {"fields": ["Revoked"]}}])
        names = ", ".join(str(token) for token in alive)
        self.message_user(request, f"Revoked: {names}." if alive else "Already revoked.")

    @admin.display(description="scopes")
    def may(self, row: Any) -> str:
        return ", ".join(row.scopes)

    @admin.display(description="state")
    def state(self, row: Any) -> str:
        return state_of(row)
