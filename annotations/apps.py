from django.apps import AppConfig


class AnnotationsConfig(AppConfig):
    """Who marked what."""

    name = "annotations"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Annotations"
