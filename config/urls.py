"""Which app answers which address. The apps' own lists stand beside their views."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path

from config.health import healthz, livez, readyz
from config.monitoring.metrics import metrics
from corpus.views import account


@login_not_required
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for this address whatever a page says."""
    return redirect(static("favicon.svg"))


urlpatterns = [
    path("livez", livez, name="livez"),
    path("readyz", readyz, name="readyz"),
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    path("favicon.ico", favicon, name="favicon"),
    path("login/", account.log_in, name="login"),
    path("logout/", account.log_out, name="logout"),
    path("password/", account.password, name="password_change"),
    path("admin/", admin.site.urls),
    path("api/v1/", include("config.api")),
    path("", include("corpus.urls")),
    path("", include("registry.urls")),
    path("", include("annotations.urls")),
    path("", include("questions.urls")),
    path("", include("lake.urls")),
]

handler500 = "config.errors.server_error"
