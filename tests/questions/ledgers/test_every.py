"""What holds of every ledger."""

import json
from hashlib import sha256

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Event, Figure
from corpus.models import Article
from questions.address.parameters import LEDGERS
from questions.ledgers.every import LEDGER_KEYS, LEDGER_PAGES
from tests import factories
from tests.questions.conftest import GOLD
from tests.questions.ledgers.asking import ask, pages, take_up

pytestmark = pytest.mark.django_db
MOST_QUERIES = 35
ASKED = {name: {} for name in LEDGERS} | {"counts": {"by": "source,label"}, "words": {"q": "terminat*"}}


def test_each_ledger_has_its_page_and_its_keys():
    assert LEDGERS.keys() == LEDGER_PAGES.keys() == LEDGER_KEYS.keys()


@pytest.mark.parametrize("ledger", LEDGERS)
def test_as_many_queries_for_a_dozen_rows_as_for_all(ledger, gold, seeded, indexed):
    who = factories.user(is_superuser=True)
    ask(seeded, ledger, 50, user=who, **ASKED[ledger])
    numbers = []
    for limit in (12, 50):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            ask(seeded, ledger, limit, user=who, **ASKED[ledger])
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= MOST_QUERIES


@pytest.mark.parametrize("ledger", LEDGERS)
def test_the_next_page_begins_behind_as_many_values_as_there_are_keys(ledger, gold, seeded, indexed):
    first = next(pages(seeded, ledger, 1, **ASKED[ledger]))
    assert first.after is None or len(first.after) == len(LEDGER_KEYS[ledger])
    assert (first.after is None) == (ledger == "disputes")


@pytest.mark.parametrize("ledger", [name for name in LEDGERS if name != "words"])
def test_what_is_not_indexed_yet_is_in_the_answer(ledger, gold, seeded):
    """The same rows before and after the index is made. Words are told to be not indexed yet instead."""
    before = ask(seeded, ledger, **ASKED[ledger])
    take_up()
    assert ask(seeded, ledger, **ASKED[ledger]) == before
    assert before.behind == 0


@pytest.mark.parametrize("ledger", [name for name in LEDGERS if name != "screening"])
def test_a_copy_adds_nothing_but_where_copies_are_asked_for(ledger, gold, seeded, tmp_path, indexed):
    before = ask(seeded, ledger, 200, **ASKED[ledger])
    first = gold.document.article
    native = json.loads(GOLD.read_text("utf-8"))
    native["text"] = f"{gold.document.text} "
    native["document"] |= {"id": "seed-001", "clean_sha256": sha256(native["text"].encode()).hexdigest()}
    for name in ("url", "raw_sha256", "raw_length", "clean_length"):
        del native["document"][name]
    file = tmp_path / "copy.jsonl"
    file.write_text(json.dumps(native), "utf-8")
    call_command("load", "--corpus", seeded.slug, "--format", "native", "--gold", str(file), verbosity=0)
    assert Article.objects.exclude(pk=first.pk).update(copy_of=first) == 1
    take_up()
    after = ask(seeded, ledger, 200, **ASKED[ledger])
    assert (after.parts, after.totals) == (before.parts, before.totals)
    assert [without_copies(row) for row in after.rows] == [without_copies(row) for row in before.rows]
    assert (ask(seeded, ledger, 200, copies="1", **ASKED[ledger]).rows == after.rows) == (ledger == "disputes")


def without_copies(row):
    return {name: value for name, value in row.items() if name != "copies"}


@pytest.mark.parametrize("ledger", [name for name in LEDGERS if "place" in LEDGERS[name].parameters])
def test_each_takes_all_conditions_together(ledger, gold, seeded, indexed):
    entity = str(seeded.entities.get(key="E-DDG").pk)
    given = {
        "type": "REPATRIATE",
        "place": entity,
        "from_": "2017-01-01",
        "to": "2018-01-01",
        "undated": "0",
        "entity": entity,
        "source": entity,
        "unnamed": "1",
        "modality": "asserted",
        "reliability": "F",
        "attr": "phase:end",
        "outlet": "Daily NK",
        "published_from": "2017-01-01",
        "article": str(gold.document.article_id),
        "whose": "all",
        "copies": "1",
    }
    if ledger == "causes":
        given["chain"] = str(Event.objects.get(key="EV07").pk)
    if ledger == "disputes":
        given["mark"] = str(Figure.objects.first().pk)
    page = ask(seeded, ledger, **given, **ASKED[ledger])
    assert page.rows == []
    assert page.after is None
