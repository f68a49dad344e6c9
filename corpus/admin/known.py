"""Where people have logged in. Superusers read it, and delete what should not be trusted any longer."""

from __future__ import annotations

from django.contrib import admin

from corpus.admin.base import SuperuserTable
from corpus.admin.download import columns
from corpus.models import KnownBrowser, KnownNetwork


class KnownTable(SuperuserTable):
    may_add = may_change = False
    list_select_related = ("user",)


@admin.register(KnownBrowser)
class KnownBrowserAdmin(KnownTable):
    """The digest is shown to nobody, as that of a token."""

    list_display = ("user", "created", "expires")
    search_fields = ("user__username",)
    date_hierarchy = "created"
    ordering = ("-created",)
    fields = ("user", "created", "expires")
    csv_columns = columns("user=user.username created expires")


@admin.register(KnownNetwork)
class KnownNetworkAdmin(KnownTable):
    list_display = ("user", "network", "expires")
    search_fields = ("user__username", "network")
    date_hierarchy = "expires"
    ordering = ("-expires",)
    csv_columns = columns("user=user.username network expires")
