"""What nobody should send to a question: refused by the name of what is wrong, or answered, and never a failure of ours."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from rest_framework.test import APIClient

from annotations.models import Event
from questions.address.parameters import LEDGERS, PARAMETERS
from questions.asking import answer, time_limits
from tests import factories, marks
from tests.questions.ledgers.asking import ask, fill, take_up

pytestmark = pytest.mark.django_db
NEEDED = {"words": {"q": "work*"}}
# No parameter takes these; half a character comes as signs that stand for it.
BROKEN = {"NUL": "a\0b", "a megabyte": "x" * 1_000_000, "half a character": "\ud800"}


@pytest.fixture
def get(seeded, indexed):
    person = factories.user("reviewer")
    factories.membership(seeded, person, "reviewer")
    client = APIClient()
    client.force_authenticate(person)

    def get(ledger, query):
        return client.get(f"/api/v1/corpora/{seeded.slug}/ask/{ledger}/", query)

    return get


@pytest.mark.parametrize("what", BROKEN)
def test_each_parameter_refuses_what_no_text_has(get, what):
    for name in PARAMETERS:
        ledger = next(ledger for ledger, each in LEDGERS.items() if name in each.parameters)
        response = get(ledger, {name: BROKEN[what].encode("utf-8", "surrogatepass")})
        if what == "half a character" and response.status_code == 200:
            assert response.json()["results"] == [], name
            continue
        if what == "half a character" and name == "outlet":
            assert response.status_code == 404
            continue
        assert response.status_code == 400, name
        assert name in str(response.json()), name


@pytest.mark.parametrize("ledger", LEDGERS)
def test_a_parameter_is_known_and_stands_once(get, ledger):
    needed = NEEDED.get(ledger, {})
    assert get(ledger, needed).status_code == 200
    name = next(name for name in PARAMETERS if name in LEDGERS[ledger].parameters and name not in needed)
    doubled = get(ledger, {**needed, name: ["any", "any"]})
    assert (doubled.status_code, name in str(doubled.json())) == (400, True)
    unknown = get(ledger, {**needed, "colour": "red"})
    assert (unknown.status_code, "colour" in str(unknown.json())) == (400, True)


@pytest.mark.parametrize(
    ("ledger", "name", "value", "known"),
    [
        *[(ledger, "status", "hapened", "happened") for ledger in ("events", "figures", "causes", "network", "counts")],
        ("events", "polarity", "negativ", "negative"),
        ("events", "certainty", "sure", "certain"),
        ("events", "figure", "PEOPLES", "PEOPLE"),
        ("events", "part", "hapened", "no_figure"),
        ("events", "part", "any", "counted"),
        ("figures", "use", "reportet", "reported"),
        ("figures", "currency", "CNX", "CNY"),
        ("events", "modality", "stated", "asserted"),
        ("sources", "modality", "stated", "asserted"),
        ("events", "evidence", "witness", "testimony"),
        ("events", "reliability", "G", "A"),
        ("events", "credibility", "7", "6"),
        ("figures", "attr", "payment:levy", "payment_type"),
        ("figures", "attr", "payment_type:levi", "payment_type:levy"),
        ("events", "language", "xx", "en"),
        ("words", "on", "status:hapened", "happened"),
        ("words", "on", "attr:phase:ended", "phase:end"),
        ("words", "language", "xx", "en"),
    ],
)
def test_a_code_that_nothing_can_have_is_refused(get, ledger, name, value, known):
    """By the name of the parameter, with the code and those that there are: an empty answer would look like a finding."""
    refused = get(ledger, {**({} if name == "on" else NEEDED.get(ledger, {})), name: value})
    assert refused.status_code == 400
    (rule,) = refused.json()["errors"]
    assert rule["field"] == name
    code = value.partition(":")[2] if name == "on" else value.partition(":")[0] if value == "payment:levy" else value
    assert f"“{code}”" in rule["detail"]
    assert known in rule["detail"]


def test_how_an_event_is_tied_is_one_of_the_roles_of_places(get, seeded):
    place = str(seeded.entities.get(key="E-DDG").pk)
    assert get("events", {"place": place, "tie": "origin,workplace"}).status_code == 200
    assert "workplace" in str(get("events", {"place": place, "tie": "payer"}).json())
    assert get("events", {"place": place, "tie": "payer"}).status_code == 400


def test_an_outlet_or_article_that_the_corpus_does_not_have_is_not_there(get):
    other = factories.corpus("other")
    elsewhere = factories.article(other, "Elsewhere", outlet=factories.outlet(other, "Other Wire"))
    for ledger in ("events", "words", "findings", "counts"):
        for asked in ({"outlet": "Other Wire"}, {"article": str(elsewhere.pk)}):
            assert get(ledger, {**NEEDED.get(ledger, {}), **asked}).status_code == 404, (ledger, asked)
    assert get("events", {"outlet": "Daily NK"}).status_code == 200


@pytest.mark.parametrize("ledger", LEDGERS)
@pytest.mark.parametrize("cursor", ["bm90aGluZw", "W10", "bnVsbA", "W1tbW1tbXV1dXV1d", "%00", "A" * 100_000])
def test_a_cursor_that_is_none_is_refused(get, ledger, cursor):
    response = get(ledger, {**NEEDED.get(ledger, {}), "cursor": cursor})
    assert (response.status_code, "cursor" in str(response.json())) == (400, True)


def test_a_page_that_takes_too_long_says_so(client, seeded, get, monkeypatch):
    monkeypatch.setattr(time_limits, "SECONDS", 0.001)
    monkeypatch.setattr(answer.IndexAnswer, "page", lambda self, limit, after: self.rows("SELECT pg_sleep(1)", {}))
    client.force_login(seeded.memberships.get(role="reviewer").user)
    page = client.get(reverse("questions:ledger", args=[seeded.slug, "events"]))
    assert page.status_code == 503
    assert "Add a condition" in page.content.decode()


def test_places_and_groups_in_a_ring_end(db):
    """A place that lies in itself over others, and a group that is part of itself."""
    corpus = factories.corpus()
    factories.adopt(corpus)
    reading = factories.assignment(factories.document("Some went.", corpus=corpus), factories.user(), "adjudication")
    event = marks.event(reading, "went", status="happened")
    rings = {}
    for kind, relation in (("TERRITORY", "located_in"), ("GROUP", "part_of")):
        rings[kind] = [marks.entity(corpus, type=kind) for _ in range(3)]
        for one, other in zip(rings[kind], [*rings[kind][1:], rings[kind][0]], strict=True):
            marks.relation(one, other, relation)
    fill(event, origin=rings["TERRITORY"][0], people=rings["GROUP"][0])
    take_up()
    for asked in ({"place": rings["TERRITORY"][2]}, {"entity": rings["GROUP"][1], "parts": "1"}):
        given = {name: str(getattr(value, "pk", value)) for name, value in asked.items()}
        assert [row["id"] for row in ask(corpus, "events", **given).rows] == [event.pk]


def test_no_more_ticks_than_an_address_holds(client, seeded, get):
    client.force_login(seeded.memberships.get(role="reviewer").user)
    ids = [str(pk) for pk in Event.objects.values_list("pk", flat=True)]
    others = [f"00000000-0000-4000-8000-{number:012}" for number in range(10_000)]
    address = reverse("questions:lines", args=[seeded.slug, "events"])
    response = client.get(address, {"row": [*ids, *others[:900]]})
    assert response.status_code == 302
    assert response["Location"].count("add=") <= 200
    told = [str(message) for message in get_messages(response.wsgi_request)]
    assert told == [f"Only the first 200 of {len(ids) + 900} ticked rows are added."]
    assert client.get(address, {"row": others}).status_code == 400
    assert client.get(address, {"row": ["no id"]}).status_code == 404
