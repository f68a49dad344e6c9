from django.apps import AppConfig


class LakeConfig(AppConfig):
    """Commands over files, and who may see and promote what lies in them."""

    name = "lake"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Lake"
