"""`manage.py migrate`, without the limits that requests have on a statement's time, where an index on a large table takes minutes, and on
the time between two statements: Django makes hundreds of models anew there, on a busy machine for longer than half a minute.

The limit on waiting for a lock stays, so that a migration does not queue before everybody else's work.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.state import ProjectState

from corpus.db.unhurried import BETWEEN

# Of a model that gains an index, a constraint or an option Django makes all related models anew, nearly all there are, although
# PostgreSQL is told of its table and the new thing alone: that took two fifths of a first start.
SPARED = ("_append_option", "_remove_option", "alter_model_options")


class Command(migrate.Command):
    def handle(self, *args: Any, database: str, **options: Any) -> str | None:
        with connections[database].cursor() as cursor:
            cursor.execute(f"SET statement_timeout = 0; SET idle_in_transaction_session_timeout = '{BETWEEN}'")
        with models_spared():
            return super().handle(*args, database=database, **options)


@contextmanager
def models_spared() -> Iterator[None]:
    """The models of a state stay as they are, and the state itself says what was changed."""
    changes = {name: getattr(ProjectState, name) for name in SPARED}
    for name, change in changes.items():
        setattr(ProjectState, name, spared(change))
    try:
        yield
    finally:
        for name, change in changes.items():
            setattr(ProjectState, name, change)


def spared(change: Any) -> Any:
    def changed(state: ProjectState, *args: Any, **options: Any) -> None:
        models = state.__dict__.pop("apps", None)  # where there are none, none are made anew
        change(state, *args, **options)
        if models is not None:
            state.__dict__["apps"] = models

    return changed
