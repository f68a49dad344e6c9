"""What all threads and processes of the installation know of the hosts of the web: one pace for each site, one robots.txt a day.

The pace is that of the site, which is what one registrant answers for: a feed could otherwise name a thousand hosts of it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from corpus.intake import fetch as fetching
from corpus.intake.fetch import Hosts, Page
from corpus.intake.limits import Later
from corpus.intake.robots import Rules
from corpus.models import Robots, Site
from corpus.provenance.sites import site_of

KEPT = timedelta(days=1)
# Whoever comes next takes the next free moment, if it is near; one statement, so that two who come at once take two.
TURN = """
INSERT INTO corpus_site AS site (name, free) VALUES (%(site)s, clock_timestamp() + make_interval(secs => %(pace)s))
ON CONFLICT (name) DO UPDATE SET free = greatest(site.free, clock_timestamp()) + make_interval(secs => %(pace)s)
WHERE site.free <= clock_timestamp() + make_interval(secs => %(patience)s)
RETURNING extract(epoch FROM free - clock_timestamp()) - %(pace)s
"""
REST = """
INSERT INTO corpus_site AS site (name, free) VALUES (%(site)s, clock_timestamp() + make_interval(secs => %(seconds)s))
ON CONFLICT (name) DO UPDATE SET free = greatest(site.free, excluded.free)
"""


class SharedHosts(Hosts):
    """Kept in the database."""

    def turn(self, host: str, pace: float, patience: float) -> float:
        site = site_of(host)
        values: dict[str, Any] = {"site": site, "pace": pace, "patience": patience}
        with connection.cursor() as cursor:
            cursor.execute(TURN, values)
            row = cursor.fetchone()
        if row is None:
            raise Later(free_at(site))
        return max(0.0, float(row[0]))

    def rules(self, origin: str) -> Rules | None:
        row = Robots.objects.filter(origin=origin, until__gt=timezone.now()).first()
        return Rules(row.text, row.is_shut) if row else None

    def remember(self, origin: str, rules: Rules) -> None:
        until = timezone.now() + timedelta(seconds=rules.life)
        fields = {"text": rules.text.replace("\0", ""), "is_shut": rules.is_shut, "until": until}
        Robots.objects.update_or_create(origin=origin, defaults=fields)


def fetch(url: str, **options: Any) -> Page | None:
    """As corpus.intake.fetch.fetch, with what the installation knows of the host. Raises FetchError, Later."""
    return fetching.fetch(url, hosts=SharedHosts(), **options)


def free_at(site: str) -> datetime:
    """When a site may be asked again; now where it was never asked."""
    return Site.objects.filter(name=site).values_list("free", flat=True).first() or timezone.now()


def rest(site: str, seconds: float) -> None:
    """Leave a site alone for so long."""
    with connection.cursor() as cursor:
        cursor.execute(REST, {"site": site, "seconds": seconds})


def forget_hosts() -> None:
    """Those that were not asked for a day."""
    Site.objects.filter(free__lt=timezone.now() - KEPT).delete()
    Robots.objects.filter(until__lt=timezone.now()).delete()
