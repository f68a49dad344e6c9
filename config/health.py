"""Three questions about this installation, open to everybody: /livez, /readyz and /healthz.

/livez: does the process answer? /readyz: can this web server serve pages? That is for a load balancer. /healthz: is everything
there that Attest needs to work? That is for a monitor, and a person in doubt. They answer with states and counts and nothing
else: no versions, names, addresses or error texts.
"""

from collections.abc import Callable
from functools import cache
from pkgutil import iter_modules
from typing import Any

from django.apps import apps
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.disk import LEAST_FREE_MB, database_free_mb, uploads_free_mb, write_probe
from corpus.readers import sandboxed

HEARTBEAT_SECONDS = 30  # a worker writes one every 10 s
QUEUE_PATIENCE_SECONDS = 900  # a job that is due and waits longer is a queue that stands still

# Of a job, since it began. A fetch has its own end after a minute; a large file may honestly take hours, and its worker watches it.
FETCHING_SECONDS, RUNNING_SECONDS = 300, 6 * 3600

Part = dict[str, object]


@require_safe
@never_cache
@login_not_required
def livez(request: HttpRequest) -> JsonResponse:
    """200, without a look at the database."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """Whether pages can be served: 200, else 503. Without a worker, or with a full disk, people can still read."""
    return answer(READY)


@require_safe
@never_cache
@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """The state of every part: 200 when all is well, else 503."""
    return answer(PARTS)


def answer(parts: dict[str, Callable[[], Part]]) -> JsonResponse:
    states = {name: look(part) for name, part in parts.items()}
    well = all(state["ok"] for state in states.values())
    return JsonResponse({"status": "ok" if well else "failing", **states}, status=200 if well else 503)


def look(part: Callable[[], Part]) -> Part:
    try:
        return part()
    except DatabaseError:
        return {"ok": False}


def one_row(query: str, *arguments: Any) -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(query, arguments)
        row: tuple[object, ...] = cursor.fetchone()
        return row


def database() -> Part:
    """It answers, and takes writes: a standby does not, nor does a server that was set to read only."""
    (writable,) = one_row("SELECT NOT pg_is_in_recovery() AND current_setting('transaction_read_only') = 'off'")
    return {"ok": writable is True}


def migrations() -> Part:
    pending = len(pending_migrations())
    return {"ok": pending == 0, "pending": pending}


def worker() -> Part:
    """A background worker is alive while it writes heartbeats; the age of the last one is null where there never was one."""
    alive, age = one_row(
        """SELECT count(*) FILTER (WHERE last_heartbeat > now() - make_interval(secs => %s)),
                  extract(epoch FROM now() - max(last_heartbeat))::int
           FROM procrastinate_workers""",
        HEARTBEAT_SECONDS,
    )
    return {"ok": alive != 0, "alive": alive, "heartbeat_seconds": age}


def queue() -> Part:
    """How many jobs are due and wait, and for how many seconds the oldest has been due."""
    waiting, oldest = one_row(
        """SELECT count(*), coalesce(extract(epoch FROM now() - min(coalesce(job.scheduled_at, deferred.at)))::int, 0)
           FROM procrastinate_jobs job
           LEFT JOIN LATERAL (SELECT min(event.at) AS at FROM procrastinate_events event WHERE event.job_id = job.id) deferred ON true
           WHERE job.status = 'todo' AND (job.scheduled_at IS NULL OR job.scheduled_at <= now())"""
    )
    return {"ok": int(str(oldest)) <= QUEUE_PATIENCE_SECONDS, "waiting": waiting, "oldest_seconds": oldest}


def running() -> Part:
    """How many jobs run, and for how many seconds the oldest has; not ok where one has run for longer than its kind may."""
    count, oldest, overdue = one_row(
        """SELECT count(*), coalesce(max(age), 0), count(*) FILTER (WHERE age > CASE queue_name WHEN 'fetch' THEN %s ELSE %s END)
           FROM procrastinate_jobs job CROSS JOIN LATERAL (
               SELECT extract(epoch FROM now() - max(event.at))::int AS age
               FROM procrastinate_events event WHERE event.job_id = job.id AND event.type = 'started') started
           WHERE job.status = 'doing'""",
        FETCHING_SECONDS,
        RUNNING_SECONDS,
    )
    return {"ok": overdue == 0, "count": count, "oldest_seconds": oldest}


def disk() -> Part:
    """Whether a write succeeds, and the megabytes that are free for the database and for uploads; null where nobody can tell."""
    writable = write_probe.succeeds()
    free = {"database_free_mb": database_free_mb(), "uploads_free_mb": uploads_free_mb()}
    enough = all(megabytes is None or megabytes >= LEAST_FREE_MB for megabytes in free.values())
    return {"ok": writable and enough, "writable": writable, **free}


def readers() -> Part:
    """Whether files may be read on this machine, by how many layers of the sandbox there are around a process that reads."""
    try:
        layers = sandboxed.layers()
    except sandboxed.DeadError:
        return {"ok": False}
    states = layers.states().values()
    return {"ok": layers.hold or not sandboxed.strict, "layers": sum(states), "missing": len(states) - sum(states)}


READY: dict[str, Callable[[], Part]] = {"database": database, "migrations": migrations}
PARTS: dict[str, Callable[[], Part]] = {
    **READY,
    "worker": worker,
    "queue": queue,
    "running": running,
    "disk": disk,
    "readers": readers,
}


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """The migrations in the code, by the names of their files: importing them, as Django's loader does, costs a start 100 ms."""
    files = [(app.label, file) for app in apps.get_app_configs() for file in iter_modules([f"{app.path}/migrations"])]
    return frozenset((label, file.name) for label, file in files if not file.ispkg and file.name[0] not in "_~")


def pending_migrations() -> list[tuple[str, str]]:
    """The migrations (app, name) that this database has not seen."""
    with connection.cursor() as cursor:
        if "django_migrations" not in connection.introspection.table_names(cursor):
            return sorted(known_migrations())
        cursor.execute("SELECT app, name FROM django_migrations")
        return sorted(known_migrations() - set(cursor.fetchall()))
