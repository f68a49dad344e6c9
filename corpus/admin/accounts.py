"""Accounts: who may log in. They are switched off, never deleted: the log names them for ever."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserChangeForm
from django.contrib.auth.models import AbstractUser, Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Now
from django.http import HttpRequest

from corpus.accounts.address import is_one_address
from corpus.admin.base import Inline, SuperuserTable
from corpus.admin.download import columns
from corpus.admin.forms import RowsFormSet
from corpus.admin.show import stacked
from corpus.edits.history import EditError
from corpus.edits.members import is_last_manager, refuse_to_leave
from corpus.models import Membership, PasswordLink

User = get_user_model()
BOTH = [ActionLocation.CHANGE_LIST, ActionLocation.CHANGE_FORM]

# What a person may do follows from their memberships; groups and model permissions would be a
# second answer to the same question.
admin.site.unregister(Group)
admin.site.unregister(User)


class AccountForm(UserChangeForm):
    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        if email and not is_one_address(email):
            raise ValidationError("Enter one mail address, without quotation marks.")
        return email

    def clean(self) -> Any:
        super().clean()
        cleaned = self.cleaned_data
        stays = cleaned.get("is_active") and cleaned.get("is_superuser")
        if not stays and is_last_superuser(self.instance):
            raise ValidationError("This is the last active superuser. Make another account a superuser first.")
        if not cleaned.get("is_active") and User.objects.filter(pk=self.instance.pk, is_active=True).exists():
            try:
                refuse_to_leave(self.instance)
            except EditError as error:
                raise ValidationError(str(error)) from error
        return cleaned


class PasswordOfAdministratorForm(AdminPasswordChangeForm):
    @transaction.atomic
    def save(self, commit: bool = True) -> Any:
        """Whoever signed in by a password link cannot from now on."""
        PasswordLink.objects.filter(user=self.user, used__isnull=False, replaced=None).update(replaced=Now())
        return super().save(commit)


def is_last_superuser(account: Any) -> bool:
    others = User.objects.filter(is_active=True, is_superuser=True).exclude(pk=account.pk)
    stored = User.objects.filter(pk=account.pk, is_active=True, is_superuser=True)
    return stored.exists() and not others.exists()


class MembershipOfAccountFormSet(RowsFormSet):
    """The memberships of one account: each corpus keeps an active manager."""

    def clean(self) -> None:
        super().clean()
        for row in (form for form in self.initial_forms if hasattr(form, "cleaned_data")):
            stored = Membership.objects.select_related("corpus").get(pk=row.instance.pk)
            values = row.cleaned_data
            stays = (values.get("corpus"), values.get("role")) == (stored.corpus, Membership.Role.MANAGER)
            if (values.get("DELETE") or not stays) and is_last_manager(stored.corpus, stored):
                raise ValidationError(f"“{stored.corpus}” would have no active manager. Make another member a manager first.")


class MembershipOfAccountInline(Inline):
    model = Membership
    formset = MembershipOfAccountFormSet
    fields = ("corpus", "role")
    autocomplete_fields = ("corpus",)
    verbose_name_plural = "corpora and roles"


def memberships_of(account: Any) -> list[str]:
    return [f"{row.corpus.slug}: {row.role}" for row in account.memberships.all()]


@admin.register(User)
class AccountAdmin(SuperuserTable, UserAdmin):
    form = AccountForm
    change_password_form = PasswordOfAdministratorForm
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
    def full_name(self, row: AbstractUser) -> str:
        return row.get_full_name()

    @admin.display(description="corpora")
    def corpora(self, row: Any) -> Any:
        return stacked(memberships_of(row))

    @admin.action(description="Deactivate (blocks sign-in and tokens)", permissions=["change"], location=BOTH)
    def deactivate(self, request: HttpRequest, queryset: Any) -> None:
        """One after the other: the last two managers of a corpus do not go together."""
        leaving = []
        for account in queryset.filter(is_active=True).order_by("pk"):
            if account == request.user or is_last_superuser(account):
                self.message_user(request, f"{account} stays active: it is the last active superuser.", messages.WARNING)
            elif self.ended(request, account):
                leaving.append(account)
        self.tell(request, leaving, "deactivated")

    def ended(self, request: HttpRequest, account: Any) -> bool:
        try:
            with transaction.atomic():
                refuse_to_leave(account)
                self.switch(request, account, active=False)
        except EditError as error:
            self.message_user(request, f"{account} stays active. {error}", messages.WARNING)
            return False
        return True

    @admin.action(description="Activate", permissions=["change"], location=BOTH)
    def activate(self, request: HttpRequest, queryset: Any) -> None:
        inactive = list(queryset.filter(is_active=False))
        for account in inactive:
            self.switch(request, account, active=True)
        self.tell(request, inactive, "activated")

    def switch(self, request: HttpRequest, account: Any, *, active: bool) -> None:
        account.is_active = active
        account.save(update_fields=["is_active"])
        self.log_change(request, account, [{"changed": {"fields": ["Active"]}}])

    def tell(self, request: HttpRequest, accounts: list[Any], word: str) -> None:
        names = ", ".join(str(account) for account in accounts) or "Nobody"
        self.message_user(request, f"{names} {word}.")
