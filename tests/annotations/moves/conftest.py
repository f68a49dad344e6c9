"""A corpus with two readings of one text and a manager, and newer versions of its scheme."""

import json

import pytest

from annotations.documents.build import document
from annotations.mapping.rows import CodeRow
from annotations.moves import change
from annotations.schemes.stored import load_scheme
from tests import factories, readings, schemes


def version(edit, number="1.9.0"):
    """A newer version of the core scheme after `edit` of its data."""
    body = json.loads(schemes.FILE.read_text("utf-8"))
    body["scheme"]["version"] = number
    edit(body)
    return load_scheme(body).scheme


def layer(body, code):
    return next(each for each in body["layers"] if each["code"] == code)


def label(body, code):
    return next(each for one in body["layers"] for each in one["labels"] if each["code"] == code)


def same(body):
    pass


def row(kind, path, code, to, reason=""):
    """`path`: layer, label and attribute, as far as there are any."""
    of_layer, of_label, attribute = [*path.split("."), "", ""][:3]
    return CodeRow(kind, of_layer, of_label, attribute, code, to, reason)


def without_revisions(assignment):
    """The document with all that a person can see of it."""
    assignment.refresh_from_db()
    body = document(assignment)
    del body["revision"]
    for records in body.values():
        for record in records if isinstance(records, list) else []:
            if isinstance(record, dict):
                record.pop("revision", None)
    return body


@pytest.fixture
def corpus(db, scheme):
    made = factories.corpus("reports")
    factories.adopt(made)
    return made


@pytest.fixture
def manager(corpus):
    person = factories.user("manager")
    factories.membership(corpus, person, "manager")
    return person


@pytest.fixture
def both(corpus):
    """Two submitted readings."""
    people = [factories.user(name) for name in ("ann", "ben")]
    for person in people:
        factories.membership(corpus, person, "annotator")
    return readings.readings(corpus, people, [readings.no_edit, readings.no_edit])


def moved(corpus, scheme, target, manager, rows=(), scope="all"):
    """A scheme change that is done."""
    made = change.create_move(corpus, scheme, target, scope, manager)
    change.change_mapping(made, rows, scope, manager)
    change.begin(made, manager)
    change.carry_out(made.pk)
    made.refresh_from_db()
    return made
