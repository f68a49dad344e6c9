"""Addresses of pages of sanctions lists."""

from django.urls import path

from registry.views import list_versions, lists

app_name = "registry"

urlpatterns = [
    path("lists/", lists.lists, name="lists"),
    path("lists/<str:code>/", lists.sanctions_list, name="list"),
    path("lists/<str:code>/upload/", lists.upload, name="upload_list"),
    path("lists/<str:code>/change/", lists.change_list, name="change_list"),
    path("lists/<str:code>/versions/<int:number>/", list_versions.version, name="list_version"),
    path("lists/<str:code>/versions/<int:number>/decide/", list_versions.decide_version, name="decide_list_version"),
    path("lists/<str:code>/versions/<int:number>/file/", list_versions.version_file, name="list_file"),
    path("lists/<str:code>/entries/<path:ref>/", list_versions.entry, name="list_entry"),
]
