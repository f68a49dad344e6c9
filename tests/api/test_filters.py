"""What a list can be asked: the listed parameters, each to its effect, and nothing behind them."""

import pytest

from annotations.discussion.threads import open_thread
from annotations.guidelines.versions import create
from annotations.models import Move, Plan, Scheme
from annotations.notices.make import notify
from corpus.api.openapi import schema
from registry.models import Entity
from tests import factories
from tests.api.test_authorisation import a_carry
from tests.api.world import session

LISTS = [
    path for path, methods in schema()["paths"].items() if "get" in methods and methods["get"]["operationId"].endswith("_list")
]

ORM_PATHS = [
    "assignment__annotator__password", "annotator__password", "user__password__startswith", "assignment__annotator__email",
    "annotator__email__contains", "document__article__corpus__memberships__user__password", "_connector", "_negated", "pk",
    "pk__in", "id__gt", "q__regex", "label__code", "corpus__slug", "label__layer__scheme__body", "entity__name__startswith",
    "rated_by__password", "memberships__role", "outlet__corpus__name", "documents__text__regex", "limit__gt", "order_by",
    "ordering", "page", "page_size", "offset", "field", "expand", "search__icontains", "cursor[]", "filter[q]", "Q", "q ",
    "$where", "raw", "extra", "annotate", "username", "is_staff", "assignment_id", "created__year", "format", "callback",
    "_method", "user", "token", "revision", "changes__user__password", "__all__", "__class__", "label__in", "start__lte",
]  # fmt: skip


def draft_scheme():
    return Scheme.objects.create(code="tried", version="1", name="A draft")


@pytest.fixture
def urls(own):
    ids = {"articles": own.article, "documents": own.document, "assignments": own.assignment, "corpora": own.intake}
    ids["guidelines"] = create(own.corpus, "", own.gold.annotator, title="T", body="B").guideline
    ids["threads"] = open_thread(own.assignment, None, "Why?", own.assignment.annotator)
    ids["carries"] = a_carry(own, own.unread.article)
    ids["entities"] = Entity.objects.get(pk=own.ids["group"])
    named = {"{slug}": "own", "{code}": own.list.code, "{number}": "2", "{ref}": "A-1"}
    addresses = {path: path.replace("{id}", str(getattr(ids.get(path.split("/")[3]), "pk", ""))) for path in LISTS}
    move = Move.objects.create(corpus=own.corpus, source=own.gold.scheme, target=draft_scheme(), user=own.gold.annotator)
    moves = "/api/v1/corpora/{slug}/moves/{id}/readings/"
    addresses[moves] = moves.replace("{id}", str(move.pk))
    for name, value in named.items():
        addresses = {path: address.replace(name, value) for path, address in addresses.items()}
    plan = Plan.objects.create(corpus=own.corpus, name="Plan", created_by=own.gold.annotator)
    return {
        path: f"/api/v1/corpora/own/plans/{plan.pk}/practice/" if "/practice/" in path else url for path, url in addresses.items()
    }


@pytest.mark.parametrize("name", ORM_PATHS)
def test_a_parameter_that_is_not_listed_is_400_and_told_the_listed_ones(name, annotator):
    """By the one view that all lists are made of; what each allows, the next test asks."""
    response = annotator.get("/api/v1/spans/", {name: "p"})
    assert response.status_code == 400
    [error] = response.json()["errors"]
    assert error["field"] == name
    assert "limit" in error["detail"]


@pytest.mark.parametrize("path", LISTS)
def test_the_listed_parameters_are_those_of_the_schema(path, urls, annotator):
    response = annotator.get(urls[path], {"nonsense": 1})
    assert response.status_code == 400
    [error] = response.json()["errors"]
    assert error["field"] == "nonsense"
    described = {entry["name"] for entry in parameters(path)}
    assert set(error["detail"].partition("allowed: ")[2].split(", ")) == described
    assert described.isdisjoint(ORM_PATHS)


