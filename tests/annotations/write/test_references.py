"""What all rows of a statement refer to is looked up once for all of them, and is held as a foreign key holds it."""

import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from annotations.models import Argument, Change, Label, Role
from tests import marks

pytestmark = pytest.mark.django_db
GHOST = {"assignment": uuid.uuid4(), "label": 10**8, "role": 10**8, "user": 10**8}


@pytest.fixture
def rows(assignment, write, fragment):
    """A mark with its event, an argument and a change."""
    event = marks.event(assignment, "sent home")
    argument = marks.argument(event, span=marks.span(assignment, "North Korean workers", "GROUP"))
    write(("create", "note", {"id": str(uuid.uuid4()), "text": "Seen."}))
    return {"span": argument.span, "event": event, "argument": argument, "change": Change.objects.first()}


REFERENCES = [
    ("span", "assignment"),
    ("span", "label"),
    ("event", "assignment"),
    ("event", "label"),
    ("argument", "role"),
    ("change", "assignment"),
    ("change", "user"),
]


def code(statement, *values):
    """The code of SQL with which it is refused."""
    with pytest.raises(IntegrityError) as raised:
        carry_out(statement, values)
    return raised.value.__cause__.sqlstate


@transaction.atomic
def carry_out(statement, values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(("table", "column"), REFERENCES)
def test_a_row_that_refers_to_nothing_is_refused(rows, table, column):
    """Of two rows that one statement adds, one is right."""
    row = rows[table]
    changed = {f"{column}_id": GHOST[column], "id": uuid.uuid4(), "number": 10**9, "position": 77}
    columns = [f.column for f in row._meta.concrete_fields if not f.generated and not (table == "argument" and f.primary_key)]
    own = [f"%s::{row._meta.get_field(c).db_type(connection).split('(')[0]}" if c in changed else f'"{c}"' for c in columns]
    own = [each.replace("integer CHECK", "integer").replace("bigserial", "bigint") for each in own]
    name = row._meta.db_table
    names = ", ".join(f'"{c}"' for c in columns)
    statement = f"INSERT INTO {name} ({names}) SELECT {', '.join(own)} FROM {name} WHERE {row._meta.pk.column} = %s"
    values = [changed[c] for c in columns if c in changed]
    assert code(statement, *values, row.pk) == "23503"


@pytest.mark.parametrize(("table", "column"), [each for each in REFERENCES if each[0] != "change"])
def test_a_row_that_is_changed_to_refer_to_nothing_is_refused(rows, table, column):
    row = rows[table]
    statement = f"UPDATE {row._meta.db_table} SET {column}_id = %s WHERE id = %s"
    assert code(statement, GHOST[column], row.pk) == "23503"


@pytest.mark.parametrize("target", ["assignment", "label", "role", "user"])
def test_what_is_referred_to_is_not_deleted(rows, assignment, annotator, target):
    found = {"assignment": assignment, "label": rows["span"].label, "role": rows["argument"].role, "user": annotator}[target]
    assert code(f"DELETE FROM {found._meta.db_table} WHERE id = %s", found.pk) == "23503"


def test_what_nothing_refers_to_is_deleted(rows):
    unused = Label.objects.exclude(pk__in=[rows["span"].label_id, rows["event"].label_id]).first()
    role = Role.objects.filter(label=unused).first()
    assert unused.delete()[0] > 0
    assert role is None or not Role.objects.filter(pk=role.pk).exists()


def test_a_figure_or_an_argument_cannot_be_of_another_assignment_than_its_mark(rows, assignment):
    """Which is why its assignment is not looked up by itself."""
    table = Argument._meta.db_table
    assert code(f"UPDATE {table} SET assignment_id = %s WHERE id = %s", GHOST["assignment"], rows["argument"].pk) == "23503"
    figure = marks.figure(assignment, "300")
    assert code("UPDATE annotations_figure SET assignment_id = %s WHERE span_id = %s", GHOST["assignment"], figure.pk) == "23503"
