"""Accounts: who may log in. They are switched off, never deleted: the log names them for ever."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from corpus.admin.base import Inline, SuperuserTable
from corpus.admin.download import columns
from corpus.admin.show import stacked
from corpus.models import Membership

User = get_user_model()
BOTH = [ActionLocation.CHANGE_LIST, ActionLocation.CHANGE_FORM]

# What a person may do follows from their memberships; groups and model permissions would be a
# second answer to the same question.
admin.site.unregister(Group)
admin.site.unregister(User)


class AccountForm(UserChangeForm):
    def clean(self) -> Any:
        cleaned = super().clean()
        stays = cleaned.get("is_active") and cleaned.get("is_superuser")
        if not stays and is_last_superuser(self.instance):
            raise ValidationError("This is the last active superuser. Make another account a superuser first.")
        return cleaned


def is_last_superuser(account: Any) -> bool:
    others = User.objects.filter(is_active=True, is_superuser=True).exclude(pk=account.pk)
    stored = User.objects.filter(pk=account.pk, is_active=True, is_superuser=True)
    return stored.exists() and not others.exists()


class MembershipOfAccountInline(Inline):
    model = Membership
    fields = ("corpus", "role")
    autocomplete_fields = ("corpus",)
    verbose_name_plural = "corpora and roles"


def memberships_of(account: Any) -> list[str]:
    return [f"{row.corpus.slug}: {row.role}" for row in account.memberships.all()]


@admin.register(User)
class AccountAdmin(SuperuserTable, UserAdmin):
    form = AccountForm
    may_delete = False
    list_display = ("username", "full_name", "email", "corpora", "is_active", "is_staff", "is_superuser", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser")
    search_fields = ("username", "first_name", "last_name", "email")
    date_hierarchy = "date_joined"
    filter_horizontal = ()
    actions = ("download_csv", "deactivate", "activate")
    readonly_fields = ("last_login", "date_joined")
    inlines = (MembershipOfAccountInline,)
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": (("first_name", "last_name"), "email")}),
        ("Permissions", {"fields": ("is_active", "is_staff", "is_superuser")}),
        ("Dates", {"fields": (("last_login", "date_joined"),)}),
    )
    csv_columns = columns(
        "id=pk username first_name last_name email corpora active=is_active staff=is_staff superuser=is_superuser "
        "joined=date_joined last_login",
        corpora=memberships_of,
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("memberships__corpus")

    @admin.display(description="name", ordering="last_name")
    def full_name(self, row: Any) -> str:
        return row.get_full_name()

    @admin.display(description="corpora")
    def corpora(self, row: Any) -> Any:
        return stacked(memberships_of(row))

    @admin.action(description="Deactivate (blocks sign-in and tokens)", permissions=["change"], location=BOTH)
    def deactivate(self, request: HttpRequest, queryset: Any) -> None:
        kept = [row for row in queryset if row == request.user or is_last_superuser(row)]
        for row in kept:
            self.message_user(request, f"{row} stays active: it is the last active superuser.", messages.WARNING)
        self.switch(request, queryset.exclude(pk__in=[row.pk for row in kept]), active=False)

    @admin.action(description="Activate", permissions=["change"], location=BOTH)
    def activate(self, request: HttpRequest, queryset: Any) -> None:
        self.switch(request, queryset, active=True)

    def switch(self, request: HttpRequest, accounts: Any, *, active: bool) -> None:
        changed = list(accounts.exclude(is_active=active))
        for account in changed:
            account.is_active = active
            account.save(update_fields=["is_active"])
            self.log_change(request, account, [{"changed": {"fields": ["Active"]}}])
        word = "activated" if active else "deactivated"
        names = ", ".join(str(account) for account in changed) or "Nobody"
        self.message_user(request, f"{names} {word}.")