# One of each kind that something behind a parameter could trip over.
WORDS = ["' OR 1=1 --%{}", "", "\x00", "\ud83d"]
LONG = "1" * 400
NUMBERS = ["-1", "1e400", "NaN", "Infinity"]
DAY = "2017-13-45"


def hostile(described):
    """What a parameter may be given, as its schema says how it is read."""
    if "enum" in described:
        return WORDS
    if described.get("type") in ("integer", "number"):
        return [*WORDS, LONG, *NUMBERS]
    return [*WORDS, LONG, DAY] if "format" in described else [*WORDS, LONG, DAY, *NUMBERS]


@pytest.mark.parametrize("path", LISTS)
def test_no_parameter_makes_a_failure_whatever_its_value(path, urls, annotator, world):
    managed = ("/members/", "/bin/", "/plans/", "/moves/", "/approval/", "/practice/", "/team/", "/agreement/")
    client = session(world.cast["manager"]) if any(part in path for part in managed) else annotator
    for entry in parameters(path):
        for value in hostile(entry["schema"]):
            text = value.encode("utf-8", "surrogatepass")
            response = client.get(urls[path], query_string=None, data={entry["name"]: text})
            assert response.status_code in (200, 400), (entry["name"], value)


def parameters(path):
    """What the schema says of the query of a list."""
    return [entry for entry in schema()["paths"][path]["get"]["parameters"] if entry["in"] == "query"]


def test_a_parameter_given_twice_is_400(annotator):
    assert annotator.get("/api/v1/spans/?label=PEOPLE&label=PERSON").status_code == 400


@pytest.mark.parametrize("path", ["me/", "schema/", "documents/{document}/", "assignments/{assignment}/", "articles/{article}/"])
def test_what_is_no_list_has_no_parameters(path, own, annotator):
    url = f"/api/v1/{path.format(document=own.document.pk, assignment=own.assignment.pk, article=own.article.pk)}"
    assert annotator.get(url, {"q": "x"}).status_code == 400


def test_a_write_has_no_parameters(annotator, changes_url):
    assert annotator.post(f"{changes_url}?base=1", {}, format="json").status_code == 400


# Each to its effect. A case: the list, what is asked, how many of the annotator's own things answer.


