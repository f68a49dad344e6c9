from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """What marks point at: entities and measures."""

    name = "registry"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Register"
