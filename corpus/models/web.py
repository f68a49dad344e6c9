"""What an installation knows of the web that it asks: when each site may be asked again, and what robots.txt says."""

from __future__ import annotations

from django.db import models


class Site(models.Model):
    """The pace of one site, for all threads and processes: whoever asks it takes the next free moment first."""

    name = models.CharField(max_length=253, primary_key=True)
    free = models.DateTimeField("next request", help_text="Earliest time of the next request, by the clock of the database.")

    def __str__(self) -> str:
        return self.name


class Robots(models.Model):
    """The robots.txt of one origin (scheme and host), kept for a day."""

    origin = models.CharField(max_length=270, primary_key=True)
    text = models.TextField(blank=True)
    is_shut = models.BooleanField(
        "blocked", default=False, help_text="Its server failed: nothing is fetched until robots.txt is read again."
    )
    until = models.DateTimeField("valid until", help_text="When robots.txt is read again.")

    class Meta:
        verbose_name = "robots.txt file"

    def __str__(self) -> str:
        return self.origin