CASES = [
    ("spans", {}, 5), ("spans", {"corpus": "own"}, 5), ("spans", {"corpus": "nowhere"}, 0), ("spans", {"corpus": "foreign"}, 0),
    ("spans", {"document": "document"}, 5), ("spans", {"document": "unread"}, 0), ("spans", {"article": "article"}, 5),
    ("spans", {"assignment": "assignment"}, 5), ("spans", {"assignment": "gold"}, 0), ("spans", {"annotator": "annotator"}, 5),
    ("spans", {"annotator": "reviewer"}, 0), ("spans", {"gold": "true"}, 0), ("spans", {"gold": "false"}, 5),
    ("spans", {"layer": "FIGURE"}, 2), ("spans", {"layer": "figure"}, 0), ("spans", {"label": "PEOPLE"}, 2),
    ("spans", {"label": "GROUP"}, 1), ("spans", {"q": "korean"}, 1), ("spans", {"q": "%"}, 0), ("spans", {"entity": "group"}, 1),
    ("spans", {"event": "event"}, 1), ("spans", {"label": "PEOPLE", "q": "300"}, 1),
    ("figures", {}, 2), ("figures", {"label": "PEOPLE"}, 2), ("figures", {"label": "MONEY"}, 0), ("figures", {"low_min": "200"}, 1),
    ("figures", {"low_max": "200"}, 1), ("figures", {"low_min": "170", "high_max": "170"}, 1), ("figures", {"high_min": "301"}, 0),
    ("figures", {"low_min": "299.999999"}, 1), ("figures", {"comparator": "eq"}, 2), ("figures", {"approximate": "true"}, 0),
    ("figures", {"approximate": "false"}, 2), ("figures", {"currency": "CNY"}, 0), ("figures", {"unit": "kg"}, 0),
    ("figures", {"q": "300"}, 1), ("figures", {"entity": "group"}, 2), ("figures", {"statistic": "none"}, 2),
    ("events", {}, 2), ("events", {"label": "REPATRIATE"}, 2), ("events", {"q": "return"}, 1), ("events", {"q": "nothing"}, 0),
    ("events", {"status": "happened"}, 2), ("events", {"polarity": "negative"}, 0), ("events", {"certainty": "certain"}, 2),
    ("events", {"entity": "group"}, 1), ("events", {"entity": "country"}, 0), ("events", {"measure": "UNSCR-2371"}, 0),
    ("events", {"date_from": "2017-01-01"}, 0), ("events", {"date_to": "2017-01-01"}, 0),
    ("events", {"place": "country"}, 0),
    ("claims", {}, 1), ("claims", {"source": "group"}, 1), ("claims", {"source": "country"}, 0), ("claims", {"q": "forced"}, 1),
    ("claims", {"source_basis": "stated"}, 1), ("claims", {"reliability": "F"}, 1), ("claims", {"credibility": "1"}, 0),
    ("claims", {"modality": "denied"}, 0), ("claims", {"mode": "no such"}, 0), ("claims", {"evidence": "unspecified"}, 1),
    ("spans", {"source": "group"}, 3), ("spans", {"source": "country"}, 0), ("spans", {"modality": "asserted"}, 3),
    ("figures", {"source": "group"}, 1), ("figures", {"source": "country"}, 0), ("figures", {"modality": "denied"}, 0),
    ("figures", {"modality": "asserted", "low_max": "200"}, 1), ("events", {"source": "group"}, 2), ("events", {"source": "country"}, 0),
    ("events", {"modality": "asserted"}, 2), ("events", {"modality": "denied"}, 0),
    ("changes", {}, 13), ("changes", {"corpus": "own"}, 13), ("changes", {"corpus": "foreign"}, 0), ("changes", {"kind": "span"}, 5),
    ("assignments/{assignment}/changes", {"object": "figure"}, 1),
    # Without those that only the gold of the text knows, which the annotator is still annotating.
    ("entities", {"corpus": "own"}, 3), ("entities", {"type": "TERRITORY"}, 1), ("entities", {"q": "workers"}, 1),
    ("entities", {"q": "CANARY ALIAS"}, 1), ("entities", {"country": "KP"}, 1), ("entities", {"country": "CN"}, 0),
    ("entities", {"anonymous": "true"}, 0), ("entities", {"reference": "specific"}, 3), ("entities", {"screening": "linked"}, 0),
    ("entities", {"same_as": "shared-land"}, 0), ("base-entities", {}, 1), ("base-entities", {"code": "shared-land"}, 1),
    ("base-entities", {"type": "MEDIA"}, 0), ("base-entities", {"country": "ZZ"}, 1), ("base-entities", {"country": "CN"}, 0),
    ("base-entities", {"q": "SHARED"}, 1), ("base-entities", {"q": "nothing"}, 0),
    ("figures", {"use": "reported"}, 2), ("entities", {"key": "E-CN"}, 0), ("measures", {"issuer": "nobody"}, 0),
    ("measures", {"regime": "none"}, 0), ("measures", {"adopted_after": "2100-01-01"}, 0), ("measures", {"code": "UNSCR-2371"}, 1), ("measures", {"q": "2371"}, 1), ("measures", {"adopted_before": "1900-01-01"}, 0),
    ("assignments", {}, 1), ("assignments", {"status": "open"}, 1), ("assignments", {"status": "submitted"}, 0),
    ("assignments", {"role": "adjudication"}, 0), ("assignments", {"document": "document"}, 1), ("assignments", {"corpus": "own"}, 1),
    ("assignments", {"annotator": "annotator"}, 1), ("assignments", {"article": "article"}, 1),
    ("corpora/own/threads", {}, 1), ("corpora/own/threads", {"state": "open"}, 1), ("corpora/own/threads", {"state": "resolved"}, 0),
    ("notices", {}, 1), ("notices", {"read": "true"}, 0), ("notices", {"read": "false"}, 1), ("notices", {"kind": "returned"}, 1), ("notices", {"kind": "late"}, 0),
    ("corpora/own/articles", {}, 2), ("corpora/own/articles", {"outlet": "owncanary outlet"}, 1),
    ("corpora/own/articles", {"language": "en"}, 1), ("corpora/own/articles", {"search": "45,000 rmb"}, 1),
    ("corpora/own/articles", {"search": "UNREAD"}, 1), ("corpora/own/articles", {"search": "unre"}, 1),
    ("corpora/own/articles", {"search": "nread"}, 0), ("corpora/own/articles", {"search": "*nread"}, 1),
    ("corpora/own/articles", {"search": "absent"}, 0),
    ("corpora/own/articles", {"url": "https://example.org/owncanary"}, 1), ("corpora/own/articles", {"key": "A1"}, 0),
    ("corpora/own/articles", {"claimed_url": "https://example.org/nobody"}, 0), ("corpora/own/articles", {"claimed_outlet": "nobody"}, 0),
    ("corpora/own/articles", {"cluster": "story"}, 2), ("corpora/own/articles", {"cluster": "0"}, 0),
    ("corpora/own/articles", {"is_copy": "true"}, 0), ("corpora/own/articles", {"is_copy": "false"}, 2),
    ("lists/list-of-own/entries", {}, 1), ("lists/list-of-own/entries", {"version": "2"}, 1), ("lists/list-of-own/entries", {"version": "3"}, 0),
    ("lists/list-of-own/entries", {"kind": "any"}, 1), ("lists/list-of-own/entries", {"kind": "craft"}, 0),
    ("lists/list-of-own/entries", {"programme": "DPRK"}, 0), ("lists/list-of-own/entries", {"country": "KP"}, 0),
    ("lists/list-of-own/versions/2/changes", {"kind": "added"}, 0), ("lists/list-of-own/versions/1/changes", {"kind": "added"}, 1),
    ("corpora/own/candidates", {}, 0), ("corpora/own/candidates", {"list": "nowhere"}, 0), ("corpora/own/candidates", {"entity": "group"}, 0),
    ("corpora/own/candidates", {"type": "GROUP"}, 0), ("corpora/own/candidates", {"state": "gone"}, 0),
    ("corpora/own/candidates", {"score_min": "75"}, 0), ("corpora/own/candidates", {"score_max": "74"}, 0), ("corpora/own/candidates", {"changed": "true"}, 0), ("corpora/own/candidates", {"script": "hangul"}, 0),
    ("list-links", {}, 0), ("list-links", {"corpus": "own"}, 0), ("list-links", {"list": "L"}, 0), ("list-links", {"match": "confirmed"}, 0),
    ("list-links", {"list_date_before": "2100-01-01"}, 0), ("list-links", {"list_date_after": "1900-01-01"}, 0), ("list-links", {"mentions": "1"}, 0),
    ("corpora/own/articles", {"published_after": "2017-01-01"}, 0), ("corpora/own/articles", {"published_before": "2017-01-01"}, 0),
]  # fmt: skip


