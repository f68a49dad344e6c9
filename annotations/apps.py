from functools import partial

from django.apps import AppConfig


class AnnotationsConfig(AppConfig):
    """Who marked what."""

    name = "annotations"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Annotations"

    def ready(self) -> None:
        from annotations.notices.events import notify_of_password_link
        from annotations.queries.withheld_entities import HIDING, corpora_of, known_only_from
        from corpus.edits import links
        from registry.models import withheld

        links.to_notify.append(notify_of_password_link)
        withheld.hidden_entities += [partial(known_only_from, rows) for rows in HIDING]
        withheld.partly_hidden += [partial(corpora_of, rows) for rows in HIDING]
