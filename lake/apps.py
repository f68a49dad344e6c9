from django.apps import AppConfig


class LakeConfig(AppConfig):
    """Commands over files. There are no models: the lake is a folder."""

    name = "lake"
    verbose_name = "Lake"