WHOSE = [
    ({"corpus": "own"}, True), ({"corpus": "foreign"}, False), ({"document": "document"}, True), ({"document": "unread"}, False),
    ({"article": "article"}, True), ({"assignment": "assignment"}, True), ({"assignment": "gold"}, False),
    ({"annotator": "annotator"}, True), ({"annotator": "reviewer"}, False), ({"gold": "true"}, False), ({"gold": "false"}, True), ({"drafts": "true"}, True),
    ({"drafts": "false"}, False),
    ({"outlet": "owncanary outlet"}, True), ({"outlet": "nobody"}, False), ({"published_after": "2017-01-01"}, False),
    ({"published_before": "2017-01-01"}, False),
]  # fmt: skip
CASES += [
    (area, asked, count * kept)
    for area, count in (("spans", 5), ("figures", 2), ("events", 2), ("claims", 1))
    for asked, kept in WHOSE
]


def test_each_filter_has_its_effect(own, annotator):
    """All cases on one world; a wrong one is named."""
    open_thread(own.assignment, None, "Why?", own.assignment.annotator)
    notify("returned", own.corpus, [own.assignment.annotator_id], assignment=own.assignment.pk)
    wrong = []
    for area, asked, count in CASES:
        drafts = {"drafts": "true"} if area in ("spans", "figures", "events", "claims") else {}
        query = drafts | {name: reference(own, value) for name, value in asked.items()}
        response = annotator.get(f"/api/v1/{area.format(assignment=own.assignment.pk)}/", query)
        found = len(response.json()["results"]) if response.status_code == 200 else response.content
        if found != count:
            wrong.append((area, asked, found))
    assert wrong == []


