from django.apps import AppConfig


class AnnotationsConfig(AppConfig):
    """Who marked what."""

    name = "annotations"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Annotations"

    def ready(self) -> None:
        from annotations.queries.withheld_entities import hidden_entities
        from registry.models import withheld

        withheld.hidden_entities.append(hidden_entities)
