"""Links that end. Superusers read them; managers make and revoke them on the page of members."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from corpus.admin.download import columns
from corpus.admin.logs import ReadOnlyLog
from corpus.edits.links import confirm
from corpus.models import Invitation, PasswordLink


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyLog):
    """The digest is shown to nobody, as that of a token."""

    list_display = ("created", "corpus", "role", "note", "created_by", "expires", "used", "accepted_by", "revoked")
    list_filter = ("role",)
    list_select_related = ("corpus", "created_by", "accepted_by")
    search_fields = ("note", "created_by__username", "accepted_by__username", "corpus__name")
    date_hierarchy = "created"
    ordering = ("-created",)
    fields = ("corpus", "role", "note", "created_by", "created", "expires", "used", "accepted_by", "revoked")
    csv_columns = columns(
        "id=pk corpus=corpus.slug role note created_by=created_by.username created expires used accepted_by=accepted_by.username revoked"
    )


@admin.register(PasswordLink)
class PasswordLinkAdmin(ReadOnlyLog):
    list_display = ("created", "user", "corpus", "created_by", "expires", "used", "revoked", "confirmed", "replaced")
    list_select_related = ("corpus", "created_by", "user")
    search_fields = ("user__username", "created_by__username")
    date_hierarchy = "created"
    ordering = ("-created",)
    fields = ("corpus", "user", "created_by", "created", "expires", "used", "revoked", "confirmed", "replaced")
    actions = ("download_csv", "confirm")
    csv_columns = columns(
        "id=pk user=user.username corpus=corpus.slug created_by=created_by.username created expires used revoked confirmed replaced"
    )

    @admin.action(description="Confirm that the members set their passwords", permissions=["view"])
    def confirm(self, request: HttpRequest, queryset: Any) -> None:
        count = sum(confirm(link, request.user) for link in queryset.exclude(created_by=request.user.pk))
        self.message_user(request, f"{count} link{'' if count == 1 else 's'} confirmed.")
