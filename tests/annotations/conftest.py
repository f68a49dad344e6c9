"""An assignment on a short text, and short ways to write to it."""

import uuid

import pytest

from annotations.models import Assignment
from annotations.write.apply import apply_changes
from tests import factories

TEXT = (
    "Workers sent home\n\nThere used to be 300 North Korean workers here. But 170 were forced to "
    "return to the North, a manager told Daily NK. 💩 They earn 45,000 RMB per month."
)


@pytest.fixture
def scheme(db):
    return factories.scheme()


@pytest.fixture
def annotator(db):
    return factories.user("annotator")


@pytest.fixture
def corpus(db):
    return factories.corpus("reports")


@pytest.fixture
def document(corpus):
    return factories.document(TEXT, corpus=corpus)


@pytest.fixture
def assignment(document, annotator, scheme):
    factories.membership(document.corpus, annotator, "annotator")
    return Assignment.objects.create(document=document, annotator=annotator, scheme=scheme)


@pytest.fixture
def fragment(document):
    """(words, after=...) → where they stand, as a change says it."""

    def find(quote, after=0):
        start = document.text.index(quote, after)
        return {"start": start, "end": start + len(quote), "quote": quote}

    return find


@pytest.fixture
def write(assignment, annotator):
    """Write changes on the newest revision; each is (op, kind, object) or a whole change."""

    def run(*changes, base=None, by=None):
        assignment.refresh_from_db()
        whole = [change(*each) if isinstance(each, tuple) else each for each in changes]
        at = assignment.revision if base is None else base
        return apply_changes(assignment, by or annotator, at, whole)

    return run


@pytest.fixture
def span(write, fragment):
    """Mark words under a label; the object as it was stored."""

    def mark(quote, label, **fields):
        body = {"id": new(), "layer": layer_of(label), "label": label, "fragments": [fragment(quote)]}
        return write(("create", "span", body | fields)).changes[0]["object"]

    return mark


def layer_of(label):
    figures = {"PEOPLE", "ITEMS", "MONEY", "QUANTITY", "DURATION", "SHARE", "RATE"}
    actors = {"PERSON", "GROUP", "COMPANY", "STATE_BODY", "MEDIA", "TERRITORY", "FACILITY"}
    return "FIGURE" if label in figures else "ACTOR" if label in actors else "EVENT"


def new():
    return str(uuid.uuid4())


def change(op, kind, item):
    return {"id": new(), "op": op, "kind": kind, "object": item}
