"""What the settings promise."""

from django.conf import settings
from django.db import connection


def test_pages_are_closed_unless_they_say_otherwise():
    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in settings.MIDDLEWARE


def test_each_connection_waits_for_the_disk(db):
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone() == ("on",)
