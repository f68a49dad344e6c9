from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class ServerConfig(AppConfig):
    """The commands that run the whole: `serve`."""

    name = "config"
    default = True


class AdminConfig(admin_apps.AdminConfig):
    """Django's admin, on our site class."""

    default = False
    default_site = "config.admin.AttestAdminSite"
