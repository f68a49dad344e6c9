"""What the page of the annotator tells its script, and whom it lets write."""

import json
import re
from html.parser import HTMLParser

import pytest

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
    assert few == many <= 14


class TestScheme:
    @pytest.fixture
    def address(self, page, mine):
        return facts(page("annotator", mine.get_absolute_url()))["scheme"]

    def test_it_is_the_whole_scheme_with_the_register(self, as_, address):
        body = json.loads(as_("annotator").get(address).content)
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
