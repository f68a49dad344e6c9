from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    """What the marked articles answer."""

    name = "questions"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Questions"