def reference(own, value):
    """The id of what the world calls so, or the value itself."""
    if value == "story":
        return str(own.article.cluster_id)
    found = getattr(own, value, None) if value in ("document", "unread", "article", "assignment", "gold") else None
    return str(found.pk) if found else own.ids.get(value, value)


# tests/annotations/scoring/test_scoring.py and test_filters.py
OF_AGREEMENT = {"against", "reader", "outlet", "language", "plan", "label", "until"}
ELSEWHERE = {"pairs": OF_AGREEMENT, "differences": OF_AGREEMENT | {"kind", "material", "decided"}}


def test_every_filter_of_a_list_has_a_case():
    asked = {(area.rpartition("/")[2], name) for area, query, _ in CASES for name in query}
    for path in LISTS:
        area = path.strip("/").rpartition("/")[2]
        names = {entry["name"] for entry in parameters(path)}
        missing = (
            names
            - ELSEWHERE.get(area, set())
            - {
                "limit",
                "cursor",
                "order",
                "fields",
                "offsets",
                "since",
                *(name for where, name in asked if where == area),
            }
        )
        assert missing == set(), area


def test_a_word_of_sql_is_a_word(annotator):
    assert annotator.get("/api/v1/spans/", {"q": "'; DROP TABLE annotations_span; --"}).json()["results"] == []


@pytest.mark.parametrize("value", ["TRUE", "1", "yes", "null", "0"])
def test_a_flag_is_true_or_false(value, reader):
    assert reader.get("/api/v1/spans/", {"gold": value}).status_code == 400


@pytest.mark.parametrize("value", ["01/02/2017", "2017", "2017-1-1x", "yesterday"])
def test_a_day_is_written_as_iso_8601_says(value, reader):
    assert reader.get("/api/v1/events/", {"date_from": value}).status_code == 400


@pytest.mark.parametrize("name", ["assignment__annotator__password__startswith", "annotator__password", "password"])
def test_no_answer_tells_a_letter_of_a_password(name, world, own):
    """The oracle of CVE-2023-47117: what is asked of a hidden column changes nothing."""
    client = session(world.cast["manager"])
    assert client.get("/api/v1/spans/", {name: "a"}).content == client.get("/api/v1/spans/", {name: "!"}).content


@pytest.mark.parametrize(
    ("search", "rule"),
    [("*", "needs a letter beside it"), ("a*b*c*d", "more than 2 asterisks"), ("sent ..99 home", "a number from 1 to 20")],
)
def test_a_pattern_that_cannot_be_searched_for_is_400_with_the_rule(search, rule, annotator):
    response = annotator.get("/api/v1/corpora/own/articles/", {"search": search})
    assert response.status_code == 400
    [error] = response.json()["errors"]
    assert error["field"] == "search"
    assert rule in error["detail"]


def test_a_search_says_how_many_articles_are_not_indexed(own, annotator):
    url = "/api/v1/corpora/own/articles/"
    assert "not_indexed" not in annotator.get(url).json()
    assert annotator.get(url, {"search": "unread"}).json()["not_indexed"] == 0
    factories.article(own.corpus, "Unread too")
    body = annotator.get(url, {"search": "unread"}).json()
    assert (body["not_indexed"], len(body["results"])) == (1, 1)
