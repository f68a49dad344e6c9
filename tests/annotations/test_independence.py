"""Which readings are independent: those of annotators who could not see what others wrote of any text of the article."""

import pytest

from annotations import assign
from annotations.bin import put
from annotations.models import Assignment
from annotations.write.adjudicate import start
from annotations.write.carry import carry
from tests import factories, marks

pytestmark = pytest.mark.django_db
OLD = "The firm sent 170 workers home."
NEW = "Updated. The firm sent 170 workers home."


@pytest.fixture
def people():
    corpus = factories.corpus()
    factories.adopt(corpus)
    made = {name: factories.user(name) for name in ("ann", "ben", "chief", "head")}
    for name, role in (("ann", "annotator"), ("ben", "annotator"), ("chief", "reviewer"), ("head", "manager")):
        factories.membership(corpus, made[name], role)
    return made | {"corpus": corpus}


@pytest.fixture
def older(people):
    return factories.document(OLD, corpus=people["corpus"])


def read(text, who, role="annotation"):
    reading = factories.assignment(text, who, role, status="open", submitted=None, revision=1)
    marks.span(reading, "firm", "COMPANY", entity=marks.entity(text.corpus, type="COMPANY"))
    return assign.submit(reading)


def carried(reading):
    newer = factories.document(NEW, of=reading.document.article)
    made = carry(reading, newer, reading.annotator).assignment
    return assign.submit(made)


def independent(reading):
    return Assignment.objects.get(pk=reading.pk).independent


def test_what_is_carried_is_independent_while_nobody_elses_marks_could_be_seen(people, older):
    ann, ben = read(older, people["ann"]), read(older, people["ben"])
    assert independent(carried(ann)) == 1
    read(older, people["head"], "adjudication")
    assert independent(ben) == 1


@pytest.mark.parametrize("order", ["reading", "gold"])
def test_who_could_see_the_gold_of_the_older_text_makes_no_independent_reading_of_the_newer(people, older, order):
    if order == "gold":
        read(older, people["head"], "adjudication")
    ann = read(older, people["ann"])
    if order == "reading":
        read(older, people["head"], "adjudication")
    newer = carried(ann)
    assert (independent(ann), independent(newer), newer.released) == (1, None, None)
    assert assign.reopen(newer).status == "open"  # there is no gold of the newer text to copy from
    assert independent(assign.submit(newer)) is None


def test_a_gold_that_its_annotator_could_not_see_changes_nothing(people, older):
    read(older, people["head"], "adjudication")
    newer = factories.document(NEW, of=older.article)
    assert independent(read(newer, people["ann"])) == 1


def test_a_reviewer_who_saw_other_readings_of_the_older_text_makes_none_of_the_newer(people, older):
    own = read(older, people["chief"])
    assert independent(own) == 1
    read(older, people["ann"])
    assert independent(carried(own)) is None


def test_who_adjudicated_the_older_text_makes_none_of_the_newer(people, older):
    read(older, people["ann"])
    read(older, people["ben"])
    start(older, people["chief"])
    newer = factories.document(NEW, of=older.article)
    assert independent(read(newer, people["chief"])) is None


def test_what_was_seen_counts_while_the_reading_is_in_the_bin(people, older):
    own = read(older, people["ann"])
    read(older, people["head"], "adjudication")
    put.delete(own, people["head"], "Annotate it again.")
    assert independent(read(older, people["ann"])) is None
