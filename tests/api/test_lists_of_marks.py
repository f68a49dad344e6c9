"""Lists across corpora: each row says what the native format says of it, whose it is and where it stands."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Argument, Change, Claim, Event, Figure, Span
from corpus.models import Intake
from registry.models import Entity, EntityBirth, EntityIdentifier, EntityName, ListLink
from tests import factories
from tests.api.world import bearer, change, fragment, new

KINDS = {"spans": "mentions", "events": "events", "claims": "attributions"}
MARKS = ("spans", "figures", "events", "claims")


def address(area, asked=""):
    """Of a list; of marks with the drafts, since nothing here is submitted."""
    drafts = "drafts=true&" if area in MARKS else ""
    return f"/api/v1/{area}/?{drafts}{asked}"


@pytest.mark.parametrize("area", KINDS)
def test_a_row_is_the_native_object(area, own, annotator):
    whole = annotator.get(f"/api/v1/assignments/{own.assignment.pk}/").json()
    derived = {"segment", "attribution", "attributions", "factuality", "realis", "triggers", "mentions", "discontinuous"}
    natives = {item["id"]: item for item in whole[KINDS[area]]}
    rows = annotator.get(f"/api/v1/{area}/?drafts=true").json()["results"]
    assert {row["id"] for row in rows} == set(natives)
    for row in rows:
        native = natives[row["id"]]
        assert {key: row[key] for key in native if key not in derived and key != "key"} == {
            key: native[key] for key in native if key not in derived and key != "key"
        }


@pytest.mark.parametrize("area", ["spans", "figures", "events", "claims"])
def test_a_row_says_whose_it_is_and_where(area, own, annotator):
    for row in annotator.get(f"/api/v1/{area}/?drafts=true").json()["results"]:
        assert (row["assignment"], row["document"]) == (str(own.assignment.pk), str(own.document.pk))
        assert (row["article"], row["corpus"]) == (str(own.article.pk), "own")
        assert (row["annotator"], row["gold"], row["revision"]) == ("annotator", False, 1)


def test_a_figure_has_its_values_as_numbers(own, annotator):
    rows = {row["id"]: row for row in annotator.get("/api/v1/figures/?drafts=true").json()["results"]}
    row = rows[own.ids["figure"]]
    assert (row["quote"], row["low"], row["high"], row["comparator"]) == ("300", 300, 300, "eq")
    assert row["counted"] == {"mention": own.ids["actor"]}
    assert (row["currency"], row["unit"], row["of_whole"]) == (None, None, None)


def test_an_event_has_triggers_and_arguments(own, annotator):
    rows = {row["id"]: row for row in annotator.get("/api/v1/events/?drafts=true").json()["results"]}
    row = rows[own.ids["event"]]
    assert [(t["id"], t["quote"]) for t in row["triggers"]] == [(own.ids["trigger"], "return")]
    assert row["arguments"] == [{"role": "people", "mention": own.ids["actor"]}]


def test_the_words_of_several_fragments_are_each_their_own(own, annotator, changes_url):
    """A mark of two fragments, and a claim whose cue has two: each with its own words."""
    text = own.document.text
    parts = [fragment(text, "There"), fragment(text, "North Korean")]
    cue = [fragment(text, "a manager"), fragment(text, "told")]
    group = {"id": new(), "layer": "ACTOR", "label": "GROUP", "fragments": parts, "attributes": {"mention_type": "NOM"}}
    claim = {"id": new(), "source_basis": "none", "cue": cue, "content": [fragment(text, "💩"), fragment(text, "bans")]}
    made = [change("create", "span", group), change("create", "claim", claim)]
    response = annotator.post(changes_url, {"base": 1, "changes": made}, format="json")
    assert response.status_code == 200, response.content
    rows = {
        row["id"]: row for area in ("spans", "claims") for row in annotator.get(f"/api/v1/{area}/?drafts=true").json()["results"]
    }
    assert rows[group["id"]]["fragments"] == parts
    assert rows[claim["id"]]["cue"] == cue
    assert rows[claim["id"]]["content"] == claim["content"]


def test_entities_have_their_names_and_links(own, annotator):
    entity = Entity.objects.get(pk=own.ids["group"])
    EntityIdentifier.objects.create(entity=entity, scheme="wikidata", value="Q1")
    EntityBirth.objects.create(entity=entity, edtf="1960-03", words="born in March 1960")
    ListLink.objects.create(entity=entity, list="L", entry="1", match="possible", reviewer=own.assignment.annotator)
    rows = {row["id"]: row for row in annotator.get("/api/v1/entities/").json()["results"]}
    row = rows[own.ids["group"]]
    assert (row["name"], row["aliases"], row["corpus"]) == ("owncanary workers", ["owncanary alias"], "own")
    assert row["identifiers"] == [{"scheme": "wikidata", "value": "Q1"}]
    assert row["births"] == [{"edtf": "1960-03", "words": "born in March 1960"}]
    assert row["list_links"][0]["reviewer"] == "annotator"


def test_measures_have_their_paragraphs(annotator):
    [row] = annotator.get("/api/v1/measures/", {"code": "UNSCR-2371"}).json()["results"]
    assert row["symbol"].startswith("S/RES/2371")
    assert {paragraph["paragraph"] for paragraph in row["provisions"]} >= {"11"}


# The number of queries


AREAS = ["spans", "figures", "events", "claims", "entities", "measures", "assignments", "corpora", "corpora/own/articles",
         "corpora/own/intakes", "assignments/{pk}/changes"]  # fmt: skip


def queries_of(client, url):
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200
    return len(queries), len(response.json()["results"])


def test_a_page_of_fifty_rows_takes_as_many_queries_as_one_of_one(own, world, subtests):
    grow(own, world)
    client = bearer(world.cast["reviewer"], "read")
    for area in AREAS:
        url = address(area.format(pk=own.assignment.pk))
        client.get(url)  # warms what is looked up once in a process, and notes the token's use
        few, _ = queries_of(client, f"{url}limit=1")
        many, rows = queries_of(client, f"{url}limit=50")
        with subtests.test(area=area):
            assert rows >= (10 if area == "measures" else 50)
            assert many == few
            assert many <= 8


def grow(own, world):
    """Fifty more of everything that is listed."""
    reviewer = world.cast["reviewer"]
    label = Span.objects.get(pk=own.ids["actor"]).label
    event = Event.objects.get(pk=own.ids["event"])
    for n in range(50):
        corpus = factories.corpus(f"more-{n}")
        factories.membership(corpus, reviewer, "reviewer")
        factories.article(own.corpus, f"article {n}")
        Intake.objects.create(corpus=own.corpus, user=reviewer, door="api")
        document = factories.document(f"{n} words of it", corpus=corpus)
        mine = factories.assignment(document, world.cast["annotator"])
        entity = Entity.objects.create(corpus=corpus, type="GROUP", name=f"entity {n}")
        EntityName.objects.create(entity=entity, position=0, name=f"alias {n}")
        ListLink.objects.create(entity=entity, list="L", entry=str(n), match="possible", reviewer=reviewer)
        span = Span.objects.create(assignment=mine, label=label, kind="actor", fragments=[[0, 1]], quote=str(n)[0], revision=1)
        Figure.objects.create(span=span, assignment=mine)
        another = Event.objects.create(assignment=mine, label=event.label, status="happened", revision=1)
        Argument.objects.create(event=another, assignment=mine, position=0, role=event.arguments.first().role, span=span)
        Claim.objects.create(assignment=mine, source_basis="none", cue=[[0, 1]], content=[[0, 1]], quote=str(n)[0], revision=1)
    Change.objects.bulk_create(
        Change(id=new(), assignment=own.assignment, revision=2, position=n, op="create", kind="span", object_id=new(),
               after={}, digest="x", user=reviewer)
        for n in range(50)
    )  # fmt: skip
    type(own.assignment).objects.filter(pk=own.assignment.pk).update(revision=2)


def test_opening_an_assignment_takes_a_few_queries_whatever_is_in_it(own, world):
    client = bearer(world.cast["annotator"], "read")
    url = f"/api/v1/assignments/{own.assignment.pk}/"
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    assert len(queries) <= 12


def test_no_text_of_a_document_is_read_for_a_list(own, annotator):
    for area in ("spans", "figures", "events", "assignments"):
        with CaptureQueriesContext(connection) as queries:
            assert annotator.get(address(area)).json()["results"]
        assert not [query for query in queries if '"corpus_document"."text"' in query["sql"]]


def test_a_list_of_nothing_is_empty(reader):
    for area in ("spans", "figures", "events", "claims", "entities", "assignments", "corpora"):
        assert reader.get(address(area)).json() == {"next": None, "results": []}


# What a client can ask of the form of rows


@pytest.mark.parametrize("area", ["spans", "figures", "events", "claims", "entities", "measures", "assignments", "changes"])
def test_only_the_fields_that_are_asked_for(area, own, annotator):
    whole = annotator.get(address(area)).json()["results"]
    rows = annotator.get(address(area, "fields=id")).json()["results"]
    assert rows == [{"id": row["id"]} for row in whole] != []


def test_fields_come_in_the_order_of_the_row(annotator):
    row = annotator.get("/api/v1/spans/?drafts=true&fields=quote, label,id").json()["results"][0]
    assert list(row) == ["id", "label", "quote"]


def test_a_field_that_is_none_is_told_the_ones_there_are(annotator):
    response = annotator.get("/api/v1/spans/?drafts=true&fields=id,password")
    assert response.status_code == 400
    assert response.json()["errors"][0]["detail"].startswith("'password' is not one of id, key, revision")


def places(value):
    """Every start and end in a row, in order."""
    if isinstance(value, list):
        return [place for entry in value for place in places(entry)]
    if isinstance(value, dict):
        own = [(value["start"], value["end"], value.get("quote"))] if isinstance(value.get("start"), int) else []
        return own + [place for entry in value.values() for place in places(entry)]
    return []


@pytest.fixture
def behind(own, annotator, changes_url):
    """A figure, an event and a claim behind 💩, where the two units differ."""
    text, event = own.document.text, new()
    earn = [text.index("earn"), text.index("earn") + len("earn")]
    made = [
        change("create", "event", {"id": event, "type": "PAY", "status": "happened", "read": {"status": [earn]}}),
        change(
            "create",
            "span",
            {"id": new(), "layer": "EVENT", "label": "PAY", "event": event, "fragments": [fragment(text, "earn")]},
        ),
        change("create", "span", {"id": new(), "layer": "FIGURE", "label": "MONEY", "fragments": [fragment(text, "45,000 RMB")]}),
        change("create", "claim", {"id": new(), "source_basis": "none", "content": [fragment(text, "They earn 45,000 RMB")]}),
    ]
    answer = annotator.post(changes_url, {"base": 1, "changes": made}, format="json")
    assert answer.status_code == 200, answer.json()


@pytest.mark.usefixtures("behind")
@pytest.mark.parametrize("area", ["spans", "figures", "events", "claims"])
def test_positions_in_utf16_are_those_of_a_browser(area, own, annotator):
    text = own.document.text
    units = text.encode("utf-16-le")
    rows = annotator.get(f"/api/v1/{area}/?drafts=true&offsets=utf16").json()["results"]
    found = [place for row in rows for place in places(row)]
    assert found
    for start, end, quote in found:
        assert units[2 * start : 2 * end].decode("utf-16-le") == quote
    assert any(text[start:end] != quote for start, end, quote in found)
    for start, end in (place for row in rows for read in row.get("read", {}).values() for place in read):
        assert units[2 * start : 2 * end].decode("utf-16-le") == "earn"


@pytest.mark.usefixtures("behind")
def test_an_assignment_comes_in_utf16_too(own, annotator):
    whole = annotator.get(f"/api/v1/assignments/{own.assignment.pk}/?offsets=utf16").json()
    units = own.document.text.encode("utf-16-le")
    assert whole["offsets"]["unit"] == "utf16_code_unit"
    marks = [piece for mark in whole["mentions"] for piece in mark["fragments"]]
    assert {units[2 * f["start"] : 2 * f["end"]].decode("utf-16-le") == f["quote"] for f in marks} == {True}
    assert whole["segments"][-1]["end"] == len(units) // 2 == whole["document"]["clean_length"]


def test_a_unit_that_is_none_is_refused(annotator):
    assert annotator.get("/api/v1/spans/?offsets=bytes").status_code == 400


def test_utf16_costs_one_query_whatever_the_number_of_rows(own, annotator):
    def queries(url):
        annotator.get(url)  # the first request of a session reads what later ones have
        with CaptureQueriesContext(connection) as captured:
            assert annotator.get(url).status_code == 200
        return len(captured)

    for limit in (1, 5):
        assert (
            queries(f"/api/v1/spans/?drafts=true&offsets=utf16&limit={limit}")
            == queries(f"/api/v1/spans/?drafts=true&limit={limit}") + 1
        )
