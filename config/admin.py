"""The admin site under our content security policy."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.views.decorators.csp import csp_override

# The admin's own jQuery and Select2 build elements from strings of their own, which trusted types forbid. Everything else of
# the policy holds there too: no inline script or style, nothing from another host.
ADMIN_CSP = {
    name: sources
    for name, sources in settings.SECURE_CSP.items()
    if name not in {"require-trusted-types-for", "trusted-types"}
}


class AttestAdminSite(AdminSite):
    site_header = "Attest"
    site_title = "Attest"
    index_title = "Manage"

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        return csp_override(ADMIN_CSP)(super().admin_view(view, cacheable))
