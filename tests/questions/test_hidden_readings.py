"""What somebody may not see changes nothing that they get: no row, number, proposal, plot, file or ETag."""

import json
import re

import pytest
from rest_framework.test import APIClient

from annotations.models import Assignment
from questions.address.parameters import LEDGERS
from questions.coreference.judge import judge
from questions.drawing.every import VIEWS
from tests import factories, marks
from tests.questions.ledgers.asking import fill, take_up

pytestmark = pytest.mark.django_db
NEEDED = {"words": "q=work*", "counts": "by=source,label"}
# When it was answered, and what the browser is given anew each time.
MOMENTS = re.compile(
    rb"<time [^>]*>[^<]*</time> \S+ (<a [^>]*>)?change [\d,]+|at=\d+&(amp;)?moment=[^\"<\s]+|csrfmiddlewaretoken[^>]*|nonce-[\w+/=-]+",
    re.DOTALL,
)


@pytest.fixture(params=["viewer", "annotator"])
def person(request, seeded, indexed):
    """Somebody who sees the gold, but not what another annotator has marked."""
    made = factories.user(request.param)
    factories.membership(seeded, made, request.param)
    return made


@pytest.fixture
def everything(client, seeded, person):
    """All that the person can get of the corpus, by address."""
    api = APIClient()
    api.force_authenticate(person)

    def everything(*, is_short=False):
        client.force_login(person)
        got = {}
        for ledger in LEDGERS:
            address, needed = f"/corpora/{seeded.slug}/ask/{ledger}/", NEEDED.get(ledger, "")
            query = "&".join(filter(None, [needed, "" if ledger == "screening" else "whose=all"]))
            answer = api.get(f"/api/v1{address}?{query}")
            body = answer.json()
            assert answer.status_code == 200, body
            body["rests_on"] |= {"moment": None, "number": None}
            got[address, query] = json.dumps(body), answer["ETag"]
            if is_short:
                continue
            got[address, "page"] = MOMENTS.sub(b"", client.get(f"{address}?{needed}", follow=True).content)
            file = api.get(f"/api/v1{address}file/?format=jsonl&{needed}")
            assert file.status_code == 200
            got[address, "file"] = file.getvalue().splitlines()[:-1]
            if ledger in VIEWS:
                plot = client.get(f"{address}plot.svg?{query}")
                got[address, "plot"] = plot.getvalue() if plot.status_code == 200 else plot.status_code
        got["pairs"] = api.get(f"/api/v1/corpora/{seeded.slug}/pairs/").content
        got["judgements"] = api.get(f"/api/v1/corpora/{seeded.slug}/judgements/").content
        return got

    return everything


def test_what_another_has_marked_changes_nothing(seeded, gold, everything):
    before = everything()
    other = factories.user("other")
    factories.membership(seeded, other, "annotator")
    firm, place = (seeded.entities.get(key=key) for key in ("E-MGR", "E-DDG"))
    hidden = Assignment.objects.create(document=gold.document, annotator=other, scheme=gold.scheme, status="submitted",
                                       submitted="2026-01-02T00:00Z")  # fmt: skip
    for status in ("happened", "expected"):
        event = marks.event(hidden, "terminated", "EMPLOY", status=status, time_earliest="2017-09-04", time_latest="2017-09-04")
        figure = marks.figure(hidden, "300", low=7_777, high=7_777, comparator="eq", use="reported", counted_entity=firm)
        fill(event, employer=firm, place=place, count=figure.span, legal_basis=marks.citation(hidden, "UNSC"))
    marks.claim(hidden, "There used to be 300", firm)
    marks.change(hidden)
    one, two = hidden.events.order_by("pk")
    live = everything(is_short=True)
    assert {key for key in live if live[key] != before[key]} == set(), "while it is derived on the spot"
    take_up()
    judge(one, two, "same", factories.user(is_superuser=True))
    judge(one, gold.events.get(key="EV11"), "different", factories.user(is_superuser=True))
    after = everything()
    assert {key for key in before if after[key] != before[key]} == set()
    assert b"7,777" not in b"".join(value for value in after.values() if isinstance(value, bytes))
