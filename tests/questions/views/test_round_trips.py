"""How often a page of an answer waits for PostgreSQL: each ledger, on the first page after a login, of a corpus with several articles."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.management import call_command
from django.db import connection

from annotations.models import Figure
from corpus.db import round_trip
from questions.address.parameters import LEDGERS
from tests import factories
from tests.questions.conftest import GOLD
from tests.questions.ledgers.asking import take_up

pytestmark = pytest.mark.django_db
MOST = 13
ASKED = {"words": "q=workers"}


def load_again(corpus, number):
    """The seed once more, in an article of its own."""
    native = json.loads(GOLD.read_text("utf-8"))
    native["text"] = (factories.DOMAIN / "gold_seed.txt").read_text("utf-8") + f"\nIt was report {number}.\n"
    native["document"] = {"key": f"seed-{number}", "title": f"Report {number}", "published": native["document"]["published"]}
    for name in ("segments", "zones", "normalisation", "source_map"):
        native.pop(name, None)
    with TemporaryDirectory() as folder:
        file = Path(folder, "gold.jsonl")
        file.write_text(json.dumps(native), "utf-8")
        call_command("load", "--corpus", corpus.slug, "--format", "native", "--gold", str(file), verbosity=0)


def add_excluding(corpus, number):
    """The same with other numbers, which those of the other articles exclude."""
    load_again(corpus, number)
    figures = Figure.objects.filter(assignment__document__article__key=f"seed-{number}", counted_entity__isnull=False)
    figures.update(low=77_777 * number, high=77_777 * number, comparator="eq", approximate=False)
    take_up()


@pytest.fixture
def corpus(seeded):
    add_excluding(seeded, 2)
    return seeded


@pytest.fixture
def asking(corpus, client):
    reviewer = factories.user("reviewer")
    factories.membership(corpus, reviewer, "reviewer")
    client.force_login(reviewer)

    def ask(ledger, query):
        answer = client.get(f"/corpora/{corpus.slug}/ask/{ledger}/{query and '?'}{query}")
        assert answer.status_code == 200, answer.content.decode()[:2000]
        return len(answer.context["rows"])

    return ask


@pytest.fixture
def trips(monkeypatch):
    """What goes to PostgreSQL, without COMMIT. The savepoints of a test are the beginning and the end of a transaction elsewhere."""
    all_of_them, sent = [], round_trip.sent

    def executed(execute, sql, *rest):
        if not sql.startswith(('SAVEPOINT "', 'RELEASE SAVEPOINT "')):
            all_of_them.append(sql)
        return execute(sql, *rest)

    def sent_together(own, statements, *form):
        all_of_them.append(" || ".join(sql[:80] for sql, _ in statements))
        return sent(own, statements, *form)

    monkeypatch.setattr(round_trip, "sent", sent_together)
    with connection.execute_wrapper(executed):
        yield all_of_them


@pytest.mark.parametrize("ledger", LEDGERS)
def test_a_page_waits_thirteen_times_whatever_its_rows(asking, trips, ledger, monkeypatch, corpus):
    query = ASKED.get(ledger, "")
    if ledger == "disputes":
        add_excluding(corpus, 3)
    trips.clear()
    rows = asking(ledger, query)
    assert len(trips) <= MOST, trips
    trips.clear()
    assert asking(ledger, query) == rows > 1
    many = list(trips)
    assert len(many) <= MOST, many
    monkeypatch.setattr("questions.views.ask.PAGE", 1)
    trips.clear()
    assert asking(ledger, query) == 1
    assert len(many) == len(trips), (many, trips)
