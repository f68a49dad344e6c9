from django.apps import AppConfig


class CorpusConfig(AppConfig):
    """What was published, and the exact text we read."""

    name = "corpus"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Corpus"

    def ready(self) -> None:
        from django.conf import settings

        from corpus.db import lookups  # noqa: F401 - queries may use them from now on
        from corpus.readers import sandboxed

        sandboxed.strict = settings.READERS == "strict"
