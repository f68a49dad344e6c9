"""What the page of the annotator tells its script, and whom it lets write."""

import json
import re
from html.parser import HTMLParser

import pytest

from annotations.imports.load import load
from annotations.models import Assignment, Note
from corpus.intake.ingest import ingest
from registry.models import Measure
from tests import factories
from tests.annotations.pages.conftest import submitted

TEXT = "Title\n\nFirst & <second>\r\nline 💩.\n\nLast.\n"


@pytest.fixture
def document(corpus):
    return factories.document(TEXT, corpus=corpus)


@pytest.fixture
def mine(document, people):
    return factories.assignment(document, people.annotator)


@pytest.fixture
def gold(corpus, people):
    """The seed article with all marks of its gold, as those of the annotator."""
    seed = factories.DOMAIN / "000_3e4db3711cb7c38f.txt"
    ingest(corpus, [(seed.name, seed.read_bytes())], door="command")
    body, who = (factories.DOMAIN / "gold_seed.json").read_bytes(), people.annotator
    load(corpus, body, name="gold.json", annotator=who, user=who, role="annotation")
    return Assignment.objects.get(document__corpus=corpus)


def facts(text):
    return dict(re.findall(r'data-(assignment|scheme|sha256|editable|user)="([^"]*)"', text))


class Paragraphs(HTMLParser):
    """The text inside #text, as a browser's textContent of its p elements."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.inside, self.text = 0, ""

    def handle_starttag(self, tag, attributes):
        self.inside += tag == "p" and "data-start" in dict(attributes)

    def handle_endtag(self, tag):
        if tag == "p" and self.inside:
            self.inside = 0

    def handle_data(self, data):
        self.text += data if self.inside else ""


def test_it_names_everything_that_the_script_needs(page, mine, document):
    found = facts(page("annotator", mine.get_absolute_url()))
    code, version = mine.scheme.code, mine.scheme.version
    assert re.fullmatch(rf"/schemes/{code}/{version}\.json\?v=[0-9a-f]{{16}}", found.pop("scheme"))
    assert found == {
        "assignment": f"/api/v1/assignments/{mine.pk}/",
        "sha256": document.sha256,
        "editable": "yes",
        "user": "annotator",
    }


def test_the_text_of_the_page_is_the_text_of_the_document(page, mine):
    parser = Paragraphs()
    parser.feed(page("annotator", mine.get_absolute_url()))
    assert parser.text == TEXT


def standing(text):
    return json.loads(re.search(r'<script type="application/json" id="standing">(.*?)</script>', text, re.DOTALL)[1])


def test_it_brings_the_marks_as_the_api_has_them(page, as_, gold):
    found = standing(page("reviewer", gold.get_absolute_url()))
    whole = as_("reviewer").get(f"/api/v1/assignments/{gold.pk}/").json()
    assert found["said"]["revision"] == whole["revision"]
    assert found["said"]["document"] == whole["document"] | {"narrator": whole["default_attribution"]["source_entity"]}
    assert found["said"]["zones"] == whole["zones"]
    arrays = {"span": "mentions", "event": "events", "claim": "attributions", "citation": "measure_refs", "link": "relations"}
    arrays |= {"entity": "entities", "relation": "entity_relations", "note": "notes"}
    assert set(found["objects"]) == {*arrays, "outcome"}
    for kind, array in arrays.items():
        blank = found["said"]["blank"] if kind == "span" else {}
        items = [stored(item, blank) for item in found["objects"][kind]]
        assert items == [shared(item, items[0]) for item in whole[array]]


def stored(item, blank):
    """As the API would say it: what is empty in a mark filled in, and `extra` among the attributes."""
    if not blank:
        return item
    given = item.get("attributes", {}) | item.get("extra", {})
    known = {key: value for key, value in item.items() if key != "extra"}
    attributes = blank[item["layer"]] | given
    # A price per unit is there only where there is one.
    attributes = {name: value for name, value in attributes.items() if name != "per_unit" or value}
    return {"key": "", "event": None} | known | {"attributes": attributes}


def shared(item, like):
    """What is stored of an object of the API: without what is worked out, and offsets as pairs."""
    known = {"event": None, "attributes": {}} | item
    pairs = {field: [[x["start"], x["end"]] for x in item[field]] for field in ("fragments", "cue", "content") if field in item}
    return {key: (known | pairs)[key] for key in like}


def test_no_word_of_a_note_ends_the_data_of_the_page(page, mine):
    words = "</script><script>alert(1)</script><!-- <script>"
    Note.objects.create(assignment=mine, order=1, text=words, revision=1)
    text = page("annotator", mine.get_absolute_url())
    assert standing(text)["objects"]["note"][0]["text"] == words
    assert "alert(1)</script>" not in text


@pytest.mark.parametrize("role", ["reviewer", "manager"])
def test_others_read_only(page, mine, role):
    assert facts(page(role, mine.get_absolute_url()))["editable"] == "no"


def test_what_is_submitted_is_read_only(page, document, people):
    done = submitted(document, people.annotator)
    assert facts(page("annotator", done.get_absolute_url()))["editable"] == "no"


def test_who_became_a_viewer_reads_only(page, mine, people, corpus):
    corpus.memberships.filter(user=people.annotator).update(role="viewer")
    assert facts(page("annotator", mine.get_absolute_url()))["editable"] == "no"


@pytest.mark.parametrize("role", ["viewer", "stranger"])
def test_who_may_not_see_it_is_told_that_there_is_nothing(as_, mine, role):
    assert as_(role).get(mine.get_absolute_url()).status_code == 404


def test_it_stays_in_no_cache_and_no_search_engine(as_, mine):
    headers = as_("annotator").get(mine.get_absolute_url()).headers
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"


def test_the_number_of_queries_does_not_grow_with_the_text(queries, corpus, people):
    def made(paragraphs):
        text = "\n\n".join(f"Paragraph {n} of {paragraphs}" for n in range(paragraphs))
        return factories.assignment(factories.document(text, corpus=corpus), people.annotator)

    few, many = (queries("annotator", made(size).get_absolute_url()) for size in (1, 50))
    assert few == many <= 16  # with rulings and the count of notices


class TestScheme:
    @pytest.fixture
    def address(self, page, mine):
        return facts(page("annotator", mine.get_absolute_url()))["scheme"]

    def test_it_has_all_that_the_page_needs_with_the_register(self, as_, address):
        body = json.loads(as_("annotator").get(address).content)
        assert not {"factuality", "acts", "questions"} & set(body)
        assert [layer["code"] for layer in body["layers"]] == ["ACTOR", "FIGURE", "EVENT"]
        assert "UNSCR-2371" in [measure["code"] for measure in body["measures"]]

    def test_a_browser_keeps_it(self, as_, address):
        assert as_("annotator").get(address).headers["Cache-Control"] == "private, max-age=31536000, immutable"

    def test_it_has_another_address_when_a_measure_changes(self, page, mine, address):
        Measure.objects.filter(code="UNSCR-2371").update(regime="another")
        assert facts(page("annotator", mine.get_absolute_url()))["scheme"] != address

    def test_without_its_digest_it_is_asked_for_anew_and_not_sent_twice(self, as_, address):
        client, plain = as_("annotator"), address.partition("?")[0]
        first = client.get(plain)
        assert first.headers["Cache-Control"] == "private, no-cache"
        again = client.get(plain, HTTP_IF_NONE_MATCH=first.headers["ETag"])
        assert (again.status_code, again.content) == (304, b"")

    def test_another_version_is_not_there(self, as_, address):
        assert as_("annotator").get(address.replace(".json", "9.json")).status_code == 404
