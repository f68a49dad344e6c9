"""Of linked events somebody may see some: no ledger, plot or refusal leads to the others, or fails of them."""

import uuid

import pytest

from questions.adding.sums import sum_of
from questions.address.question import AddressError, read
from questions.asking.asker import Asker
from questions.asking.time_limits import within_time
from questions.coreference.judge import judge
from questions.past.cut import present
from tests import factories, marks
from tests.questions.coreference.conftest import take_up
from tests.questions.ledgers.asking import ask, fill

pytestmark = pytest.mark.django_db
HIDDEN, SHOWN = uuid.UUID(int=1), uuid.UUID(int=2)


@pytest.fixture
def viewer(corpus, boss):
    """Sees the gold. The event with the smallest id, by which the row is kept, is an annotator's own."""
    factories.adopt(corpus)
    made = []
    for pk, role in ((HIDDEN, "annotation"), (SHOWN, "adjudication")):
        document = factories.document("Some went home under law 1.", of=factories.article(corpus, f"Article of {role}"))
        reading = factories.assignment(document, factories.user(), role, status="submitted", submitted="2026-01-02T00:00Z")
        event = marks.event(reading, "went", id=pk, status="happened", time_earliest="2017-09-04", time_latest="2017-09-04")
        fill(event, legal_basis=marks.citation(reading, "law 1", marks.measure()))
        made.append(event)
    take_up()
    judge(*made, "same", boss)
    person = factories.user("viewer")
    factories.membership(corpus, person, "viewer")
    return person


@pytest.mark.parametrize("ledger", ["events", "law"])
def test_a_row_has_the_id_of_an_event_that_is_seen(viewer, boss, corpus, ledger):
    assert {row["id"] for row in ask(corpus, ledger, user=viewer).rows} == {SHOWN}
    assert {row["id"] for row in ask(corpus, ledger, user=boss).rows} == {HIDDEN}


def test_a_timeline_leads_to_an_event_that_is_seen(client, viewer, corpus):
    client.force_login(viewer)
    page = client.get(f"/corpora/{corpus.slug}/ask/events/?view=timeline").content.decode()
    assert f'href="/linked-events/{SHOWN}/"' in page
    assert str(HIDDEN) not in page
    assert client.get(f"/linked-events/{SHOWN}/").status_code == 200


def test_what_cannot_be_added_is_named_as_it_was_asked(viewer, corpus):
    reading = factories.assignment(factories.document("Some went.", corpus=corpus), factories.user(), "adjudication")
    other = marks.event(reading, "went", status="happened")
    take_up()
    with pytest.raises(AddressError, match=f"has {SHOWN}, which has no reported amount"), within_time(corpus):
        sum_of(Asker(read("events", []), corpus, viewer), [SHOWN, other.pk], present())
