from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.core.checks import CheckMessage, register


class ServerConfig(AppConfig):
    """The commands that run the whole: `serve`, and what `check --deploy` says of an installation."""

    name = "config"
    default = True

    def ready(self) -> None:
        register(of_installation, "installation", deploy=True)


def of_installation(**options: object) -> list[CheckMessage]:
    from config.checks import environment, machine  # models are there by then

    parts = [environment.names, environment.proxies, environment.folders, environment.releases]
    parts += [machine.database, machine.originals, machine.readers, machine.mail]
    return [message for part in parts for message in part()]


class AdminConfig(admin_apps.AdminConfig):
    """Django's admin, on our site class."""

    default = False
    default_site = "config.admin.AttestAdminSite"
