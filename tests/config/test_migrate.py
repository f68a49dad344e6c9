"""Migrations may take their time, requests may not; and the models say what the migrations make."""

import pytest
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddField, AlterField, CreateModel, RenameField, RenameModel
from django.db.migrations.state import ProjectState

from config.management.commands.migrate import models_spared


@pytest.fixture
def slow_migration(transactional_db, monkeypatch):
    """Stands for all pending migrations: a statement that takes longer than the limit, which is made small here."""
    seen = []

    def migrate(self, *arguments, **options):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(1.5)")
            for limit in ("lock_timeout", "idle_in_transaction_session_timeout"):
                cursor.execute(f"SHOW {limit}")
                seen.append(cursor.fetchone()[0])
        return self.loader.project_state()

    with monkeypatch.context() as patched:
        patched.setattr(MigrationExecutor, "migrate", migrate)
        patched.setitem(connection.settings_dict["OPTIONS"], "options", "-c statement_timeout=1s -c lock_timeout=5s")
        connection.close()
        yield seen
    connection.close()


def test_a_migration_may_take_longer_than_a_request(slow_migration):
    with connection.cursor() as cursor, pytest.raises(Exception, match="statement timeout"):
        cursor.execute("SELECT pg_sleep(1.5)")
    call_command("migrate", interactive=False, verbosity=0, run_syncdb=False)
    assert slow_migration == ["5s", "10min"]
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("1s",)


def test_an_index_makes_no_model_anew(db):
    """As Django does, for all that are related; what is made of the state afterwards knows of the index."""
    state = MigrationLoader(connection).project_state(("corpus", "0001_initial"))
    made = state.apps.get_model("corpus", "Article")
    index = models.Index(fields=["title"], name="of_this_test")
    with models_spared():
        state.add_index("corpus", "article", index)
    assert state.apps.get_model("corpus", "Article") is made
    assert state.clone().models["corpus", "article"].options["indexes"][-1] == index
    state.add_index("corpus", "article", models.Index(fields=["title", "id"], name="another"))
    assert [each.name for each in state.apps.get_model("corpus", "Article")._meta.indexes][-2:] == ["of_this_test", "another"]


def test_the_models_are_what_the_migrations_make(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_every_migration_can_be_taken_back():
    known = MigrationLoader(None).disk_migrations.values()
    ours = [node for node in known if node.app_label in {"corpus", "registry", "annotations", "questions"}]
    one_way = [f"{node} {operation}" for node in ours for operation in node.operations if not operation.reversible]
    assert ours
    assert one_way == []


def run(state, *operations):
    for operation in operations:
        before = state.clone()
        operation.state_forwards("corpus", state)
        with connection.schema_editor() as editor:
            operation.database_forwards("corpus", editor, before, state)


def test_a_field_makes_its_own_model_anew_and_code_of_ours_meets_all(db):
    state = MigrationLoader(connection).project_state(("corpus", "0001_initial"))
    article, document = (state.apps.get_model("corpus", name) for name in ("Article", "Document"))
    with models_spared():
        run(state, AddField("Article", "of_this_test", models.TextField(default="")))
    made = state.apps.get_model("corpus", "Article")
    assert made is not article
    assert made.objects.filter(of_this_test="").count() == 0
    assert state.apps.get_model("corpus", "Document") is document
    state.clear_delayed_apps_cache()  # as Django does before it calls a function of a migration
    later = state.apps.get_model("corpus", "Document")
    assert later._meta.get_field("article").related_model is state.apps.get_model("corpus", "Article")


def test_of_a_key_that_changes_postgresql_is_told_with_all_that_refer_to_it(db):
    state = ProjectState()
    to_one = models.ForeignKey("corpus.One", models.CASCADE)
    with models_spared():
        run(
            state,
            CreateModel("One", [("number", models.IntegerField(primary_key=True))]),
            CreateModel("Other", [("number", models.IntegerField(primary_key=True)), ("one", to_one)]),
            AddField("One", "name", models.TextField(default="")),
            AlterField("One", "number", models.BigIntegerField(primary_key=True)),
        )
    assert columns("corpus_other") == {("number", "integer"), ("one_id", "bigint")}


def test_so_it_is_of_names_that_change(db):
    state = ProjectState()
    with models_spared():
        run(
            state,
            CreateModel("One", [("number", models.IntegerField(primary_key=True))]),
            CreateModel("Other", [("id", models.IntegerField(primary_key=True)), ("ones", models.ManyToManyField("corpus.One"))]),
            AddField("One", "name", models.TextField(default="")),
            RenameModel("One", "First"),
            AddField("First", "further", models.TextField(default="")),
            RenameField("First", "number", "code"),
            AlterField("First", "code", models.BigIntegerField(primary_key=True)),
        )
    assert columns("corpus_other_ones") == {("id", "bigint"), ("other_id", "integer"), ("first_id", "bigint")}


def columns(table):
    with connection.cursor() as cursor:
        cursor.execute("SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s", [table])
        return set(cursor.fetchall())


def test_who_inherits_from_a_model_is_made_anew_with_it(db):
    state = ProjectState()
    with models_spared():
        run(
            state,
            CreateModel("One", [("number", models.IntegerField(primary_key=True))]),
            CreateModel("Such", [], options={"proxy": True}, bases=("corpus.One",)),
            AddField("One", "name", models.TextField(default="")),
        )
    such = state.apps.get_model("corpus", "Such")
    assert such._meta.concrete_model is state.apps.get_model("corpus", "One")
    assert such.objects.filter(name="").count() == 0
