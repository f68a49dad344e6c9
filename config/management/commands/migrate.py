"""`manage.py migrate`, without the limits that requests have on a statement's time, where an index on a large table takes minutes, and on
the time between two statements: on a busy machine Django makes models anew there for longer than half a minute.

The limit on waiting for a lock stays, so that a migration does not queue before everybody else's work.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.operations import AlterField
from django.db.migrations.state import ProjectState
from django.db.migrations.utils import field_is_referenced

from corpus.db.unhurried import BETWEEN

# Of a model that changes Django makes all related models anew, nearly all there are, although PostgreSQL is told of its table and the
# new thing alone: that took nine tenths of the time of all migrations. Of an index, a constraint or an option, none is made anew.
SPARED = ("_append_option", "_remove_option", "alter_model_options")


class Command(migrate.Command):
    def handle(self, *args: Any, database: str, **options: Any) -> str | None:
        with connections[database].cursor() as cursor:
            cursor.execute(f"SET statement_timeout = 0; SET idle_in_transaction_session_timeout = '{BETWEEN}'")
            try:
                with models_spared():
                    return super().handle(*args, database=database, **options)
            finally:  # whoever has this connection next, of a pooler too, has the limits again
                cursor.execute("RESET statement_timeout; RESET idle_in_transaction_session_timeout")


@contextmanager
def models_spared() -> Iterator[None]:
    """The models of a state stay as they are, and the state itself says what was changed."""
    changes: dict[tuple[type, str], Any] = {(ProjectState, name): spared(getattr(ProjectState, name)) for name in SPARED}
    changes[ProjectState, "reload_model"] = reload_alone
    changes[AlterField, "database_forwards"] = with_its_keys(AlterField.database_forwards)
    originals = {(kind, name): getattr(kind, name) for kind, name in changes}
    for (kind, name), change in changes.items():
        setattr(kind, name, change)
    try:
        yield
    finally:
        for (kind, name), original in originals.items():
            setattr(kind, name, original)


def spared(change: Any) -> Any:
    def changed(state: ProjectState, *args: Any, **options: Any) -> None:
        models = state.__dict__.pop("apps", None)  # where there are none, none are made anew
        change(state, *args, **options)
        if models is not None:
            state.__dict__["apps"] = models

    return changed


def reload_alone(state: Any, app_label: str, model_name: str, delay: bool = False) -> None:
    """A model that gains, loses or changes a field, without those it is related to: PostgreSQL is told of its table alone. As Django
    does where it delays, the state notes that code of ours needs all models anew (`clear_delayed_apps_cache`).
    """
    if "apps" not in state.__dict__:
        return
    state.is_delayed = True
    if any(f"{app_label}.{model_name}" in bases_of(other) for other in state.models.values()):
        del state.__dict__["apps"]  # and all are made anew, who inherits from it too
    else:
        state._reload({(app_label, model_name)})  # noqa: SLF001 - Django has no other door


def bases_of(model: Any) -> set[str]:
    return {base.lower() for base in model.bases if isinstance(base, str)}


def with_its_keys(change: Any) -> Any:
    """Of a field that foreign keys point to, PostgreSQL is told of their columns as well."""

    def changed(operation: AlterField, app_label: str, editor: Any, from_state: ProjectState, to_state: ProjectState) -> None:
        model = (app_label, operation.model_name_lower)
        if field_is_referenced(from_state, model, (operation.name, from_state.models[model].get_field(operation.name))):
            from_state.clear_delayed_apps_cache()
            to_state.clear_delayed_apps_cache()
        change(operation, app_label, editor, from_state, to_state)

    return changed
