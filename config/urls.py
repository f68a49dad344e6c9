from importlib.util import find_spec

from django.contrib import admin
from django.urls import include, path

urlpatterns = [path("admin/", admin.site.urls), path("accounts/", include("django.contrib.auth.urls"))]
urlpatterns += [path("", include(f"{app}.urls")) for app in ("corpus", "registry", "annotations") if find_spec(f"{app}.urls")]
